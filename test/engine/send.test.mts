import { readFileSync, existsSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { INodeParameters } from 'n8n-workflow';
import { jsonOf, orders, send, useStandin } from '../support/esputnik.mts';
import { property } from '../support/property.mts';
import { ESPUTNIK } from '../support/workflowJson.mts';

const standin = useStandin({ accountTimezone: 'Europe/Kyiv' });

describe('how many items', () => {
	test.each([
		[0, []],
		[1, [1]],
		[499, [499]],
		[500, [500]],
		[501, [500, 1]],
		[1000, [500, 500]],
		[1001, [500, 500, 1]],
	])('%i items go in requests of %j', async (count, sizes) => {
		const run = await send(standin(), { items: orders(count) });

		expect(run.status).toBe('success');
		expect(standin().received.sends.map(({ sent }) => sent)).toEqual(sizes);
		const outcomes = run.output(ESPUTNIK);
		expect(outcomes.map(({ json }) => json.status)).toEqual(Array(count).fill('accepted'));
		expect(outcomes.map(({ pairedItem }) => pairedItem)).toEqual(
			orders(count).map((_, item) => ({ item })),
		);
		expect(standin().received.events.map(({ keyValue }) => keyValue)).toEqual(
			orders(count).map(({ email }) => email),
		);
	});
});

test('an outcome tells what was sent and in which request', async () => {
	const run = await send(standin(), { items: orders(501) });

	expect(run.output(ESPUTNIK)[500]).toEqual({
		json: {
			status: 'accepted',
			eventTypeKey: 'orderCreated',
			keyValue: 'buyer500@example.com',
			occurred: '2024-01-01T08:20',
			request: 2,
		},
		pairedItem: { item: 500 },
	});
});

test.each([
	['Account Time Zone', { accountTimezone: '={{ $json.id === 1000 ? "Europe/Kyiv" : "UTC" }}' }],
	['Parameters Mode', { paramsMode: '={{ $json.id === 1000 ? "defineBelow" : "json" }}' }],
	[
		'When a Request Is Uncertain',
		{ options: { onUncertain: '={{ $json.id === 1000 ? "report" : "resend" }}' } },
	],
])('%s that differs from item to item refuses the run', async (label, parameters) => {
	const run = await send(standin(), {
		items: orders(2),
		parameters,
		onError: 'continueRegularOutput',
	});

	expect(standin().received.requests).toEqual([]);
	expect(jsonOf(run)).toMatchObject([{ status: 'notSent' }, { status: 'notSent' }]);
	expect(jsonOf(run)[1].message).toContain(`'${label}' has to be the same for every item`);
});

test('a setting that comes from another node is the same for every item', async () => {
	const run = await send(standin(), {
		items: orders(2),
		parameters: { options: { batchSize: "={{ $('Items').first().json.id - 999 }}" } },
	});

	expect(jsonOf(run)).toMatchObject([{ request: 1 }, { request: 2 }]);
});

test('event types may differ from item to item and go in one request', async () => {
	const items = orders(4).map((order, index) => ({
		...order,
		type: index % 2 === 0 ? 'orderCreated' : 'subscribed',
	}));
	await send(standin(), {
		items,
		parameters: { eventTypeKey: { __rl: true, mode: 'id', value: '={{ $json.type }}' } },
	});

	expect(standin().received.sends).toHaveLength(1);
	expect(standin().received.events.map(({ eventTypeKey }) => eventTypeKey)).toEqual([
		'orderCreated',
		'subscribed',
		'orderCreated',
		'subscribed',
	]);
});

test.each<readonly [format: string, date: string | number, more: INodeParameters, sent: string]>([
	['spreadsheetSerial1904', 43962.5, {}, '2024-05-12T12:00'],
	[
		'custom',
		'12. listopada 2023 9:05',
		{ occurredCustomFormat: 'd. MMMM yyyy H:mm', occurredLocale: 'hr' },
		'2023-10-12T09:05',
	],
])('with the date format %s %p is read as the parameters say', async (format, date, more, sent) => {
	const items = orders(1).map((order) => ({ ...order, created_at: date }));
	await send(standin(), { items, parameters: { occurredFormat: format, ...more } });

	expect(standin().received.events.map(({ occurred }) => occurred)).toEqual([sent]);
});

describe("the payloads of the vendor's guide", () => {
	const guideItems = [
		{
			email: 'buyer.contact@email.com',
			product_name: 'Apple iPhone 11 256Gb Black',
			image_url: 'https://example.com/iphone11.png',
			product_url: 'https://example.com/iphone11',
			cost: '999',
			city: 'Kyiv',
			country: 'Ukraine',
			at: '2020-06-04T13:43',
		},
		{
			email: 'buyer.contact@email.com',
			product_name: 'Apple iPhone Xs Max 256Gb Gold',
			image_url: 'https://example.com/iphonexsmax.png',
			product_url: 'https://example.com/iphonexsmax',
			cost: '1099',
			city: 'Lviv',
			country: 'Ukraine',
			at: '2019-06-04T10:47',
		},
	];
	const product = ['email', 'product_name', 'image_url', 'product_url', 'cost'];

	test.each([
		['the two phones', product],
		['with city and country added', [...product, 'city', 'country']],
	])('%s go out byte for byte', async (_, names) => {
		await send(standin(), {
			items: guideItems,
			parameters: {
				eventTypeKey: { __rl: true, mode: 'list', value: 'orderCreated' },
				contactIdentifier: 'none',
				occurred: '={{ $json.at }}',
				params: rows(names),
			},
		});

		const expected = {
			events: guideItems.map((item) => ({
				eventTypeKey: 'orderCreated',
				keyValue: item.email,
				params: names.map((name) => ({ name, value: property(item, name) })),
				occurred: item.at,
			})),
		};
		const [request] = standin().received.sends;
		expect(request.path).toBe('/api/v1/past_events');
		expect(request.headers['content-type']).toBe('application/json; charset=UTF-8');
		expect(request.body).toBe(JSON.stringify(expected));
	});
});

describe('real data', () => {
	const data = '../shared/data';
	const testOnData = existsSync(data) ? test : skipWithoutData;

	testOnData('orders as the Shopify API returns them are accepted', async () => {
		const file: unknown = JSON.parse(readFileSync(`${data}/shopify/orders.json`, 'utf8'));
		const shopifyOrders = objectsIn(property(file, 'orders'));
		const run = await send(standin(), {
			items: shopifyOrders,
			parameters: {
				accountTimezone: 'Europe/Kyiv',
				params: {
					assignments: [
						{ id: '1', name: 'externalOrderId', value: '={{ $json.id }}', type: 'string' },
						{ id: '2', name: 'items', value: '={{ $json.line_items }}', type: 'string' },
					],
				},
			},
		});

		expect(jsonOf(run).map(({ status }) => status)).toEqual(shopifyOrders.map(() => 'accepted'));
		// 11:00 in New York's winter is 18:00 in Kyiv's.
		expect(standin().received.events[0]).toMatchObject({
			keyValue: 'bob.norman@hostmail.com',
			occurred: '2008-01-10T18:00',
		});
	});

	testOnData('18,532 invoices of a gift shop are accepted in 38 requests', async () => {
		const csv = readFileSync(`${data}/online-retail-invoices.csv`);
		const invoices = parse<Record<string, string>>(csv, { columns: true });
		const run = await send(standin(), {
			items: invoices,
			parameters: {
				keyValue: '={{ $json.CustomerID }}',
				contactIdentifier: 'externalCustomerId',
				occurred: '={{ $json.InvoiceDate }}',
				params: {
					assignments: [
						{ id: '1', name: 'externalOrderId', value: '={{ $json.InvoiceNo }}', type: 'string' },
						{ id: '2', name: 'totalCost', value: '={{ $json.TotalPrice }}', type: 'string' },
					],
				},
			},
		});

		expect(invoices).toHaveLength(18_532);
		expect(jsonOf(run).filter(({ status }) => status === 'accepted')).toHaveLength(18_532);
		expect(standin().received.sends).toHaveLength(38);
		expect(standin().received.events.map(({ occurred }) => occurred)).toEqual(
			invoices.map(({ InvoiceDate }) => InvoiceDate),
		);
	});

	function skipWithoutData(name: string): void {
		test.skip(`${name} (the folder ${data} is missing)`, () => undefined);
	}
});

test('one summary item tells the counts, the reasons and the first problems', async () => {
	const items = orders(3);
	items[1].created_at = 'yesterday';
	const run = await send(standin(), {
		items,
		onError: 'continueRegularOutput',
		parameters: { options: { output: 'summary' } },
	});

	const [summary, ...more] = run.output(ESPUTNIK);
	expect(more).toEqual([]);
	expect(summary.pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	expect(summary.json).toMatchObject({
		total: 3,
		accepted: 2,
		rejected: 1,
		uncertain: 0,
		notSent: 0,
		requests: 1,
		retries: 0,
		reasons: { INCORRECT_OCCURRED_DATE_FORMAT: 1 },
		firstProblems: [{ item: 1, status: 'rejected', reason: 'INCORRECT_OCCURRED_DATE_FORMAT' }],
	});
});

test('a summary counts statuses that nobody foresaw, whatever their names', async () => {
	const statuses = ['constructor', 'constructor', '__proto__'];
	const text = JSON.stringify({ results: statuses.map((status) => ({ status })) });
	standin().faults.push({ kind: 'status', status: 200, text });
	const run = await send(standin(), {
		items: orders(3),
		onError: 'continueRegularOutput',
		parameters: { options: { output: 'summary' } },
	});

	const [{ json }] = run.output(ESPUTNIK);
	expect(JSON.stringify(json.reasons)).toBe('{"constructor":2,"__proto__":1}');
});

test('fields of the input are copied into the outcomes, by path, and never over an outcome', async () => {
	const items = orders(1).map((order) => ({
		...order,
		status: 'DELIVERED',
		row_number: 7,
		shipping: { city: 'Lviv' },
	}));
	const run = await send(standin(), {
		items,
		parameters: { options: { includeInputFields: 'id, row_number, shipping.city, status, gone' } },
	});

	expect(jsonOf(run)).toEqual([
		{
			status: 'accepted',
			eventTypeKey: 'orderCreated',
			keyValue: 'buyer0@example.com',
			occurred: '2024-01-01T00:00',
			request: 1,
			id: 1000,
			row_number: 7,
			'shipping.city': 'Lviv',
		},
	]);
});

test('an accepted outcome has no reason, and one of no request has no request, whatever the input holds', async () => {
	const [first, second] = orders(2).map((order) => ({
		...order,
		request: 7,
		reason: 'gift',
		message: 'Hi',
	}));
	const items = [first, { ...second, email: '' }];
	const run = await send(standin(), {
		items,
		onError: 'continueRegularOutput',
		parameters: { options: { includeInputFields: 'id, request, reason, message' } },
	});

	expect(jsonOf(run)).toEqual([
		{
			status: 'accepted',
			eventTypeKey: 'orderCreated',
			keyValue: 'buyer0@example.com',
			occurred: '2024-01-01T00:00',
			request: 1,
			id: 1000,
		},
		{
			status: 'rejected',
			eventTypeKey: 'orderCreated',
			occurred: '2024-01-01T00:01',
			reason: 'KEY_VALUE_REQUIRED',
			message: expect.stringContaining("'Contact Key' is empty"),
			id: 1001,
		},
	]);
});

test('a field named error is not copied: n8n would take the outcome for a failure', async () => {
	const items = [{ ...orders(1)[0], error: 'none', toString: 'kept' }];
	const run = await send(standin(), {
		items,
		parameters: { options: { includeInputFields: 'error, toString, constructor.name' } },
	});

	expect(jsonOf(run)).toEqual([
		{
			status: 'accepted',
			eventTypeKey: 'orderCreated',
			keyValue: 'buyer0@example.com',
			occurred: '2024-01-01T00:00',
			request: 1,
			toString: 'kept',
		},
	]);
});

test('an input of one item without any field is nothing to send, and no error', async () => {
	const run = await send(standin(), { items: [{}] });

	expect(run.status).toBe('success');
	expect(standin().received.requests).toEqual([]);
	expect(jsonOf(run)).toEqual([
		expect.objectContaining({ status: 'notSent', reason: 'EMPTY_INPUT' }),
	]);
});

describe('the time zone of the account', () => {
	const [order] = orders(1);
	const item = { ...order, created_at: '2024-05-12T01:10Z', zone: 'Asia/Tokyo' };

	test.each([
		['a name of old that the list does not have', 'Europe/Kiev', '2024-05-12T04:10'],
		['an expression', '={{ $json.zone }}', '2024-05-12T10:10'],
	])('may be %s', async (_, accountTimezone, occurred) => {
		const run = await send(standin(), { items: [item], parameters: { accountTimezone } });

		expect(jsonOf(run)).toMatchObject([{ status: 'accepted', occurred }]);
	});
});

describe('an item without any field', () => {
	const typedIn = { keyValue: 'buyer@example.com', occurred: '2024-05-12T10:11' };

	test.each([
		['both typed in', typedIn],
		['typed in as expressions without code', { ...typedIn, keyValue: '=buyer@example.com' }],
		['a date that names no item', { ...typedIn, occurred: '={{ $now.toISO().slice(0, 16) }}' }],
	])('is an event with key and date: %s', async (_, parameters) => {
		const run = await send(standin(), { items: [{}], parameters: { ...parameters, params: {} } });

		expect(jsonOf(run)).toMatchObject([{ status: 'accepted', keyValue: 'buyer@example.com' }]);
	});

	test.each([
		['the key', { occurred: '2024-05-12T10:11' }],
		['the date', { keyValue: 'buyer@example.com' }],
	])('is nothing to send where %s comes from the item', async (_, parameters) => {
		const run = await send(standin(), { items: [{}], parameters });

		expect(run.status).toBe('success');
		expect(standin().received.requests).toEqual([]);
		expect(jsonOf(run)).toMatchObject([{ status: 'notSent', reason: 'EMPTY_INPUT' }]);
	});
});

test('the summary of very many items is a small one: it is paired to the first and the last', async () => {
	const run = await send(standin(), {
		items: orders(10_001),
		parameters: { options: { output: 'summary' } },
	});

	const [summary] = run.output(ESPUTNIK);
	expect(summary.json.mostInFlight).toBeGreaterThan(1);
	expect(summary.pairedItem).toEqual([{ item: 0 }, { item: 10_000 }]);
	expect(JSON.stringify(summary).length).toBeLessThan(1_000);
});

test('the summary tells why fewer requests were in flight than before', async () => {
	standin().configure({ postPastEventsPerSecond: 2, retryAfter: 'seconds' });
	const run = await send(standin(), {
		items: orders(600),
		parameters: { options: { output: 'summary', batchSize: 50 } },
	});
	standin().configure({ postPastEventsPerSecond: 100, retryAfter: 'none' });

	const [summary] = run.output(ESPUTNIK);
	expect(summary.json).toMatchObject({ accepted: 600 });
	expect(summary.json.slowedBy).toMatchObject({ limited: expect.any(Number) });
}, 60_000);

function objectsIn(list: unknown): object[] {
	const entries: unknown[] = Array.isArray(list) ? list : [];
	return entries.filter((entry) => typeof entry === 'object' && entry !== null);
}

function rows(names: readonly string[]): INodeParameters {
	return {
		assignments: names.map((name, index) => ({
			id: String(index),
			name,
			value: `={{ $json.${name} }}`,
			type: 'string',
		})),
	};
}
