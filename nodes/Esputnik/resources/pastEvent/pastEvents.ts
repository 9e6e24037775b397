import { ACCEPTED } from '../../contract';
import type { EventBytes } from '../../events/eventBytes';
import type { Answer, HttpAnswer } from '../../api/answer';
import { isRecord, parseJson } from '../../api/json';

export type ApiVersion = 'v1' | 'v2';

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
 */
export function readPastEventsAnswer(answer: HttpAnswer, count: number): Answer {
	if (answer.kind !== 'status' || answer.status !== 200) return answer;
	const statuses = readStatuses(answer.text);
	return statuses?.length === count
		? { kind: 'results', statuses }
		: { kind: 'unreadable', text: explain(answer.text, statuses, count) };
}

/** Reads the answer to a deletion: every 2xx says that it was taken, whatever the body (getting started page). */
export function readDeletionAnswer(answer: HttpAnswer): Answer {
	const isTaken = answer.kind === 'status' && answer.status >= 200 && answer.status <= 299;
	return isTaken ? { kind: 'results', statuses: [ACCEPTED] } : answer;
}

/** Requests of equal size that are accepted whole have one and the same answer: the last one is kept as it was read. */
let last: { readonly text: string; readonly statuses: readonly string[] | undefined } | undefined;

function readStatuses(text: string): readonly string[] | undefined {
	if (last?.text !== text) last = { text, statuses: parseStatuses(text) };
	return last.statuses;
}

function parseStatuses(text: string): readonly string[] | undefined {
	const body = parseJson(text);
	if (!isRecord(body) || body.results === undefined) return undefined;
	const results: unknown[] = Array.isArray(body.results) ? body.results : [body.results];
	const statuses: string[] = [];
	for (const result of results) {
		if (!isRecord(result) || typeof result.status !== 'string') return undefined;
		if (result.status.trim() === '') return undefined;
		statuses.push(result.status);
	}
	return statuses;
}

function explain(text: string, statuses: readonly string[] | undefined, count: number): string {
	if (text.trim() === '') return 'the answer is empty';
	if (statuses === undefined) return `not every event has a status in it: ${text}`;
	return `the answer has ${statuses.length} results for ${count} events`;
}
