import type { INodeProperties } from 'n8n-workflow';

import { MAX_CONTACTS_PER_REQUEST } from '../../../contract';
import {
	choiceSetting,
	numberSetting,
	optionsField,
	switchSetting,
	textSetting,
	type Setting,
} from '../../../n8n/setting';
import * as shared from '../../../n8n/sharedSettings';

/** The parameters that hold for the whole run. */
export const importParameters = {
	dedupeOn: choiceSetting({
		label: 'Find Contacts By',
		name: 'dedupeOn',
		default: 'email',
		description: 'How eSputnik finds a contact that it has already; others are made anew',
		choices: [
			{ name: 'Contact ID', value: 'id', description: 'The number that eSputnik gave it' },
			{ name: 'Email', value: 'email' },
			{ name: 'Email or Phone', value: 'email_or_sms' },
			{ name: 'External Customer ID', value: 'externalCustomerId' },
			{ name: 'Phone', value: 'sms' },
		],
	}),
	contactMode: choiceSetting({
		label: 'Contact Mode',
		name: 'contactMode',
		default: 'columns',
		description: "Where the contact's fields come from",
		choices: [
			{ name: 'Map Columns', value: 'columns', description: 'Drag fields, or map automatically' },
			{ name: 'JSON', value: 'json', description: 'An object, typed or from an expression' },
		],
	}),
};

const contactMapping: INodeProperties = {
	displayName: 'Contact',
	name: 'contactMapping',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	required: true,
	displayOptions: { show: { contactMode: ['columns'] } },
	typeOptions: {
		loadOptionsDependsOn: ['authentication'],
		resourceMapper: {
			resourceMapperMethod: 'getContactColumns',
			mode: 'add',
			fieldWords: { singular: 'column', plural: 'columns' },
			multiKeyMatch: false,
			supportAutoMap: true,
		},
	},
};

const contactJson: INodeProperties = {
	displayName: 'Contact (JSON)',
	name: 'contactJson',
	type: 'json',
	default: '={{ { "email": $json.email } }}',
	displayOptions: { show: { contactMode: ['json'] } },
	description:
		'An object with columns such as email, phone, firstName or town, and field:15867 for an additional field of that number',
};

const groups = (label: string, name: string, description: string): Setting<readonly string[]> => {
	const text = textSetting({ label, name, description, placeholder: 'e.g. Imported 2026, VIP' });
	return {
		field: text.field,
		// An expression may also yield a list of names.
		read: (values) => {
			const value = values[name];
			const names: unknown[] = Array.isArray(value) ? value : text.read(values).split(',');
			return names.map((one) => String(one).trim()).filter((one) => one !== '');
		},
	};
};

/** Names chosen from a list, which the panel loads where the credential may read it. */
const groupsOfAccount: Setting<readonly string[]> = {
	field: {
		displayName: 'Segment Names or IDs',
		name: 'groupsFromList',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getStaticGroups' },
		default: [],
		description:
			'Static segments of the account into which the contacts go, too. The list is empty where the credential may not read it. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	read: ({ groupsFromList }) => {
		const names: unknown[] = Array.isArray(groupsFromList) ? groupsFromList : [];
		return names.map((name) => String(name).trim()).filter((name) => name !== '');
	},
};

export const importOptions = {
	batchSize: shared.batchSize({
		default: 1_000,
		most: MAX_CONTACTS_PER_REQUEST,
		records: 'Contacts',
	}),
	clearEmptyFields: switchSetting({
		label: 'Clear Empty Fields',
		name: 'clearEmptyFields',
		onceAdded: true,
		description:
			'Whether a field that is empty here is emptied in eSputnik, too. Off, it stays there as it is.',
	}),
	dryRun: shared.dryRun({ description: 'Whether to show what would be sent and send nothing' }),
	eventKeyForNewContacts: textSetting({
		label: 'Event for New Contacts',
		name: 'eventKeyForNewContacts',
		placeholder: 'e.g. contactImported',
		description:
			'Event type key of a live event for each contact that is new. It starts the workflows of that type in eSputnik, so people may get messages.',
	}),
	groupsFromList: groupsOfAccount,
	groupNames: groups(
		'Segments',
		'groupNames',
		'Static segments into which the contacts go, comma-separated; one that does not exist is made',
	),
	groupNamesExclude: groups(
		'Segments to Leave',
		'groupNamesExclude',
		'Static segments out of which the contacts are taken, comma-separated',
	),
	includeInputFields: shared.includeInputFields,
	maxRetries: shared.maxRetries,
	maxWait: numberSetting({
		label: 'Max Wait',
		name: 'maxWait',
		min: 1,
		max: 86_400,
		default: 600,
		description: 'Seconds to wait for eSputnik to finish; after that contacts are told as queued',
	}),
	output: shared.output({ record: 'Contact' }),
	phoneFormat: choiceSetting({
		label: 'Phone Format',
		name: 'phoneFormat',
		default: 'digits',
		choices: [
			{ name: 'As It Is', value: 'asIs' },
			{ name: 'Digits Only', value: 'digits', description: '+38 (050) 123-45-67 → 380501234567' },
		],
	}),
	requestsPerSecond: shared.requestsPerSecond({
		default: 1,
		description: 'Requests go one after another, at most so many a second',
	}),
	restoreDeleted: switchSetting({
		label: 'Restore Deleted Contacts',
		name: 'restoreDeleted',
		onceAdded: true,
		description:
			'Whether contacts that were deleted in eSputnik come back; otherwise it skips them',
	}),
	timeout: shared.timeout,
	validation: shared.validation,
	waitForImport: choiceOfWaiting(),
};

/** On unless it is switched off, so it stands apart from the other switches. */
function choiceOfWaiting(): Setting<boolean> {
	const given = switchSetting({
		label: 'Wait for Import',
		name: 'waitForImport',
		onceAdded: true,
		description:
			'Whether to wait until eSputnik has finished, which it does in the background, so that events sent after this node find their contacts',
	});
	return {
		field: given.field,
		read: (values) => !Object.hasOwn(values, given.field.name) || given.read(values),
	};
}

/** The panel of Import Contacts. */
export const importFields: INodeProperties[] = [
	{
		displayName:
			'eSputnik makes contacts that it does not have yet and updates the others. Workflows that start when a field of a contact changes will start.',
		name: 'importNotice',
		type: 'notice',
		default: '',
	},
	importParameters.dedupeOn.field,
	importParameters.contactMode.field,
	contactMapping,
	contactJson,
	optionsField(Object.values(importOptions)),
];
