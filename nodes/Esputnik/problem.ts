import type { EVENT_REFUSALS, SERVER_ERROR } from './contract';

/** Codes of what can be wrong with one item, found by the node before anything is sent. */
export type ItemReason =
	| 'EVENT_TYPE_KEY_REQUIRED'
	| 'EVENT_TYPE_KEY_TOO_LONG'
	| 'EVENT_TYPE_KEY_FORBIDDEN_CHARACTER'
	| 'KEY_VALUE_REQUIRED'
	| 'KEY_VALUE_TOO_LONG'
	| 'KEY_VALUE_FORBIDDEN_CHARACTER'
	| 'KEY_VALUE_NOT_AN_EMAIL'
	| 'EVENT_TOO_LARGE'
	| 'OCCURRED_DATE_IS_REQUIRED'
	| 'INCORRECT_OCCURRED_DATE_FORMAT'
	| 'OCCURRED_AMBIGUOUS'
	| 'PARAM_NAME_REQUIRED'
	| 'PARAM_NAME_TOO_LONG'
	| 'PARAM_NAME_DUPLICATE'
	| 'PARAM_VALUE_INVALID'
	| 'PARAMS_NOT_AN_OBJECT'
	| 'PARAMS_NOT_JSON'
	| 'EXPRESSION_FAILED'
	| 'EMPTY_INPUT'
	| 'CONTACT_WITHOUT_CHANNEL'
	| 'CONTACT_DUPLICATE'
	| 'EMAIL_INVALID'
	| 'PHONE_INVALID'
	| 'NAME_TOO_LONG';

/** Codes of a contact that eSputnik was asked to import. */
export type ImportReason =
	| 'CONTACT_REJECTED'
	| 'IMPORT_FAILED'
	| 'IMPORT_NOT_CONFIRMED'
	| 'WAIT_ENDED';

/** Codes that eSputnik gives a single event. */
export type EventReason = (typeof EVENT_REFUSALS)[number] | typeof SERVER_ERROR;

/** Codes of a request as a whole. `HTTP_5XX` is any status from 500 to 599 that has no code of its own. */
export type RequestReason =
	| 'REQUEST_REJECTED'
	| 'RATE_LIMITED'
	| 'SERVICE_UNAVAILABLE'
	| 'CONNECTION_FAILED'
	| 'CONNECTION_LOST'
	| 'TIMEOUT'
	| 'HTTP_5XX'
	| 'BAD_RESPONSE'
	| 'UNAUTHORIZED'
	| 'FORBIDDEN'
	| 'NOT_FOUND'
	| 'REDIRECTED'
	| 'GAVE_UP'
	| 'CANCELLED'
	| 'STOPPED';

/** Codes of the run: nothing was sent because of how the node is set up. */
export type RunReason =
	| 'RETRY_ON_FAIL'
	| 'RETRIED_EXECUTION'
	| 'ACCOUNT_TIMEZONE_REQUIRED'
	| 'INVALID_TIMEZONE'
	| 'INVALID_FORMAT'
	| 'CONFIGURATION';

/**
 * Every code the node itself can give. A status that eSputnik sends and the contract does not know is shown as it came,
 * so the `reason` of a {@link Problem} is a string in the end.
 */
export type Reason = ItemReason | EventReason | ImportReason | RequestReason | RunReason;

/** What is wrong, in the parts from which both a single message and a grouped one are made. */
export interface Problem {
	/** One of {@link Reason}, or a status of eSputnik that the contract does not know. */
	readonly reason: Reason | (string & {});
	/** What happened, without the value and without a full stop: `'Occurred' could not be read`. */
	readonly what: string;
	/** The offending value as text, short enough to quote; absent where there is none to show. */
	readonly value?: string;
	/** What to do about it, as a sentence: `Choose 'Date Format'.` */
	readonly advice: string;
}

const LONGEST_QUOTE = 80;

/** A value in a form that fits into a message: text, cut to 80 characters, line breaks made visible. */
export function quotable(value: unknown): string {
	const text = typeof value === 'string' ? value : describe(value);
	const line = text.replace(/\r?\n/g, '⏎');
	return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE - 1)}…` : line;
}

/** The message of one item: what happened, the value in quotes, what to do. */
export function problemMessage({ what, value, advice }: Problem): string {
	return value === undefined ? `${what}. ${advice}` : `${what}: '${value}'. ${advice}`;
}

function describe(value: unknown): string {
	try {
		return JSON.stringify(value) ?? String(value);
	} catch {
		// An object as text may fail as well: a list 100,000 levels deep, an object without a prototype.
		return typeof value === 'object' ? 'an object' : String(value);
	}
}

export function isProblem(value: object): value is Problem {
	return 'reason' in value && 'what' in value && 'advice' in value;
}
