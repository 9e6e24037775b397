import type { INodeProperties } from 'n8n-workflow';

import { choiceSetting, shownWhen, textSetting } from '../../../n8n/setting';
import { accountTimezone } from '../../../n8n/sharedSettings';
import { sendOptionsField } from './sendOptions';

/** The parameters that hold for the whole run; the others are mapped for each item. */
export const sendParameters = {
	occurredFormat: choiceSetting({
		label: 'Date Format',
		name: 'occurredFormat',
		default: 'auto',
		description:
			"How 'Occurred' is written. Dates with slashes need a choice: 05/12 is read both ways.",
		choices: [
			{
				name: 'Automatic',
				value: 'auto',
				description: 'ISO 8601, SQL, RFC 2822, 31.12.2024, Unix time',
			},
			{ name: 'Custom', value: 'custom', description: 'A pattern of your own' },
			{ name: 'Day First', value: 'dayFirst', description: '31/12/2024 18:30' },
			{ name: 'Month First', value: 'monthFirst', description: '12/31/2024 6:30 PM' },
			{
				name: 'Spreadsheet Serial',
				value: 'spreadsheetSerial',
				description: '45657.77, as Google Sheets and Excel count days',
			},
			{
				name: 'Spreadsheet Serial, 1904 System',
				value: 'spreadsheetSerial1904',
				description: '44195.77, as old Excel workbooks from a Mac count days',
			},
			{ name: 'Unix Milliseconds', value: 'unixMilliseconds', description: '1735669800000' },
			{ name: 'Unix Seconds', value: 'unixSeconds', description: '1735669800' },
		],
	}),
	occurredCustomFormat: shownWhen(
		textSetting({
			label: 'Custom Date Format',
			name: 'occurredCustomFormat',
			placeholder: 'e.g. dd MMM yyyy HH:mm',
			description:
				'Tokens of <a href="https://moment.github.io/luxon/#/parsing">Luxon</a>: yyyy is the year, MM the month, dd the day, HH the hour, mm the minute',
		}),
		{ show: { occurredFormat: ['custom'] } },
	),
	occurredLocale: shownWhen(
		textSetting({
			label: 'Language of Month Names',
			name: 'occurredLocale',
			placeholder: 'e.g. hr',
			description:
				'The language in which months and weekdays are named, such as en, uk or pt-BR. When empty, 32 languages are tried, and a name on which they disagree is refused (listopad).',
		}),
		{ show: { occurredFormat: ['custom'] } },
	),
	accountTimezone,
	paramsMode: choiceSetting({
		label: 'Parameters Mode',
		name: 'paramsMode',
		default: 'defineBelow',
		description: "Where the event's parameters come from",
		choices: [
			{
				name: 'Map Each Parameter Manually',
				value: 'defineBelow',
				description: 'Only what you choose is sent',
			},
			{
				name: 'Map Automatically',
				value: 'autoMapInputData',
				description: 'Every field of the item is sent',
				hiddenFromAgents: true,
			},
			{ name: 'JSON', value: 'json', description: 'An object, typed or from an expression' },
		],
	}),
	include: shownWhen(
		choiceSetting({
			label: 'Include',
			name: 'include',
			default: 'all',
			description: 'Which fields of the item become parameters',
			choices: [
				{ name: 'All Fields', value: 'all' },
				{ name: 'Selected Fields', value: 'selected' },
				{ name: 'All Fields Except', value: 'except' },
			],
		}),
		{ show: { paramsMode: ['autoMapInputData'] } },
	),
	includeFields: shownWhen(
		textSetting({
			label: 'Fields to Include',
			name: 'includeFields',
			placeholder: 'e.g. total, currency, shipping.city',
			description: 'Comma-separated; a dot leads into an object',
		}),
		{ show: { paramsMode: ['autoMapInputData'], include: ['selected'] } },
	),
	excludeFields: shownWhen(
		textSetting({
			label: 'Fields to Exclude',
			name: 'excludeFields',
			placeholder: 'e.g. note, customer.password',
			description: 'Comma-separated; a dot leads into an object',
		}),
		{ show: { paramsMode: ['autoMapInputData'], include: ['except'] } },
	),
};

const assignments: INodeProperties = {
	displayName: 'Parameters',
	name: 'params',
	type: 'assignmentCollection',
	default: {},
	description: 'What happened: cost, products, status … Only what stands here is sent',
};

/** The panel of Send Past Events, in the order in which it is read. */
export const sendFields: INodeProperties[] = [
	{
		displayName: 'Event Type',
		name: 'eventTypeKey',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'The key of the event type in eSputnik; it may differ from item to item',
		hint: "Types made in your account are not listed: choose 'By ID' and enter their key. An unknown key makes a new event type.",
		modes: [
			{
				displayName: 'Predefined',
				name: 'list',
				type: 'list',
				placeholder: 'Choose an event type…',
				typeOptions: { searchListMethod: 'searchEventTypes', searchable: true },
			},
			{
				displayName: 'By Key',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. subscriptionConfirmed',
			},
		],
	},
	{
		displayName: 'Contact Key',
		name: 'keyValue',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. {{ $json.email }}',
		description:
			'A value that only this contact has, such as the email address, the phone number or the ID in your shop; the keyValue of the eSputnik API',
	},
	{
		displayName: 'Contact Identifier',
		name: 'contactIdentifier',
		type: 'options',
		default: 'email',
		description:
			'What the contact key is. It is also sent as this parameter, because eSputnik finds the contact by parameters and not by the key.',
		options: [
			{
				name: 'Contact ID',
				value: 'contactId',
				description: 'The number that eSputnik gave the contact',
			},
			{ name: 'Email', value: 'email' },
			{
				name: 'External Customer ID',
				value: 'externalCustomerId',
				description: 'The ID in your shop or CRM',
			},
			{
				name: 'None',
				value: 'none',
				description: 'Send the key alone; eSputnik may then find no contact',
			},
			{ name: 'Phone', value: 'phone' },
		],
	},
	{
		displayName: 'Occurred',
		name: 'occurred',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. {{ $json.created_at }}',
		description: 'When it happened. Most forms of dates are read as they come.',
	},
	sendParameters.occurredFormat.field,
	sendParameters.occurredCustomFormat.field,
	sendParameters.occurredLocale.field,
	sendParameters.accountTimezone.field,
	sendParameters.paramsMode.field,
	// The type of a row matters only where values stay JSON: v1 turns each of them into text. n8n 2.40 does not hide the menu
	// in a community node, but it does lock it.
	{
		...assignments,
		typeOptions: { assignment: { hideType: true, disableType: true, defaultType: 'string' } },
		displayOptions: {
			show: { paramsMode: ['defineBelow'] },
			hide: { '/options.apiVersion': ['v2'] },
		},
	},
	{
		...assignments,
		displayOptions: { show: { paramsMode: ['defineBelow'], '/options.apiVersion': ['v2'] } },
	},
	sendParameters.include.field,
	sendParameters.includeFields.field,
	sendParameters.excludeFields.field,
	{
		displayName: 'Parameters (JSON)',
		name: 'paramsJson',
		type: 'json',
		default: '{}',
		description:
			'An object such as {"status": "DELIVERED"}, or a list of objects with "name" and "value". For values of the item use an expression that yields an object.',
		displayOptions: { show: { paramsMode: ['json'] } },
	},
	sendOptionsField,
];
