import type { IExecuteFunctions, IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';

import type { Authentication, HttpAnswer, NoAnswer, NotTaken } from './answer';
import { answerOf, Call } from './call';
import { readRenewalFailure } from './failure';
import { Redaction } from './redaction';

/** What stands in the credential of the node: how to send, and what nobody may read. */
export interface Access {
	/** The `Authorization` header. */
	readonly authorization: string;
	/** Texts that no answer may carry on, in case a server repeats them. */
	readonly secrets: readonly string[];
	/** Whether n8n can get a new one where eSputnik does not take it any more. */
	readonly isRenewable: boolean;
}

/** What the credential of the node says about where and how to send. */
export interface Account {
	readonly authentication: Authentication;
	readonly credentialType: string;
	/** Normalized, such as `https://esputnik.com/api`. */
	readonly baseUrl: string;
	/** Whether the user told n8n to take a certificate that nobody vouches for. */
	readonly ignoresCertificates: boolean;
	/** As it was at the start of the run. */
	readonly access: Access;
	/** The same, read anew: n8n, or another execution, may have renewed it since. */
	readonly readAccess: () => Promise<Access>;
}

export interface ClientSettings {
	readonly account: Account;
	/** From sending to the whole answer, in milliseconds. n8n's own time-out counts idle time only. */
	readonly timeoutMs: number;
	/** Words of the contract that stay as they are in answers, even where a key is one of them. */
	readonly spared: ReadonlySet<string>;
}

export interface ApiRequest {
	readonly method: IHttpRequestMethods;
	/** Below the base URL, such as `/v1/past_events`. */
	readonly path: string;
	/** JSON. */
	readonly body?: Buffer;
}

/**
 * One request to eSputnik. Never throws; the answer tells how it ended.
 *
 * Once it has ended, by time-out or because the user clicked Stop too, nothing of it leaves any more: the connection is closed, and what still
 * comes is not read. It is sent once, but for OAuth2: where eSputnik answers 401, n8n renews the access, and the request is sent once more.
 */
export type Client = (request: ApiRequest) => Promise<HttpAnswer>;

/**
 * Makes the client of one execution. Redirects are never followed, since they would carry the credential to another host.
 *
 * The `Authorization` header is made here, and the request goes through n8n's plain helper: that for authenticated requests puts its own signal in
 * the place of a given one, and sends a second time by itself, long after a time-out, where an OAuth2 access was renewed.
 */
export function createClient(context: IExecuteFunctions, settings: ClientSettings): Client {
	const { account, timeoutMs, spared } = settings;
	const redaction = new Redaction(account.access.secrets, spared);
	const stop = context.getExecutionCancelSignal();

	const attempt = async (request: ApiRequest, authorization: string): Promise<HttpAnswer> =>
		await answerOf(
			async (signal) =>
				await context.helpers.httpRequest({
					...requestOptions(request, account, authorization),
					timeout: timeoutMs,
					abortSignal: signal,
				}),
			redaction,
			timeoutMs,
			stop,
		);

	let current = account.access;
	let renewal: Promise<NotTaken | undefined> | undefined;

	/** Puts another access in the place of one that was refused. @returns why that failed */
	const renew = async (refused: Access): Promise<NotTaken | undefined> => {
		try {
			current = await account.readAccess();
			if (current.authorization === refused.authorization) {
				await context.helpers.refreshOAuth2Token.call(context, account.credentialType);
				current = await account.readAccess();
			}
			redaction.add(current.secrets);
			return undefined;
		} catch (error) {
			return readRenewalFailure(error);
		}
	};

	/** One renewal serves all requests in flight: where refresh tokens rotate, a second one would make the first useless. */
	const renewTogether = async (refused: Access): Promise<NotTaken | NoAnswer | undefined> => {
		if (current.authorization !== refused.authorization) return undefined;
		renewal ??= renew(refused).finally(() => (renewal = undefined));
		const call = new Call(timeoutMs, stop);
		try {
			return await call.until(renewal);
		} catch {
			return call.end({ kind: 'notTaken', reason: 'RENEWAL_FAILED', text: '' });
		} finally {
			call.close();
		}
	};

	return async (request) => {
		const used = current;
		const answer = await attempt(request, used.authorization);
		const isExpired = answer.kind === 'status' && answer.status === 401 && used.isRenewable;
		if (!isExpired) return answer;
		const failure = await renewTogether(used);
		return failure ?? (await attempt(request, current.authorization));
	};
}

function requestOptions(
	{ method, path, body }: ApiRequest,
	{ baseUrl, ignoresCertificates }: Account,
	authorization: string,
): IHttpRequestOptions {
	return {
		method,
		url: `${baseUrl}${path}`,
		headers: {
			Accept: 'application/json',
			Authorization: authorization,
			...(body !== undefined && { 'Content-Type': 'application/json; charset=UTF-8' }),
		},
		...(body !== undefined && { body }),
		// Read here, so that it ends where it is too long.
		encoding: 'stream',
		returnFullResponse: true,
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		...(ignoresCertificates && { skipSslCertificateValidation: true }),
	};
}
