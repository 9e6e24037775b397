import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { DEFAULT_BASE_URL, OAUTH_SERVER_URL, YESPO_BASE_URL } from '../nodes/Esputnik/contract';

/**
 * The OAuth server as n8n's expressions work it out. n8n sends the client secret there by itself: over a network only by https. The node refuses
 * to run with such an address.
 */
const OAUTH_SERVER =
	'$self["oauthServer"].trim().replace(/\\/+$/, "").replace(/^http:(?!\\/\\/(localhost|127(\\.\\d+){3}|\\[::1\\])([:\\/]|$))/i, "https:")';

export class EsputnikOAuth2Api implements ICredentialType {
	name = 'esputnikOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'eSputnik (Yespo) OAuth2 API';

	icon = {
		light: 'file:../nodes/Esputnik/esputnik.svg',
		dark: 'file:../nodes/Esputnik/esputnik.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-esputnik/n8n-nodes-esputnik#oauth2';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: DEFAULT_BASE_URL,
			description: `For Yespo accounts: ${YESPO_BASE_URL}`,
		},
		{
			displayName: 'OAuth Server',
			name: 'oauthServer',
			type: 'string',
			default: OAUTH_SERVER_URL,
			description: 'Where you sign in. Change it only if eSputnik tells you to.',
		},
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'authorizationCode',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: `={{${OAUTH_SERVER}}}/oauth/authorize`,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `={{${OAUTH_SERVER}}}/oauth/token`,
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'header',
		},
	];
}
