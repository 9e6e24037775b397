import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import type { HttpAnswer } from '../../api/answer';
import { keyAuthorization, tokenAuthorization } from '../../api/authorization';
import { normalizeBaseUrl } from '../../api/baseUrl';
import { readFailure } from '../../api/failure';
import { isRecord } from '../../api/json';
import { pastEventsBody, pastEventsPath } from '../pastEvent/pastEvents';
import { judgeKey, judgeToken, TEST_TIMEOUT_MS } from './verdict';

/*
 * n8n can also test a credential by a request that its type declares, but then shows "ECONNREFUSED" or "Found" to somebody who does
 * not program, and takes any web page for an account. A function says what to do.
 */

/** Asks for the account's name, which needs no special right. */
export async function testApiKey(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	return await result(data.baseUrl, async (baseUrl) => {
		const answer = await ask(this.helpers, {
			method: 'GET',
			uri: `${baseUrl}/v1/account/info`,
			headers: { Accept: 'application/json', Authorization: keyAuthorization(data.apiKey) },
		});
		return judgeKey(answer, baseUrl);
	});
}

/** Asks past_events to take no event at all: account/info is not among the methods of a token. */
export async function testApiToken(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	return await result(data.baseUrl, async (baseUrl) => {
		const answer = await ask(this.helpers, {
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

/** @param test gives what is wrong, undefined where nothing is */
async function result(
	baseUrl: unknown,
	test: (baseUrl: string) => Promise<string | undefined>,
): Promise<INodeCredentialTestResult> {
	try {
		const problem = await test(normalizeBaseUrl(baseUrl));
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
	request: object,
): Promise<HttpAnswer> {
	try {
		const response: unknown = await helpers.request({
			...request,
			followRedirect: false,
			simple: false,
			resolveWithFullResponse: true,
			timeout: TEST_TIMEOUT_MS,
		});
		return isRecord(response) && typeof response.statusCode === 'number'
			? { kind: 'status', status: response.statusCode, text: String(response.body ?? '') }
			: { kind: 'noAnswer', reason: 'CONNECTION_LOST', text: 'the answer had no status' };
	} catch (error) {
		const failure = readFailure(error);
		return failure.kind === 'noAnswer'
			? failure
			: { ...failure, kind: 'noAnswer', reason: 'CONNECTION_FAILED' };
	}
}
