import type { INodeProperties } from 'n8n-workflow';

import { FORMAT_LABELS } from '../../../dates/words';
import { choiceSetting, shownWhen, textSetting } from '../../../n8n/setting';
import { accountTimezone } from '../../../n8n/sharedSettings';
import { headFields, paramFields } from '../../eventShared/eventFields';
import { sendOptionsField } from './sendOptions';

/** How dates are read; it holds for the whole run. */
export const dateParameters = {
	occurredFormat: choiceSetting({
		label: 'Date Format',
		name: 'occurredFormat',
		default: 'auto',
		description:
			"How 'Occurred' is written. Dates with slashes need a choice: 05/12 is read both ways.",
		choices: [
			{
				name: FORMAT_LABELS.auto,
				value: 'auto',
				description: 'ISO 8601, SQL, RFC 2822, 31.12.2024, Unix time',
			},
			{ name: FORMAT_LABELS.custom, value: 'custom', description: 'A pattern of your own' },
			{ name: FORMAT_LABELS.dayFirst, value: 'dayFirst', description: '31/12/2024 18:30' },
			{ name: FORMAT_LABELS.monthFirst, value: 'monthFirst', description: '12/31/2024 6:30 PM' },
			{
				name: FORMAT_LABELS.spreadsheetSerial,
				value: 'spreadsheetSerial',
				description: '45657.77, as Google Sheets and Excel count days',
			},
			{
				name: FORMAT_LABELS.spreadsheetSerial1904,
				value: 'spreadsheetSerial1904',
				description: '44195.77, as old Excel workbooks from a Mac count days',
			},
			{
				name: FORMAT_LABELS.unixMilliseconds,
				value: 'unixMilliseconds',
				description: '1735669800000',
			},
			{ name: FORMAT_LABELS.unixSeconds, value: 'unixSeconds', description: '1735669800' },
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
};

/** The panel of Send Past Events, in the order in which it is read. */
export const sendFields: INodeProperties[] = [
	...headFields(true),
	{
		displayName: 'Occurred',
		name: 'occurred',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. {{ $json.created_at }}',
		description: 'When it happened. Most forms of dates are read as they come.',
	},
	dateParameters.occurredFormat.field,
	dateParameters.occurredCustomFormat.field,
	dateParameters.occurredLocale.field,
	dateParameters.accountTimezone.field,
	...paramFields,
	sendOptionsField,
];
