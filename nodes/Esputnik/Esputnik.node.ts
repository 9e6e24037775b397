import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { executeChosen, methodsOf, propertiesOf, subtitleOf } from './n8n/nodeTable';
import { authentication } from './n8n/sharedSettings';
import { resources } from './resources';
import { checkApiKey, checkApiToken } from './resources/account/checkCredential';

export class Esputnik implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'eSputnik (Yespo)',
		name: 'esputnik',
		icon: { light: 'file:esputnik.svg', dark: 'file:esputnik.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: subtitleOf(resources),
		description:
			'Load past events and contacts into eSputnik (Yespo) and send live events, with one truthful outcome for every item',
		defaults: { name: 'eSputnik' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'esputnikApi',
				required: true,
				testedBy: 'checkApiKey',
				displayOptions: { show: { authentication: ['apiKey'] } },
			},
			{
				name: 'esputnikTokenApi',
				required: true,
				testedBy: 'checkApiToken',
				displayOptions: { show: { authentication: ['apiToken'] } },
			},
			{
				name: 'esputnikOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
		],
		properties: [authentication.field, ...propertiesOf(resources)],
	};

	methods = {
		credentialTest: { checkApiKey, checkApiToken },
		...methodsOf(resources),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeChosen(this, resources);
	}
}
