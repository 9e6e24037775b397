import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator } from 'playwright-core';

/** How long n8n may be busy before a click is repeated. */
const CLICK_AGAIN_MS = 8000;

/**
 * Clicks until what the click is for has come, and gives it. n8n overlooks a click while it is still busy with the one before; somebody
 * who sees nothing happen clicks again.
 */
export async function clickUntil<T>(button: Locator, effect: Promise<T>): Promise<T> {
	const settled = effect.then(
		() => true,
		() => true,
	);
	do await button.click({ timeout: CLICK_AGAIN_MS }).catch(() => undefined);
	while (!(await Promise.race([settled, sleep(CLICK_AGAIN_MS, false)])));
	return await effect;
}
