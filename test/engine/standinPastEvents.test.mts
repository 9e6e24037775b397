import { EVENT, statuses, withStandin } from '../support/standinClient.mts';
import type { StandinOptions } from '../../standin/options.mts';

const long = (length: number) => 'x'.repeat(length);
const copies = (count: number) => Array.from({ length: count }, () => EVENT);
const minutesFromNow = (minutes: number) =>
	new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 16);

describe('POST past_events of the local eSputnik', () => {
	it('answers one status for each event, in their order, and counts them', () =>
		withStandin({}, async ({ send, standin }) => {
			const reply = await send(EVENT, { ...EVENT, occurred: 'soon' }, { ...EVENT, keyValue: 'b' });
			expect(reply.status).toBe(200);
			expect(reply.headers.get('content-type')).toMatch(/^application\/json/);
			expect(JSON.parse(reply.text)).toEqual({
				results: [
					{ status: 'ACCEPTED' },
					{ status: 'INCORRECT_OCCURRED_DATE_FORMAT' },
					{ status: 'ACCEPTED' },
				],
				successCount: 2,
				errorCount: 1,
			});
			expect(standin.received.events).toEqual([
				{ ...EVENT, request: 1, position: 0, version: 'v1', live: false },
				{ ...EVENT, keyValue: 'b', request: 1, position: 2, version: 'v1', live: false },
			]);
			expect(standin.received.requests).toMatchObject([
				{
					number: 1,
					method: 'POST',
					path: '/api/v1/past_events',
					sent: 3,
					accepted: 2,
					status: 200,
				},
			]);
			expect(standin.received.counts().byStatus).toEqual({
				ACCEPTED: 2,
				INCORRECT_OCCURRED_DATE_FORMAT: 1,
			});
		}));

	const dates: ReadonlyArray<[string, unknown, string]> = [
		['a date', '2020-06-04', 'ACCEPTED'],
		['a date and a time', '2020-06-04T13:43', 'ACCEPTED'],
		['the day of a leap year', '2020-02-29', 'ACCEPTED'],
		['a moment ago', minutesFromNow(-2), 'ACCEPTED'],
		['no date', undefined, 'OCCURRED_DATE_IS_REQUIRED'],
		['an empty date', '', 'OCCURRED_DATE_IS_REQUIRED'],
		['null', null, 'OCCURRED_DATE_IS_REQUIRED'],
		['a number', 1591278180, 'INCORRECT_OCCURRED_DATE_FORMAT'],
		['seconds', '2020-06-04T13:43:10', 'INCORRECT_OCCURRED_DATE_FORMAT'],
		['an offset', '2020-06-04T13:43Z', 'INCORRECT_OCCURRED_DATE_FORMAT'],
		['a space between', '2020-06-04 13:43', 'INCORRECT_OCCURRED_DATE_FORMAT'],
		['one digit', '2020-6-4', 'INCORRECT_OCCURRED_DATE_FORMAT'],
		['a letter for a digit', '2020-06-O4', 'INCORRECT_OCCURRED_DATE_FORMAT'],
		['a day that does not exist', '2021-02-29', 'INCORRECT_OCCURRED_DATE_FORMAT'],
		['a month that does not exist', '2021-13-01', 'INCORRECT_OCCURRED_DATE_FORMAT'],
		['an hour that does not exist', '2021-01-01T24:00', 'INCORRECT_OCCURRED_DATE_FORMAT'],
		['the future', minutesFromNow(10), 'OCCURRED_TIME_IN_FUTURE'],
		['very long ago', '1990-01-01', 'ACCEPTED'],
	];
	it.each(dates)('takes or refuses by "occurred": %s', (_name, occurred, status) =>
		withStandin({}, async ({ send }) => {
			expect(statuses(await send({ ...EVENT, occurred }))).toEqual([status]);
		}),
	);

	it('reads the future and the depth on the clock of the account', () =>
		withStandin({ now: '2024-05-31T10:00', depthDays: 30 }, async ({ send }) => {
			const reply = await send(
				{ ...EVENT, occurred: '2024-05-31T10:00' },
				{ ...EVENT, occurred: '2024-05-31T10:01' },
				{ ...EVENT, occurred: '2024-05-01T10:00' },
				{ ...EVENT, occurred: '2024-05-01T09:59' },
			);
			expect(statuses(reply)).toEqual([
				'ACCEPTED',
				'OCCURRED_TIME_IN_FUTURE',
				'ACCEPTED',
				'OCCURRED_TIME_TOO_DEPTH',
			]);
		}));

	it('knows that the clock of an account in Kyiv is ahead of UTC', () =>
		withStandin({ accountTimezone: 'Europe/Kyiv' }, async ({ send, standin }) => {
			const soon = { ...EVENT, occurred: minutesFromNow(60) };
			expect(statuses(await send(soon))).toEqual(['ACCEPTED']);
			standin.configure({ accountTimezone: 'America/New_York' });
			expect(statuses(await send(soon))).toEqual(['OCCURRED_TIME_IN_FUTURE']);
		}));

	const forbidden = Array.from('<;’\\/|"`\'^?!,>').map((character): [string, object] => [
		`the character ${character}`,
		{ keyValue: `a${character}b` },
	]);
	const malformed: ReadonlyArray<[string, object]> = [
		['no event type key', { eventTypeKey: undefined }],
		['an empty event type key', { eventTypeKey: '' }],
		['an event type key of 101 characters', { eventTypeKey: long(101) }],
		['a forbidden character in the event type key', { eventTypeKey: 'order/created' }],
		['no key value', { keyValue: undefined }],
		['a key value that is a number', { keyValue: 7 }],
		['a key value of 301 characters', { keyValue: long(301) }],
		...forbidden,
		['no params', { params: undefined }],
		['a parameter without a name', { params: [{ value: '1' }] }],
		['a parameter name of 101 characters', { params: [{ name: long(101), value: '1' }] }],
		['a parameter without a value', { params: [{ name: 'a' }] }],
		['a parameter value of null', { params: [{ name: 'a', value: null }] }],
		['a number as a value in v1', { params: [{ name: 'a', value: 1 }] }],
		['an object as a value in v1', { params: [{ name: 'a', value: {} }] }],
		[
			'a parameter name used twice',
			{ params: ['a', 'b', 'c', 'a'].map((name) => ({ name, value: '1' })) },
		],
		[
			'a parameter name used twice among many',
			{ params: Array.from({ length: 200 }, (_, i) => ({ name: `p${i % 199}`, value: '1' })) },
		],
	];
	it.each(malformed)('refuses the whole request for one event with %s', (_name, change) =>
		withStandin({}, async ({ send, standin }) => {
			const reply = await send(EVENT, { ...EVENT, ...change });
			expect(reply.status).toBe(400);
			expect(reply.headers.get('content-type')).toMatch(/^text\/plain/);
			expect(reply.text).toContain('events[1]');
			expect(standin.received.count).toBe(0);
		}),
	);
	it('gives a status to the malformed event alone, where told', () =>
		withStandin({ malformedEvent: 'event' }, async ({ send, standin }) => {
			const reply = await send(EVENT, { ...EVENT, keyValue: '' });
			expect(statuses(reply)).toEqual(['ACCEPTED', 'INVALID_EVENT']);
			expect(standin.received.count).toBe(1);
		}));

	it('takes keys, names and lists at their limits', () =>
		withStandin({}, async ({ send }) => {
			const reply = await send(
				{ ...EVENT, eventTypeKey: long(100), keyValue: long(300), params: [] },
				{ ...EVENT, params: [{ name: long(100), value: '' }] },
			);
			expect(statuses(reply)).toEqual(['ACCEPTED', 'ACCEPTED']);
		}));

	it('takes 500 events and refuses 501', () =>
		withStandin({}, async ({ send, standin }) => {
			expect(statuses(await send(...copies(500)))).toHaveLength(500);
			const reply = await send(...copies(501));
			expect(reply).toMatchObject({ status: 400 });
			expect(standin.received.count).toBe(500);
			standin.configure({ tooManyEvents: 'event' });
			expect(statuses(await send(...copies(501)))[500]).toBe('INVALID_EVENT');
			expect(standin.received.count).toBe(1000);
		}));

	it.each([
		['no JSON', '{"events":['],
		['no events', '{}'],
		['events that are no list', '{"events":{}}'],
		['a list', '[]'],
	])('refuses a body with %s', (_name, body) =>
		withStandin({}, async ({ standin, call }) => {
			const response = await fetch(`${standin.baseUrl}/v1/past_events`, {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					authorization: `Basic ${Buffer.from(`u:${standin.apiKey}`).toString('base64')}`,
				},
				body,
			});
			expect(response.status).toBe(400);
			expect((await call('POST', '/api/v1/past_events', undefined)).status).toBe(400);
		}),
	);

	it('takes nested JSON in v2, and params as an object in v3', () =>
		withStandin({}, async ({ call, standin }) => {
			const params = [
				{ name: 'items', value: [{ sku: 1 }] },
				{ name: 'total', value: 9.5 },
				{ name: 'gift', value: true },
				{ name: 'note', value: 'text' },
			];
			const v2 = await call('POST', '/api/v2/past_events', { events: [{ ...EVENT, params }] });
			expect(statuses(v2)).toEqual(['ACCEPTED']);
			const named = { items: [{ sku: 1 }], total: 9.5, gift: true, note: 'text' };
			const v3 = await call('POST', '/api/v3/past_events', {
				events: [{ ...EVENT, params: named }],
			});
			expect(statuses(v3)).toEqual(['ACCEPTED']);
			expect(standin.received.events.map((event) => event.params)).toEqual([params, params]);
			standin.configure({ booleanValues: 'refuse' });
			const refused = await call('POST', '/api/v2/past_events', { events: [{ ...EVENT, params }] });
			expect(refused.status).toBe(400);
		}));

	const switches: ReadonlyArray<[string, Partial<StandinOptions>, number, string]> = [
		[
			'a bare object for one result',
			{ singleResult: 'object' },
			200,
			'{"results":{"status":"ACCEPTED"},"successCount":1,"errorCount":0}',
		],
		['poison', { poison: ['buyer.contact'], poisonText: 'No' }, 400, 'No'],
		['poison in a parameter', { poison: ['999'] }, 400, 'Bad Request'],
		[
			'JSON in refusals',
			{ poison: ['999'], errorBody: 'json' },
			400,
			'{"status":400,"message":"Bad Request"}',
		],
		['a largest body', { maxBodyBytes: 50 }, 413, 'The request is larger than 50 bytes'],
		[
			'400 for a large body',
			{ maxBodyBytes: 50, tooLargeStatus: 400 },
			400,
			'The request is larger than 50 bytes',
		],
		[
			'segmentation off',
			{ segmentationDisabled: ['orderCreated'] },
			200,
			'{"results":[{"status":"EVENT_SEGMENTATION_DISABLED"}],"successCount":0,"errorCount":1}',
		],
		[
			'a status unknown to the contract',
			{ statusFor: { buyer: 'NEW_ONE' } },
			200,
			'{"results":[{"status":"NEW_ONE"}],"successCount":0,"errorCount":1}',
		],
	];
	it.each(switches)('has a switch for %s', (_name, options, status, text) =>
		withStandin(options, async ({ send }) => {
			expect(await send(EVENT)).toMatchObject({ status, text });
		}),
	);

	it('names the broken rule in a 400, unless told not to', () =>
		withStandin({}, async ({ send, standin }) => {
			const broken = { ...EVENT, keyValue: '' };
			expect((await send(EVENT, broken)).text).toContain('events[1].keyValue is required');
			standin.configure({ refusalNamesEvent: false });
			expect((await send(EVENT, broken)).text).toBe('Bad Request');
		}));

	it('says SERVER_ERROR for chosen events until their attempts are used up', () =>
		withStandin({ serverErrorFor: ['slow'], serverErrorAttempts: 2 }, async ({ send, standin }) => {
			const slow = { ...EVENT, keyValue: 'slow@example.com' };
			const answers = [await send(EVENT, slow), await send(slow), await send(slow)];
			expect(answers.map(statuses)).toEqual([
				['ACCEPTED', 'SERVER_ERROR'],
				['SERVER_ERROR'],
				['ACCEPTED'],
			]);
			expect(standin.received.count).toBe(2);
		}));

	it('keeps repeated events, or drops them where told', () =>
		withStandin({ duplicateEvents: 'drop' }, async ({ send, standin }) => {
			await send(EVENT, EVENT);
			expect(statuses(await send(EVENT))).toEqual(['ACCEPTED']);
			expect(standin.received.count).toBe(1);
			standin.configure({ duplicateEvents: 'keep' });
			await send(EVENT, EVENT);
			expect(standin.received.count).toBe(3);
		}));

	it('takes an empty list, or refuses it where told', () =>
		withStandin({}, async ({ send, standin }) => {
			expect(await send()).toMatchObject({
				status: 200,
				text: '{"results":[],"successCount":0,"errorCount":0}',
			});
			standin.configure({ emptyEvents: 'refuse' });
			expect(await send()).toMatchObject({ status: 400 });
		}));

	it('keeps the body of each request as it came, of the last ones only', () =>
		withStandin({ keepBodies: 2 }, async ({ send, standin }) => {
			const named = ['а', 'b', 'c'].map((keyValue) => ({ ...EVENT, keyValue }));
			for (const event of named) await send(event);
			expect(standin.received.requests.map(({ body }) => body)).toEqual([
				undefined,
				JSON.stringify({ events: [named[1]] }),
				JSON.stringify({ events: [named[2]] }),
			]);
			expect(standin.received.events.map(({ keyValue }) => keyValue)).toEqual(['а', 'b', 'c']);
		}));

	it('counts without parsing, for benchmarks', () =>
		withStandin({ validate: false, keep: 'counts' }, async ({ send, standin }) => {
			expect(statuses(await send(EVENT, { ...EVENT, keyValue: '' }, EVENT))).toHaveLength(3);
			expect(standin.received.count).toBe(3);
		}));

	it('counts what it keeps by type, day and month, and gives it page by page', () =>
		withStandin({}, async ({ send, standin }) => {
			await send(
				{ ...EVENT, occurred: '2024-01-31T23:59' },
				{ ...EVENT, occurred: '2024-02-01', eventTypeKey: 'pageViewed' },
			);
			await send(
				{ ...EVENT, occurred: '2024-02-01T12:00' },
				{ ...EVENT, occurred: '2024-03-01T12:00' },
			);
			expect(standin.received.counts()).toMatchObject({
				events: 4,
				requests: 2,
				byType: { orderCreated: 3, pageViewed: 1 },
				byDay: { '2024-01-31': 1, '2024-02-01': 2, '2024-03-01': 1 },
				byMonth: { '2024-01': 1, '2024-02': 2, '2024-03': 1 },
			});
			expect(standin.received.page(1, 2).map(({ occurred }) => occurred)).toEqual([
				'2024-02-01',
				'2024-02-01T12:00',
			]);
		}));

	it.each([
		['an unknown switch', { nonsense: true }, 'nonsense'],
		['a value that is none of the choices', { retryAfter: 'never' }, 'retryAfter'],
		['a zone that does not exist', { accountTimezone: 'Mars/Base' }, 'accountTimezone'],
	])('refuses %s and changes nothing', (_name, patch, named) =>
		withStandin({}, async ({ standin, call }) => {
			const before = { ...standin.switches };
			const reply = await call('POST', '/_configure', { latencyMs: 1, ...patch });
			expect(reply.status).toBe(400);
			expect(reply.text).toContain(named);
			expect(standin.switches).toEqual(before);
		}),
	);
});
