import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { normalizeBaseUrl } from '../nodes/Esputnik/api/baseUrl';
import { DEFAULT_BASE_URL } from '../nodes/Esputnik/contract';

const REFUSED =
	'eSputnik does not take this API token: it is wrong, or it has expired. Make a new one.';

export class EsputnikTokenApi implements ICredentialType {
	name = 'esputnikTokenApi';

	displayName = 'eSputnik (Yespo) Token API';

	icon = {
		light: 'file:../nodes/Esputnik/esputnik.svg',
		dark: 'file:../nodes/Esputnik/esputnik.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-esputnik/n8n-nodes-esputnik#api-token';

	properties: INodeProperties[] = [
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Good for events only, version 1. The documentation says how to make one.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: DEFAULT_BASE_URL,
			description: 'For Yespo accounts: https://api.yespo.io/api',
		},
	];

	/** The token as a Bearer; the base URL is put right as in the API key's credential. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		if (options.baseURL !== undefined) options.baseURL = normalizeBaseUrl(options.baseURL);
		const token = String(credentials.apiToken).trim();
		return { ...options, headers: { ...options.headers, Authorization: `Bearer ${token}` } };
	}

	/**
	 * `account/info` is not among the methods of a token, so past_events is asked to take no event at all. 401 and 403 mean a bad token,
	 * any other answer below 500 a good one.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/v1/past_events',
			method: 'POST',
			headers: { 'Content-Type': 'application/json; charset=UTF-8' },
			body: { events: [] },
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: {
				ignore: true,
				except: [301, 302, 303, 307, 308, 401, 403, 404, 500, 502, 503, 504],
			},
		},
		rules: [
			{ type: 'responseCode', properties: { value: 401, message: REFUSED } },
			{ type: 'responseCode', properties: { value: 403, message: REFUSED } },
		],
	};
}
