import { sleep } from 'n8n-workflow';

import type { Clock } from '../../delivery/deliver';

/** The real clock. Its time does not jump when the machine's clock is set. */
export const systemClock: Clock = {
	now: () => performance.now(),
	random: () => Math.random(),
	sleep,
};
