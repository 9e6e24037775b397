import type { Answer } from '../resources/pastEvent/pastEvents';
import { sendWithRetries, type Ending } from './attempts';
import type { Clock } from './clock';
import type { DeliveryNote } from './notes';
import { Traffic } from './traffic';

export interface InTurnSettings {
	/** In any window of one second, repeats included; at least 1. */
	readonly requestsPerSecond: number;
	/** Attempts beyond the first, for each request; only what was certainly not taken is repeated. */
	readonly maxRetries: number;
}

/**
 * Sends requests one after another, and none after one that eSputnik did not take. Never throws.
 *
 * @param requests each makes one attempt
 * @returns how each ended, in their order; `stopped` for those that were not sent
 */
export async function deliverInTurn(
	requests: ReadonlyArray<() => Promise<Answer>>,
	settings: InTurnSettings,
	clock: Clock,
	signal?: AbortSignal,
	observe: (note: DeliveryNote) => void = () => {},
): Promise<Ending[]> {
	const traffic = new Traffic(clock, settings.requestsPerSecond, signal);
	const endings: Ending[] = [];
	try {
		for (const [index, request] of requests.entries()) {
			const takenSoFar = endings.every(({ kind }) => kind === 'judged');
			endings.push(
				takenSoFar
					? await sendOne(request, index + 1, settings.maxRetries, traffic, observe)
					: { kind: 'stopped' },
			);
		}
		return endings;
	} finally {
		traffic.close();
	}
}

async function sendOne(
	request: () => Promise<Answer>,
	number: number,
	maxRetries: number,
	traffic: Traffic,
	observe: (note: DeliveryNote) => void,
): Promise<Ending> {
	const attempts = { sent: 0, retriesUsed: 0 };
	return await sendWithRetries(
		request,
		attempts,
		{
			maxRetries,
			onUncertain: 'report',
			mayGoOn: () => true,
			retrying: ({ reason }, waitMs) =>
				observe({
					kind: 'retry',
					request: number,
					events: 0,
					attempt: attempts.sent + 1,
					waitMs,
					reason,
				}),
		},
		traffic,
	);
}
