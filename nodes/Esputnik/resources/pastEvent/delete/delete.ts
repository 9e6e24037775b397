import type { Operation } from '../../../n8n/nodeTable';
import { runItems } from '../../../n8n/runItems';
import { deleteFields } from './deleteFields';
import { DELETION_STATUSES, DELETION_WORDS, deletionJson, OTHER_REFUSED } from './deletionReport';
import { prepareDelete } from './prepareDelete';

/**
 * Checks the ranges of all items first, then sends each distinct range once, in input order; after a refusal or an uncertain answer
 * the rest are not sent.
 */
export const deleteOperation: Operation = {
	value: 'delete',
	name: 'Delete Past Events',
	action: 'Delete past events',
	description: 'Delete every event that occurred in a range of time',
	hiddenFromAgents: true,
	fields: deleteFields,
	execute: async (context) =>
		await runItems(context, {
			record: 'deletion',
			statuses: DELETION_STATUSES,
			words: DELETION_WORDS,
			othersRefused: OTHER_REFUSED,
			prepare: prepareDelete,
			describe: deletionJson,
		}),
};
