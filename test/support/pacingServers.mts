import type { Clock } from '../../nodes/Esputnik/delivery/traffic.ts';

/** How a server answers one request: it resolves when it does. */
export type Serve = () => Promise<'taken' | 'tooMany'>;

/** A kind of server against which the number of requests in flight is tried. */
export interface PacingServer {
	readonly name: string;
	/** What one request takes without load, on average. */
	readonly unloadedMs: number;
	/** Where requests queue: how many are served at once. */
	readonly places?: number;
	/** Where it stands still for a while: when it answers again, after its begin. */
	readonly stallEndsMs?: number;
	readonly start: (clock: Clock) => Serve;
}

export const PACING_SERVERS: readonly PacingServer[] = [
	...[10, 50, 200, 1000].map(fixed),
	...[4, 8, 12].map(queueing),
	limiting(50),
	stalling(),
	noisy(7),
];

function fixed(ms: number): PacingServer {
	return {
		name: `${ms} ms`,
		unloadedMs: ms,
		start: (clock) => async () => {
			await clock.sleep(ms);
			return 'taken';
		},
	};
}

/** Serves so many at once, each in 200 ms, and lets the others wait for their turn. */
function queueing(places: number): PacingServer {
	const ms = 200;
	return {
		name: `${ms} ms, ${places} at once`,
		unloadedMs: ms,
		places,
		start: (clock) => {
			const freeAt = new Array<number>(places).fill(Number.NEGATIVE_INFINITY);
			return async () => {
				const now = clock.now();
				const place = freeAt.indexOf(Math.min(...freeAt));
				freeAt[place] = Math.max(now, freeAt[place]) + ms;
				await clock.sleep(freeAt[place] - now);
				return 'taken';
			};
		},
	};
}

/** Takes so many in each second, in 50 ms each, and refuses the others at once, as limiters in front of a server do. */
function limiting(perSecond: number): PacingServer {
	const ms = 50;
	return {
		name: `${ms} ms, ${perSecond} a second`,
		unloadedMs: ms,
		start: (clock) => {
			let second = 0;
			let taken = 0;
			return async () => {
				const current = Math.floor(clock.now() / 1000);
				if (current !== second) taken = 0;
				second = current;
				if (taken >= perSecond) {
					await clock.sleep(2);
					return 'tooMany';
				}
				taken++;
				await clock.sleep(ms);
				return 'taken';
			};
		},
	};
}

/** Stands still for 5 s: what would be answered then is answered after it. */
function stalling(): PacingServer {
	const ms = 200;
	const [begin, end] = [1500, 6500];
	return {
		name: `${ms} ms, 5 s stall`,
		unloadedMs: ms,
		stallEndsMs: end,
		start: (clock) => {
			const started = clock.now();
			return async () => {
				const done = clock.now() - started + ms;
				await clock.sleep(done > begin && done < end ? end - done + ms : ms);
				return 'taken';
			};
		},
	};
}

/** Answers after times of a log-normal distribution. */
export function noisy(seed: number): PacingServer {
	const median = 150;
	const sigma = 0.6;
	return {
		name: `${median} ms in the middle, log-normal`,
		unloadedMs: median * Math.exp(sigma ** 2 / 2),
		start: (clock) => {
			const random = generator(seed);
			return async () => {
				const gauss = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
				await clock.sleep(median * Math.exp(sigma * gauss));
				return 'taken';
			};
		},
	};
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function generator(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
