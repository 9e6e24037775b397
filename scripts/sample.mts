/**
 * Writes the project's sample of orders as a CSV file. It is made when it is needed and not kept in the repository: 10,000
 * orders are 6 MB, take less than a second to make, and are the same every time.
 *
 *     npm run sample -- [--orders 10000] [--seed 1] [--file orders.csv]
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ordersCsv, sampleOrders } from './sample/orders.mts';

const { values } = parseArgs({
	options: {
		orders: { type: 'string', default: '10000' },
		seed: { type: 'string', default: '1' },
		file: { type: 'string', default: 'orders.csv' },
	},
});
const { rows, refusals } = sampleOrders(Number(values.orders), Number(values.seed));
writeFileSync(values.file, ordersCsv(rows));
console.log(`${rows.length} orders written to ${values.file}. Broken on purpose:`);
console.table(refusals);
