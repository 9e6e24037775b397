import type { HttpAnswer, StatusAnswer } from '../../nodes/Esputnik/api/answer.ts';

/** What the server of a test answers. */
export type ServerAnswer =
	| HttpAnswer
	/** HTTP 200 with one status for each event. */
	| { readonly kind: 'results'; readonly statuses: readonly string[] };

/** The same as the node's client tells it. */
export function asHttp(answer: ServerAnswer): HttpAnswer {
	return answer.kind === 'results' ? json({ results: answer.statuses.map(asResult) }) : answer;
}

/** HTTP 200 with this JSON. */
export function json(body: unknown): StatusAnswer {
	return { kind: 'status', status: 200, form: 'json', json: body, text: '' };
}

function asResult(status: string): { status: string } {
	return { status };
}
