import type {
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeProperties,
} from 'n8n-workflow';

import { PREDEFINED_EVENT_TYPES } from '../../contract';
import {
	CONTACT_IDENTIFIER_CHOICES,
	DEFAULT_CONTACT_IDENTIFIER,
} from '../../events/contactIdentifier';
import type { EventSettings } from '../../events/eventParts';
import { LABELS } from '../../events/words';
import {
	choiceSetting,
	readParameter,
	shownWhen,
	textSetting,
	readBinaryMode,
} from '../../n8n/setting';
import * as shared from '../../n8n/sharedSettings';

/** Where the parameters of an event come from; the same for all items of a run. */
const parameters = {
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
			label: LABELS.includeFields,
			name: 'includeFields',
			placeholder: 'e.g. total, currency, shipping.city',
			description: 'Comma-separated; a dot leads into an object',
		}),
		{ show: { paramsMode: ['autoMapInputData'], include: ['selected'] } },
	),
	excludeFields: shownWhen(
		textSetting({
			label: LABELS.excludeFields,
			name: 'excludeFields',
			placeholder: 'e.g. note, customer.password',
			description: 'Comma-separated; a dot leads into an object',
		}),
		{ show: { paramsMode: ['autoMapInputData'], include: ['except'] } },
	),
};

/** What has to be the same for all items; hidden ones are not there at all. */
export const eventRunParameters = Object.values(parameters);

const assignments: INodeProperties = {
	displayName: LABELS.params,
	name: 'params',
	type: 'assignmentCollection',
	default: {},
	description: 'What happened: cost, products, status … Only what stands here is sent',
};

/** The fields for the type of an event and for its contact. @param keyIsRequired whether n8n asks for a contact key */
export function headFields(keyIsRequired: boolean): INodeProperties[] {
	return [
		{
			displayName: LABELS.eventTypeKey,
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
			displayName: LABELS.keyValue,
			name: 'keyValue',
			type: 'string',
			default: '',
			...(keyIsRequired && { required: true }),
			placeholder: 'e.g. {{ $json.email }}',
			description:
				'A value that only this contact has, such as the email address, the phone number or the ID in your shop; the keyValue of the eSputnik API',
		},
		{
			displayName: LABELS.contactIdentifier,
			name: 'contactIdentifier',
			type: 'options',
			default: DEFAULT_CONTACT_IDENTIFIER,
			description:
				'What the contact key is. It is also sent as this parameter, because eSputnik finds the contact by parameters and not by the key.',
			options: [...CONTACT_IDENTIFIER_CHOICES],
		},
	];
}

/** The event types that every account has. eSputnik offers no list of an account's own types. */
export async function searchEventTypes(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const wanted = filter.trim().toLowerCase();
	return {
		results: PREDEFINED_EVENT_TYPES.map(({ key, label }) => ({
			name: `${label} (${key})`,
			value: key,
		})).filter(({ name }) => name.toLowerCase().includes(wanted)),
	};
}

/** The fields for the parameters of an event. */
export const paramFields: readonly INodeProperties[] = [
	parameters.paramsMode.field,
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
	parameters.include.field,
	parameters.includeFields.field,
	parameters.excludeFields.field,
	{
		displayName: LABELS.paramsJson,
		name: 'paramsJson',
		type: 'json',
		default: '{}',
		description:
			'An object such as {"status": "DELIVERED"}, or a list of objects with "name" and "value". For values of the item use an expression that yields an object.',
		displayOptions: { show: { paramsMode: ['json'] } },
	},
];

/** A parameter as saved: its expressions are worked out for each item. */
export function rawParameter(context: IExecuteFunctions, name: string): unknown {
	return context.getNodeParameter(name, 0, '', { rawExpressions: true });
}

/**
 * Reads the settings that make events. Those mapped per item come raw; the others are resolved for item 0.
 *
 * @param options what was added to the collection 'Options'
 * @throws {ConfigurationError} where a value cannot be used
 */
export function readEventSettings(
	context: IExecuteFunctions,
	options: Readonly<Record<string, unknown>>,
): Omit<EventSettings, 'keyIsRequired'> {
	return {
		eventTypeKey: rawParameter(context, 'eventTypeKey'),
		keyValue: rawParameter(context, 'keyValue'),
		contactIdentifier: rawParameter(context, 'contactIdentifier'),
		paramsMode: readParameter(context, parameters.paramsMode),
		params: rawParameter(context, 'params'),
		include: readParameter(context, parameters.include),
		includeFields: readParameter(context, parameters.includeFields),
		excludeFields: readParameter(context, parameters.excludeFields),
		paramsJson: rawParameter(context, 'paramsJson'),
		apiVersion: shared.apiVersion.read(options),
		nestedValues: shared.nestedValues.read(options),
		emptyValues: shared.emptyValues.read(options),
		validation: shared.validation.read(options),
		binaryMode: readBinaryMode(context),
	};
}
