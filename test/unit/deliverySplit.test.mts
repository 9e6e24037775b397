import { Random } from '../../scripts/sample/random.mts';
import {
	counts,
	deliverAll,
	inShort,
	status,
	takeAll,
	told,
	type Answering,
} from '../support/deliveries.mts';

/** Refuses a request that holds one of these events. */
const refusing =
	(bad: ReadonlySet<number>, text: (event: number) => string = () => 'Bad event'): Answering =>
	(events) => {
		const found = events.find((event) => bad.has(event));
		return found === undefined ? takeAll(events) : status(400, text(found));
	};

const all = (count: number): Set<number> =>
	new Set(Array.from({ length: count }, (_, event) => event));

describe('the search for bad events in a refused request', () => {
	test('one bad event in 500 costs at most 18 extra requests, wherever it stands', async () => {
		for (let bad = 0; bad < 500; bad++) {
			const report = await deliverAll(500, refusing(new Set([bad])));
			expect(report.requests).toBeLessThanOrEqual(1 + 18);
			expect(report.retries).toBe(0);
			expect(counts(report)).toEqual({ accepted: 499, 'rejected REQUEST_REJECTED': 1 });
			expect(report.outcomes[bad]).toMatchObject({
				status: 'rejected',
				problem: { value: 'Bad event', what: 'eSputnik refused the request (HTTP 400)' },
			});
		}
	});

	test.each([2, 3, 7, 15])(
		'%i bad events in 500 cost at most 18 extra requests each',
		async (k) => {
			const bad = new Set(Array.from({ length: k }, (_, index) => (index * 67 + 11) % 500));
			const report = await deliverAll(500, refusing(bad));
			expect(report.requests).toBeLessThanOrEqual(1 + k * 18);
			expect(counts(report)).toEqual({ accepted: 500 - k, 'rejected REQUEST_REJECTED': k });
		},
	);

	test('it goes breadth first', async () => {
		const { attempts } = await deliverAll(8, refusing(new Set([0])), {
			settings: { parallelRequests: 1 },
		});
		expect(attempts.map(({ events }) => events.length)).toEqual([8, 4, 4, 2, 2, 1, 1]);
	});

	test('the other requests go on meanwhile', async () => {
		const report = await deliverAll(2000, refusing(new Set([3])), {
			settings: { parallelRequests: 8 },
		});
		expect(report.attempts[5].events).toHaveLength(500);
		expect(counts(report)).toEqual({ accepted: 1999, 'rejected REQUEST_REJECTED': 1 });
	});

	test('is given up once single events from all over it were refused for the same cause', async () => {
		const report = await deliverAll(500, refusing(all(500)), { settings: { parallelRequests: 1 } });
		expect(report.requests).toBeLessThanOrEqual(1 + 14);
		expect(counts(report)).toEqual({
			'rejected REQUEST_REJECTED': 8,
			'notSent REQUEST_REJECTED': 492,
		});
		const unsent = report.outcomes.find(({ status: end }) => end === 'notSent');
		expect(told(unsent)).toMatch(/not tried alone.*Bad event/);
		expect(report.notes.map(({ kind }) => kind)).toContain('splitGivenUp');
	});

	test.each([
		[
			'the numbers',
			(event: number) => `Request ${event * 7919} was refused: event ${event} is bad`,
		],
		['the ids', (event: number) => `Refused (3f2a${event}b-11ee-be56): bad event`],
		['the quoted keys', (event: number) => `The key 'user${event}@example.com' is not good`],
	])('is given up where only %s in the texts differ', async (_, text) => {
		const report = await deliverAll(10_000, refusing(all(10_000), text));
		expect(report.requests).toBeLessThanOrEqual(20 + 20 * 15);
		expect(counts(report)['notSent REQUEST_REJECTED']).toBeGreaterThan(9700);
	});

	test('a cause for which one batch was given up costs the next batches eight requests', async () => {
		const report = await deliverAll(10_000, refusing(all(10_000)), {
			settings: { parallelRequests: 1 },
		});
		expect(report.requests).toBeLessThanOrEqual(20 + 14 + 19 * 8);
	});

	test('a batch with one bad event is searched to the end after one that was given up', async () => {
		const bad = all(500).add(777);
		const report = await deliverAll(1500, refusing(bad), { settings: { parallelRequests: 1 } });
		expect(report.outcomes.slice(500).map(inShort)).toEqual(
			Array.from({ length: 1000 }, (_, index) =>
				index === 277 ? 'rejected REQUEST_REJECTED' : 'accepted',
			),
		);
	});

	test.each([1, 4])(
		'a type that is refused as a whole does not hold up the others in its batches, %i in flight',
		async (parallelRequests) => {
			const isBad = (event: number) => event % 2 === 1;
			const report = await deliverAll(
				10_000,
				(events) => (events.some(isBad) ? status(400, 'Unknown event type') : takeAll(events)),
				{
					settings: { parallelRequests },
					typeOf: (event) => (isBad(event) ? 'typo' : 'orderCreated'),
				},
			);
			expect(
				report.outcomes.every(({ status: end }, event) => isBad(event) !== (end === 'accepted')),
			).toBe(true);
			expect(report.requests).toBeLessThanOrEqual(20 + 20 * 14);
		},
	);

	test.each([18, 50])('%i bad events, spread over 500, still let all others arrive', async (k) => {
		const bad = new Set(Array.from({ length: k }, (_, index) => Math.floor((index * 500) / k)));
		const report = await deliverAll(500, refusing(bad));
		expect(counts(report)).toEqual({ accepted: 500 - k, 'rejected REQUEST_REJECTED': k });
	});

	test.each([
		[1, 1, 4],
		[1, 1, 0],
		[1, 3, 1],
		[3, 1, 4],
		[4, 8, 1],
	])(
		'50 bad events anywhere in 500 do so, too: %i types, %i causes, %i in flight',
		async (types, causes, parallelRequests) => {
			const random = new Random(types + causes);
			for (let draw = 0; draw < 20; draw++) {
				const bad = new Set<number>();
				while (bad.size < 50) bad.add(random.between(0, 499));
				const report = await deliverAll(
					500,
					refusing(bad, (event) => `Bad ${'abcdefgh'[event % causes]}`),
					{ typeOf: (event) => `type ${event % types}`, settings: { parallelRequests } },
				);
				expect(counts(report)).toEqual({ accepted: 450, 'rejected REQUEST_REJECTED': 50 });
				expect(report.requests).toBeLessThanOrEqual(1 + 480);
			}
		},
	);

	test.each([
		[10_000, 2000],
		[100_000, 2000],
		[4000, 800],
		[2500, 500],
		[2400, 480],
		[500, 480],
	])(
		'%i events that are all refused for different causes cost at most %i extra requests',
		async (events, most) => {
			const words = (event: number) =>
				String(event).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)]);
			const report = await deliverAll(events, refusing(all(events), words));
			expect(report.requests).toBeLessThanOrEqual(Math.ceil(events / 500) + most);
			expect(
				report.outcomes.every(({ status: end }) => end === 'rejected' || end === 'notSent'),
			).toBe(true);
		},
	);

	test.each([
		[
			'the texts differ',
			refusing(all(64), (event) => `bad ${'abcdefgh'[event % 8]}${'abcdefgh'[event >> 3]}`),
			64,
		],
		['one of the requests is taken', refusing(all(32)), 32],
		['the batch is small', refusing(all(64)), 64, 30],
	])('goes on to the end where %s', async (_, answering, rejected, batchSize = 500) => {
		const report = await deliverAll(64, answering, {
			settings: { parallelRequests: 1, batchSize },
		});
		expect(counts(report)['rejected REQUEST_REJECTED']).toBe(rejected);
	});

	test('what one batch taught of the size of requests holds for the next ones', async () => {
		const report = await deliverAll(50_000, (events) =>
			events.length > 60 ? status(413, 'Payload Too Large') : takeAll(events),
		);
		expect(counts(report)).toEqual({ accepted: 50_000 });
		expect(report.requests).toBeLessThan(2000);
	});

	test('a single event that is too large does not make all other requests small', async () => {
		const report = await deliverAll(50_000, (events) =>
			events.includes(7) ? status(413, 'Payload Too Large') : takeAll(events),
		);
		expect(counts(report)).toEqual({ accepted: 49_999, 'rejected REQUEST_REJECTED': 1 });
		expect(report.requests).toBeLessThan(100 + 18 + 10);
	});

	test('a request that is too large (413) is split until it fits', async () => {
		const report = await deliverAll(500, (events) =>
			events.length > 60 ? status(413, 'Payload Too Large') : takeAll(events),
		);
		expect(counts(report)).toEqual({ accepted: 500 });
	});

	test('a single event that is too large is rejected', async () => {
		const { outcomes } = await deliverAll(1, () => status(413));
		expect(outcomes.map(inShort)).toEqual(['rejected REQUEST_REJECTED']);
	});
});

describe('Stop Workflow', () => {
	const settings = { stopOnProblem: true, parallelRequests: 4, batchSize: 10 };

	test('starts nothing new once an event is refused; what is in flight finishes', async () => {
		const report = await deliverAll(
			200,
			(events) => ({
				kind: 'results',
				statuses: events.map((event) => (event === 15 ? 'OCCURRED_TIME_IN_FUTURE' : 'ACCEPTED')),
			}),
			{ settings },
		);
		expect(report.requests).toBe(1 + 4);
		expect(counts(report)).toEqual({
			accepted: 49,
			'rejected OCCURRED_TIME_IN_FUTURE': 1,
			'notSent STOPPED': 150,
		});
	});

	test('searches for the bad event, so that it can be named, and starts nothing else', async () => {
		const report = await deliverAll(200, refusing(new Set([15])), { settings });
		expect(counts(report)).toEqual({
			accepted: 49,
			'rejected REQUEST_REJECTED': 1,
			'notSent STOPPED': 150,
		});
	});

	test('goes on where the search finds no bad event', async () => {
		const report = await deliverAll(
			200,
			(events) => (events.length > 5 ? status(413) : takeAll(events)),
			{ settings },
		);
		expect(counts(report)).toEqual({ accepted: 200 });
	});

	test('starts nothing new once a request is uncertain', async () => {
		const report = await deliverAll(
			200,
			(events, attempt) => (attempt === 1 ? status(502) : takeAll(events)),
			{ settings },
		);
		expect(counts(report)).toEqual({ 'uncertain HTTP_5XX': 10, 'notSent STOPPED': 190 });
	});

	test('does not wait for a request that was to be sent again', async () => {
		const report = await deliverAll(
			30,
			(events) => {
				if (events.includes(10)) return status(429, '', 60_000);
				return events.includes(20)
					? { kind: 'results', statuses: events.map(() => 'OCCURRED_DATE_IS_REQUIRED') }
					: takeAll(events);
			},
			{ settings, latency: (attempt) => attempt * 10 },
		);
		expect(counts(report)).toEqual({
			accepted: 10,
			'notSent STOPPED': 10,
			'rejected OCCURRED_DATE_IS_REQUIRED': 10,
		});
		expect(report.endedAt).toBeLessThan(1000);
	});
});
