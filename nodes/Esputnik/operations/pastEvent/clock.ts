import { sleep } from 'n8n-workflow';

import type { Clock } from '../../delivery/deliver';

/** The real clock. A wait ends early where the signal is aborted. */
export const systemClock: Clock = {
	now: () => Date.now(),
	random: () => Math.random(),
	sleep: async (ms, signal) => {
		if (signal?.aborted) return;
		await new Promise<void>((resolve) => {
			const wake = () => {
				signal?.removeEventListener('abort', wake);
				resolve();
			};
			signal?.addEventListener('abort', wake, { once: true });
			void sleep(ms).then(wake);
		});
	},
};
