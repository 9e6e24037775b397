import { RateLimiter, type Start } from './rateLimiter';

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

/**
 * What all requests of a run share: the rate limit, the pauses that the server asks for, and n8n's Stop, which ends every wait
 * at once. Close it when the run is over.
 */
export class Traffic {
	private readonly limiter: RateLimiter;
	/** Requests get their turn one after another; this is the last in the line. */
	private line: Promise<unknown> = Promise.resolve();
	private readonly waits = new Set<() => void>();
	private readonly flights = new Set<() => void>();
	private readonly onAbort = () => {
		this.wake();
		for (const cancel of this.flights) cancel();
	};

	/** @param requestsPerSecond whole requests in any window of one second, at least 1 */
	constructor(
		readonly clock: Clock,
		requestsPerSecond: number,
		private readonly signal?: AbortSignal,
	) {
		this.limiter = new RateLimiter(requestsPerSecond);
		signal?.addEventListener('abort', this.onAbort, { once: true });
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
				const wait = this.limiter.nextStart(now) - now;
				if (wait <= 0) return this.limiter.started(now);
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

	/** What `send` gives; `broken` where it throws, and `cancelled` at once where the user clicks Stop: nobody waits for it then. */
	async send<T>(send: () => Promise<T>, start: Start): Promise<T | 'broken' | 'cancelled'> {
		return await new Promise((resolve) => {
			const cancel = () => resolve('cancelled');
			const finish = (answer: T | 'broken') => {
				this.flights.delete(cancel);
				this.limiter.answered(start, this.clock.now());
				resolve(answer);
			};
			this.flights.add(cancel);
			callSafely(send).then(finish, () => finish('broken'));
		});
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
