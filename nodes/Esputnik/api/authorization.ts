import { ConfigurationError } from '../configurationError';
import { isRecord } from './json';

/**
 * The `Authorization` header for an API key: Basic with any user name and the key as password (reference page "API keys").
 *
 * @throws {ConfigurationError} where there is no key
 */
export function keyAuthorization(apiKey: unknown): string {
	const key = required(apiKey, 'API Key');
	return `Basic ${Buffer.from(`n8n:${key}`).toString('base64')}`;
}

/**
 * The `Authorization` header for an API token.
 *
 * @throws {ConfigurationError} where there is no token, or one that no header can carry
 */
export function tokenAuthorization(apiToken: unknown): string {
	const token = required(apiToken, 'API Token');
	if (/[^\x21-\x7e]/.test(token)) {
		throw new ConfigurationError(
			"The 'API Token' of the eSputnik credential contains a space, a line break or a letter that no token has",
			'Copy it again.',
		);
	}
	return `Bearer ${token}`;
}

/**
 * The `Authorization` header for an OAuth2 access.
 *
 * @param oauthTokenData what n8n keeps of it
 * @throws {ConfigurationError} where there is none
 */
export function oAuth2Authorization(oauthTokenData: unknown): string {
	const token = isRecord(oauthTokenData) ? oauthTokenData.access_token : undefined;
	if (typeof token === 'string' && token !== '') return `Bearer ${token}`;
	throw new ConfigurationError(
		'The OAuth2 credential is not connected to an eSputnik account',
		'Open it, connect it, and allow the access in the window that opens.',
	);
}

/** A key or token as it is sent. What is pasted may have spaces or line breaks around it; eSputnik answers a new token in quotes. */
export function pastedSecret(secret: unknown): string {
	const isText = typeof secret === 'string' || typeof secret === 'number';
	return isText
		? String(secret)
				.trim()
				.replace(/^"(.*)"$/, '$1')
		: '';
}

function required(secret: unknown, field: string): string {
	const text = pastedSecret(secret);
	if (text !== '') return text;
	throw new ConfigurationError(
		`The '${field}' of the eSputnik credential is empty`,
		'Paste it into the credential.',
	);
}
