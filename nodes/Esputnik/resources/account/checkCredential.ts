import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import type { HttpAnswer, NoAnswer, NotTaken, StatusAnswer } from '../../api/answer';
import { keyAuthorization, pastedSecret, tokenAuthorization } from '../../api/authorization';
import { normalizeBaseUrl } from '../../api/baseUrl';
import { answerOf } from '../../api/call';
import { isRecord } from '../../api/json';
import { Redaction } from '../../api/redaction';
import { API_KEY_IDLE_DAYS, DEFAULT_BASE_URL, YESPO_BASE_URL } from '../../contract';
import { pastEventsBody, pastEventsPath } from '../pastEvent/pastEvents';

/*
 * n8n can also test a credential by a request that its type declares, but then shows "ECONNREFUSED" or "Found" to somebody who does
 * not program, and takes any web page for an account. A function says what to do.
 */

const TIMEOUT_MS = 20_000;

/** Asks for the account's name, which needs no special right. */
export async function checkApiKey(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	return await result(data.baseUrl, async (baseUrl) => {
		const answer = await ask(this.helpers, data.apiKey, {
			method: 'GET',
			uri: `${baseUrl}/v1/account/info`,
			headers: { Accept: 'application/json', Authorization: keyAuthorization(data.apiKey) },
		});
		return judgeKey(answer, baseUrl);
	});
}

/** Asks past_events to take no event at all: account/info is not among the methods of a token. */
export async function checkApiToken(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	return await result(data.baseUrl, async (baseUrl) => {
		const answer = await ask(this.helpers, data.apiToken, {
			method: 'POST',
			uri: `${baseUrl}${pastEventsPath('v1')}`,
			headers: {
				Accept: 'application/json',
				Authorization: tokenAuthorization(data.apiToken),
				'Content-Type': 'application/json; charset=UTF-8',
			},
			body: pastEventsBody([]),
		});
		return judgeToken(answer, baseUrl);
	});
}

/** @param check gives what is wrong, undefined where nothing is */
async function result(
	baseUrl: unknown,
	check: (baseUrl: string) => Promise<string | undefined>,
): Promise<INodeCredentialTestResult> {
	try {
		const problem = await check(normalizeBaseUrl(baseUrl));
		return problem === undefined
			? { status: 'OK', message: 'Connection successful' }
			: { status: 'Error', message: problem };
	} catch (error) {
		return { status: 'Error', message: error instanceof Error ? error.message : String(error) };
	}
}

/** One request whose every status is an answer. Redirects are not followed: they would carry the key to another host. */
async function ask(
	helpers: ICredentialTestFunctions['helpers'],
	secret: unknown,
	request: object,
): Promise<HttpAnswer> {
	return await answerOf(
		async () =>
			await helpers.request({
				...request,
				followRedirect: false,
				simple: false,
				resolveWithFullResponse: true,
				useStream: true,
				timeout: TIMEOUT_MS,
			}),
		new Redaction([pastedSecret(secret)], new Set()),
		TIMEOUT_MS,
	);
}

/** What the answer of account/info says about an API key. @returns what is wrong and what to do; undefined where the key is good */
function judgeKey(answer: HttpAnswer, baseUrl: string): string | undefined {
	if (answer.kind !== 'status') return unreachable(answer, baseUrl);
	const { status, json } = answer;
	if (isOfAnother(answer)) return unusable(answer, baseUrl, 'key');
	if (status === 401) {
		return `eSputnik does not know this API key (HTTP 401). It may be mistyped, deleted, or switched off, as happens to a key that nobody used for ${API_KEY_IDLE_DAYS} days. Copy it again, or make a new one in eSputnik under Settings > API keys. ${otherBrand(baseUrl)}`;
	}
	if (status === 403) {
		return `eSputnik refuses this API key (HTTP 403). Make one with full access, or with access to events, in eSputnik under Settings > API keys. ${otherBrand(baseUrl)}`;
	}
	return status === 200 && isRecord(json) ? undefined : unusable(answer, baseUrl, 'key');
}

/**
 * What the answer of past_events to an empty list of events says about an API token. Whether eSputnik takes an empty list is not
 * documented, so any answer of the API but 401, 403 and a failure means that the token was let in.
 *
 * @returns what is wrong and what to do; undefined where the token is good
 */
function judgeToken(answer: HttpAnswer, baseUrl: string): string | undefined {
	if (answer.kind !== 'status') return unreachable(answer, baseUrl);
	const { status } = answer;
	if (isOfAnother(answer)) return unusable(answer, baseUrl, 'token');
	if (status === 401 || status === 403) {
		return `eSputnik does not take this API token (HTTP ${status}). It may be mistyped, or have expired. Make a new one with your API key, as the documentation of this credential shows. ${otherBrand(baseUrl)}`;
	}
	const isOfTheApi = status >= 200 && status < 500 && (status < 300 || status >= 400);
	return isOfTheApi && status !== 404 ? undefined : unusable(answer, baseUrl, 'token');
}

/** A web page, of a firewall or of another server, and a proxy's 407 say nothing about the key; 5xx is told as it is. */
function isOfAnother({ status, form }: StatusAnswer): boolean {
	return status === 407 || (form === 'html' && status < 500);
}

const BASE_URLS = `Base URL must be ${DEFAULT_BASE_URL}, or ${YESPO_BASE_URL} for Yespo accounts.`;

function unreachable({ reason, text }: NotTaken | NoAnswer, baseUrl: string): string {
	const { host } = new URL(baseUrl);
	const check =
		'Check Base URL, and whether the computer that runs n8n may connect to the internet.';
	switch (reason) {
		case 'TIMEOUT':
		case 'CONNECTION_TIMEOUT':
			return `${host} did not answer within ${TIMEOUT_MS / 1000} seconds. ${check}`;
		case 'NO_HTTPS':
			return `${host} does not answer by https. ${check}`;
		case 'CONNECTION_LOST':
			return `The connection to ${host} broke off (${text}). Click Retry. ${check}`;
		case 'ANSWER_TOO_LONG':
			return `What answers at ${baseUrl} is not the API of eSputnik. ${BASE_URLS}`;
		default:
			return `n8n could not connect to ${host}${text === '' ? '' : ` (${text})`}. ${check}`;
	}
}

/** For answers that come from something other than the API, or that say nothing about the key. */
function unusable(
	{ status, form }: StatusAnswer,
	baseUrl: string,
	secret: 'key' | 'token',
): string {
	if (status >= 500) {
		return `eSputnik could not answer (HTTP ${status}), so the API ${secret} could not be tested. Click Retry in a while.`;
	}
	if (status === 429) {
		return `eSputnik gets too many requests at the moment (HTTP 429), so the API ${secret} could not be tested. Click Retry in a minute.`;
	}
	if (status === 407) {
		return `The proxy between n8n and eSputnik asks for a user name and password (HTTP 407), so the API ${secret} could not be tested. Ask whoever runs n8n to correct the settings of the proxy, then click Retry.`;
	}
	if (form === 'html' && (status < 300 || status >= 400)) {
		return `A web page came from ${baseUrl} in the place of eSputnik's answer (HTTP ${status}), so the API ${secret} could not be tested. Check Base URL, any proxy or firewall between n8n and eSputnik, and the ${secret} itself. ${BASE_URLS}`;
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
