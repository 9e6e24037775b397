import { noteText } from '../../nodes/Esputnik/delivery/deliver.ts';
import { counts, deliverAll, inShort, status, takeAll, told } from '../support/deliveries.mts';

describe('an answer after which no request can succeed', () => {
	test.each([
		[401, 'UNAUTHORIZED'],
		[403, 'FORBIDDEN'],
		[404, 'NOT_FOUND'],
		[302, 'REDIRECTED'],
	])('%i costs one request, not eighty', async (code, reason) => {
		const report = await deliverAll(40_000, () => status(code));
		expect(report).toMatchObject({ requests: 1, retries: 0 });
		expect(counts(report)).toEqual({ [`notSent ${reason}`]: 40_000 });
		expect(report.outcomes[499].request).toBe(1);
		expect(report.outcomes[500].request).toBeUndefined();
	});

	test('in the middle of a run lets those in flight finish and sends nothing more', async () => {
		const report = await deliverAll(
			5000,
			(events, attempt) => (attempt === 3 ? status(401) : takeAll(events)),
			{ latency: (attempt) => (attempt === 3 ? 10 : 50) },
		);
		expect(report.requests).toBe(5);
		expect(counts(report)).toEqual({ accepted: 2000, 'notSent UNAUTHORIZED': 3000 });
	});

	test('does not undo a doubt', async () => {
		const report = await deliverAll(1, (_, attempt) => status(attempt === 1 ? 500 : 401), {
			settings: { onUncertain: 'resend' },
		});
		expect(report.outcomes.map(inShort)).toEqual(['uncertain HTTP_5XX']);
		expect(told(report.outcomes[0])).toMatch(/HTTP 500.*after that.*HTTP 401/);
	});
});

describe('a switched-off event type', () => {
	const disabled = (off: (event: number) => boolean) => (events: readonly number[]) => ({
		kind: 'results' as const,
		statuses: events.map((event) => (off(event) ? 'EVENT_SEGMENTATION_DISABLED' : 'ACCEPTED')),
	});

	test('costs one request, not eighty', async () => {
		const report = await deliverAll(
			40_000,
			disabled(() => true),
		);
		expect(report.requests).toBe(1);
		expect(counts(report)).toEqual({
			'rejected EVENT_SEGMENTATION_DISABLED': 500,
			'notSent EVENT_SEGMENTATION_DISABLED': 39_500,
		});
	});

	test('does not hold up events of other types', async () => {
		const isOff = (event: number) => event % 2 === 1;
		const report = await deliverAll(40_000, disabled(isOff), {
			typeOf: (event) => (isOff(event) ? 'pageViewed' : 'orderCreated'),
		});
		expect(counts(report)).toMatchObject({ accepted: 20_000 });
		expect(
			report.outcomes.every(({ status: end }, event) => isOff(event) !== (end === 'accepted')),
		).toBe(true);
		expect(report.requests).toBeLessThan(45);
	});

	test('is not concluded from a single event among accepted ones of its type', async () => {
		const report = await deliverAll(
			1000,
			disabled((event) => event === 7),
		);
		expect(counts(report)).toEqual({
			accepted: 999,
			'rejected EVENT_SEGMENTATION_DISABLED': 1,
		});
	});
});

describe('a request that was certainly not taken', () => {
	test('is sent again after the time that eSputnik asks for, and no other before', async () => {
		const report = await deliverAll(
			3000,
			(events, attempt) => (attempt === 2 ? status(429, '', 7000) : takeAll(events)),
			{ settings: { parallelRequests: 2 } },
		);
		expect(counts(report)).toEqual({ accepted: 3000 });
		expect(report).toMatchObject({ requests: 6, retries: 1 });
		// Attempts 2 and 3 start together; the answer to 2 comes 50 ms later.
		expect(report.attempts.slice(3).every(({ at }) => at >= 100 + 7000)).toBe(true);
	});

	test('waits a minute at most, whatever Retry-After says', async () => {
		const report = await deliverAll(1, (events, attempt) =>
			attempt === 1 ? status(503, '', 86_400_000) : takeAll(events),
		);
		expect(report.attempts[1].at).toBe(50 + 60_000);
	});

	test.each([
		['RATE_LIMITED', status(429, 'slow down')],
		['SERVICE_UNAVAILABLE', status(503, '', 1000)],
		[
			'CONNECTION_FAILED',
			{ kind: 'notTaken' as const, reason: 'CONNECTION_FAILED' as const, text: 'ENOTFOUND' },
		],
	])('%s: is not sent after the retries are used up', async (reason, answer) => {
		const report = await deliverAll(500, () => answer, { settings: { maxRetries: 3 } });
		expect(report).toMatchObject({ requests: 1, retries: 3 });
		expect(counts(report)).toEqual({ [`notSent ${reason}`]: 500 });
	});

	test('is not sent again where no retry is allowed', async () => {
		const report = await deliverAll(1, () => status(429), { settings: { maxRetries: 0 } });
		expect(report).toMatchObject({ requests: 1, retries: 0 });
	});

	test('the first request goes alone until it is through', async () => {
		const { attempts } = await deliverAll(5000, (events, attempt) =>
			attempt < 4 ? status(429) : takeAll(events),
		);
		expect(attempts.slice(0, 4).map(({ events }) => events[0])).toEqual([0, 0, 0, 0]);
		expect(new Set(attempts.slice(4, 8).map(({ at }) => at)).size).toBe(1);
	});
});

describe('a request that may have been taken', () => {
	test('is reported and never sent again', async () => {
		const report = await deliverAll(1000, (events, attempt) =>
			attempt === 1 ? status(500) : takeAll(events),
		);
		expect(report).toMatchObject({ requests: 2, retries: 0 });
		expect(counts(report)).toEqual({ 'uncertain HTTP_5XX': 500, accepted: 500 });
	});

	test('is sent again where that is asked for, and accepted in the end', async () => {
		const report = await deliverAll(
			1000,
			(events, attempt) => (attempt === 1 ? status(500) : takeAll(events)),
			{ settings: { onUncertain: 'resend' } },
		);
		expect(report).toMatchObject({ requests: 2, retries: 1 });
		expect(counts(report)).toEqual({ accepted: 1000 });
	});

	test('stays uncertain when it is refused, limited or not queued later', async () => {
		const answers = [status(429), status(400, 'It exists'), status(429), status(429)];
		const report = await deliverAll(
			2,
			(_, attempt) => (attempt === 1 ? status(504) : (answers[attempt - 2] ?? status(429))),
			{ settings: { onUncertain: 'resend' } },
		);
		expect(report.outcomes.map(inShort)).toEqual(['uncertain HTTP_5XX', 'uncertain HTTP_5XX']);
	});

	test('is uncertain after its retries, when nobody ever knows', async () => {
		const report = await deliverAll(1, () => status(500), {
			settings: { onUncertain: 'resend', maxRetries: 2 },
		});
		expect(report).toMatchObject({ requests: 1, retries: 2 });
		expect(report.outcomes.map(inShort)).toEqual(['uncertain HTTP_5XX']);
	});

	test('counts as such where sending itself throws', async () => {
		const report = await deliverAll(1, () => {
			throw new Error('out of memory');
		});
		expect(report.outcomes.map(inShort)).toEqual(['uncertain CONNECTION_LOST']);
	});

	test('counts as such where the answer judges another number of events', async () => {
		const report = await deliverAll(3, () => ({ kind: 'results', statuses: ['ACCEPTED'] }));
		expect(counts(report)).toEqual({ 'uncertain BAD_RESPONSE': 3 });
	});
});

describe('a server that keeps failing', () => {
	test.each([1, 4, 16])(
		'gets five requests with %i in flight, then the run ends',
		async (inFlight) => {
			const report = await deliverAll(40_000, () => status(502, 'Bad Gateway'), {
				settings: { parallelRequests: inFlight },
			});
			expect(report.requests).toBe(5);
			expect(counts(report)).toEqual({ 'uncertain HTTP_5XX': 2500, 'notSent GAVE_UP': 37_500 });
			expect(told(report.outcomes[39_999])).toMatch(/HTTP 502.*Bad Gateway/);
		},
	);

	test('that refuses connections ends the run in minutes, not hours', async () => {
		const report = await deliverAll(100_000, () => ({
			kind: 'notTaken',
			reason: 'CONNECTION_FAILED',
			text: 'ECONNREFUSED',
		}));
		expect(counts(report)).toEqual({
			'notSent CONNECTION_FAILED': 2500,
			'notSent GAVE_UP': 97_500,
		});
		expect(report.retries).toBe(5 * 5);
		expect(report.endedAt).toBeLessThan(5 * 60_000);
	});

	test('only now and then does not end the run', async () => {
		const report = await deliverAll(50_000, (events, attempt) =>
			attempt % 5 === 0 ? takeAll(events) : status(502),
		);
		expect(report.requests).toBe(100);
	});
});

describe('Stop in n8n', () => {
	test('leaves what is in flight uncertain and does not wait for it', async () => {
		const report = await deliverAll(5000, takeAll, {
			latency: (attempt) => (attempt === 1 ? 50 : Number.POSITIVE_INFINITY),
			cancelAt: 700,
		});
		expect(report.endedAt).toBe(700);
		expect(counts(report)).toEqual({
			accepted: 500,
			'uncertain CANCELLED': 2000,
			'notSent CANCELLED': 2500,
		});
	});

	test('ends a backoff at once', async () => {
		const report = await deliverAll(1000, () => status(429, '', 60_000), { cancelAt: 1234 });
		expect(report.endedAt).toBe(1234);
		expect(report.requests).toBe(1);
		expect(counts(report)).toEqual({ 'notSent CANCELLED': 1000 });
	});

	test('ends the wait for the rate limit at once', async () => {
		const report = await deliverAll(10, takeAll, {
			settings: { batchSize: 1, requestsPerSecond: 2 },
			cancelAt: 500,
		});
		expect(report.endedAt).toBe(500);
		expect(counts(report)).toEqual({ accepted: 2, 'notSent CANCELLED': 8 });
	});

	test('before the first request sends nothing', async () => {
		const report = await deliverAll(10, takeAll, { cancelAt: 0 });
		expect(report.attempts).toHaveLength(0);
		expect(counts(report)).toEqual({ 'notSent CANCELLED': 10 });
	});
});

describe('what the log is told', () => {
	test('each retry, split and stop, with neither payload nor what the server said', async () => {
		const { notes } = await deliverAll(
			4,
			(events, attempt) => {
				if (attempt === 1) return status(429, 'secret-text');
				if (events.length === 1 && events[0] === 0) return status(401, 'secret-text');
				return status(400, 'secret-text');
			},
			{ settings: { parallelRequests: 1 } },
		);
		expect(notes.map((note) => noteText(note, 'events'))).toEqual([
			'Request 1 (4 events): RATE_LIMITED, attempt 2 in 500 ms',
			'Request 1 (4 events) was refused: it is split in halves',
			'Request 2 (2 events) was refused: it is split in halves',
			'Request 3 (2 events) was refused: it is split in halves',
			'No further request is started: UNAUTHORIZED',
		]);
	});

	test('nothing that will not be: once the run is over it tells of no retry and no split', async () => {
		const { notes, attempts } = await deliverAll(
			3000,
			(events, attempt) => {
				if (attempt === 1) return takeAll(events);
				if (attempt === 2) return status(401);
				if (attempt === 3) return status(429);
				if (attempt === 4) return status(400);
				return { kind: 'results', statuses: events.map(() => 'SERVER_ERROR') };
			},
			{ latency: (attempt) => (attempt === 2 ? 10 : 50) },
		);
		expect(attempts).toHaveLength(5);
		expect(notes.map((note) => noteText(note, 'events'))).toEqual([
			'No further request is started: UNAUTHORIZED',
		]);
	});
});
