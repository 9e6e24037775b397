/** A second, and the millisecond that a clock of whole milliseconds may hide. */
const WINDOW_MS = 1001;

/**
 * By how much a request may be longer on its way to eSputnik than the ones after it, each of which makes a connection of its own, too.
 * Less than a hundredth of the rate is the price of it; what comes later still eSputnik answers by 429, which is waited for.
 */
const LONGEST_WAY_MS = 4;

/** A request that was started, until it counts no longer. */
export interface Start {
	readonly at: number;
	/** When it was there at the latest; unknown before it is answered. */
	thereBy?: number;
}

/**
 * Keeps to a number of requests in any window of one second, wherever the window begins: eSputnik answers 429 beyond it, and counts
 * them as they arrive. So a request counts from its answer, before which it certainly arrived, or from its start and the longest
 * way; a burst of slow starts is not followed by one of quick ones.
 */
export class RateLimiter {
	private readonly starts: Start[] = [];
	private oldest = 0;
	private isFirst = true;
	private heldUntil = Number.NEGATIVE_INFINITY;

	/** @param perSecond whole requests per second, at least 1 */
	constructor(private readonly perSecond: number) {}

	/**
	 * When the next request may start, in the past where it may start at once. To be asked again then: the request that it waits for
	 * may have been on its way longer than was known before.
	 *
	 * @param now on the clock that gives the other times
	 */
	nextStart(now: number): number {
		const start = this.starts.at(this.oldest);
		return Math.max(
			this.heldUntil,
			start === undefined ? Number.NEGATIVE_INFINITY : countsFrom(start, now) + WINDOW_MS,
		);
	}

	/** A request starts now. */
	started(now: number): Start {
		const start: Start = { at: now };
		this.starts[this.oldest] = start;
		this.oldest = (this.oldest + 1) % this.perSecond;
		return start;
	}

	/** A request was answered, or given up. */
	answered(start: Start, now: number): void {
		// The first one goes alone, and may be long on its way in a process that never sent one before.
		start.thereBy = this.isFirst ? now : Math.min(now, start.at + LONGEST_WAY_MS);
		this.isFirst = false;
	}

	/** eSputnik asked for a pause: no request starts before. */
	holdUntil(time: number): void {
		this.heldUntil = Math.max(this.heldUntil, time);
	}
}

function countsFrom({ at, thereBy }: Start, now: number): number {
	if (thereBy !== undefined) return thereBy;
	return now < at + LONGEST_WAY_MS ? at : at + LONGEST_WAY_MS;
}
