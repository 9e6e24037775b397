import { sleep } from 'n8n-workflow';

/** No timer outlives the last request by more than this. */
const LONGEST_NAP_MS = 200;

/** The result of `work`, or of `late` where the time is over before. */
export type TimeLimit = <T>(work: Promise<T>, late: () => T) => Promise<T>;

/**
 * Makes a limit in time for many requests, by one timer at a time: an `AbortSignal.timeout` for each costs about half the processor
 * time of a whole request in n8n's HTTP helper.
 */
export function createTimeLimit(limitMs: number): TimeLimit {
	/** What ends each wait, and when: the limit is the same for all, so they are in the order of their ends. */
	const waits = new Map<() => void, number>();
	let isWatched = false;

	const watch = async () => {
		isWatched = true;
		while (waits.size > 0) {
			const [next] = waits.values();
			await sleep(Math.min(Math.max(next - performance.now(), 0), LONGEST_NAP_MS));
			for (const [giveUp, end] of waits) {
				if (end > performance.now()) break;
				giveUp();
			}
		}
		isWatched = false;
	};

	return async <T>(work: Promise<T>, late: () => T) =>
		await new Promise<T>((resolve, reject) => {
			const giveUp = () => {
				waits.delete(giveUp);
				resolve(late());
			};
			waits.set(giveUp, performance.now() + limitMs);
			if (!isWatched) void watch();
			work.finally(() => waits.delete(giveUp)).then(resolve, reject);
		});
}
