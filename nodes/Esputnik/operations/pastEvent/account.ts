import type { IExecuteFunctions } from 'n8n-workflow';

import { normalizeBaseUrl } from '../../api/baseUrl';
import type { Account } from '../../api/client';
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
	const { baseUrl } = await context.getCredentials(credentialType);
	return {
		credentialType,
		baseUrl: normalizeBaseUrl(baseUrl),
		renewsToken: authentication === 'oAuth2',
	};
}
