import type { INodeProperties } from 'n8n-workflow';

import { MAX_EVENTS_PER_REQUEST, SEND_REQUESTS_PER_SECOND } from '../../../contract';

/** The options of Send Past Events; their defaults are those of the contract and of careful delivery. */
export const sendOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Allow Retry of Executions',
			name: 'allowRetry',
			type: 'boolean',
			default: false,
			description:
				'Whether an execution started by Retry in the executions list may send. It sends again what was accepted before, so eSputnik may store those events twice.',
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'options',
			default: 'v1',
			options: [
				{
					name: 'V1',
					value: 'v1',
					description: 'Every value is sent as text; works with every credential',
				},
				{
					name: 'V2',
					value: 'v2',
					description: 'Numbers, lists and objects stay what they are; not for API tokens',
				},
			],
		},
		{
			displayName: 'Batch Size',
			name: 'batchSize',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MAX_EVENTS_PER_REQUEST, numberPrecision: 0 },
			default: MAX_EVENTS_PER_REQUEST,
			description: 'Events in one request, 500 at most',
		},
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: true,
			description: 'Whether to show what would be sent and send nothing',
		},
		{
			displayName: 'Empty Values',
			name: 'emptyValues',
			type: 'options',
			default: 'skip',
			description: 'What becomes of parameters without a value',
			options: [
				{ name: 'Send as Empty Text', value: 'send' },
				{ name: 'Skip', value: 'skip' },
			],
		},
		{
			displayName: 'Input Fields in Outcomes',
			name: 'includeInputFields',
			type: 'string',
			default: '',
			placeholder: 'e.g. row_number, order.number',
			description:
				'Fields copied from the input into each outcome, comma-separated, such as the row number to mark in your sheet',
		},
		{
			displayName: 'Max Retries',
			name: 'maxRetries',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 10, numberPrecision: 0 },
			default: 5,
			description: 'How often a request that eSputnik certainly did not take is sent again',
		},
		{
			displayName: 'Nested Values',
			name: 'nestedValues',
			type: 'options',
			default: 'json',
			description: 'What becomes of objects inside the parameters',
			options: [
				{ name: 'Flatten', value: 'flatten', description: 'One parameter each: shipping.city' },
				{ name: 'Keep as JSON', value: 'json', description: 'One parameter that holds JSON' },
			],
		},
		{
			displayName: 'Offset Handling',
			name: 'offsetHandling',
			type: 'options',
			default: 'convert',
			description: 'What to make of dates that carry an offset, such as 2024-05-12T10:11Z',
			options: [
				{ name: 'Convert to Account Time Zone', value: 'convert' },
				{
					name: 'Keep the Time as Written',
					value: 'ignore',
					description: "For sources that add a wrong Z, such as n8n's Postgres node",
				},
			],
		},
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			default: 'events',
			options: [
				{ name: 'One Item per Event', value: 'events' },
				{ name: 'One Summary Item', value: 'summary', description: 'Saves memory on large runs' },
			],
		},
		{
			displayName: 'Parallel Requests',
			name: 'parallelRequests',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 16, numberPrecision: 0 },
			default: 4,
			description: 'Requests under way at the same time; the first one goes alone',
		},
		{
			displayName: 'Requests per Second',
			name: 'requestsPerSecond',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: SEND_REQUESTS_PER_SECOND,
			description:
				'The API takes 100 a second from an account; other executions and programs share them',
		},
		{
			displayName: 'Source Time Zone',
			name: 'sourceTimezone',
			type: 'string',
			default: '',
			placeholder: 'e.g. America/New_York',
			description:
				'The time zone of dates that carry none. When empty, such dates are sent as they are written.',
		},
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 60000,
			description: 'Milliseconds from sending a request to having its whole answer',
		},
		{
			displayName: 'Validation',
			name: 'validation',
			type: 'options',
			default: 'strict',
			options: [
				{
					name: 'By eSputnik',
					value: 'server',
					description: 'Send what can be sent and let eSputnik refuse it',
				},
				{
					name: 'Before Sending',
					value: 'strict',
					description: 'Lengths, characters, names and formats are checked by the node',
				},
			],
		},
		{
			displayName: 'When a Request Is Uncertain',
			name: 'onUncertain',
			type: 'options',
			default: 'report',
			description:
				'What to do when nobody can say whether eSputnik took a request, such as after a time-out',
			options: [
				{ name: 'Report It', value: 'report', description: 'Never a duplicate' },
				{
					name: 'Send It Again',
					value: 'resend',
					description: 'Never a loss, but eSputnik may store events twice',
				},
			],
		},
	],
};
