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
	/** It was one too many for the server. */
	wasTooMany?: boolean;
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
	 * @param perSecond fewer than the limiter was made for, where the server takes fewer
	 */
	nextStart(now: number, perSecond = this.perSecond): number {
		const start = this.startBefore(perSecond);
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

	/** How many requests of the second before were not too many for the server, as far as is known. */
	takenInASecond(now: number): number {
		return this.starts.filter(({ at, wasTooMany }) => wasTooMany !== true && now - at < WINDOW_MS)
			.length;
	}

	/** A request was answered, or given up. @param wasTooMany for the server */
	answered(start: Start, now: number, wasTooMany: boolean): void {
		start.tookMs = now - start.at;
		start.wasTooMany = wasTooMany;
		this.answers++;
		this.quickestMs = Math.min(this.quickestMs, start.tookMs);
	}

	/** eSputnik asked for a pause: no request starts before. */
	holdUntil(time: number): void {
		this.heldUntil = Math.max(this.heldUntil, time);
	}

	/** The start of the request so many before the next one. */
	private startBefore(requests: number): Start | undefined {
		if (this.starts.length < this.perSecond) return this.starts.at(-requests);
		return this.starts[(this.oldest - requests + this.perSecond) % this.perSecond];
	}

	/** How much later than the quickest a request can have arrived. */
	private delayOf({ at, mostDelayMs, tookMs }: Start, now: number): number {
		const spent = tookMs ?? now - at;
		const needed = this.answers < ANSWERS_THAT_TELL ? 0 : Math.max(0, this.quickestMs - SOONER_MS);
		return Math.min(Math.max(0, spent - needed), mostDelayMs);
	}
}
