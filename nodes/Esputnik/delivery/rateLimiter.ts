/** A second, and the millisecond that a clock of whole milliseconds may hide. */
const WINDOW_MS = 1001;

/** More than this no request is taken to be late on its way: names are looked up, a connection is made for each, n8n may be busy. */
const MOST_DELAY_MS = 250;

/** So many answers tell how soon one comes at best; a later one may come a little sooner yet. */
const ANSWERS_THAT_TELL = 20;
const SOONER_MS = 4;

/** A request that was started, until it counts no longer. */
export interface Start {
	readonly at: number;
	/** The first one goes alone, and may be long on its way in a process that never sent one before. */
	readonly mostDelayMs: number;
	/** From the start to the answer; unknown before. */
	tookMs?: number;
}

/**
 * Keeps to a number of requests in any window of one second, wherever the window begins: eSputnik answers 429 beyond it, and counts
 * them as they arrive. What all requests need on their way moves no request nearer to another; what one needs longer than the
 * quickest may, so a request counts from its start and that delay: a burst of slow starts is not followed by one of quick ones.
 */
export class RateLimiter {
	private readonly starts: Start[] = [];
	private oldest = 0;
	private answers = 0;
	private quickestMs = Number.POSITIVE_INFINITY;
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
			start === undefined
				? Number.NEGATIVE_INFINITY
				: start.at + this.delayOf(start, now) + WINDOW_MS,
		);
	}

	/** A request starts now. */
	started(now: number): Start {
		const isFirst = this.starts.length === 0;
		const start: Start = {
			at: now,
			mostDelayMs: isFirst ? Number.POSITIVE_INFINITY : MOST_DELAY_MS,
		};
		this.starts[this.oldest] = start;
		this.oldest = (this.oldest + 1) % this.perSecond;
		return start;
	}

	/** A request was answered, or given up. */
	answered(start: Start, now: number): void {
		start.tookMs = now - start.at;
		this.answers++;
		this.quickestMs = Math.min(this.quickestMs, start.tookMs);
	}

	/** eSputnik asked for a pause: no request starts before. */
	holdUntil(time: number): void {
		this.heldUntil = Math.max(this.heldUntil, time);
	}

	/** How much later than the quickest a request can have arrived. */
	private delayOf({ at, mostDelayMs, tookMs }: Start, now: number): number {
		const spent = tookMs ?? now - at;
		const needed = this.answers < ANSWERS_THAT_TELL ? 0 : Math.max(0, this.quickestMs - SOONER_MS);
		return Math.min(Math.max(0, spent - needed), mostDelayMs);
	}
}
