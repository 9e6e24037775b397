import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
} from 'n8n-workflow';

import type { Answer, Authentication, HttpAnswer } from './answer';
import { readFailure } from './failure';
import { isRecord } from './json';
import { isPlain, redacted } from './redaction';
import { responseText } from './responseText';
import { parseRetryAfter } from './retryAfter';

/** What the credential of the node says about where and how to send. */
export interface Account {
	readonly authentication: Authentication;
	readonly credentialType: string;
	/** The credential as n8n decrypted it at the start of the run. */
	readonly credential: ICredentialDataDecryptedObject;
	/** Normalized, such as `https://esputnik.com/api`. */
	readonly baseUrl: string;
	/** Texts that no answer may carry on, in case a server repeats them. */
	readonly secrets: readonly string[];
	/** The same, read anew: n8n may have renewed the token since. */
	readonly readSecrets: () => Promise<readonly string[]>;
}

export interface ClientSettings {
	readonly account: Account;
	/** From sending to the whole answer, in milliseconds. n8n's own time-out counts idle time only. */
	readonly timeoutMs: number;
}

/**
 * One request to eSputnik. Never throws; the answer tells how it ended, and its texts hold no secret. n8n ends it where the user
 * clicks Stop.
 *
 * @param read how the answer is to be read: before secrets are taken out of its texts, since a key may be a word of the answer
 */
export type Client = (
	method: IHttpRequestMethods,
	path: string,
	body: Buffer,
	read: (answer: HttpAnswer) => Answer,
) => Promise<Answer>;

const HEADERS = {
	'Content-Type': 'application/json; charset=UTF-8',
	Accept: 'application/json',
};

/**
 * Every status is read as an answer, but for a 401 to OAuth: n8n renews the token only where it is thrown. Elsewhere n8n would send
 * the request a second time.
 */
const THROWN_401: IHttpRequestOptions['ignoreHttpStatusErrors'] = { ignore: true, except: [401] };

/**
 * Makes the client of one execution. The credential is added by n8n; redirects are never followed, since they would carry it
 * to another host; the answer's body is read as text, because eSputnik often answers in plain text.
 */
export function createClient(context: IExecuteFunctions, settings: ClientSettings): Client {
	const { account, timeoutMs } = settings;
	const { authentication, credentialType, credential } = account;
	/** Whether n8n renews the token of this credential after a 401, and where. */
	const renewsToken = authentication === 'oAuth2';
	const renewalUrl = renewsToken ? String(credential.accessTokenUrl) : undefined;
	// Left to itself n8n decrypts the credential for each request, which takes longer than to map 500 events. OAuth2 does so all the same.
	const credentialsDecrypted = { id: '', name: '', type: credentialType, data: credential };

	const send = async (options: IHttpRequestOptions): Promise<HttpAnswer> => {
		try {
			const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
				context,
				credentialType,
				options,
				{ credentialsDecrypted },
			);
			return readResponse(response);
		} catch (error) {
			return readFailure(error, renewalUrl);
		}
	};

	const secrets = new Set(account.secrets);
	const withoutSecrets = async (answer: Answer): Promise<Answer> => {
		if (renewsToken && !isPlain(answer)) {
			for (const secret of await account.readSecrets().catch(() => [])) secrets.add(secret);
		}
		return redacted(answer, secrets);
	};

	return async (method, path, body, read) => {
		const sent = send({
			method,
			url: `${account.baseUrl}${path}`,
			headers: { ...HEADERS },
			body,
			encoding: 'text',
			returnFullResponse: true,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: renewsToken ? THROWN_401 : true,
			timeout: timeoutMs,
		});
		const answer = await withinTime(sent, timeoutMs);
		return await withoutSecrets(
			read(answer.kind === 'status' ? { ...answer, authentication } : answer),
		);
	};
}

/** The answer, unless the time is over before it is whole. */
async function withinTime(answer: Promise<HttpAnswer>, timeoutMs: number): Promise<HttpAnswer> {
	const timeout = AbortSignal.timeout(timeoutMs);
	return await new Promise<HttpAnswer>((resolve) => {
		const onTimeout = () => resolve(timedOut(timeoutMs));
		timeout.addEventListener('abort', onTimeout, { once: true });
		void answer.then((result) => {
			timeout.removeEventListener('abort', onTimeout);
			resolve(result);
		});
	});
}

function timedOut(timeoutMs: number): HttpAnswer {
	return {
		kind: 'noAnswer',
		reason: 'TIMEOUT',
		text: `no whole answer within ${timeoutMs} ms`,
	};
}

function readResponse(response: unknown): HttpAnswer {
	if (!isRecord(response) || typeof response.statusCode !== 'number') {
		return { kind: 'noAnswer', reason: 'CONNECTION_LOST', text: 'the answer had no status' };
	}
	const { statusCode: status, body, headers } = response;
	return {
		kind: 'status',
		status,
		text: responseText(status, body),
		retryAfterMs: parseRetryAfter(headers),
	};
}
