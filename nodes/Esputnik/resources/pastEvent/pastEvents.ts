import { ACCEPTED, EVENT_REFUSALS, SERVER_ERROR } from '../../contract';
import type { EventBytes } from '../../events/eventBytes';

export type ApiVersion = 'v1' | 'v2';

/** The words of an answer: one of them stays as it is even where a key is that word. */
export const PAST_EVENT_WORDS: ReadonlySet<string> = new Set([
	'results',
	'status',
	'successCount',
	'errorCount',
	ACCEPTED,
	SERVER_ERROR,
	...EVENT_REFUSALS,
]);

/** The path of past_events below the base URL. Deleting exists in v1 only. */
export function pastEventsPath(version: ApiVersion): string {
	return `/${version}/past_events`;
}

const BODY_START = Buffer.from('{"events":[');
const BODY_END = Buffer.from(']}');

/**
 * The body of one request, `{"events":[…]}`: v1 and v2 differ in the values of the parameters only, which the events hold already.
 *
 * @param events 500 at most
 * @param allocate gives the bytes to write it into
 */
export function pastEventsBody(
	events: readonly EventBytes[],
	allocate: (length: number) => Buffer = (length) => Buffer.allocUnsafe(length),
): Buffer {
	if (events.length === 0) return Buffer.concat([BODY_START, BODY_END]);
	let length = BODY_START.length - 1 + BODY_END.length;
	for (const { start, end } of events) length += end + 1 - start;
	const body = allocate(length);
	let at = BODY_START.copy(body);
	// Neighbours are copied together, each with the comma after it; the end of the body replaces the last comma.
	for (let next = 0; next < events.length; ) {
		const { bytes, start } = events[next];
		let { end } = events[next++];
		while (next < events.length && events[next].bytes === bytes && events[next].start === end + 1) {
			end = events[next++].end;
		}
		at += bytes.copy(body, at, start, end + 1);
	}
	BODY_END.copy(body, at - 1);
	return body;
}

/** The body of DELETE past_events: local times of the account, `YYYY-MM-DDTHH:mm`, both inclusive. */
export function deletionBody({ from, to }: { from: string; to: string }): Buffer {
	return Buffer.from(JSON.stringify({ from, to }));
}
