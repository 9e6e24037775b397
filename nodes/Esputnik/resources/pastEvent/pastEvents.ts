import type { Authentication, HttpAnswer } from '../../api/answer';
import { isRecord } from '../../api/json';
import { ACCEPTED, EVENT_REFUSALS, SERVER_ERROR } from '../../contract';
import type { EventBytes } from '../../events/eventBytes';

export type ApiVersion = 'v1' | 'v2';

/** How one request of past events ended. */
export type Answer =
	| (HttpAnswer & { readonly authentication?: Authentication })
	/** HTTP 200 with one status for each event sent, at the same position. */
	| { readonly kind: 'results'; readonly statuses: readonly string[] }
	/** HTTP 200 whose body is empty, not JSON, or whose results differ in number from what was sent; 2xx with a web page. */
	| { readonly kind: 'unreadable'; readonly text: string }
	/** 2xx to a deletion. */
	| { readonly kind: 'taken' };

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

/**
 * Reads the answer to past_events as far as the status of each event. HTTP 200 alone says nothing.
 *
 * A result has no index, so it belongs to the event at the same position. The vendor's API collapses lists of one to a bare object
 * elsewhere, so `results` is read as array or object.
 *
 * @param count how many events the request carried
 * @param authentication what a refusal may object to
 */
export function readPastEventsAnswer(
	answer: HttpAnswer,
	count: number,
	authentication: Authentication,
): Answer {
	if (answer.kind !== 'status' || answer.status !== 200) return { ...answer, authentication };
	const statuses = readStatuses(answer.json);
	if (statuses?.length === count) return { kind: 'results', statuses };
	if (statuses !== undefined) {
		const text = `the answer has ${statuses.length} results for ${count} events`;
		return { kind: 'unreadable', text };
	}
	return { kind: 'unreadable', text: whatElse(answer) };
}

/** Reads the answer to a deletion: every 2xx says that it was taken, whatever the body, unless it is a web page (getting started page). */
export function readDeletionAnswer(answer: HttpAnswer, authentication: Authentication): Answer {
	const isTaken = answer.kind === 'status' && answer.status >= 200 && answer.status <= 299;
	if (!isTaken) return { ...answer, authentication };
	return answer.form === 'html'
		? { kind: 'unreadable', text: whatElse(answer) }
		: { kind: 'taken' };
}

function readStatuses(json: unknown): readonly string[] | undefined {
	if (!isRecord(json) || json.results === undefined) return undefined;
	const results: unknown[] = Array.isArray(json.results) ? json.results : [json.results];
	const statuses: string[] = [];
	for (const result of results) {
		if (!isRecord(result) || typeof result.status !== 'string') return undefined;
		if (result.status.trim() === '') return undefined;
		statuses.push(result.status);
	}
	return statuses;
}

function whatElse({ form, text }: HttpAnswer & { kind: 'status' }): string {
	switch (form) {
		case 'empty':
			return 'the answer is empty';
		case 'html':
			return 'a web page came in its place, which is not of eSputnik';
		default:
			return `not every event has a status in it: ${text.slice(0, 100)}`;
	}
}
