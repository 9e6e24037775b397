import { jsonOf, orders, send, useStandin } from '../support/esputnik.mts';
import { ESPUTNIK, TO_CORRECT } from '../support/workflowJson.mts';

const standin = useStandin();

const dryRun = { options: { dryRun: true } };

test('shows the first three requests, a summary, and sends nothing', async () => {
	const run = await send(standin(), { items: orders(1600), parameters: dryRun });

	expect(standin().received.requests).toEqual([]);
	const [first, second, third, summary, ...more] = jsonOf(run);
	expect(more).toEqual([]);
	expect(first).toMatchObject({
		method: 'POST',
		url: `${standin().baseUrl}/v1/past_events`,
		events: 500,
	});
	expect(Object(first.body)).toMatchObject({
		events: expect.arrayContaining([
			{
				eventTypeKey: 'orderCreated',
				keyValue: 'buyer0@example.com',
				params: [
					{ name: 'externalOrderId', value: '1000' },
					{ name: 'totalCost', value: '10' },
					{ name: 'email', value: 'buyer0@example.com' },
				],
				occurred: '2024-01-01T00:00',
			},
		]),
	});
	expect([second.events, third.events]).toEqual([500, 500]);
	expect(summary.summary).toMatchObject({ total: 1600, wouldBeSent: 1600, requests: 4 });
	expect(run.output(ESPUTNIK)[1].pairedItem).toHaveLength(500);
});

test.each(['={{ "true" }}', '={{ "TRUE" }}'])(
	'is meant by the text that %s gives',
	async (text) => {
		const run = await send(standin(), {
			items: orders(1),
			parameters: { options: { dryRun: text } },
		});

		expect(standin().received.requests).toEqual([]);
		expect(jsonOf(run)[0].method).toBe('POST');
	},
);

test('shows a converted sample for each form of date found', async () => {
	const items = orders(4);
	items[1].created_at = '2024-05-12T01:10:59+03:00';
	items[2].created_at = '12.05.2024';
	items[3].created_at = 1_715_465_400;
	const run = await send(standin(), {
		items,
		parameters: { ...dryRun, accountTimezone: 'Europe/Kyiv' },
	});

	expect(jsonOf(run).at(-1)).toHaveProperty('summary.dates', [
		{ form: 'ISO 8601', value: '2024-01-01T00:00', occurred: '2024-01-01T00:00' },
		{
			form: 'ISO 8601 with offset',
			value: '2024-05-12T01:10:59+03:00',
			occurred: '2024-05-12T01:10',
		},
		{ form: 'dotted date', value: '12.05.2024', occurred: '2024-05-12' },
		{ form: 'Unix seconds', value: '1715465400', occurred: '2024-05-12T01:10' },
	]);
});

test('a date that an expression made is shown as text', async () => {
	const run = await send(standin(), {
		items: orders(1),
		parameters: {
			...dryRun,
			occurred: '={{ new Date("2024-05-12T10:11:12Z") }}',
			accountTimezone: 'Europe/Kyiv',
		},
	});

	expect(jsonOf(run).at(-1)).toHaveProperty('summary.dates', [
		{ form: 'Date object', value: '2024-05-12T10:11:12.000Z', occurred: '2024-05-12T13:11' },
	]);
});

test('items that would be refused are shown as outcomes, also under Stop Workflow', async () => {
	const items = orders(3);
	items[1].email = '';
	const run = await send(standin(), { items, parameters: dryRun });

	expect(run.status).toBe('success');
	expect(jsonOf(run).at(-1)).toMatchObject({ status: 'rejected', reason: 'KEY_VALUE_REQUIRED' });
	expect(run.output(ESPUTNIK).at(-1)?.pairedItem).toEqual({ item: 1 });
});

test('with the error output they leave by the error branch', async () => {
	const items = orders(2);
	items[0].email = '';
	const run = await send(standin(), { items, parameters: dryRun, onError: 'continueErrorOutput' });

	expect(run.output(TO_CORRECT).map(({ json }) => json.error)).toEqual(['KEY_VALUE_REQUIRED']);
});

test('Retry On Fail does not keep it from showing', async () => {
	const run = await send(standin(), {
		items: orders(1),
		parameters: dryRun,
		settings: { retryOnFail: true },
	});

	expect(run.status).toBe('success');
	expect(jsonOf(run)).toHaveLength(2);
});

describe('an expression that switches it', () => {
	test.each([
		['gives the word true', '={{ "true" }}', undefined],
		['gives nothing', '={{ $json.gone }}', 'CONFIGURATION'],
		['gives what is neither on nor off', '={{ "perhaps" }}', 'CONFIGURATION'],
	])('sends nothing where it %s', async (_, expression, reason) => {
		const run = await send(standin(), {
			items: orders(1),
			parameters: { options: { dryRun: expression } },
			onError: 'continueRegularOutput',
		});

		expect(standin().received.requests).toEqual([]);
		expect(jsonOf(run)[0].reason).toBe(reason);
	});

	test('sends nothing where it is a dry run for some of the items', async () => {
		const items = orders(3).map((order, index) => ({ ...order, dry: index === 2 }));
		const run = await send(standin(), {
			items,
			parameters: { options: { dryRun: '={{ $json.dry }}' } },
			onError: 'continueRegularOutput',
		});

		expect(standin().received.requests).toEqual([]);
		expect(jsonOf(run).map(({ status }) => status)).toEqual(['notSent', 'notSent', 'notSent']);
		expect(jsonOf(run)[0].message).toContain("'Dry Run' has to be the same for every item");
	});

	test.each([
		'={{ false }}',
		'={{ "false" }}',
		'={{ $json.total < 0 }}',
		"={{ $('Items').first().json.total < 0 }}",
	])('sends where it is %s', async (expression) => {
		const run = await send(standin(), {
			items: orders(1),
			parameters: { options: { dryRun: expression } },
		});

		expect(jsonOf(run)).toMatchObject([{ status: 'accepted' }]);
	});
});

test('shows no secret', async () => {
	const run = await send(standin(), { items: orders(1), parameters: dryRun });

	expect(JSON.stringify(run.raw)).not.toContain(standin().apiKey);
});
