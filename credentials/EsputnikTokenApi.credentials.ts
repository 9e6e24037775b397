import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { tokenAuthorization } from '../nodes/Esputnik/api/authorization';
import { DEFAULT_BASE_URL, YESPO_BASE_URL } from '../nodes/Esputnik/contract';

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
			description: `For Yespo accounts: ${YESPO_BASE_URL}`,
		},
	];

	/** The token as a Bearer. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const Authorization = tokenAuthorization(credentials.apiToken);
		return { ...options, headers: { ...options.headers, Authorization } };
	}
}
