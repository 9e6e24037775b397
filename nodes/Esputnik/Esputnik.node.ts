import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { testApiKey, testApiToken } from './resources/account/testCredential';
import { searchEventTypes } from './resources/pastEvent/send/searchEventTypes';
import { deletePastEvents } from './resources/pastEvent/delete/delete';
import { deleteFields } from './resources/pastEvent/delete/deleteFields';
import { sendPastEvents } from './resources/pastEvent/send/send';
import { sendFields } from './resources/pastEvent/send/sendFields';

export class Esputnik implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'eSputnik (Yespo)',
		name: 'esputnik',
		icon: { light: 'file:esputnik.svg', dark: 'file:esputnik.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle:
			'={{ $parameter["operation"] === "delete" ? "Delete Past Events" : "Send Past Events" }}',
		description: 'Load past events into eSputnik (Yespo), with one truthful outcome for every item',
		defaults: { name: 'eSputnik' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'esputnikApi',
				required: true,
				testedBy: 'testApiKey',
				displayOptions: { show: { authentication: ['apiKey'] } },
			},
			{
				name: 'esputnikTokenApi',
				required: true,
				testedBy: 'testApiToken',
				displayOptions: { show: { authentication: ['apiToken'] } },
			},
			{
				name: 'esputnikOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
		],
		properties: [
			{
				displayName: 'Authentication',
				name: 'authentication',
				type: 'options',
				default: 'apiKey',
				options: [
					{ name: 'API Key', value: 'apiKey' },
					{ name: 'API Token', value: 'apiToken' },
					{ name: 'OAuth2', value: 'oAuth2' },
				],
			},
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'hidden',
				noDataExpression: true,
				default: 'pastEvent',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'send',
				displayOptions: { show: { resource: ['pastEvent'] } },
				options: [
					{
						name: 'Delete Past Events',
						value: 'delete',
						action: 'Delete past events',
						description: 'Delete every event that occurred in a range of time',
						displayOptions: { hide: { '@tool': [true] } },
					},
					{
						name: 'Send Past Events',
						value: 'send',
						action: 'Send past events',
						description: 'Send each item as an event that occurred in the past',
					},
				],
			},
			...sendFields,
			...deleteFields,
		],
	};

	methods = {
		credentialTest: { testApiKey, testApiToken },
		listSearch: { searchEventTypes },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = this.getNodeParameter('operation', 0, 'send');
		return operation === 'delete' ? await deletePastEvents(this) : await sendPastEvents(this);
	}
}
