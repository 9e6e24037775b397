import type { HttpAnswer } from '../../api/answer';
import { NO_HTTPS } from '../../api/failure';
import { isRecord, parseJson } from '../../api/json';
import { API_KEY_IDLE_DAYS, DEFAULT_BASE_URL, YESPO_BASE_URL } from '../../contract';

/** How long a credential test waits for an answer. */
export const TEST_TIMEOUT_MS = 20_000;

const BASE_URLS = `Base URL must be ${DEFAULT_BASE_URL}, or ${YESPO_BASE_URL} for Yespo accounts.`;

/**
 * What the answer of account/info says about an API key.
 *
 * @param baseUrl normalized
 * @returns what is wrong and what to do; undefined where the key is good
 */
export function judgeKey(answer: HttpAnswer, baseUrl: string): string | undefined {
	if (answer.kind === 'noAnswer') return unreachable(answer, baseUrl);
	const { status, text } = answer;
	if (status === 401) {
		return `eSputnik does not know this API key (HTTP 401). It may be mistyped, deleted, or switched off, as happens to a key that nobody used for ${API_KEY_IDLE_DAYS} days. Copy it again, or make a new one in eSputnik under Settings > API keys. ${otherBrand(baseUrl)}`;
	}
	if (status === 403) {
		return `eSputnik refuses this API key (HTTP 403). Make one with full access, or with access to events, in eSputnik under Settings > API keys. ${otherBrand(baseUrl)}`;
	}
	if (status === 200 && isRecord(parseJson(text))) return undefined;
	return unusable(status, baseUrl, 'key');
}

/**
 * What the answer of past_events to an empty list of events says about an API token. Whether eSputnik takes an empty list is not
 * documented, so any answer of the API but 401, 403 and a failure means that the token was let in.
 *
 * @param baseUrl normalized
 * @returns what is wrong and what to do; undefined where the token is good
 */
export function judgeToken(answer: HttpAnswer, baseUrl: string): string | undefined {
	if (answer.kind === 'noAnswer') return unreachable(answer, baseUrl);
	const { status, text } = answer;
	if (status === 401 || status === 403) {
		return `eSputnik does not take this API token (HTTP ${status}). It may be mistyped, or have expired. Make a new one with your API key, as the documentation of this credential shows. ${otherBrand(baseUrl)}`;
	}
	const isOfTheApi = status >= 200 && status < 500 && (status < 300 || status >= 400);
	return isOfTheApi && status !== 404 && !isWebPage(text)
		? undefined
		: unusable(status, baseUrl, 'token');
}

function unreachable({ reason, text }: HttpAnswer & { kind: 'noAnswer' }, baseUrl: string): string {
	const { host } = new URL(baseUrl);
	const check =
		'Check Base URL, and whether the computer that runs n8n may connect to the internet.';
	if (reason === 'TIMEOUT') {
		return `${host} did not answer within ${TEST_TIMEOUT_MS / 1000} seconds. ${check}`;
	}
	if (text === NO_HTTPS) return `${host} does not answer by https. ${check}`;
	return reason === 'CONNECTION_LOST'
		? `The connection to ${host} broke off (${text}). Click Retry. ${check}`
		: `n8n could not connect to ${host} (${text}). ${check}`;
}

/** For answers that come from something other than the API, or that say nothing about the key. */
function unusable(status: number, baseUrl: string, secret: 'key' | 'token'): string {
	if (status >= 500) {
		return `eSputnik could not answer (HTTP ${status}), so the API ${secret} could not be tested. Click Retry in a while.`;
	}
	if (status === 429) {
		return `eSputnik gets too many requests at the moment (HTTP 429), so the API ${secret} could not be tested. Click Retry in a minute.`;
	}
	return status >= 300 && status < 400
		? `${baseUrl} sends requests on to another address (HTTP ${status}). n8n does not follow, because the ${secret} would go there. ${BASE_URLS}`
		: `What answers at ${baseUrl} is not the API of eSputnik (HTTP ${status}). ${BASE_URLS}`;
}

/** Whether an account of one brand may use the other's host is not documented. */
function otherBrand(baseUrl: string): string {
	return baseUrl === YESPO_BASE_URL
		? `For an eSputnik account, Base URL must be ${DEFAULT_BASE_URL}.`
		: `For a Yespo account, Base URL must be ${YESPO_BASE_URL}.`;
}

function isWebPage(text: string): boolean {
	return /^\s*<(!doctype|html)/i.test(text);
}
