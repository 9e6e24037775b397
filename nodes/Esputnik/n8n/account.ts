import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import type { Authentication } from '../api/answer';
import { keyAuthorization, pastedSecret, tokenAuthorization } from '../api/authorization';
import { normalizeBaseUrl } from '../api/baseUrl';
import type { Account } from '../api/client';
import { isRecord } from '../api/json';
import { ConfigurationError } from '../configurationError';
import { readParameter } from './setting';
import { authentication as authenticationSetting } from './sharedSettings';

interface CredentialKind {
	/** As the node's panel says. */
	readonly label: string;
	readonly credentialType: string;
	/** @throws {ConfigurationError} where nothing could be sent with the credential */
	readonly check: (credential: ICredentialDataDecryptedObject) => void;
}

const KINDS: Record<Authentication, CredentialKind> = {
	apiKey: {
		label: 'API Key',
		credentialType: 'esputnikApi',
		check: ({ apiKey }) => void keyAuthorization(apiKey),
	},
	apiToken: {
		label: 'API Token',
		credentialType: 'esputnikTokenApi',
		check: ({ apiToken }) => void tokenAuthorization(apiToken),
	},
	oAuth2: { label: 'OAuth2', credentialType: 'esputnikOAuth2Api', check: checkConnected },
};

/**
 * The credential type chosen in the node, and the base URL that stands in its credential.
 *
 * @throws {ConfigurationError} where there is no usable credential
 */
export async function readAccount(context: IExecuteFunctions): Promise<Account> {
	const authentication = readParameter(context, authenticationSetting);
	const { label, credentialType, check } = KINDS[authentication];
	if (context.getNode().credentials?.[credentialType] === undefined) {
		throw new ConfigurationError(
			`The node has no credential for the authentication by '${label}'`,
			"Choose or make one under 'Credential', at the top of the node.",
		);
	}
	const credential = await context.getCredentials(credentialType);
	const baseUrl = normalizeBaseUrl(credential.baseUrl);
	check(credential);
	return {
		authentication,
		credentialType,
		credential,
		baseUrl,
		secrets: secretsIn(credential),
		readSecrets: async () => secretsIn(await context.getCredentials(credentialType)),
	};
}

function checkConnected({ oauthTokenData }: ICredentialDataDecryptedObject): void {
	if (oauthTokenData !== undefined) return;
	throw new ConfigurationError(
		'The OAuth2 credential is not connected to an eSputnik account',
		'Open it, connect it, and allow the access in the window that opens.',
	);
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
