import * as fc from 'fast-check';

import {
	firstPace,
	paceAfter,
	type Pace,
	type PaceBounds,
	type Seen,
} from '../../nodes/Esputnik/delivery/pace.ts';
import { generator, noisy, PACING_SERVERS, type PacingServer } from '../support/pacingServers.mts';
import { pacingRun, type PacingRun } from '../support/pacingRun.mts';
import { VirtualClock } from '../support/virtualClock.mts';

const bounds: fc.Arbitrary<PaceBounds> = fc.record({
	inFlight: fc.integer({ min: 1, max: 16 }),
	perSecond: fc.integer({ min: 1, max: 400 }),
});

/** One end of an attempt; what is counted of the run is told beside it. */
const end = fc.record({
	end: fc.constantFrom<Seen['end']>('answered', 'answered', 'answered', 'limited', 'failed'),
	tookMs: fc.oneof(fc.integer({ min: 0, max: 60_000 }), fc.double({ min: 0, max: 5, noNaN: true })),
	/** How many others were started after it. */
	behind: fc.integer({ min: 0, max: 40 }),
	pauseMs: fc.integer({ min: 0, max: 5000 }),
	takenInASecond: fc.integer({ min: 0, max: 400 }),
});

type End = Readonly<typeof end extends fc.Arbitrary<infer T> ? T : never>;

/** The paces that follow from these ends. */
function paces(first: Pace, ends: readonly End[]): { all: Pace[]; at: number; started: number } {
	const all = [first];
	let at = 0;
	let started = first.since;
	for (const { behind, pauseMs, ...seen } of ends) {
		at += pauseMs;
		started++;
		const number = Math.max(1, started - behind);
		const before = all[all.length - 1];
		all.push(paceAfter(before, { ...seen, number, started, at, inFlight: before.inFlight }));
	}
	return { all, at, started };
}

describe('whatever the server does, the pace', () => {
	test('is never above the bounds and never below one', () => {
		fc.assert(
			fc.property(bounds, fc.array(end, { maxLength: 200, size: 'max' }), (most, ends) => {
				const isWithin = (value: number, bound: number) =>
					Number.isInteger(value) && value >= 1 && value <= bound;
				return paces(firstPace(most), ends).all.every(
					({ inFlight, perSecond }) =>
						isWithin(inFlight, most.inFlight) && isWithin(perSecond, most.perSecond),
				);
			}),
			{ numRuns: 2000 },
		);
	});

	test('recovers wholly from any burst of faults once answers are good again', () => {
		fc.assert(
			fc.property(
				bounds,
				fc.array(end, { maxLength: 100, size: 'max' }),
				fc.integer({ min: 1, max: 5000 }),
				(most, ends, tookMs) => {
					const bad = paces(firstPace(most), ends);
					let pace = bad.all[bad.all.length - 1];
					let { at, started } = bad;
					for (let answer = 0; answer < 3000; answer++) {
						started++;
						at += 100;
						const seen = { number: started, started, at, tookMs, end: 'answered' } as const;
						pace = paceAfter(pace, { ...seen, inFlight: pace.inFlight, takenInASecond: 0 });
					}
					expect(pace).toMatchObject(most);
				},
			),
			{ numRuns: 100 },
		);
	});

	test('goes down at once after a 429, a time-out and answers that take twice as long', () => {
		const good: End = { end: 'answered', tookMs: 100, behind: 0, pauseMs: 10, takenInASecond: 0 };
		const grown = paces(firstPace({ inFlight: 16, perSecond: 100 }), new Array<End>(60).fill(good));
		const top = grown.all[grown.all.length - 1];
		expect(top.inFlight).toBe(16);

		const after = (ends: readonly End[]) => paces(top, ends).all[ends.length];
		const number = top.since;
		const seen = { number, started: number, at: 1000, tookMs: 5, inFlight: 16, takenInASecond: 40 };
		expect(paceAfter(top, { ...seen, end: 'limited' })).toMatchObject({
			inFlight: 8,
			perSecond: 40,
			slowedBy: 'limited',
		});
		expect(paceAfter(top, { ...seen, end: 'failed' })).toMatchObject({
			inFlight: 8,
			perSecond: 100,
			slowedBy: 'failed',
		});
		const slow = new Array<End>(40).fill({ ...good, tookMs: 200 });
		expect(after(slow).slowedBy).toBe('slower');
	});
});

/** Requests of a run: 100,000 events, 500 in each. */
const REQUESTS = 200;

async function run(server: PacingServer, parallelRequests: number, requests = REQUESTS) {
	const clock = new VirtualClock(generator(3));
	return await clock.passUntil(pacingRun(server, requests, parallelRequests, clock));
}

describe.each(PACING_SERVERS)('against a server of $name', (server) => {
	const runs = new Map<number, PacingRun>();
	beforeAll(async () => {
		for (const parallel of [0, 1, 4, 8, 16]) runs.set(parallel, await run(server, parallel));
	});
	const of = (parallel: number): PacingRun => {
		const found = runs.get(parallel);
		if (found === undefined) throw new Error('There was no such run');
		return found;
	};

	test('automatic takes at most 1.15 times as long as the best fixed number', () => {
		const best = Math.min(...[1, 4, 8, 16].map((parallel) => of(parallel).ms));
		expect(of(0).ms).toBeLessThanOrEqual(1.15 * best);
	});

	test('begins with one and has at most 16 in flight', () => {
		const [first, ...others] = [...of(0).spans].sort(([a], [b]) => a - b);
		expect(others.every(([from]) => from >= first[1])).toBe(true);
		expect(of(0).mostInFlight).toBeLessThanOrEqual(16);
	});

	test('at most 1 % of the requests are too many', () => {
		expect(of(0).tooMany / of(0).attempts).toBeLessThanOrEqual(0.01);
	});

	if (server.places !== undefined) {
		test('answers take at most 1.5 times as long as without load', () => {
			expect(of(0).meanLatencyMs).toBeLessThanOrEqual(1.5 * server.unloadedMs);
		});
	}

	if (server.stallEndsMs !== undefined) {
		const { stallEndsMs } = server;
		test('is back at the full rate within 3 s after the stall', async () => {
			const { spans } = await run(server, 0, 1000);
			const startsIn = (from: number, to: number) =>
				spans.filter(([start]) => start >= from && start < to).length;
			const full = startsIn(stallEndsMs + 6000, stallEndsMs + 8000) / 2;
			expect(startsIn(stallEndsMs + 3000, stallEndsMs + 4000)).toBeGreaterThanOrEqual(0.95 * full);
			expect(full).toBeGreaterThanOrEqual(0.95 * (16 / (server.unloadedMs / 1000)));
		});
	}
});

test('where answers take their time by chance, many runs take hardly longer than with 16', async () => {
	const servers = Array.from({ length: 20 }, (_, seed) => noisy(seed));
	let [automatic, fixed] = [0, 0];
	for (const server of servers) {
		automatic += (await run(server, 0)).ms;
		fixed += (await run(server, 16)).ms;
	}
	expect(automatic).toBeLessThanOrEqual(1.2 * fixed);
});
