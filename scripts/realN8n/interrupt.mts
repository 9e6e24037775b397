import { once } from 'node:events';

/** Aborted by Ctrl+C, by the end of the terminal or by a polite kill; from then on these end nothing by themselves. */
export function interruptSignal(): AbortSignal {
	const controller = new AbortController();
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
		process.on(signal, () => controller.abort());
	return controller.signal;
}

/** Waits until the signal is aborted. */
export async function aborted(signal: AbortSignal): Promise<void> {
	if (!signal.aborted) await once(signal, 'abort');
}
