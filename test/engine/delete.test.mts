import type { INodeParameters } from 'n8n-workflow';
import type { Standin } from '../../standin/server.mts';
import type { RunResult } from '../support/engine.mts';
import { jsonOf, send, stopTextOf, useStandin, type SendCase } from '../support/esputnik.mts';
import { ACCEPTED, ESPUTNIK, TO_CORRECT } from '../support/workflowJson.mts';

const standin = useStandin({ deletionActive: true, deletePastEventsPerSecond: 0 });

beforeEach(() => standin().configure({ deletionActive: true, deletionAnswer: 'empty' }));

const MAY: INodeParameters = {
	operation: 'delete',
	range: 'wholeDays',
	from: '2024-05-01',
	to: '2024-05-31',
	confirmDeletion: true,
};

async function deletePastEvents(
	target: Standin,
	parameters: INodeParameters = {},
	given: Partial<SendCase> = {},
): Promise<RunResult> {
	return await send(target, { items: [{}], ...given, parameters: { ...MAY, ...parameters } });
}

function deletions(): Array<string | undefined> {
	return standin()
		.received.requests.filter(({ method }) => method === 'DELETE')
		.map(({ body }) => body);
}

describe('the range', () => {
	test('whole days reach from 00:00 to 23:59, and the body arrives', async () => {
		const run = await deletePastEvents(standin());

		expect(deletions()).toEqual(['{"from":"2024-05-01T00:00","to":"2024-05-31T23:59"}']);
		expect(jsonOf(run)).toEqual([
			{
				deleted: true,
				from: '2024-05-01T00:00',
				to: '2024-05-31T23:59',
				message: expect.stringContaining('check in eSputnik before you import again'),
			},
		]);
		expect(run.output(ESPUTNIK)[0].pairedItem).toEqual({ item: 0 });
	});

	test("the date picker's midnight still means the whole last day", async () => {
		await deletePastEvents(standin(), { from: '2024-05-01T00:00:00', to: '2024-05-31T00:00:00' });

		expect(deletions()).toEqual(['{"from":"2024-05-01T00:00","to":"2024-05-31T23:59"}']);
	});

	test('an exact range goes to the minute', async () => {
		await deletePastEvents(standin(), {
			range: 'exact',
			from: '2024-05-01T10:11:12',
			to: '2024-05-01T10:12:13',
		});

		expect(deletions()).toEqual(['{"from":"2024-05-01T10:11","to":"2024-05-01T10:12"}']);
	});

	test('instants are written in the zone of the account', async () => {
		await deletePastEvents(standin(), {
			range: 'exact',
			accountTimezone: 'Europe/Kyiv',
			from: '2024-05-01T00:00:00Z',
			to: '2024-05-01T01:00:00Z',
		});

		expect(deletions()).toEqual(['{"from":"2024-05-01T03:00","to":"2024-05-01T04:00"}']);
	});

	test('each distinct range is sent once, in input order, and every item gets its outcome', async () => {
		const items = ['2024-02', '2024-01', '2024-02'].map((month) => ({ month }));
		const run = await deletePastEvents(
			standin(),
			{ from: '={{ $json.month }}-01', to: '={{ $json.month }}-28' },
			{ items },
		);

		expect(deletions()).toEqual([
			'{"from":"2024-02-01T00:00","to":"2024-02-28T23:59"}',
			'{"from":"2024-01-01T00:00","to":"2024-01-28T23:59"}',
		]);
		expect(jsonOf(run).map(({ deleted, from }) => [deleted, from])).toEqual([
			[true, '2024-02-01T00:00'],
			[true, '2024-01-01T00:00'],
			[true, '2024-02-01T00:00'],
		]);
	});
});

describe('what keeps anything from being sent', () => {
	const guards: Array<[string, INodeParameters, string]> = [
		['it is not confirmed', { confirmDeletion: false }, 'not confirmed'],
		['a bound is unreadable', { from: 'last May' }, "'From' could not be read"],
		['a bound resolves to nothing', { to: '={{ $json.gone }}' }, "'To' is empty"],
		['from is later than to', { from: '2024-06-01' }, "'From' is later than 'To'"],
		['the range is longer than 31 days', { to: '2024-06-01' }, 'longer than 31 days'],
		['it lies wholly in the future', { from: '2999-05-01', to: '2999-05-02' }, 'in the future'],
		[
			'an exact bound has no time',
			{ range: 'exact', to: '2024-05-31', from: '2024-05-31T10:00' },
			'a date without a time',
		],
		[
			'a bound has an offset and no zone is set',
			{ range: 'exact', from: '2024-05-01T00:00Z', to: '2024-05-02T00:00Z' },
			"Set 'Account Time Zone'",
		],
		['the zone does not exist', { accountTimezone: 'Kyiv' }, "'Account Time Zone'"],
		[
			'a bound is Unix time and no zone is set',
			{ from: 1714521600 },
			"'From' counts from 1970 in UTC",
		],
		[
			'an expression leaves open whether it is a dry run',
			{ options: { dryRun: '={{ $json.gone }}' } },
			"'Dry Run' is neither on nor off",
		],
	];

	test.each(guards)('%s: Stop Workflow throws', async (_, parameters, text) => {
		const run = await deletePastEvents(standin(), parameters);

		expect(run.status).toBe('error');
		expect(stopTextOf(run)).toContain(text);
		expect(standin().received.requests).toEqual([]);
	});

	test.each(guards)('%s: Continue tells it in an item', async (_, parameters, text) => {
		const run = await deletePastEvents(standin(), parameters, { onError: 'continueRegularOutput' });

		expect(run.status).toBe('success');
		const [json] = jsonOf(run);
		expect(json.deleted).toBe(false);
		expect(json.message).toContain(text);
		expect(standin().received.requests).toEqual([]);
	});

	test('one bad range among good ones keeps all of them from being sent', async () => {
		const items = [{ to: '2024-05-31' }, { to: 'never' }, { to: '2024-05-30' }];
		const run = await deletePastEvents(
			standin(),
			{ to: '={{ $json.to }}' },
			{ items, onError: 'continueRegularOutput' },
		);

		expect(standin().received.requests).toEqual([]);
		expect(jsonOf(run).map(({ status }) => status)).toEqual(['notSent', 'rejected', 'notSent']);
	});

	test('one day is allowed, as said', async () => {
		const oneDay = { to: '2024-05-01', options: { maxRangeDays: 1 } };
		expect(jsonOf(await deletePastEvents(standin(), oneDay))).toMatchObject([{ deleted: true }]);

		const run = await deletePastEvents(standin(), { ...oneDay, to: '2024-05-02' });
		expect(stopTextOf(run)).toContain('The range is longer than 1 day (1)');
		expect(deletions()).toHaveLength(1);
	});

	test('exact, 31 days from midnight to midnight are 31 days; a minute more is too long', async () => {
		const exact = { range: 'exact', from: '2024-05-01T00:00', to: '2024-06-01T00:00' };
		expect(jsonOf(await deletePastEvents(standin(), exact))).toMatchObject([{ deleted: true }]);

		const run = await deletePastEvents(standin(), { ...exact, to: '2024-06-01T00:01' });
		expect(stopTextOf(run)).toContain('longer than 31 days');
		expect(deletions()).toHaveLength(1);
	});

	test('a refused range is shown as far as it could be read', async () => {
		const wrong: INodeParameters[] = [
			{ to: '2024-06-30' },
			{ confirmDeletion: false },
			{ to: 'soon' },
			{ from: 'soon' },
		];
		const shown = [];
		for (const parameters of wrong) {
			const run = await deletePastEvents(standin(), parameters, {
				onError: 'continueRegularOutput',
			});
			shown.push(jsonOf(run).map(({ status, from, to }) => [status, from, to]));
		}

		expect(shown).toEqual([
			[['rejected', '2024-05-01T00:00', '2024-06-30T23:59']],
			[['notSent', '2024-05-01T00:00', '2024-05-31T23:59']],
			[['rejected', '2024-05-01T00:00', undefined]],
			[['rejected', undefined, '2024-05-31T23:59']],
		]);
	});

	test('without the confirmation every item says so, unless a range is wrong: that is told first', async () => {
		const unconfirmed: INodeParameters = {
			confirmDeletion: '={{ $json.gone }}',
			to: '={{ $json.to }}',
		};
		const told = [];
		for (const to of ['2024-05-30', 'never']) {
			const run = await deletePastEvents(standin(), unconfirmed, {
				items: [{ to: '2024-05-31' }, { to }],
				onError: 'continueRegularOutput',
			});
			told.push(jsonOf(run).map(({ status, reason }) => [status, reason]));
		}

		expect(standin().received.requests).toEqual([]);
		expect(told).toEqual([
			[
				['notSent', 'CONFIGURATION'],
				['notSent', 'CONFIGURATION'],
			],
			[
				['notSent', 'STOPPED'],
				['rejected', 'INCORRECT_OCCURRED_DATE_FORMAT'],
			],
		]);
	});

	test('without the zone that one bound needs, no range is sent and every item says why', async () => {
		const items = [{ from: '2024-05-01' }, { from: '2024-05-01T00:00Z' }];
		const run = await deletePastEvents(
			standin(),
			{ from: '={{ $json.from }}' },
			{ items, onError: 'continueRegularOutput' },
		);

		expect(standin().received.requests).toEqual([]);
		expect(jsonOf(run).map(({ status, reason }) => [status, reason])).toEqual([
			['notSent', 'ACCOUNT_TIMEZONE_REQUIRED'],
			['notSent', 'ACCOUNT_TIMEZONE_REQUIRED'],
		]);
	});

	test.each<[string, Partial<SendCase>]>([
		['Retry On Fail', { settings: { retryOnFail: true } }],
		["the 'Retry' of an execution", { run: { mode: 'retry' } }],
	])('%s, which would delete what was imported meanwhile', async (_, given) => {
		const run = await deletePastEvents(standin(), {}, given);

		expect(run.status).toBe('error');
		expect(stopTextOf(run)).toContain('also delete what was imported into the range meanwhile');
		// Options that Send has and Delete has not.
		expect(stopTextOf(run)).not.toMatch(/Max Retries|Allow Retry/);
		expect(standin().received.requests).toEqual([]);
	});
});

describe('a setting that differs from item to item', () => {
	const cases: Array<[string, INodeParameters, object[]]> = [
		[
			"'Dry Run'",
			{ options: { dryRun: '={{ $json.value }}' } },
			[{ value: false }, { value: true }],
		],
		[
			"'Max Range in Days'",
			{ options: { maxRangeDays: '={{ $json.value }}' }, to: '={{ $json.to }}' },
			[
				{ value: 3000, to: '2024-05-31' },
				{ value: 31, to: '2030-05-31' },
			],
		],
		[
			"'Account Time Zone'",
			{ accountTimezone: '={{ $json.value }}' },
			[{ value: 'Europe/Kyiv' }, { value: 'Asia/Tokyo' }],
		],
		["'Range'", { range: '={{ $json.value }}' }, [{ value: 'wholeDays' }, { value: 'exact' }]],
		[
			"'Authentication'",
			{ authentication: '={{ $json.value }}' },
			[{ value: 'apiKey' }, { value: 'apiToken' }],
		],
		[
			"'Delete Every Event in the Range'",
			{ confirmDeletion: '={{ $json.value }}' },
			[{ value: true }, { value: false }],
		],
	];

	test.each(cases)('%s: nothing is deleted', async (label, parameters, items) => {
		const run = await deletePastEvents(standin(), parameters, {
			items,
			onError: 'continueRegularOutput',
		});

		expect(standin().received.requests).toEqual([]);
		expect(jsonOf(run).map(({ status }) => status)).toEqual(['notSent', 'notSent']);
		expect(jsonOf(run)[0].message).toContain(`${label} has to be the same for every item`);
	});

	test('a dry run needs no confirmation, whatever its expression gives', async () => {
		const run = await deletePastEvents(
			standin(),
			{ confirmDeletion: '={{ $json.value }}', options: { dryRun: true } },
			{ items: [{ value: true }, { value: false }] },
		);

		expect(jsonOf(run)).toMatchObject([{ method: 'DELETE', items: [0, 1] }]);
	});

	test('an expression that gives all items the same is as good as a fixed value', async () => {
		const run = await deletePastEvents(
			standin(),
			{ options: { maxRangeDays: '={{ $json.days }}' } },
			{ items: [{ days: 40 }, { days: 40 }] },
		);

		expect(jsonOf(run)).toMatchObject([{ deleted: true }, { deleted: true }]);
	});
});

describe('the log', () => {
	const TWO_MONTHS = { from: '=2024-{{ $json.month }}-01', to: '=2024-{{ $json.month }}-02' };

	test('tells by range what was sent, also after a click on Stop', async () => {
		const stop = new AbortController();
		standin().configure({ latencyMs: 300 });
		const look = setInterval(() => {
			if (deletions().length < 2) return;
			clearInterval(look);
			stop.abort();
		}, 10);
		const run = await deletePastEvents(standin(), TWO_MONTHS, {
			items: ['01', '02', '03'].map((month) => ({ month })),
			run: { signal: stop.signal },
		});
		standin().configure({ latencyMs: 0 });

		expect(run.status).toBe('canceled');
		expect(run.logs.map(({ message }) => message)).toContain(
			'eSputnik: 1 range deleted: 2024-01-01T00:00 to 2024-01-02T23:59; ' +
				'1 range uncertain: 2024-02-01T00:00 to 2024-02-02T23:59; ' +
				'1 range notSent: 2024-03-01T00:00 to 2024-03-02T23:59',
		);
	});
});

describe('what eSputnik answers', () => {
	test.each(['empty', 'text', 'noContent'] as const)('success with %s', async (deletionAnswer) => {
		standin().configure({ deletionAnswer });
		const run = await deletePastEvents(standin());

		expect(jsonOf(run)).toMatchObject([{ deleted: true }]);
	});

	test('while deletion is not enabled: its own text, and whom to write to', async () => {
		standin().configure({ deletionActive: false });
		const run = await deletePastEvents(standin(), {}, { onError: 'continueRegularOutput' });

		const [json] = jsonOf(run);
		expect(json).toMatchObject({ deleted: false, status: 'rejected' });
		expect(json.message).toContain('Deleting past events is not enabled for this organisation');
		expect(json.message).toContain(
			'If deletion has not been enabled for your account, write to support@esputnik.com',
		);
	});

	test.each([
		[400, 'rejected', 'REQUEST_REJECTED', 'support@esputnik.com'],
		[403, 'rejected', 'FORBIDDEN', 'support@esputnik.com'],
		[404, 'rejected', 'NOT_FOUND', 'support@esputnik.com'],
		[500, 'uncertain', 'HTTP_5XX', 'may or may not'],
	])('HTTP %i: %s, %s', async (status, outcome, reason, text) => {
		standin().faults.push({ kind: 'status', status, text: 'eSputnik says no' });
		const run = await deletePastEvents(standin(), {}, { onError: 'continueRegularOutput' });

		expect(deletions()).toHaveLength(1);
		const [json] = jsonOf(run);
		expect(json).toMatchObject({ deleted: false, status: outcome, reason });
		expect(json.message).toContain(text);
		expect(json.message).toContain('eSputnik says no');
	});

	test('a wrong key names the credential', async () => {
		const run = await deletePastEvents(
			standin(),
			{},
			{ apiKey: 'wrong', onError: 'continueRegularOutput' },
		);

		expect(jsonOf(run)).toMatchObject([{ deleted: false, reason: 'UNAUTHORIZED' }]);
		expect(jsonOf(run)[0].message).toContain('credential');
	});

	test('a wrong key holds for every range, and costs one request', async () => {
		const items = ['01', '02'].map((month) => ({ month }));
		const run = await deletePastEvents(
			standin(),
			{ from: '=2024-{{ $json.month }}-01', to: '=2024-{{ $json.month }}-02' },
			{ items, apiKey: 'wrong', onError: 'continueRegularOutput' },
		);

		expect(deletions()).toHaveLength(1);
		expect(jsonOf(run).map(({ status, reason }) => [status, reason])).toEqual([
			['notSent', 'UNAUTHORIZED'],
			['notSent', 'UNAUTHORIZED'],
		]);
	});

	test('an address that sends requests on: what to do about that, nothing about enabling', async () => {
		standin().faults.push({ kind: 'redirect', location: 'https://example.com/' });
		const run = await deletePastEvents(standin(), {}, { onError: 'continueRegularOutput' });

		expect(jsonOf(run)).toMatchObject([{ status: 'notSent', reason: 'REDIRECTED' }]);
		expect(jsonOf(run)[0].message).toContain("'Base URL'");
		expect(jsonOf(run)[0].message).not.toContain('support@esputnik.com');
	});

	test('Stop Workflow says which deletions eSputnik took', async () => {
		standin().faults.push({ kind: 'status', status: 400, text: 'no', skip: 2 });
		const items = ['01', '02', '01', '03', '04'].map((month) => ({ month }));
		const run = await deletePastEvents(
			standin(),
			{ from: '=2024-{{ $json.month }}-01', to: '=2024-{{ $json.month }}-02' },
			{ items },
		);

		expect(stopTextOf(run)).toMatch(/^eSputnik took the deletions of 3 items: 0–2\. /);
		expect(stopTextOf(run)).toContain("'no' [item 3]");
	});

	test('429 is waited for and repeated', async () => {
		standin().faults.push({ kind: 'status', status: 429, retryAfter: '0' });
		const run = await deletePastEvents(standin());

		expect(deletions()).toHaveLength(2);
		expect(jsonOf(run)).toMatchObject([{ deleted: true }]);
		const log = run.logs.map(({ message }) => message).join('\n');
		expect(log).toContain('Request 1: RATE_LIMITED, attempt 2');
		expect(log).not.toContain('events)');
	});

	test('a lost connection is never resent, and says that the deletion may have happened', async () => {
		standin().faults.push({ kind: 'resetAfterReading' });
		const run = await deletePastEvents(standin(), {}, { onError: 'continueRegularOutput' });

		expect(deletions()).toHaveLength(1);
		expect(jsonOf(run)).toMatchObject([
			{ deleted: false, status: 'uncertain', reason: 'CONNECTION_LOST' },
		]);
		expect(jsonOf(run)[0].message).toContain('may or may not');
	});

	test('after a refusal the remaining ranges are not sent', async () => {
		standin().faults.push({ kind: 'status', status: 400, text: 'no' });
		const items = ['01', '02', '03'].map((month) => ({ month }));
		const run = await deletePastEvents(
			standin(),
			{ from: '=2024-{{ $json.month }}-01', to: '=2024-{{ $json.month }}-02' },
			{ items, onError: 'continueErrorOutput' },
		);

		expect(deletions()).toHaveLength(1);
		expect(run.output(ACCEPTED)).toEqual([]);
		expect(run.output(TO_CORRECT).map(({ json }) => json.error)).toEqual([
			'REQUEST_REJECTED',
			'STOPPED',
			'STOPPED',
		]);
	});
});

test.each([true, '={{ "true" }}'])(
	'a dry run (%s) shows each request and needs no confirmation',
	async (dryRun) => {
		const run = await deletePastEvents(
			standin(),
			{ confirmDeletion: false, options: { dryRun } },
			{ items: [{}, {}] },
		);

		expect(standin().received.requests).toEqual([]);
		expect(jsonOf(run)).toEqual([
			{
				method: 'DELETE',
				url: `${standin().baseUrl}/v1/past_events`,
				body: { from: '2024-05-01T00:00', to: '2024-05-31T23:59' },
				items: [0, 1],
			},
		]);
	},
);
