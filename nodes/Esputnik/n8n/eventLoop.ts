import { sleep } from 'n8n-workflow';

const SLICE_MS = 25;

/**
 * Visits 0 … count-1 in order, and lets n8n's event loop breathe every 25 ms: webhooks, the editor and the Stop button go on working
 * while 100,000 items are mapped. The clock is looked at after each: n8n may take 10 ms to work out the expressions of one item.
 *
 * @returns how many were visited: fewer than `count` where the signal was aborted
 */
export async function forEachIndex(
	count: number,
	visit: (index: number) => void,
	signal?: AbortSignal,
): Promise<number> {
	// Date.now() jumps where the computer's clock is set.
	let sliceStart = performance.now();
	for (let index = 0; index < count; index++) {
		visit(index);
		if (performance.now() - sliceStart < SLICE_MS) continue;
		await sleep(0);
		if (signal?.aborted) return index + 1;
		sliceStart = performance.now();
	}
	return count;
}
