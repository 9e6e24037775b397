import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { keyAuthorization } from '../nodes/Esputnik/api/authorization';
import { DEFAULT_BASE_URL, YESPO_BASE_URL } from '../nodes/Esputnik/contract';

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
				'Made in eSputnik under your profile, Settings, API keys. It needs full access or access to events.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: DEFAULT_BASE_URL,
			description: `For Yespo accounts: ${YESPO_BASE_URL}`,
		},
	];

	/** Basic authentication with any user name and the key as password. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const Authorization = keyAuthorization(credentials.apiKey);
		return { ...options, headers: { ...options.headers, Authorization } };
	}
}
