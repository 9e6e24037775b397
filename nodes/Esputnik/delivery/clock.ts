/** Time and chance as delivery needs them, so that a test can run a day's schedule in a moment. */
export interface Clock {
	/** Milliseconds, from any beginning; never goes back. */
	now(): number;
	/** Resolves after `ms` milliseconds. Delivery does not wait for it where the run ends earlier. */
	sleep(ms: number): Promise<void>;
	/** At least 0 and below 1. */
	random(): number;
}
