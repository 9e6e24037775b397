import type { NoAnswer, NotTaken } from '../api/answer';
import type { Problem } from '../problem';
import type { Answer } from '../resources/pastEvent/pastEvents';
import * as problems from './problems';

/** What an answer says about the request that it answers. */
export type Verdict =
	/** Taken and judged event by event. */
	| { readonly kind: 'judged'; readonly statuses: readonly string[] }
	/** Certainly not taken; the same request may be taken later. */
	| { readonly kind: 'later'; readonly problem: Problem; readonly retryAfterMs?: number }
	/** Certainly not taken as it is; a part of it may be. */
	| { readonly kind: 'refused'; readonly problem: Problem }
	/** Certainly not taken, and neither will any other request be. */
	| { readonly kind: 'fatal'; readonly problem: Problem }
	/** Nobody can say whether it was taken. */
	| { readonly kind: 'uncertain'; readonly problem: Problem }
	/** The user clicked Stop while it was on its way; nobody can say whether it was taken. */
	| { readonly kind: 'cancelled'; readonly problem: Problem };

/**
 * Tells definite from uncertain answers. eSputnik is not known to drop duplicates, so only what was certainly not taken may
 * be sent again without being asked to.
 *
 * | Answer                                                                  | Verdict     | Then                                          |
 * | ----------------------------------------------------------------------- | ----------- | --------------------------------------------- |
 * | 200 with one status per event                                           | `judged`    | each event by its status                      |
 * | 429; 503 with `Retry-After`                                             | `later`     | sent again, then `notSent`                    |
 * | no connection: refused, name not found, TLS or a proxy failed           | `later`     | sent again, then `notSent`                    |
 * | 401 to an OAuth2 access that could not be renewed for want of an answer | `later`     | sent again, then `notSent`                    |
 * | 400, 413, 422 and the other 4xx that this table does not name           | `refused`   | split until the bad event stands alone        |
 * | 401, 402, 403, 404, 405, 415, 451, every 3xx                            | `fatal`     | no further request                            |
 * | time-out; 408                                                           | `uncertain` | reported or sent again, as *When a Request Is Uncertain* says |
 * | connection lost after sending                                           | `uncertain` | the same                                      |
 * | 500, 502, 504, every other 5xx; 503 without `Retry-After`               | `uncertain` | the same                                      |
 * | 2xx other than 200; 200 that is empty, unreadable or of another length  | `uncertain` | the same                                      |
 * | the user clicked Stop while the request was on its way                  | `cancelled` | never sent again                              |
 *
 * The events of a `judged` request: `ACCEPTED` is accepted, `SERVER_ERROR` is sent again (that event alone), any other status
 * is a rejection.
 */
export function classify(answer: Answer): Verdict {
	switch (answer.kind) {
		case 'results':
			return { kind: 'judged', statuses: answer.statuses };
		case 'unreadable':
			return { kind: 'uncertain', problem: problems.badResponse(answer.text) };
		case 'taken':
			return { kind: 'judged', statuses: [] };
		case 'notTaken':
			return classifyNotTaken(answer);
		case 'noAnswer':
			return classifyNoAnswer(answer);
		case 'status':
			return classifyStatus(answer);
	}
}

function classifyNotTaken({ reason, text, status, retryAfterMs }: NotTaken): Verdict {
	switch (reason) {
		case 'CONNECTION_FAILED':
			return { kind: 'later', problem: problems.connectionFailed(text) };
		case 'NO_HTTPS':
			return {
				kind: 'later',
				problem: problems.connectionFailed('no https connection came about'),
			};
		case 'CONNECTION_TIMEOUT':
			return { kind: 'later', problem: problems.connectionFailed('it took too long') };
		case 'FORBIDDEN_BY_N8N':
			return { kind: 'fatal', problem: problems.forbiddenByN8n(text) };
		case 'RENEWAL_REFUSED':
			return { kind: 'fatal', problem: problems.renewalRefused };
		case 'RENEWAL_RATE_LIMITED':
		case 'RENEWAL_FAILED':
			return { kind: 'later', problem: problems.notRenewed(status), retryAfterMs };
		case 'CREDENTIAL_STORE_FAILED':
			return { kind: 'later', problem: problems.credentialStoreFailed };
	}
}

function classifyNoAnswer({ reason, text }: NoAnswer): Verdict {
	switch (reason) {
		case 'CONNECTION_LOST':
			return { kind: 'uncertain', problem: problems.connectionLost(text) };
		case 'FAILED_IN_N8N':
			return { kind: 'uncertain', problem: problems.connectionLost(`n8n failed: ${text}`) };
		case 'TIMEOUT':
			return { kind: 'uncertain', problem: problems.timeout(text) };
		case 'ANSWER_TOO_LONG':
			return { kind: 'uncertain', problem: problems.badResponse('it is too long') };
		case 'CANCELLED':
			return { kind: 'cancelled', problem: problems.cancelledInFlight };
	}
}

function classifyStatus(answer: Answer & { kind: 'status' }): Verdict {
	const { status, text, retryAfterMs, authentication } = answer;
	if (status === 429) return { kind: 'later', problem: problems.rateLimited(text), retryAfterMs };
	if (status === 503 && retryAfterMs !== undefined) {
		return { kind: 'later', problem: problems.serviceUnavailable(text), retryAfterMs };
	}
	if (status === 408) return { kind: 'uncertain', problem: problems.timeoutOfServer(text) };
	if (status >= 500 && status <= 599) {
		return { kind: 'uncertain', problem: problems.serverFailed(status, text) };
	}
	const fatal = problems.fatal(status, text, authentication);
	if (fatal !== undefined) return { kind: 'fatal', problem: fatal };
	if (status >= 400 && status <= 499) {
		return { kind: 'refused', problem: problems.requestRejected(status, text) };
	}
	return { kind: 'uncertain', problem: problems.unexpectedStatus(status, text) };
}

const FIRST_BACKOFF_MS = 1000;
const LONGEST_BACKOFF_MS = 30_000;
const LONGEST_RETRY_AFTER_MS = 60_000;

/**
 * How long to wait before the next attempt: what `Retry-After` asks for, one minute at most; without it exponential backoff with
 * full jitter, at most 1, 2, 4, 8, 16, then 30 seconds.
 *
 * @param retriesUsed retries before this one
 * @param random at least 0 and below 1
 * @returns milliseconds
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function retryDelay(retriesUsed: number, random: number, retryAfterMs = 0): number {
	if (retryAfterMs > 0) return Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS);
	return Math.round(random * Math.min(FIRST_BACKOFF_MS * 2 ** retriesUsed, LONGEST_BACKOFF_MS));
}
