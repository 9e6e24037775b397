import { mkdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { check, lock } from 'proper-lockfile';
import { Advice } from './problems.mts';

/** A lock not refreshed for this long belongs to a process that was killed. */
const STALE_MS = 15_000;

/**
 * Waits until no other process works on the folder and keeps it until the returned function is called. The lock of a process that was
 * killed is taken over after a quarter of a minute.
 *
 * @param signal ends the waiting
 * @throws where it was ended
 */
export async function lockFolder(
	folder: string,
	say: (line: string) => void,
	signal?: AbortSignal,
): Promise<() => Promise<void>> {
	const options = { stale: STALE_MS, realpath: false };
	if (await check(folder, options))
		say('Another process is installing n8n, or one was interrupted just now; waiting for it …');
	for (;;) {
		try {
			return await lock(folder, options);
		} catch (error) {
			if (!isHeld(error)) throw error;
			await wait(1000, undefined, { signal });
		}
	}
}

function isHeld(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ELOCKED';
}

/**
 * Keeps a folder for this process until it ends.
 *
 * @throws {Advice} with the given text where another process has it.
 */
export async function reserveFolder(folder: string, takenMessage: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	try {
		await lock(folder, { stale: STALE_MS, realpath: false });
	} catch (error) {
		throw isHeld(error) ? new Advice(takenMessage) : error;
	}
}
