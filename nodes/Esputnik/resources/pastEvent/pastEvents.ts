import { ACCEPTED, EVENT_REFUSALS, SERVER_ERROR, type ApiVersion } from '../../contract';
import type { EventBytes } from '../../events/eventBytes';

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
const COMMA = 0x2c;

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
	let length = BODY_START.length + BODY_END.length + Math.max(0, events.length - 1);
	for (const { start, end } of events) length += end - start;
	const body = allocate(length);
	let at = BODY_START.copy(body);
	for (const [index, { bytes, start, end }] of events.entries()) {
		if (index > 0) body[at++] = COMMA;
		at += bytes.copy(body, at, start, end);
	}
	BODY_END.copy(body, at);
	return body;
}

/** The body of DELETE past_events: local times of the account, `YYYY-MM-DDTHH:mm`, both inclusive. */
export function deletionBody({ from, to }: { from: string; to: string }): Buffer {
	return Buffer.from(JSON.stringify({ from, to }));
}
