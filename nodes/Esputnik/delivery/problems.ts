import type { Authentication } from '../api/answer';
import { API_KEY_IDLE_DAYS } from '../contract';
import type { Problem, RequestReason } from '../problem';

/** What can go wrong with a request, in words for someone who builds automations. `text` is what eSputnik or the network said. */

const SEND_AGAIN = 'Run these items again.';
const LOOK_FIRST =
	'It may or may not be stored: look for it in eSputnik before you send it again, or it may be there twice.';

const TOO_LARGE = 'Send fewer or shorter parameters with this event, then run this item again.';

export const rateLimited = (text: string) =>
	problem(
		'RATE_LIMITED',
		'eSputnik gets too many requests (HTTP 429) and did not take this one, however often it was sent again',
		text,
		"Run these items again later. If other workflows load events at the same time, lower 'Requests per Second'.",
	);

export const serviceUnavailable = (text: string) =>
	problem(
		'SERVICE_UNAVAILABLE',
		'eSputnik is not available at the moment (HTTP 503) and did not take the request, however often it was sent again',
		text,
		'Run these items again later.',
	);

export const connectionFailed = (text: string) =>
	problem(
		'CONNECTION_FAILED',
		'No connection to eSputnik came about, so nothing was sent',
		text,
		"Check 'Base URL' in the credential and whether n8n can reach that address, then run these items again.",
	);

/** @param status that of the server for new access, where it answered */
export const notRenewed = (status?: number) =>
	problem(
		'UNAUTHORIZED',
		`The OAuth2 access of the credential has expired, and the server that gives a new one ${whatItDid(status)}, so nothing was sent`,
		'',
		"Check 'OAuth Server' in the credential and whether n8n can reach that address, then run these items again.",
	);

function whatItDid(status?: number): string {
	if (status === undefined) return 'did not answer';
	return status === 429 ? 'gets too many requests (HTTP 429)' : `failed (HTTP ${status})`;
}

export const renewalRefused = problem(
	'UNAUTHORIZED',
	'The OAuth2 access of the credential has expired, and eSputnik gives no new one: the credential needs to be reconnected',
	'',
	`Open the credential, check its client ID and secret, and connect it again. ${SEND_AGAIN}`,
);

export const credentialStoreFailed = problem(
	'CONFIGURATION',
	'n8n could not read the credential, or not keep its new access, so nothing was sent',
	'',
	'Look into the log of n8n, then run these items again.',
);

export const forbiddenByN8n = (text: string) =>
	problem(
		'CONNECTION_FAILED',
		'n8n does not let requests go to this address, so nothing was sent',
		text,
		"Check 'Base URL' in the credential, or ask who runs n8n to allow the address, then run these items again.",
	);

export const connectionLost = (text: string) =>
	problem(
		'CONNECTION_LOST',
		'The connection broke off after the request was sent, before the answer was there',
		text,
		LOOK_FIRST,
	);

export const timeout = (text: string) =>
	problem(
		'TIMEOUT',
		'eSputnik did not answer in time',
		text,
		`${LOOK_FIRST} If this happens often, raise 'Timeout' or lower 'Batch Size'.`,
	);

export const timeoutOfServer = (text: string) =>
	problem('TIMEOUT', 'eSputnik says that the request took too long (HTTP 408)', text, LOOK_FIRST);

export const serverFailed = (status: number, text: string) =>
	problem(
		'HTTP_5XX',
		`eSputnik failed while it worked on the request (HTTP ${status})`,
		text,
		LOOK_FIRST,
	);

export const badResponse = (text: string) =>
	problem(
		'BAD_RESPONSE',
		'eSputnik answered, but the answer does not tell which events it took',
		text,
		LOOK_FIRST,
	);

export const unexpectedStatus = (status: number, text: string) =>
	problem(
		'BAD_RESPONSE',
		`eSputnik answered with HTTP ${status}, which does not tell which events it took`,
		text,
		LOOK_FIRST,
	);

export const requestRejected = (status: number, text: string) =>
	problem(
		'REQUEST_REJECTED',
		status === 413
			? 'eSputnik says that the request is too large (HTTP 413)'
			: `eSputnik refused the request (HTTP ${status})`,
		text,
		status === 413 ? TOO_LARGE : 'Correct what eSputnik names, then run this item again.',
	);

/** For the events of a refused request that were never sent alone. */
export const notTriedAlone = (refusal: Problem): Problem =>
	Object.freeze({
		...refusal,
		what: `${refusal.what}, and so many parts of it that this event was not tried alone`,
		advice: `${refusal.advice === TOO_LARGE ? "Lower 'Batch Size'" : 'Correct what eSputnik names in all items'}, then run them again.`,
	});

const FATAL_STATUSES: Record<number, readonly [RequestReason, what: string, advice: string]> = {
	401: [
		'UNAUTHORIZED',
		'eSputnik does not know the key or token of the credential (HTTP 401)',
		`Check it in the credential: it may be mistyped, deleted, or switched off, as happens to an API key that nobody used for ${API_KEY_IDLE_DAYS} days. Make a new one in eSputnik under Settings > API keys if need be. ${SEND_AGAIN}`,
	],
	402: [
		'REQUEST_REJECTED',
		'eSputnik asks for a payment before it takes events (HTTP 402)',
		`Check the plan and the balance of the eSputnik account. ${SEND_AGAIN}`,
	],
	403: [
		'FORBIDDEN',
		'The key or token of the credential lacks the right to load events (HTTP 403)',
		`Give the API key access to events in eSputnik (its rights are chosen when it is made: 'Full access' or one with events) or choose another credential. ${SEND_AGAIN}`,
	],
	404: [
		'NOT_FOUND',
		'There is no past events API at this address (HTTP 404)',
		`Check 'Base URL' in the credential: https://esputnik.com/api for eSputnik accounts, https://api.yespo.io/api for Yespo accounts. ${SEND_AGAIN}`,
	],
	405: [
		'REQUEST_REJECTED',
		'The address does not take events this way (HTTP 405)',
		`Check 'Base URL' in the credential and any proxy between n8n and eSputnik. ${SEND_AGAIN}`,
	],
	415: [
		'REQUEST_REJECTED',
		'The address does not take JSON (HTTP 415)',
		`Check 'Base URL' in the credential and any proxy between n8n and eSputnik. ${SEND_AGAIN}`,
	],
	451: [
		'REQUEST_REJECTED',
		'eSputnik may not take the request for legal reasons (HTTP 451)',
		'Ask the support of eSputnik.',
	],
};

/** What differs from {@link FATAL_STATUSES} where the credential holds no API key. */
const FATAL_FOR: Record<Authentication, typeof FATAL_STATUSES> = {
	apiKey: {},
	apiToken: {
		401: [
			'UNAUTHORIZED',
			'eSputnik does not take the API token of the credential (HTTP 401)',
			`It may be mistyped, or have expired: make a new one with your API key, as the documentation of the credential shows. ${SEND_AGAIN}`,
		],
		403: [
			'FORBIDDEN',
			'The API token of the credential lacks the right to load events (HTTP 403)',
			`Make a new one with an API key that has access to events, or choose another credential. ${SEND_AGAIN}`,
		],
	},
	oAuth2: {
		401: [
			'UNAUTHORIZED',
			'eSputnik does not take the OAuth2 access of the credential (HTTP 401)',
			`Open the credential, check its client ID and secret, and connect it again. ${SEND_AGAIN}`,
		],
		403: [
			'FORBIDDEN',
			'The OAuth2 app of the credential lacks the right to load events (HTTP 403)',
			`The scopes of an app are fixed when it is registered: register one with access to events, or choose another credential. ${SEND_AGAIN}`,
		],
	},
};

/**
 * The problem of an answer after which no other request can succeed; undefined for every other status.
 *
 * @param authentication what the credential holds: an API key unless told
 */
export function fatal(
	status: number,
	text: string,
	authentication: Authentication = 'apiKey',
): Problem | undefined {
	if (status >= 300 && status <= 399) {
		return problem(
			'REDIRECTED',
			`The address sends requests on to another one (HTTP ${status}), which is not followed, because the key would go there`,
			text,
			`Put the final address into 'Base URL' of the credential: https://esputnik.com/api or https://api.yespo.io/api. ${SEND_AGAIN}`,
		);
	}
	const entry = FATAL_FOR[authentication][status] ?? FATAL_STATUSES[status];
	return entry === undefined ? undefined : problem(entry[0], entry[1], text, entry[2]);
}

/** @param last why the last of the requests was not completed */
export const gaveUp = (requestsInARow: number, last: Problem) =>
	problem(
		'GAVE_UP',
		`${requestsInARow} requests in a row could not be completed, so the rest was not sent. The last: ${last.what}`,
		last.value ?? '',
		'Run these items again once eSputnik can be reached and answers.',
	);

export const cancelled = problem(
	'CANCELLED',
	'The execution was stopped before this event was sent',
	'',
	SEND_AGAIN,
);

export const cancelledInFlight = problem(
	'CANCELLED',
	'The execution was stopped while the request was on its way',
	'',
	LOOK_FIRST,
);

export const stopped = problem(
	'STOPPED',
	'This event was not sent, because another one was refused or its request is uncertain',
	'',
	'Look at that one first, then run these items again.',
);

/** An uncertain request that was sent again and ended without being accepted: what came later does not undo the doubt. */
export const stillInDoubt = (doubt: Problem, later: Problem): Problem =>
	doubt === later
		? doubt
		: Object.freeze({
				...doubt,
				what: `${doubt.what}; after that: ${later.what}`,
				value: later.value ?? doubt.value,
			});

/** A frozen problem; a text that is empty is left out. */
export function problem(
	reason: Problem['reason'],
	what: string,
	text: string,
	advice: string,
): Problem {
	const value = text.replace(/\s+/g, ' ').trim();
	return Object.freeze(value === '' ? { reason, what, advice } : { reason, what, value, advice });
}
