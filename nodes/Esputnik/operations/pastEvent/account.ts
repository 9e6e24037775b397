import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { pastedSecret } from '../../api/authorization';
import { normalizeBaseUrl } from '../../api/baseUrl';
import type { Account } from '../../api/client';
import { isRecord } from '../../api/json';
import { ConfigurationError } from '../../configurationError';

/** The node's `authentication` parameter → the credential type it uses. */
const CREDENTIAL_TYPES: ReadonlyMap<string, string> = new Map([
	['apiKey', 'esputnikApi'],
	['apiToken', 'esputnikTokenApi'],
	['oAuth2', 'esputnikOAuth2Api'],
]);

/**
 * The credential type chosen in the node, and the base URL that stands in its credential.
 *
 * @throws {ConfigurationError} where there is no usable credential
 */
export async function readAccount(context: IExecuteFunctions): Promise<Account> {
	const authentication = String(context.getNodeParameter('authentication', 0, 'apiKey'));
	const credentialType = CREDENTIAL_TYPES.get(authentication);
	if (credentialType === undefined) {
		throw new ConfigurationError(
			"'Authentication' has a value that does not exist",
			'Choose API Key, API Token or OAuth2.',
			authentication,
		);
	}
	const credential = await context.getCredentials(credentialType);
	return {
		credentialType,
		credential,
		baseUrl: normalizeBaseUrl(credential.baseUrl),
		secrets: secretsIn(credential),
		readSecrets: async () => secretsIn(await context.getCredentials(credentialType)),
		renewsToken: authentication === 'oAuth2',
	};
}

/** What must not appear in any text that the node shows, even where a server repeats it. */
function secretsIn(credential: ICredentialDataDecryptedObject): string[] {
	const { apiKey, apiToken, clientSecret, oauthTokenData } = credential;
	const { access_token: accessToken, refresh_token: refreshToken } = isRecord(oauthTokenData)
		? oauthTokenData
		: {};
	return [apiKey, apiToken, clientSecret, accessToken, refreshToken]
		.map(pastedSecret)
		.filter((secret) => secret !== '');
}
