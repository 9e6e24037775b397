import type { INodeParameters } from 'n8n-workflow';
import type { Standin } from '../../standin/server.mts';
import type { RunResult } from '../support/engine.mts';
import { jsonOf, send, useStandin, type SendCase } from '../support/esputnik.mts';
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
	];

	test.each(guards)('%s: Stop Workflow throws', async (_, parameters, text) => {
		const run = await deletePastEvents(standin(), parameters);

		expect(run.status).toBe('error');
		expect(run.error?.message).toContain(text);
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

	test('Retry On Fail, which would delete what was imported meanwhile', async () => {
		const run = await deletePastEvents(standin(), {}, { settings: { retryOnFail: true } });

		expect(run.status).toBe('error');
		expect(standin().received.requests).toEqual([]);
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

	test('429 is waited for and repeated', async () => {
		standin().faults.push({ kind: 'status', status: 429, retryAfter: '0' });
		const run = await deletePastEvents(standin());

		expect(deletions()).toHaveLength(2);
		expect(jsonOf(run)).toMatchObject([{ deleted: true }]);
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

test('a dry run shows each request and needs no confirmation', async () => {
	const run = await deletePastEvents(
		standin(),
		{ confirmDeletion: false, options: { dryRun: true } },
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
});
