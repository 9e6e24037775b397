import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { normalizeBaseUrl } from '../nodes/Esputnik/api/baseUrl';
import { API_KEY_IDLE_DAYS, DEFAULT_BASE_URL } from '../nodes/Esputnik/contract';

export class EsputnikApi implements ICredentialType {
	name = 'esputnikApi';

	displayName = 'eSputnik (Yespo) API';

	icon = {
		light: 'file:../nodes/Esputnik/esputnik.svg',
		dark: 'file:../nodes/Esputnik/esputnik.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-esputnik/n8n-nodes-esputnik#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Made in eSputnik under your profile, Settings, API. It needs the right "Access to events".',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: DEFAULT_BASE_URL,
			description: 'For Yespo accounts: https://api.yespo.io/api',
		},
	];

	/**
	 * Basic authentication with any user name and the key as password. The base URL is put right here, too, so that the credential's
	 * own test goes to the same place as the node, and never sends the key in clear text.
	 */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		if (options.baseURL !== undefined) options.baseURL = normalizeBaseUrl(options.baseURL);
		return { ...options, auth: { username: 'n8n', password: String(credentials.apiKey) } };
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/v1/account/info',
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: `eSputnik does not know this API key. Copy it again, or make a new one: a key unused for ${API_KEY_IDLE_DAYS} days is switched off.`,
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message: 'eSputnik knows this API key but refuses it. Check its rights in eSputnik.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: `There is no eSputnik API at this Base URL. Use ${DEFAULT_BASE_URL}, or https://api.yespo.io/api for Yespo accounts.`,
				},
			},
		],
	};
}
