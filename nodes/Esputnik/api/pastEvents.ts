import type { Answer, HttpAnswer } from './answer';
import { isRecord, parseJson } from './json';

export type ApiVersion = 'v1' | 'v2';

/** The path of past_events below the base URL. Deleting exists in v1 only. */
export function pastEventsPath(version: ApiVersion): string {
	return `/${version}/past_events`;
}

/**
 * The body of one request: v1 and v2 differ in the values of the parameters only, which the events' texts hold already.
 *
 * @param events the JSON text of each event, 500 at most
 */
export function pastEventsBody(events: readonly string[]): Buffer {
	return Buffer.from(`{"events":[${events.join(',')}]}`);
}

/** The body of DELETE past_events. @param from @param to `YYYY-MM-DDTHH:mm`, both inclusive */
export function deletionBody(from: string, to: string): Buffer {
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

function readStatuses(text: string): string[] | undefined {
	const body = parseJson(text);
	if (!isRecord(body) || body.results === undefined) return undefined;
	const results: unknown[] = Array.isArray(body.results) ? body.results : [body.results];
	const statuses: string[] = [];
	for (const result of results) {
		if (!isRecord(result) || typeof result.status !== 'string') return undefined;
		statuses.push(result.status);
	}
	return statuses;
}

function explain(text: string, statuses: string[] | undefined, count: number): string {
	if (text.trim() === '') return 'the answer is empty';
	if (statuses === undefined) return `the answer has no results: ${text.slice(0, 100)}`;
	return `the answer has ${statuses.length} results for ${count} events`;
}
