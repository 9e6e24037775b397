import { ordersCsv, sampleOrders } from '../../scripts/sample/orders.mts';

const DATE_FORMS = {
	'an offset': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[23]:00$/,
	'a Z': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
	'a Z and milliseconds': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
	'an SQL timestamp': /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
	dots: /^\d\d\.\d\d\.\d{4} \d\d:\d\d$/,
	'an e-mail date': /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0[23]00$/,
	'Unix seconds': /^\d{10}$/,
};

const { rows, refusals, refusedByNode } = sampleOrders(10_000);

test('the same seed makes the same orders, another seed others', () => {
	expect(ordersCsv(sampleOrders(50, 7).rows)).toBe(ordersCsv(sampleOrders(50, 7).rows));
	expect(ordersCsv(sampleOrders(50, 8).rows)).not.toBe(ordersCsv(sampleOrders(50, 7).rows));
});

test('every order has a number of its own', () => {
	expect(new Set(rows.map(({ order_id }) => order_id)).size).toBe(10_000);
});

test.each(Object.entries(DATE_FORMS))('some dates are written with %s', (_, form) => {
	expect(rows.filter(({ created_at }) => form.test(created_at)).length).toBeGreaterThan(500);
});

test.each(['UAH', 'PLN', 'GBP'])('a third of the customers pay in %s', (wanted) => {
	const share = rows.filter(({ currency }) => currency === wanted).length / rows.length;
	expect(share).toBeGreaterThan(0.25);
	expect(share).toBeLessThan(0.42);
});

test('one to two orders in a hundred are broken, in eight ways', () => {
	const broken = Object.values(refusals).reduce((sum, count) => sum + count, 0);
	expect(Object.keys(refusals)).toHaveLength(8);
	expect(broken).toBeGreaterThan(80);
	expect(broken).toBeLessThan(200);
	expect(broken - refusedByNode).toBe(refusals.OCCURRED_TIME_IN_FUTURE);
});

test('line items are JSON and add up to the total', () => {
	for (const { items, total_cost } of rows.slice(0, 100)) {
		const lines = [...items.matchAll(/"quantity":(\d+),"cost":([\d.]+)/g)];
		const sum = lines.reduce(
			(total, [, quantity, cost]) => total + Number(quantity) * Number(cost),
			0,
		);
		expect(JSON.parse(items)).toHaveLength(lines.length);
		expect(sum).toBeCloseTo(Number(total_cost), 2);
	}
});
