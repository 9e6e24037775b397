import { sleep } from 'n8n-workflow';

import type { Clock } from '../delivery/deliver';

/** A wait is made of short ones, so that no timer outlives a click on Stop by more than this. */
const LONGEST_TIMER_MS = 200;

/** The real clock of one execution. @param signal n8n's cancel signal: it ends every wait */
export function systemClock(signal?: AbortSignal): Clock {
	return {
		// Date.now() jumps where the computer's clock is set.
		now: () => performance.now(),
		random: () => Math.random(),
		sleep: async (ms) => {
			const end = performance.now() + ms;
			for (let left = ms; left > 0 && !signal?.aborted; left = end - performance.now()) {
				await sleep(Math.min(left, LONGEST_TIMER_MS));
			}
		},
	};
}
