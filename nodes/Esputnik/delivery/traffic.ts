import { firstPace, gapOf, paceAfter, type Pace, type Seen, type Slowing } from './pace';
import { RateLimiter, type Start } from './rateLimiter';
import { MOST_IN_FLIGHT } from './settings';

/** Time and chance as delivery needs them, so that a test can run a day's schedule in a moment. */
export interface Clock {
	/** Milliseconds, from any beginning; never goes back. */
	now(): number;
	/** Resolves after `ms` milliseconds. Delivery does not wait for it where the run ends earlier. */
	sleep(ms: number): Promise<void>;
	/** At least 0 and below 1. */
	random(): number;
}

const FIRST_BACKOFF_MS = 1000;
const LONGEST_BACKOFF_MS = 30_000;
const LONGEST_RETRY_AFTER_MS = 60_000;

/**
 * How long to wait before the next attempt: what the answer asks for, one minute at most; without it exponential backoff with
 * full jitter, at most 1, 2, 4, 8, 16, then 30 seconds.
 *
 * @param retriesUsed retries before this one
 * @param random at least 0 and below 1
 * @returns milliseconds
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function retryDelay(retriesUsed: number, random: number, retryAfterMs = 0): number {
	if (retryAfterMs > 0) return Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS);
	return Math.round(random * Math.min(FIRST_BACKOFF_MS * 2 ** retriesUsed, LONGEST_BACKOFF_MS));
}

/** Fewer requests than before. */
export interface Slowed {
	readonly inFlight: number;
	readonly perSecond: number;
	readonly slowedBy: Slowing;
}

/**
 * What all requests of a run share: the rate limit, the pauses that the server asks for, and n8n's Stop, which ends every wait
 * at once. Close it when the run is over.
 */
export class Traffic {
	private readonly limiter: RateLimiter;
	/** Requests get their turn one after another; this is the last in the line. */
	private line: Promise<unknown> = Promise.resolve();
	/** How many requests were started, and the most of them that were in flight at once. */
	private starts = 0;
	private lastStart = Number.NEGATIVE_INFINITY;
	mostInFlight = 0;
	/** Why and how often fewer requests were allowed than before. */
	readonly slowings: Partial<Record<Slowing, number>> = {};
	private pace: Pace | undefined;
	private onSlowed: (slowed: Slowed) => void = () => {};
	private readonly waits = new Set<() => void>();
	private readonly flights = new Set<() => void>();
	private readonly onAbort = () => {
		this.wake();
		for (const cancel of this.flights) cancel();
	};

	/** @param requestsPerSecond whole requests in any window of one second, at least 1 */
	constructor(
		readonly clock: Clock,
		private readonly requestsPerSecond: number,
		private readonly signal?: AbortSignal,
	) {
		this.limiter = new RateLimiter(requestsPerSecond);
		signal?.addEventListener('abort', this.onAbort, { once: true });
	}

	/** From now on as many requests may be in flight as the server answers well. @param onSlowed told each time they become fewer */
	adapt(onSlowed: (slowed: Slowed) => void): void {
		const { requestsPerSecond: perSecond } = this;
		this.pace = firstPace({ inFlight: Math.min(MOST_IN_FLIGHT, perSecond), perSecond });
		this.onSlowed = onSlowed;
	}

	/** How many requests may be in flight. @param fixed where nothing is adapted */
	allowed(fixed: number): number {
		return this.pace?.inFlight ?? fixed;
	}

	/** Whether the user clicked Stop. */
	get cancelled(): boolean {
		return this.signal?.aborted ?? false;
	}

	/**
	 * Waits for the turn of one more request, which is taken with the answer.
	 *
	 * @param mayGoOn asked again whenever something ends waits; once it says no, the turn is given up
	 * @returns the start of the request, which is now; undefined where it may not start
	 */
	async turn(mayGoOn: () => boolean): Promise<Start | undefined> {
		const turn = this.line.then(async () => {
			while (!this.cancelled && mayGoOn()) {
				const now = this.clock.now();
				const perSecond = this.pace?.perSecond ?? this.requestsPerSecond;
				const gap = this.pace === undefined ? 0 : gapOf(this.pace);
				const wait = Math.max(this.limiter.nextStart(now, perSecond), this.lastStart + gap) - now;
				if (wait <= 0) {
					this.lastStart = now;
					return this.limiter.started(now);
				}
				await this.nap(wait);
			}
			return undefined;
		});
		this.line = turn;
		return await turn;
	}

	/** Waits `ms`, or until `mayGoOn` says no after something ended the waits. */
	async rest(ms: number, mayGoOn: () => boolean): Promise<void> {
		const end = this.clock.now() + ms;
		for (let left = ms; left > 0 && !this.cancelled && mayGoOn(); left = end - this.clock.now()) {
			await this.nap(left);
		}
	}

	/** No request starts in the next `ms`. */
	hold(ms: number): void {
		this.limiter.holdUntil(this.clock.now() + ms);
	}

	/** Ends all waits, so that each asks whether it may go on. */
	wake(): void {
		for (const end of this.waits) end();
	}

	/**
	 * What `send` gives; `broken` where it throws, and `cancelled` at once where the user clicks Stop: nobody waits for it then.
	 *
	 * @param endOf what the answer says of the load
	 */
	async send<T>(
		send: () => Promise<T>,
		start: Start,
		endOf: (answer: T | 'broken') => Seen['end'] = () => 'answered',
	): Promise<T | 'broken' | 'cancelled'> {
		const number = ++this.starts;
		return await new Promise((resolve) => {
			const cancel = () => resolve('cancelled');
			const finish = (answer: T | 'broken') => {
				this.ended(number, start, endOf(answer));
				this.flights.delete(cancel);
				resolve(answer);
			};
			this.flights.add(cancel);
			this.mostInFlight = Math.max(this.mostInFlight, this.flights.size);
			callSafely(send).then(finish, () => finish('broken'));
		});
	}

	private ended(number: number, start: Start, end: Seen['end']): void {
		const at = this.clock.now();
		this.limiter.answered(start, at, end === 'limited');
		const before = this.pace;
		if (before === undefined) return;
		this.pace = paceAfter(before, {
			number,
			started: this.starts,
			at,
			tookMs: at - start.at,
			end,
			inFlight: this.flights.size,
			takenInASecond: end === 'limited' ? this.limiter.takenInASecond(at) : 0,
		});
		const { inFlight, perSecond, slowedBy, slowdowns } = this.pace;
		if (slowdowns === before.slowdowns || slowedBy === undefined) return;
		this.slowings[slowedBy] = (this.slowings[slowedBy] ?? 0) + 1;
		this.onSlowed({ inFlight, perSecond, slowedBy });
	}

	/** Lets go of the signal. */
	close(): void {
		this.signal?.removeEventListener('abort', this.onAbort);
	}

	private async nap(ms: number): Promise<void> {
		await new Promise<void>((resolve) => {
			const end = () => {
				this.waits.delete(end);
				resolve();
			};
			this.waits.add(end);
			this.clock.sleep(ms).then(end, end);
		});
	}
}

/** A function that throws before it returns a promise counts as one whose promise fails. */
async function callSafely<T>(call: () => Promise<T>): Promise<T> {
	return await call();
}
