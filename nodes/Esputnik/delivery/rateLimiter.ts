/** A second, and the millisecond that a clock of whole milliseconds may hide. */
const WINDOW_MS = 1001;

/**
 * Keeps to a number of requests in any window of one second, wherever the window begins: eSputnik answers 429 beyond
 * it. It remembers when the last requests really started, so a stalled process does not catch up in a burst.
 */
export class RateLimiter {
	private readonly starts: number[] = [];
	private oldest = 0;
	private heldUntil = Number.NEGATIVE_INFINITY;

	/** @param perSecond whole requests per second, at least 1 */
	constructor(private readonly perSecond: number) {}

	/** When the next request may start, on the clock that gives the other times; in the past where it may start at once. */
	nextStart(): number {
		const start = this.starts[this.oldest];
		return Math.max(
			this.heldUntil,
			start === undefined ? Number.NEGATIVE_INFINITY : start + WINDOW_MS,
		);
	}

	/** A request starts now. */
	started(now: number): void {
		this.starts[this.oldest] = now;
		this.oldest = (this.oldest + 1) % this.perSecond;
	}

	/** eSputnik asked for a pause: no request starts before. */
	holdUntil(time: number): void {
		this.heldUntil = Math.max(this.heldUntil, time);
	}
}
