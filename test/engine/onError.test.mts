import type { IDataObject } from 'n8n-workflow';
import { jsonOf, orders, send, stopTextOf, useStandin } from '../support/esputnik.mts';
import { property } from '../support/property.mts';
import { ACCEPTED, ESPUTNIK, TO_CORRECT } from '../support/workflowJson.mts';

const standin = useStandin();

/** Five orders: the second has no readable date, the fourth is refused by eSputnik. */
function mixedOrders(): IDataObject[] {
	const items = orders(5);
	items[1].created_at = '12/05/2024';
	items[3].email = 'old@example.com';
	return items;
}

beforeEach(() =>
	standin().configure({ statusFor: { 'old@example.com': 'OCCURRED_TIME_TOO_DEPTH' } }),
);

describe('Stop Workflow', () => {
	test('where an item cannot be sent, nothing at all is sent', async () => {
		const run = await send(standin(), { items: mixedOrders() });

		expect(run.status).toBe('error');
		expect(standin().received.requests).toEqual([]);
		expect(stopTextOf(run)).toContain('1 of 5 items cannot be sent');
		expect(stopTextOf(run)).toContain("'Occurred' could not be read (1): '12/05/2024' [item 1]");
		expect(stopTextOf(run)).toContain(
			"Choose 'Date Format': 'Day First' makes it 2024-05-12, 'Month First' makes it 2024-12-05.",
		);
	});

	test('where one date tells how all are written, the format is named', async () => {
		const items = orders(3);
		for (const [index, date] of ['12/05/2024', '31/12/2024', '01/02/2024'].entries()) {
			items[index].created_at = date;
		}
		const run = await send(standin(), { items });

		expect(stopTextOf(run)).toContain("All 3 fit 'Day First', and no other format does.");
	});

	test('the message groups what is wrong, the largest group first, with the first items', async () => {
		const items = orders(30).map((order, index) =>
			index % 3 === 0 ? { ...order, email: '' } : { ...order, created_at: '12/05/2024' },
		);
		const run = await send(standin(), { items });

		const message = stopTextOf(run);
		expect(message).toContain('30 of 30 items cannot be sent');
		expect(message).toMatch(
			/'Occurred' could not be read \(20\).*'Contact Key' is empty \(10\): items 0, 3/s,
		);
	});

	test('the headline stands alone; the reasons are a list below it, and no value breaks its HTML', async () => {
		const items = orders(4);
		items[0].created_at = '<b>soon</b>';
		items[1].email = '';
		const run = await send(standin(), { items });

		expect(run.error?.message).toBe('2 of 4 items cannot be sent, so nothing was sent.');
		expect(run.error).toHaveProperty(
			'description',
			expect.stringMatching(/^• .*&lt;b&gt;soon&lt;\/b&gt;.*<br>\n• 'Contact Key' is empty/),
		);
	});

	test('where there is one cause, the headline names it', async () => {
		const run = await send(standin(), { items: orders(2), apiKey: 'wrong' });

		expect(run.error?.message).toBe(
			'None of 2 events is known to be stored. eSputnik does not know the key or token of the credential (HTTP 401).',
		);
	});

	test('the message stays short where the values, or the texts of the engine, all differ', async () => {
		const items = orders(300).map((order, index) => ({
			...order,
			total: `about ${index}`,
			...(index % 2 === 0 && { email: '' }),
		}));
		const run = await send(standin(), {
			items,
			parameters: {
				params: { assignments: [{ name: 'cost', value: '={{ $json.total }}', type: 'number' }] },
				keyValue: '={{ $json.email || $("Node " + $json.id).item.json.email }}',
			},
		});

		const message = stopTextOf(run);
		expect(message).toContain(
			"'cost' in 'Parameters' expects a number (150): 'about 1' [item 1], 'about 3' [item 3]",
		);
		expect(message.length).toBeLessThan(3_000);
	});

	test('where eSputnik refuses an event, the text says what is stored', async () => {
		const items = orders(2000);
		items[700].email = 'old@example.com';
		const run = await send(standin(), {
			items,
			parameters: { options: { parallelRequests: 1 } },
		});

		expect(run.status).toBe('error');
		expect(standin().received.sends).toHaveLength(2);
		expect(stopTextOf(run)).toContain(
			'999 of 2,000 events are stored; do not run these items again',
		);
		expect(stopTextOf(run)).toContain('0–699, 701–999');
		expect(stopTextOf(run)).toMatch(/further back.*item 700.*because another one was refused/s);
	});

	test('where every event is accepted, the outcomes leave the node', async () => {
		const run = await send(standin(), { items: orders(2) });

		expect(run.output(ACCEPTED)).toHaveLength(2);
	});
});

test('Continue: one outcome per item in input order, and no json.error', async () => {
	const run = await send(standin(), { items: mixedOrders(), onError: 'continueRegularOutput' });

	expect(run.status).toBe('success');
	expect(jsonOf(run).map(({ status, reason }) => [status, reason])).toEqual([
		['accepted', undefined],
		['rejected', 'OCCURRED_AMBIGUOUS'],
		['accepted', undefined],
		['rejected', 'OCCURRED_TIME_TOO_DEPTH'],
		['accepted', undefined],
	]);
	expect(jsonOf(run).some((json) => 'error' in json)).toBe(false);
	expect(run.output(ESPUTNIK).map(({ pairedItem }) => pairedItem)).toEqual(
		[0, 1, 2, 3, 4].map((item) => ({ item })),
	);
});

describe('Continue (using error output)', () => {
	test('accepted outcomes leave by one branch, every other item by the other', async () => {
		const run = await send(standin(), { items: mixedOrders(), onError: 'continueErrorOutput' });

		expect(run.output(ACCEPTED).map(({ json }) => json.keyValue)).toEqual([
			'buyer0@example.com',
			'buyer2@example.com',
			'buyer4@example.com',
		]);
		expect(run.output(TO_CORRECT).map(({ json }) => json)).toEqual([
			{
				...mixedOrders()[1],
				error: 'OCCURRED_AMBIGUOUS',
				message: expect.stringContaining("'12/05/2024'"),
				details: expect.objectContaining({
					status: 'rejected',
					reason: 'OCCURRED_AMBIGUOUS',
				}),
			},
			{
				...mixedOrders()[3],
				error: 'OCCURRED_TIME_TOO_DEPTH',
				message: expect.any(String),
				details: expect.objectContaining({ status: 'rejected', request: 1 }),
			},
		]);
		expect(run.output(ESPUTNIK, 1).map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 1 },
			{ item: 3 },
		]);
	});

	test('a status without a name is none: its item does not pass for an accepted one', async () => {
		const text = JSON.stringify({ results: [{ status: 'ACCEPTED' }, { status: '' }] });
		standin().faults.push({ kind: 'status', status: 200, text });
		const run = await send(standin(), { items: orders(2), onError: 'continueErrorOutput' });

		expect(run.output(ACCEPTED)).toEqual([]);
		expect(run.output(TO_CORRECT).map(({ json }) => json.error)).toEqual([
			'BAD_RESPONSE',
			'BAD_RESPONSE',
		]);
	});

	test("the input's own error, message and details are kept in details.input", async () => {
		const items = [
			{ ...orders(1)[0], created_at: '', message: 'A gift', details: { color: 'red' } },
		];
		const run = await send(standin(), { items, onError: 'continueErrorOutput' });

		const [{ json }] = run.output(TO_CORRECT);
		expect(json.error).toBe('OCCURRED_DATE_IS_REQUIRED');
		expect(json.details).toMatchObject({ input: { message: 'A gift', details: { color: 'red' } } });
	});

	test('an item without json, as beside files, has its outcome like any other', async () => {
		const withoutJson = { binary: { data: { data: '', mimeType: 'text/plain' } } };
		const [first, second] = orders(2);
		const run = await send(standin(), {
			items: [{ json: first }, withoutJson, { json: second }],
			onError: 'continueErrorOutput',
		});

		expect(run.output(ACCEPTED).map(({ json }) => json.keyValue)).toEqual([
			'buyer0@example.com',
			'buyer1@example.com',
		]);
		expect(run.output(TO_CORRECT).map(({ json }) => json.error)).toEqual(['KEY_VALUE_REQUIRED']);
		expect(standin().received.events).toHaveLength(2);
	});

	test('a field that throws when it is read costs its own item only', async () => {
		const [first, second, third] = orders(3);
		const throwing = Object.defineProperty({ ...second, email: '' }, 'message', {
			enumerable: true,
			get: () => {
				throw new Error('gone');
			},
		});
		const run = await send(standin(), {
			items: [{ json: first }, { json: throwing }, { json: third }],
			onError: 'continueErrorOutput',
			parameters: { options: { includeInputFields: 'id, message' } },
		});

		expect(run.output(ACCEPTED)).toHaveLength(2);
		expect(run.output(TO_CORRECT).map(({ json }) => json.error)).toEqual(['KEY_VALUE_REQUIRED']);
		expect(standin().received.events).toHaveLength(2);
	});

	test('with a summary, items that were not accepted leave one by one all the same', async () => {
		const run = await send(standin(), {
			items: mixedOrders(),
			onError: 'continueErrorOutput',
			parameters: { options: { output: 'summary' } },
		});

		expect(run.output(ACCEPTED).map(({ json }) => json.accepted)).toEqual([3]);
		expect(run.output(TO_CORRECT)).toHaveLength(2);
	});
});

describe('a wrong key', () => {
	test('is one clear message that names the credential, and costs one request', async () => {
		const run = await send(standin(), { items: orders(2000), apiKey: 'wrong' });

		expect(run.status).toBe('error');
		expect(stopTextOf(run)).toContain('credential');
		expect(stopTextOf(run)).not.toContain('wrong');
		expect(standin().received.requests).toHaveLength(1);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'under %s every item is notSent and nothing is thrown',
		async (onError) => {
			const run = await send(standin(), { items: orders(1001), apiKey: 'wrong', onError });

			expect(run.status).toBe('success');
			const branch = onError === 'continueErrorOutput' ? 1 : 0;
			const json = jsonOf(run, branch);
			const outcomes = json.map((item) => (branch === 1 ? item.details : item));
			expect(outcomes).toHaveLength(1001);
			expect(new Set(outcomes.map((outcome) => property(outcome, 'status')))).toEqual(
				new Set(['notSent']),
			);
			expect(new Set(outcomes.map((outcome) => property(outcome, 'reason')))).toEqual(
				new Set(['UNAUTHORIZED']),
			);
			expect(JSON.stringify(run.raw)).not.toContain('wrong');
		},
	);
});

test('what needs the zone of the account is counted, whatever it is', async () => {
	const [first, second, third] = orders(3);
	const withOffset = { ...first, created_at: '2024-05-12T01:10+03:00' };
	const messageOf = async (items: object[]) => (await send(standin(), { items })).error?.message;

	expect(await messageOf([withOffset, second, withOffset])).toBe(
		"Nothing was sent. 2 values name an offset, e.g. 2024-05-12T01:10+03:00. Set 'Account Time Zone' to the zone of your eSputnik account, or 'Offset Handling' to keep times as written.",
	);
	expect(await messageOf([withOffset, second, { ...third, created_at: 1_715_465_400 }])).toBe(
		"Nothing was sent. 2 values cannot be written without the account's time zone, e.g. 2024-05-12T01:10+03:00. Set 'Account Time Zone' to the zone of your eSputnik account.",
	);
});

describe('faults of the whole run', () => {
	const faults: Array<[string, Parameters<typeof send>[1], string]> = [
		[
			'Retry On Fail is on',
			{ items: orders(2), settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } },
			'RETRY_ON_FAIL',
		],
		[
			'the execution was started by Retry',
			{ items: orders(2), run: { mode: 'retry' } },
			'RETRIED_EXECUTION',
		],
		[
			'a date has an offset and no zone is set',
			{ items: orders(2).map((order) => ({ ...order, created_at: '2024-05-12T01:10+03:00' })) },
			'ACCOUNT_TIMEZONE_REQUIRED',
		],
		[
			'a date has an offset, no zone is set, and its item is refused for something else as well',
			{ items: [...orders(1), { email: '', created_at: '2024-05-12T01:10+03:00' }] },
			'ACCOUNT_TIMEZONE_REQUIRED',
		],
		[
			'the zone does not exist',
			{ items: orders(2), parameters: { accountTimezone: 'Europe/Kyjiw' } },
			'INVALID_TIMEZONE',
		],
		[
			'the date pattern cannot be right',
			{
				items: orders(2),
				parameters: { occurredFormat: 'custom', occurredCustomFormat: 'dd.mm.yyyy hh:mm' },
			},
			'INVALID_FORMAT',
		],
		[
			'the base URL is plain http',
			{ items: orders(2), baseUrl: 'http://esputnik.com/api' },
			'CONFIGURATION',
		],
		[
			"n8n's Custom API Call was chosen",
			{ items: orders(2), parameters: { operation: '__CUSTOM_API_CALL__' } },
			'CONFIGURATION',
		],
		[
			'an expression leaves open whether it is a dry run',
			{ items: orders(2), parameters: { options: { dryRun: '={{ $json.gone }}' } } },
			'CONFIGURATION',
		],
		[
			'an option has no such value',
			{ items: orders(2), parameters: { options: { batchSize: 501 } } },
			'CONFIGURATION',
		],
	];

	test.each(faults)('%s: nothing is sent and Stop Workflow throws', async (_, given) => {
		const run = await send(standin(), given);

		expect(run.status).toBe('error');
		expect(stopTextOf(run)).toContain('Nothing was sent');
		expect(standin().received.requests).toEqual([]);
	});

	test.each(faults)('%s: under Continue every item is notSent', async (_, given, reason) => {
		const run = await send(standin(), { ...given, onError: 'continueRegularOutput' });

		expect(run.status).toBe('success');
		expect(jsonOf(run).map((json) => [json.status, json.reason])).toEqual([
			['notSent', reason],
			['notSent', reason],
		]);
		expect(standin().received.requests).toEqual([]);
	});

	test.each(faults)('%s: every item leaves by the error output', async (_, given, reason) => {
		const run = await send(standin(), { ...given, onError: 'continueErrorOutput' });

		expect(run.output(ACCEPTED)).toEqual([]);
		expect(run.output(TO_CORRECT).map(({ json }) => json.error)).toEqual([reason, reason]);
	});
});

describe('a run that is refused leaves in the form that was chosen', () => {
	const refused = { items: orders(2), settings: { retryOnFail: true, maxTries: 2 } };

	test('with the fields of the input', async () => {
		const run = await send(standin(), {
			...refused,
			onError: 'continueRegularOutput',
			parameters: { options: { includeInputFields: 'id' } },
		});

		expect(jsonOf(run)).toMatchObject([
			{ status: 'notSent', reason: 'RETRY_ON_FAIL', id: 1000 },
			{ status: 'notSent', reason: 'RETRY_ON_FAIL', id: 1001 },
		]);
	});

	test('as a summary', async () => {
		const run = await send(standin(), {
			...refused,
			onError: 'continueRegularOutput',
			parameters: { options: { output: 'summary' } },
		});

		expect(jsonOf(run)).toMatchObject([
			{ total: 2, notSent: 2, requests: 0, reasons: { RETRY_ON_FAIL: 2 } },
		]);
	});

	test('with what could be made of the items where the zone is missing', async () => {
		const items = orders(2);
		items[1].created_at = '2024-05-12T01:10Z';
		const run = await send(standin(), { items, onError: 'continueRegularOutput' });

		expect(jsonOf(run)).toMatchObject([
			{ status: 'notSent', eventTypeKey: 'orderCreated', keyValue: 'buyer0@example.com' },
			{ status: 'notSent', eventTypeKey: 'orderCreated', keyValue: 'buyer1@example.com' },
		]);
	});
});

test("an execution started by Retry sends where 'Allow Retry of Executions' is on", async () => {
	const run = await send(standin(), {
		items: orders(2),
		parameters: { options: { allowRetry: true } },
		run: { mode: 'retry' },
	});

	expect(jsonOf(run).map(({ status }) => status)).toEqual(['accepted', 'accepted']);
});
