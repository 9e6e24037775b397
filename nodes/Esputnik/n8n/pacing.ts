import { sleep } from 'n8n-workflow';

const SLICE_MS = 25;
const LOOK_AT_THE_CLOCK_EVERY = 256;

/**
 * Visits 0 … count-1 in order, and lets n8n's event loop breathe every 25 ms: webhooks, the editor and the Stop button go on working
 * while 100,000 items are mapped.
 *
 * @returns how many were visited: fewer than `count` where the signal was aborted
 */
export async function forEachIndex(
	count: number,
	visit: (index: number) => void,
	signal?: AbortSignal,
): Promise<number> {
	let sliceStart = Date.now();
	for (let index = 0; index < count; index++) {
		visit(index);
		if (index % LOOK_AT_THE_CLOCK_EVERY !== 0 || Date.now() - sliceStart < SLICE_MS) continue;
		await sleep(0);
		if (signal?.aborted) return index + 1;
		sliceStart = Date.now();
	}
	return count;
}
