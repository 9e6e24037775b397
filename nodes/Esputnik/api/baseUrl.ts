import { ConfigurationError } from '../configurationError';
import { DEFAULT_BASE_URL, OAUTH_SERVER_URL, YESPO_BASE_URL } from '../contract';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The base URL of a credential, put right: surrounding spaces and trailing slashes go, the host becomes lower case, an empty
 * path becomes `/api`, and a version that was pasted along (`/v1`) goes.
 *
 * @param text the credential's `baseUrl`; empty means eSputnik's own
 * @returns such as `https://esputnik.com/api`, never with a trailing slash
 * @throws {ConfigurationError} where it is no URL, carries a user name, or is not https on a host other than the machine itself:
 * the key would travel in clear text
 */
export function normalizeBaseUrl(text: unknown): string {
	const trimmed = typeof text === 'string' ? text.trim() : '';
	const url = parse(trimmed === '' ? DEFAULT_BASE_URL : trimmed);
	if (url.username !== '' || url.password !== '') {
		throw new ConfigurationError(
			"The 'Base URL' of the eSputnik credential contains a user name or password",
			'Remove them: the key has a field of its own.',
		);
	}
	requireHttps(url, 'Base URL', DEFAULT_BASE_URL);
	const path = url.pathname.replace(/\/+$/, '').replace(/\/v[1-3]$/, '');
	return `${url.protocol}//${url.host}${path === '' ? '/api' : path}`;
}

/**
 * The OAuth server of a credential, which gets the client secret.
 *
 * @param text the credential's `oauthServer`
 * @throws {ConfigurationError} where it is no URL, or not https on a host other than the machine itself
 */
export function checkOAuthServer(text: unknown): void {
	const trimmed = typeof text === 'string' ? text.trim() : '';
	const url = parseUrl(trimmed);
	if (url === undefined) {
		throw new ConfigurationError(
			"The 'OAuth Server' of the eSputnik credential is no web address",
			`Use ${OAUTH_SERVER_URL}, then connect the credential again.`,
		);
	}
	requireHttps(url, 'OAuth Server', OAUTH_SERVER_URL);
}

/** @throws {ConfigurationError} where what is sent there would travel in clear text over a network */
function requireHttps({ protocol, hostname }: URL, field: string, example: string): void {
	if (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname))) return;
	throw new ConfigurationError(
		`The '${field}' of the eSputnik credential starts with '${protocol}//', so the key would travel in clear text`,
		`Use https, such as ${example}.`,
	);
}

function parse(text: string): URL {
	const hasProtocol = /^(https?:|[a-z][a-z\d+.-]*:\/\/)/i.test(text);
	const url = parseUrl(hasProtocol ? text : `https://${text}`);
	if (url !== undefined) return url;
	throw new ConfigurationError(
		"The 'Base URL' of the eSputnik credential is no web address",
		`Use ${DEFAULT_BASE_URL}, or ${YESPO_BASE_URL} for Yespo accounts.`,
	);
}

function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}
