import type { Authentication, NoAnswer, NotTaken, StatusAnswer } from '../api/answer';
import { API_KEY_IDLE_DAYS, DEFAULT_BASE_URL, YESPO_BASE_URL } from '../contract';
import type { Words } from '../delivery/verdict';
import type { Problem, Reason } from '../problem';
import { isPageOfAnother, type RequestFault } from './requestFault';

/** How an operation speaks of its requests, and what else words depend on. */
export interface RequestTerms {
	/** What the credential of the run holds. */
	readonly authentication: Authentication;
	/** What is sent, one of it: `event`. */
	readonly one: string;
	/** As many as there are: `events`. */
	readonly many: string;
	/** What the credential has to be allowed to do: `load events`. */
	readonly right: string;
	/** What a key with that right has access to: `events`. */
	readonly access: string;
	/** What should be at the address: `past events API`. */
	readonly api: string;
	/** What to do where nobody knows whether a request was taken. */
	readonly lookFirst: string;
	/** What else to do where answers took too long, in whole sentences; may be empty. */
	readonly ifSlow: string;
	/** What else to do where eSputnik got too many requests, in whole sentences; may be empty. */
	readonly ifCrowded: string;
	/** What else to do where nothing at the address takes the request, in whole sentences. */
	readonly ifMissing?: string;
}

const SEND_AGAIN = 'Run these items again.';
const LATER = 'Run these items again later.';
const CONNECT_AGAIN = `Open the credential, check its client ID and secret, and connect it again. ${SEND_AGAIN}`;
const CHECK_BASE_URL_AND_PROXY = `Check 'Base URL' in the credential and any proxy or firewall between n8n and eSputnik. ${SEND_AGAIN}`;
const BASE_URLS = `${DEFAULT_BASE_URL} for eSputnik accounts, ${YESPO_BASE_URL} for Yespo accounts`;

/** Nobody knows whether a gateway of eSputnik itself may answer a bad credential by a page. */
const PAGE_REASONS: ReadonlyMap<number, Reason> = new Map([
	[401, 'UNAUTHORIZED'],
	[403, 'FORBIDDEN'],
]);

/** More of an answer that nobody can read helps nobody. */
const LONGEST_UNCLEAR_ANSWER = 130;

/**
 * The words for what can go wrong with a delivery, for someone who builds automations.
 *
 * @param wordsOfFault for what the resource knows itself, and {@link requestProblem} for the rest. `together`: the fault is that of a request
 * of several records, which were not tried alone
 */
export function deliveryWords<Fault>(
	terms: RequestTerms,
	wordsOfFault: (fault: Fault, together: boolean) => Problem,
): Words<Fault> {
	const { one } = terms;
	const words: Words<Fault> = (fault) => {
		switch (fault.kind) {
			case 'answer':
				return wordsOfFault(fault.fault, false);
			case 'broken':
				return requestProblem(
					{ kind: 'noAnswer', reason: 'CONNECTION_LOST', text: 'the request failed in n8n' },
					terms,
				);
			case 'cancelled':
				return fault.inFlight
					? requestProblem({ kind: 'noAnswer', reason: 'CANCELLED', text: '' }, terms)
					: {
							reason: 'CANCELLED',
							what: `The execution was stopped before this ${one} was sent`,
							advice: SEND_AGAIN,
						};
			case 'stopped':
				return {
					reason: 'STOPPED',
					what: `This ${one} was not sent, because another one was refused or its request is uncertain`,
					advice: 'Look at that one first, then run these items again.',
				};
			case 'gaveUp': {
				const { what, value } = words(fault.last);
				return {
					reason: 'GAVE_UP',
					what: `${fault.requestsInARow} requests in a row could not be completed, so the rest was not sent. The last: ${what}`,
					...(value !== undefined && { value }),
					advice: 'Run these items again once eSputnik can be reached and answers.',
				};
			}
			case 'notTriedAlone': {
				const refusal = wordsOfFault(fault.refusal, true);
				const what = `${refusal.what}, and so many others like it that this ${one} was not tried alone`;
				return { ...refusal, what };
			}
			case 'stillInDoubt': {
				const [doubt, later] = [words(fault.doubt), words(fault.later)];
				const value = later.value ?? doubt.value;
				const what = `${doubt.what}; after that: ${later.what}`;
				return { ...doubt, what, ...(value !== undefined && { value }) };
			}
		}
	};
	return words;
}

/**
 * The words for a request that did not go through. The text of an answer is what eSputnik or the network said.
 *
 * @param together the request held several records, which were not tried alone
 */
export function requestProblem(
	fault: RequestFault,
	terms: RequestTerms,
	together = false,
): Problem {
	switch (fault.kind) {
		case 'notTaken':
			return problemOfNotTaken(fault);
		case 'noAnswer':
			return problemOfSilence(fault, terms);
		case 'status':
			return problemOfStatus(fault, terms, together);
	}
}

/** The words for an answer that does not tell what was taken. @param why shown as it is */
export function unclearAnswer(why: string, { many, lookFirst }: RequestTerms): Problem {
	return problem(
		'BAD_RESPONSE',
		`eSputnik answered, but the answer does not tell which ${many} it took`,
		why,
		lookFirst,
	);
}

function problemOfNotTaken({ reason, text, status }: NotTaken): Problem {
	switch (reason) {
		case 'CONNECTION_FAILED':
			return connectionFailed(text);
		case 'NO_HTTPS':
			return connectionFailed('no https connection came about');
		case 'CONNECTION_TIMEOUT':
			return connectionFailed('it took too long');
		case 'FORBIDDEN_BY_N8N':
			return problem(
				'CONNECTION_FAILED',
				'n8n does not let requests go to this address, so nothing was sent',
				text,
				"Check 'Base URL' in the credential, or ask who runs n8n to allow the address, then run these items again.",
			);
		case 'RENEWAL_REFUSED':
			return problem(
				'UNAUTHORIZED',
				'The OAuth2 access of the credential has expired, and eSputnik gives no new one: the credential needs to be reconnected',
				'',
				CONNECT_AGAIN,
			);
		case 'RENEWAL_RATE_LIMITED':
			return notRenewed('gets too many requests (HTTP 429)');
		case 'RENEWAL_FAILED':
			return notRenewed(status === undefined ? 'did not answer' : `failed (HTTP ${status})`);
		case 'CREDENTIAL_STORE_FAILED':
			return problem(
				'CONFIGURATION',
				'n8n could not read the credential, or not keep its new access, so nothing was sent',
				'',
				'Look into the log of n8n, then run these items again.',
			);
	}
}

function connectionFailed(text: string): Problem {
	return problem(
		'CONNECTION_FAILED',
		'No connection to eSputnik came about, so nothing was sent',
		text,
		"Check 'Base URL' in the credential and whether n8n can reach that address, then run these items again.",
	);
}

function notRenewed(whatTheServerDid: string): Problem {
	return problem(
		'UNAUTHORIZED',
		`The OAuth2 access of the credential has expired, and the server that gives a new one ${whatTheServerDid}, so nothing was sent`,
		'',
		"Check 'OAuth Server' in the credential and whether n8n can reach that address, then run these items again.",
	);
}

function problemOfSilence({ reason, text }: NoAnswer, terms: RequestTerms): Problem {
	const { lookFirst, ifSlow } = terms;
	switch (reason) {
		case 'CONNECTION_LOST':
			return connectionLost(text, terms);
		case 'FAILED_IN_N8N':
			return connectionLost(`n8n failed: ${text}`, terms);
		case 'TIMEOUT':
			return problem(
				'TIMEOUT',
				'eSputnik did not answer in time',
				text,
				`${lookFirst} ${ifSlow}`.trim(),
			);
		case 'ANSWER_TOO_LONG':
			return unclearAnswer('it is too long', terms);
		case 'CANCELLED':
			return problem(
				'CANCELLED',
				'The execution was stopped while the request was on its way',
				text,
				lookFirst,
			);
	}
}

function connectionLost(text: string, { lookFirst }: RequestTerms): Problem {
	return problem(
		'CONNECTION_LOST',
		'The connection broke off after the request was sent, before the answer was there',
		text,
		lookFirst,
	);
}

function problemOfStatus(fault: StatusAnswer, terms: RequestTerms, together: boolean): Problem {
	const { status, text } = fault;
	const of = (reason: Reason, what: string, advice: string) =>
		problem(reason, `${what} (HTTP ${status})`, text, advice);
	const { one, many, lookFirst, ifMissing = '' } = terms;
	if (isPageOfAnother(fault)) {
		const reason = PAGE_REASONS.get(status);
		return of(
			reason ?? 'REQUEST_REJECTED',
			"A web page came in the place of eSputnik's answer, as of a proxy, a firewall or another server",
			`${
				reason === undefined
					? CHECK_BASE_URL_AND_PROXY
					: `Check 'Base URL' in the credential, any proxy or firewall between n8n and eSputnik, and the credential itself. ${SEND_AGAIN}`
			} ${ifMissing}`.trim(),
		);
	}
	switch (status) {
		case 401:
			return unauthorized(text, terms);
		case 402:
			return of(
				'REQUEST_REJECTED',
				`eSputnik asks for a payment before it takes ${many}`,
				`Check the plan and the balance of the eSputnik account. ${SEND_AGAIN}`,
			);
		case 403:
			return forbidden(text, terms);
		case 404:
			return of(
				'NOT_FOUND',
				`There is no ${terms.api} at this address`,
				`Check 'Base URL' in the credential: ${BASE_URLS}. ${SEND_AGAIN} ${ifMissing}`.trim(),
			);
		case 405:
			return of(
				'REQUEST_REJECTED',
				`The address does not take ${many} this way`,
				`${CHECK_BASE_URL_AND_PROXY} ${ifMissing}`.trim(),
			);
		case 407:
			return of(
				'CONNECTION_FAILED',
				'The proxy between n8n and eSputnik asks for a user name and password, so nothing was sent',
				`Check the proxy in the settings of n8n (HTTPS_PROXY), or ask who runs it. ${SEND_AGAIN}`,
			);
		case 408:
			return of('TIMEOUT', 'eSputnik says that the request took too long', lookFirst);
		case 413:
			return of(
				'REQUEST_REJECTED',
				'eSputnik says that the request is too large',
				together
					? "Lower 'Batch Size', then run them again."
					: `Send fewer or shorter parameters with this ${one}, then run this item again.`,
			);
		case 415:
			return of('REQUEST_REJECTED', 'The address does not take JSON', CHECK_BASE_URL_AND_PROXY);
		case 429:
			return problem(
				'RATE_LIMITED',
				'eSputnik gets too many requests (HTTP 429) and did not take this one, however often it was sent again',
				text,
				`${LATER} ${terms.ifCrowded}`.trim(),
			);
		case 451:
			return of(
				'REQUEST_REJECTED',
				'eSputnik may not take the request for legal reasons',
				'Ask the support of eSputnik.',
			);
	}
	if (status === 503 && fault.retryAfterMs !== undefined) {
		return problem(
			'SERVICE_UNAVAILABLE',
			'eSputnik is not available at the moment (HTTP 503) and did not take the request, however often it was sent again',
			text,
			LATER,
		);
	}
	if (status >= 300 && status <= 399) {
		return problem(
			'REDIRECTED',
			`The address sends requests on to another one (HTTP ${status}), which is not followed, because the key would go there`,
			text,
			`Put the final address into 'Base URL' of the credential: ${DEFAULT_BASE_URL} or ${YESPO_BASE_URL}. ${SEND_AGAIN}`,
		);
	}
	if (status >= 400 && status <= 499) {
		return of(
			'REQUEST_REJECTED',
			'eSputnik refused the request',
			together
				? 'Correct what eSputnik names in all items, then run them again.'
				: 'Correct what eSputnik names, then run this item again.',
		);
	}
	if (status >= 500 && status <= 599) {
		return of('HTTP_5XX', 'eSputnik failed while it worked on the request', lookFirst);
	}
	if (status === 200) return unclearAnswer(whatElse(fault), terms);
	return problem(
		'BAD_RESPONSE',
		`eSputnik answered with HTTP ${status}, which does not tell which ${many} it took`,
		text,
		lookFirst,
	);
}

function whatElse({ form, text }: StatusAnswer): string {
	switch (form) {
		case 'empty':
			return 'the answer is empty';
		case 'html':
			return 'a web page came in its place, which is not of eSputnik';
		case 'json':
		case 'text':
			return text === '' ? 'it cannot be read' : text.slice(0, LONGEST_UNCLEAR_ANSWER);
	}
}

function unauthorized(text: string, { authentication }: RequestTerms): Problem {
	switch (authentication) {
		case 'apiToken':
			return problem(
				'UNAUTHORIZED',
				'eSputnik does not take the API token of the credential (HTTP 401)',
				text,
				`It may be mistyped, or have expired: make a new one with your API key, as the documentation of the credential shows. ${SEND_AGAIN}`,
			);
		case 'oAuth2':
			return problem(
				'UNAUTHORIZED',
				'eSputnik does not take the OAuth2 access of the credential (HTTP 401)',
				text,
				CONNECT_AGAIN,
			);
		case 'apiKey':
			return problem(
				'UNAUTHORIZED',
				'eSputnik does not know the key or token of the credential (HTTP 401)',
				text,
				`Check it in the credential: it may be mistyped, deleted, or switched off, as happens to an API key that nobody used for ${API_KEY_IDLE_DAYS} days. Make a new one in eSputnik under Settings > API keys if need be. ${SEND_AGAIN}`,
			);
	}
}

function forbidden(text: string, { authentication, right, access }: RequestTerms): Problem {
	switch (authentication) {
		case 'apiToken':
			return problem(
				'FORBIDDEN',
				`The API token of the credential lacks the right to ${right} (HTTP 403)`,
				text,
				`Make a new one with an API key that has access to ${access}, or choose another credential. ${SEND_AGAIN}`,
			);
		case 'oAuth2':
			return problem(
				'FORBIDDEN',
				`The OAuth2 app of the credential lacks the right to ${right} (HTTP 403)`,
				text,
				`The scopes of an app are fixed when it is registered: register one with access to ${access}, or choose another credential. ${SEND_AGAIN}`,
			);
		case 'apiKey':
			return problem(
				'FORBIDDEN',
				`The key or token of the credential lacks the right to ${right} (HTTP 403)`,
				text,
				`Give the API key access to ${access} in eSputnik (its rights are chosen when it is made: 'Full access' or one with ${access}) or choose another credential. ${SEND_AGAIN}`,
			);
	}
}

/** A problem without a `value` where there is no text to quote. */
export function problem(
	reason: Problem['reason'],
	what: string,
	text: string,
	advice: string,
): Problem {
	const value = text.replace(/\s+/g, ' ').trim();
	return value === '' ? { reason, what, advice } : { reason, what, value, advice };
}
