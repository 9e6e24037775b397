import type { INodeProperties } from 'n8n-workflow';

import { SUPPORT_EMAIL } from '../../../contract';
import { choiceSetting, numberSetting, optionsField, type Setting } from '../../../n8n/setting';
import * as shared from '../../../n8n/sharedSettings';

/** On by nothing but `true`: a text that says so may have come there by mistake. */
const CONFIRMATION: Setting<boolean> = {
	field: {
		// n8n cuts a longer label, so the rest of the warning stands below the switch.
		displayName: 'Delete Every Event in the Range',
		name: 'confirmDeletion',
		type: 'boolean',
		default: false,
		description: 'Whether to really delete. Nothing is sent until this is on.',
		hint: 'Of every type and every contact, live events too; they cannot be restored',
	},
	read: ({ confirmDeletion }) => confirmDeletion === true,
};

/** The settings of Delete Past Events. */
export const deleteParameters = {
	range: choiceSetting({
		label: 'Range',
		name: 'range',
		default: 'wholeDays',
		choices: [
			{
				name: 'Exact',
				value: 'exact',
				description: 'To the minute; both ends are deleted, too',
			},
			{
				name: 'Whole Days',
				value: 'wholeDays',
				description: 'From 00:00 of the first day to 23:59 of the last day',
			},
		],
	}),
	accountTimezone: shared.accountTimezone,
	confirmDeletion: CONFIRMATION,
};

export const deleteOptions = {
	dryRun: shared.dryRun({
		description: 'Whether to show what would be sent and delete nothing; needs no confirmation',
	}),
	maxRangeDays: numberSetting({
		label: 'Max Range in Days',
		name: 'maxRangeDays',
		min: 1,
		default: 31,
		description:
			'A longer range is refused, so that a wrong month or year does not empty the account',
	}),
};

/** Both ends, with the date picker that fits the range. */
function bounds(
	range: 'wholeDays' | 'exact',
	typeOptions: INodeProperties['typeOptions'],
	unit: string,
): INodeProperties[] {
	const bound: Omit<INodeProperties, 'displayName' | 'name'> = {
		type: 'dateTime',
		typeOptions,
		default: '',
		required: true,
		displayOptions: { show: { range: [range] } },
	};
	return [
		{
			...bound,
			displayName: 'From',
			name: 'from',
			description: `The first ${unit} that is deleted`,
		},
		{ ...bound, displayName: 'To', name: 'to', description: `The last ${unit} that is deleted` },
	];
}

/** The panel of Delete Past Events; the confirmation stands last. */
export const deleteFields: INodeProperties[] = [
	{
		displayName: `This deletes every event that occurred in the range: of every type and every contact, live events too. It cannot be undone. eSputnik switches deletion on per account: write to ${SUPPORT_EMAIL} first.`,
		name: 'deletionNotice',
		type: 'notice',
		default: '',
	},
	deleteParameters.range.field,
	...bounds('wholeDays', { dateOnly: true }, 'day'),
	...bounds('exact', {}, 'minute'),
	deleteParameters.accountTimezone.field,
	optionsField(Object.values(deleteOptions)),
	deleteParameters.confirmDeletion.field,
];
