import type { INodeProperties } from 'n8n-workflow';

export const accountTimezone: INodeProperties = {
	displayName: 'Account Time Zone',
	name: 'accountTimezone',
	type: 'string',
	default: '',
	placeholder: 'e.g. Europe/Kyiv',
	description:
		'The time zone of your eSputnik account. Needed where a date has an offset (…+03:00, …Z) or is Unix time; other dates stay as they are written. It is never guessed.',
};
