import type { HttpAnswer, NotTaken, StatusAnswer } from '../api/answer';
import { isRecord } from '../api/json';
import type { Verdict } from '../delivery/verdict';

/** What is known of a request that did not go through: how it ended. */
export type RequestFault = HttpAnswer;

/**
 * Whether an answer says that its request was taken: every 2xx (getting started page), whatever the body, unless it is a web page, or JSON
 * whose own `status` is that of an error, as in the errors of eSputnik (`{"status":401,…}`).
 */
export function isTaken(answer: HttpAnswer): boolean {
	if (answer.kind !== 'status' || answer.form === 'html') return false;
	const told = isRecord(answer.json) ? answer.json.status : undefined;
	const isError = typeof told === 'number' && told >= 400;
	return answer.status >= 200 && answer.status <= 299 && !isError;
}

/**
 * Statuses that say the same whoever answers: no such API, a proxy that asks for a password, a request that took too long, is too large or one
 * of too many.
 */
const WHOEVER_ANSWERS: ReadonlySet<number> = new Set([404, 405, 407, 408, 413, 415, 429]);

/** Whether a web page refused the request: of something before eSputnik, which says nothing about the key, the account or what was sent. */
export function isPageOfAnother({ status, form }: StatusAnswer): boolean {
	return form === 'html' && status >= 400 && status <= 499 && !WHOEVER_ANSWERS.has(status);
}

/** Statuses after which no other request can succeed. */
const FATAL: ReadonlySet<number> = new Set([401, 402, 403, 404, 405, 407, 415, 451]);

/**
 * Tells definite from uncertain answers, where the resource finds nothing in an answer that says what was taken. eSputnik is not known
 * to drop duplicates, so only what was certainly not taken may be sent again without being asked to.
 *
 * | Answer                                                                  | Verdict     | Then                                          |
 * | ----------------------------------------------------------------------- | ----------- | --------------------------------------------- |
 * | 429; 503 with `Retry-After`                                             | `later`     | sent again, then `notSent`                    |
 * | no connection: refused, name not found, TLS or a proxy failed, or hung  | `later`     | sent again, then `notSent`                    |
 * | 401 to an OAuth2 access whose renewal failed for now                    | `later`     | sent again, then `notSent`                    |
 * | 401 to an OAuth2 access whose renewal was refused, or n8n could not keep | `fatal`     | no further request                            |
 * | n8n forbids the address                                                 | `fatal`     | no further request                            |
 * | 400, 413, 422 and the other 4xx that this table does not name           | `refused`   | split until the bad record stands alone       |
 * | 401, 402, 403, 404, 405, 407, 415, 451, every 3xx                       | `fatal`     | no further request                            |
 * | time-out; 408                                                           | `uncertain` | reported or sent again, as the settings say   |
 * | connection lost after sending                                           | `uncertain` | the same                                      |
 * | 500, 502, 504, every other 5xx; 503 without `Retry-After`               | `uncertain` | the same                                      |
 * | 2xx that the resource cannot read                                       | `uncertain` | the same                                      |
 * | the user clicked Stop while the request was on its way                  | `cancelled` | never sent again                              |
 */
export function verdictOnFault(fault: RequestFault): Verdict<RequestFault, never> {
	switch (fault.kind) {
		case 'notTaken':
			return verdictOnNotTaken(fault);
		case 'noAnswer':
			return fault.reason === 'CANCELLED' ? { kind: 'cancelled' } : { kind: 'uncertain', fault };
		case 'status':
			return verdictOnStatus(fault);
	}
}

/** Where n8n could not keep a new access it is lost, and another attempt would be told that the old one is good no longer. */
function verdictOnNotTaken(fault: NotTaken): Verdict<RequestFault, never> {
	switch (fault.reason) {
		case 'CONNECTION_FAILED':
		case 'NO_HTTPS':
		case 'CONNECTION_TIMEOUT':
		case 'RENEWAL_RATE_LIMITED':
		case 'RENEWAL_FAILED':
			return { kind: 'later', fault, retryAfterMs: fault.retryAfterMs };
		case 'RENEWAL_REFUSED':
		case 'CREDENTIAL_STORE_FAILED':
		case 'FORBIDDEN_BY_N8N':
			return { kind: 'fatal', fault };
	}
}

function verdictOnStatus(fault: StatusAnswer): Verdict<RequestFault, never> {
	const { status, retryAfterMs } = fault;
	if (status === 429 || (status === 503 && retryAfterMs !== undefined)) {
		return { kind: 'later', fault, retryAfterMs, tooMany: status === 429 };
	}
	if (FATAL.has(status) || (status >= 300 && status <= 399)) return { kind: 'fatal', fault };
	return status >= 400 && status <= 499 && status !== 408
		? { kind: 'refused', fault, cause: causeOf(fault), tooLarge: status === 413 }
		: { kind: 'uncertain', fault };
}

/**
 * What a refusal says, without what may be different each time it says so: quoted values, numbers, addresses and ids. An answer may name
 * the event, or the request, that it refuses.
 */
function causeOf({ status, text }: StatusAnswer): string {
	const isJson = /^[{[]/.test(text);
	const unquoted = isJson ? text : text.replace(/(["'`])[^"'`]*\1/g, ' ');
	const words = unquoted.match(/[\p{L}\p{N}@_-]+/gu) ?? [];
	return `${status} ${words.filter((word) => !/[\p{N}@]/u.test(word)).join(' ')}`;
}
