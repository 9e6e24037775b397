import { EVENT, withStandin } from '../support/standinClient.mts';

const RANGE = { from: '2024-05-01T00:00', to: '2024-05-31T23:59' };
const minutes = ['2024-04-30T23:59', '2024-05-01', '2024-05-31T23:59', '2024-06-01T00:00'];
const events = minutes.map((occurred) => ({ ...EVENT, occurred }));

describe('DELETE past_events of the local eSputnik', () => {
	it('is inactive unless switched on, and removes nothing then', () =>
		withStandin({}, async ({ send, call, standin }) => {
			await send(...events);
			const reply = await call('DELETE', '/api/v1/past_events', RANGE);
			expect(reply.status).toBe(403);
			expect(reply.text).toBe('Deleting past events is not enabled for this organisation');
			expect(standin.received.count).toBe(4);
			standin.configure({ deletionInactiveStatus: 400, deletionInactiveText: 'No' });
			expect(await call('DELETE', '/api/v1/past_events', RANGE)).toMatchObject({
				status: 400,
				text: 'No',
			});
		}));

	const ranges: ReadonlyArray<[string, { from: string; to: string }, readonly string[]]> = [
		['both ends of a month', RANGE, [minutes[0], minutes[3]]],
		[
			'not the last day, where its bare date is the end',
			{ from: '2024-05-01', to: '2024-05-31' },
			[minutes[0], minutes[2], minutes[3]],
		],
		['a single minute', { from: minutes[2], to: minutes[2] }, [minutes[0], minutes[1], minutes[3]]],
		['nothing in an empty range', { from: '2023-01-01', to: '2024-04-30T23:58' }, minutes],
	];
	it.each(ranges)('removes %s, to the minute', (_name, range, left) =>
		withStandin({ deletionActive: true }, async ({ send, call, standin }) => {
			await send(...events);
			expect(await call('DELETE', '/api/v1/past_events', range)).toMatchObject({
				status: 200,
				text: '',
			});
			expect(standin.received.events.map(({ occurred }) => occurred)).toEqual(left);
			expect(standin.received.counts().events).toBe(left.length);
			expect(standin.received.deletions).toMatchObject([{ removed: 4 - left.length, request: 2 }]);
		}),
	);

	it('removes live events and events of every type too, and what stays can be read and removed later', () =>
		withStandin(
			{ deletionActive: true, now: '2024-05-20T12:00' },
			async ({ send, call, standin }) => {
				await send(EVENT, { ...EVENT, eventTypeKey: 'pageViewed', occurred: '2024-05-20T11:59' });
				await call('POST', '/api/v1/event', EVENT);
				const day = { from: '2024-05-20T12:00', to: '2024-05-20T12:00' };
				await call('DELETE', '/api/v1/past_events', day);
				expect(standin.received.counts().byType).toEqual({ orderCreated: 1, pageViewed: 1 });
				await call('DELETE', '/api/v1/past_events', { from: '2020-01-01', to: '2021-01-01' });
				expect(standin.received.events).toMatchObject([
					{ eventTypeKey: 'pageViewed', position: 1 },
				]);
			},
		));

	it.each([
		['no body', undefined],
		['no end', { from: RANGE.from }],
		['an end before the start', { from: RANGE.to, to: RANGE.from }],
		['seconds', { from: '2024-05-01T00:00:00', to: RANGE.to }],
	])('refuses %s', (_name, range) =>
		withStandin({ deletionActive: true }, async ({ send, call, standin }) => {
			await send(...events);
			expect((await call('DELETE', '/api/v1/past_events', range)).status).toBe(400);
			expect(standin.received.count).toBe(4);
		}),
	);

	it('removes everything where a lost body is told to mean that', () =>
		withStandin(
			{ deletionActive: true, deletionWithoutRange: 'everything' },
			async ({ send, call, standin }) => {
				await send(...events);
				expect((await call('DELETE', '/api/v1/past_events')).status).toBe(200);
				expect(standin.received.count).toBe(0);
			},
		));

	it.each(['v2', 'v3'])('does not exist in %s', (version) =>
		withStandin({ deletionActive: true }, async ({ call }) => {
			expect((await call('DELETE', `/api/${version}/past_events`, RANGE)).status).toBe(404);
		}),
	);
});
