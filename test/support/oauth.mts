import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Standin } from '../../standin/server.mts';
import { CredentialStore } from './engineCredentials.mts';
import { loadSources } from './enginePackage.mts';
import { prepareEngine } from './engineServices.mts';
import { send, type SendCase } from './esputnik.mts';
import type { RunResult } from './engine.mts';

/** What n8n keeps of an OAuth2 credential that the user connected to a stand-in. */
export function connectedData(standin: Standin): ICredentialDataDecryptedObject {
	const { accessToken, refreshToken } = standin.oauth.grant();
	return {
		clientId: standin.oauthClient.id,
		clientSecret: standin.oauthClient.secret,
		baseUrl: standin.baseUrl,
		oauthServer: `${standin.url}/uaa/`,
		oauthTokenData: {
			access_token: accessToken,
			refresh_token: refreshToken,
			token_type: 'Bearer',
		},
	};
}

/** A store with an OAuth2 credential. */
export async function oAuth2Store(data: ICredentialDataDecryptedObject): Promise<CredentialStore> {
	await prepareEngine();
	return await CredentialStore.of(loadSources().credentials, { esputnikOAuth2Api: data });
}

/** Runs the node with the OAuth2 credential of a store: *Send Past Events* unless the parameters say otherwise. */
export async function sendByOAuth2(
	standin: Standin,
	credentials: CredentialStore,
	given: SendCase,
): Promise<RunResult> {
	return await send(standin, {
		...given,
		parameters: { authentication: 'oAuth2', ...given.parameters },
		run: { ...given.run, credentials },
	});
}
