import { EVENT_STATUSES, eventOutcome } from '../../../events/eventOutcome';
import type { Operation } from '../../../n8n/nodeTable';
import { runItems } from '../../../n8n/runItems';
import { dependsOnItem } from '../../../n8n/rawParameters';
import { storingWords } from '../../../report/stopText';
import { headFields, paramFields, searchEventTypes } from '../../eventShared/eventFields';
import { prepareSend } from './prepareSend';
import { sendOptionsField } from './sendOptions';

export const sendOperation: Operation = {
	value: 'send',
	name: 'Send Events',
	action: 'Send events that happen now',
	description: 'Send each item as an event that happens now and starts workflows in eSputnik',
	fields: [
		{
			displayName:
				"Live events start the workflows of their type in eSputnik at once, so people may get messages. For orders and other events of the past use the resource 'Past Event'.",
			name: 'liveEventNotice',
			type: 'notice',
			default: '',
		},
		...headFields(false),
		...paramFields,
		sendOptionsField,
	],
	methods: { listSearch: { searchEventTypes } },
	execute: async (context) =>
		await runItems(context, {
			record: 'event',
			statuses: EVENT_STATUSES,
			words: storingWords('event'),
			isNothing: () => dependsOnItem(context, 'keyValue'),
			prepare: prepareSend,
			describe: eventOutcome,
		}),
};
