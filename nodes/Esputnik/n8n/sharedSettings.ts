import type { Authentication } from '../api/answer';
import { MOST_IN_FLIGHT } from '../delivery/settings';
import {
	choiceSetting,
	fieldListSetting,
	numberSetting,
	switchSetting,
	timeZoneSetting,
} from './setting';

/** Settings that several operations offer, with the same name, label and meaning in each. */

/** Timers of Node.js hold 31 bits; a longer one would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export const AUTHENTICATION_LABELS: Readonly<Record<Authentication, string>> = {
	apiKey: 'API Key',
	apiToken: 'API Token',
	oAuth2: 'OAuth2',
};

export const authentication = choiceSetting({
	label: 'Authentication',
	name: 'authentication',
	default: 'apiKey',
	choices: [
		{ name: AUTHENTICATION_LABELS.apiKey, value: 'apiKey' },
		{ name: AUTHENTICATION_LABELS.apiToken, value: 'apiToken' },
		{ name: AUTHENTICATION_LABELS.oAuth2, value: 'oAuth2' },
	],
});

export const accountTimezone = timeZoneSetting({
	label: 'Account Time Zone',
	name: 'accountTimezone',
	whenUnset: 'Dates with an offset and Unix time are refused before anything is sent',
	description:
		'The time zone of your eSputnik account. Needed where a date has an offset (…+03:00, …Z) or is Unix time; other dates stay as they are written. It is never guessed.',
});

/** @param harm what happens when the execution sends again what it sent before */
export const allowRetry = ({ harm }: { readonly harm: string }) =>
	switchSetting({
		label: 'Allow Retry of Executions',
		name: 'allowRetry',
		onceAdded: false,
		description: `Whether an execution started by Retry in the executions list may send. ${harm}`,
	});

export const apiVersion = choiceSetting({
	label: 'API Version',
	name: 'apiVersion',
	default: 'v1',
	choices: [
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
});

/** How many records go in one request. @param most the API's limit @param records what they are: `Events` */
export const batchSize = (given: {
	readonly default: number;
	readonly most: number;
	readonly records: string;
}) =>
	numberSetting({
		label: 'Batch Size',
		name: 'batchSize',
		min: 1,
		max: given.most,
		default: given.default,
		description: `${given.records} in one request, ${given.most} at most`,
	});

/** @param description what it does; it differs where something is deleted */
export const dryRun = ({ description }: { readonly description: string }) =>
	switchSetting({ label: 'Dry Run', name: 'dryRun', onceAdded: true, description });

export const emptyValues = choiceSetting({
	label: 'Empty Values',
	name: 'emptyValues',
	default: 'skip',
	description: 'What becomes of parameters without a value',
	choices: [
		{ name: 'Send as Empty Text', value: 'send' },
		{ name: 'Skip', value: 'skip' },
	],
});

export const includeInputFields = fieldListSetting({
	label: 'Input Fields in Outcomes',
	name: 'includeInputFields',
	placeholder: 'e.g. row_number, order.number',
	description:
		'Fields copied from the input into each outcome, comma-separated, such as the row number to mark in your sheet',
});

export const maxRetries = numberSetting({
	label: 'Max Retries',
	name: 'maxRetries',
	min: 0,
	max: 10,
	default: 5,
	description: 'How often a request that eSputnik certainly did not take is sent again',
});

export const nestedValues = choiceSetting({
	label: 'Nested Values',
	name: 'nestedValues',
	default: 'json',
	description: 'What becomes of objects inside the parameters',
	choices: [
		{ name: 'Flatten', value: 'flatten', description: 'One parameter each: shipping.city' },
		{ name: 'Keep as JSON', value: 'json', description: 'One parameter that holds JSON' },
	],
});

/** @param harm what sending a second time may do: `eSputnik may store events twice` */
export const onUncertain = ({ harm }: { readonly harm: string }) =>
	choiceSetting({
		label: 'When a Request Is Uncertain',
		name: 'onUncertain',
		default: 'report',
		description:
			'What to do when nobody can say whether eSputnik took a request, such as after a time-out',
		choices: [
			{ name: 'Report It', value: 'report', description: 'Never a duplicate' },
			{
				name: 'Send It Again',
				value: 'resend',
				description: `Never a loss, but ${harm}`,
			},
		],
	});

/** @param record what an item becomes: `Event` */
export const output = ({ record }: { readonly record: string }) =>
	choiceSetting({
		label: 'Output',
		name: 'output',
		default: 'events',
		choices: [
			{ name: `One Item per ${record}`, value: 'events' },
			{ name: 'One Summary Item', value: 'summary', description: 'Saves memory on large runs' },
		],
	});

export const parallelRequests = numberSetting({
	label: 'Parallel Requests',
	name: 'parallelRequests',
	min: 0,
	max: MOST_IN_FLIGHT,
	default: 0,
	description:
		'Requests under way at the same time. 0: as many as eSputnik answers well, found out during the run. The first one goes alone.',
});

export const requestsPerSecond = (given: {
	readonly default: number;
	readonly description: string;
}) => numberSetting({ label: 'Requests per Second', name: 'requestsPerSecond', min: 1, ...given });

export const timeout = numberSetting({
	label: 'Timeout',
	name: 'timeout',
	min: 1,
	max: MAX_TIMER_MS,
	default: 60_000,
	description: 'Milliseconds from sending a request to having its whole answer',
});

export const validation = choiceSetting({
	label: 'Validation',
	name: 'validation',
	default: 'strict',
	choices: [
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
});
