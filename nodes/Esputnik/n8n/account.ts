import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import {
	keyAuthorization,
	oAuth2Authorization,
	pastedSecret,
	tokenAuthorization,
} from '../api/authorization';
import { checkOAuthServer, normalizeBaseUrl } from '../api/baseUrl';
import type { Authentication } from '../api/answer';
import type { Access, Account } from '../api/client';
import { isRecord } from '../api/json';
import { ConfigurationError } from '../configurationError';
import { readParameter } from './setting';
import { AUTHENTICATION_LABELS, authentication as authenticationSetting } from './sharedSettings';

interface CredentialKind {
	readonly credentialType: string;
	/**
	 * The `Authorization` header.
	 *
	 * @throws {ConfigurationError} where nothing can be sent with the credential
	 */
	readonly authorization: (credential: ICredentialDataDecryptedObject) => string;
}

const KINDS: Record<Authentication, CredentialKind> = {
	apiKey: {
		credentialType: 'esputnikApi',
		authorization: ({ apiKey }) => keyAuthorization(apiKey),
	},
	apiToken: {
		credentialType: 'esputnikTokenApi',
		authorization: ({ apiToken }) => tokenAuthorization(apiToken),
	},
	oAuth2: {
		credentialType: 'esputnikOAuth2Api',
		authorization: ({ oauthTokenData }) => oAuth2Authorization(oauthTokenData),
	},
};

/**
 * The credential type chosen in the node, and the base URL that stands in its credential.
 *
 * @throws {ConfigurationError} where there is no usable credential
 */
export async function readAccount(context: IExecuteFunctions): Promise<Account> {
	return await accountOf(context, readParameter(context, authenticationSetting));
}

/** The same for the panel, which reads parameters in another way. @throws {ConfigurationError} */
export async function readAccountOfPanel(context: ILoadOptionsFunctions): Promise<Account> {
	const { field, read } = authenticationSetting;
	return await accountOf(
		context,
		read({ [field.name]: context.getCurrentNodeParameter(field.name) }),
	);
}

async function accountOf(
	context: Pick<IExecuteFunctions, 'getNode' | 'getCredentials'>,
	authentication: Authentication,
): Promise<Account> {
	const { credentialType, authorization } = KINDS[authentication];
	if (context.getNode().credentials?.[credentialType] === undefined) {
		throw new ConfigurationError(
			`The node has no credential for the authentication by '${AUTHENTICATION_LABELS[authentication]}'`,
			"Choose or make one under 'Credential', at the top of the node.",
		);
	}
	const credential = await context.getCredentials(credentialType);
	const baseUrl = normalizeBaseUrl(credential.baseUrl);
	if (authentication === 'oAuth2') checkOAuthServer(credential.oauthServer);
	const accessIn = (given: ICredentialDataDecryptedObject): Access => ({
		authorization: authorization(given),
		secrets: secretsIn(given),
		isRenewable: authentication === 'oAuth2' && isRenewable(given),
	});
	return {
		authentication,
		credentialType,
		baseUrl,
		ignoresCertificates: credential.ignoreSSLIssues === true,
		access: accessIn(credential),
		readAccess: async () => accessIn(await context.getCredentials(credentialType)),
	};
}

function isRenewable({ oauthTokenData }: ICredentialDataDecryptedObject): boolean {
	return isRecord(oauthTokenData) && typeof oauthTokenData.refresh_token === 'string';
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
