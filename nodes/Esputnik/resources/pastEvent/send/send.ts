import type { IExecuteFunctions } from 'n8n-workflow';

import { EVENT_STATUSES, eventOutcome } from '../../../events/eventOutcome';
import type { Operation } from '../../../n8n/nodeTable';
import { runItems } from '../../../n8n/runItems';
import { dependsOnItem } from '../../../n8n/rawParameters';
import { storingWords } from '../../../report/stopText';
import { searchEventTypes } from '../../eventShared/eventFields';
import { prepareSend } from './prepareSend';
import { sendFields } from './sendFields';

export const sendOperation: Operation = {
	value: 'send',
	name: 'Send Past Events',
	action: 'Send past events',
	description: 'Send each item as an event that occurred in the past',
	fields: sendFields,
	methods: { listSearch: { searchEventTypes } },
	execute: async (context) =>
		await runItems(context, {
			record: 'event',
			statuses: EVENT_STATUSES,
			words: storingWords('event'),
			isNothing,
			prepare: prepareSend,
			describe: eventOutcome,
		}),
};

/** With the key and the date typed in, an item without any field is an event all the same: a first try behind a Manual Trigger. */
function isNothing(context: IExecuteFunctions): boolean {
	return ['keyValue', 'occurred'].some((name) => dependsOnItem(context, name));
}
