/** Time and chance as delivery needs them, so that a test can run a day's schedule in a moment. */
export interface Clock {
	/** Milliseconds, from any beginning; never goes back. */
	now(): number;
	/** Resolves after `ms` milliseconds, and at once when the signal is aborted. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
	/** At least 0 and below 1. */
	random(): number;
}
