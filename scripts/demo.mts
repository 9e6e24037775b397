/**
 * The demonstration: the customers of a shop are imported, then examples/orders-to-esputnik.json runs in n8n's engine on their 10,000
 * orders, against the local eSputnik.
 *
 *     npm run demo -- [--orders 10000] [--without-customers] [--keep]
 *
 * With --without-customers the import is left out: the events then belong to nobody. With --keep the local eSputnik stays up, with its page, until Ctrl+C. Ends with an error where the result is not what the
 * sample was made for.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startStandin, type Standin } from '../standin/server.mts';
import { runWorkflow } from '../test/support/engine.mts';
import { loadUnpacked } from '../test/support/enginePackage.mts';
import { ESPUTNIK, readWorkflow, withParameters } from '../test/support/workflowJson.mts';
import { checkCustomers, checkDemo } from './demo/check.mts';
import { importCustomers } from './demo/customers.mts';
import { showProgress } from './demo/progress.mts';
import { customersTable, reportTable, writeResults } from './demo/report.mts';
import { summarize } from './demo/summary.mts';
import { ordersCsv, sampleOrders } from './sample/orders.mts';

const EXAMPLE = 'examples/orders-to-esputnik.json';
const FOLDER = '.cache/demo';

const { values } = parseArgs({
	options: {
		orders: { type: 'string', default: '10000' },
		'without-customers': { type: 'boolean', default: false },
		keep: { type: 'boolean', default: false },
	},
});
const standin = await startStandin({ port: 0 });
try {
	process.exitCode = (await demonstrate(standin, Number(values.orders))) ? 0 : 1;
	if (values.keep) await untilInterrupted(standin);
} finally {
	await standin.close();
}

/** @returns whether everything is as it should be */
async function demonstrate(standin: Standin, orders: number): Promise<boolean> {
	mkdirSync(FOLDER, { recursive: true });
	const file = join(process.cwd(), FOLDER, 'orders.csv');
	const sample = sampleOrders(orders);
	writeFileSync(file, ordersCsv(sample.rows));
	console.log(`Orders         ${file}`);
	console.log(`Workflow       ${EXAMPLE}, in n8n's engine`);
	console.log(`Local eSputnik ${standin.url}`);
	console.log();

	const customers = values['without-customers']
		? undefined
		: await importCustomers(standin, sample);
	if (customers) console.log(`${customersTable(customers)}\n`);

	const progress = showProgress(() => standin.received.counts().byStatus, orders);
	const run = await runWorkflow({
		workflow: withParameters(readWorkflow(EXAMPLE), 'Read orders.csv', { fileSelector: file }),
		package: await loadUnpacked(process.cwd()),
		credentials: { esputnikApi: { apiKey: standin.apiKey, baseUrl: standin.baseUrl } },
		onNode: (name) => progress.step(name),
	});
	progress.end();
	if (run.error) {
		console.error(`The workflow stopped: ${run.error.message}`);
		return false;
	}

	const summary = summarize(run.output(ESPUTNIK, 0), run.output(ESPUTNIK, 1), {
		requests: standin.received.sends.length,
		durationMs: run.durationMs(ESPUTNIK),
	});
	const { withoutContact } = standin.received.counts();
	console.log(reportTable(summary, withoutContact));
	console.log();
	for (const line of await writeResults(FOLDER, run, standin.url)) console.log(line);
	if (!values.keep)
		console.log('With "npm run demo -- --keep" the page of the local eSputnik stays open.');
	console.log();

	const faults = [
		...checkDemo(summary, sample, standin.received.counts().byStatus),
		...checkCustomers(customers, withoutContact),
	];
	for (const fault of faults) console.error(`NOT AS IT SHOULD BE: ${fault}`);
	if (faults.length === 0) {
		console.log(
			'As it should be: every order is accounted for, and the local eSputnik counted the same.',
		);
	}
	return faults.length === 0;
}

async function untilInterrupted({ url }: Standin): Promise<void> {
	console.log(`The local eSputnik is at ${url} until you press Ctrl+C.`);
	await new Promise((resolve) => process.once('SIGINT', resolve));
}
