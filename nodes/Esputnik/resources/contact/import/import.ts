import type { Operation } from '../../../n8n/nodeTable';
import { runItems } from '../../../n8n/runItems';
import { outcomeJson } from '../../../report/outcomeItems';
import { storingWords } from '../../../report/stopText';
import { getContactColumns, getStaticGroups } from './contactColumns';
import { importFields } from './importFields';
import { prepareImport } from './prepareImport';

/** What can become of a contact, in the order in which contacts are counted. */
const CONTACT_STATUSES = ['imported', 'queued', 'unconfirmed', 'rejected', 'uncertain', 'notSent'];

export const importOperation: Operation = {
	value: 'import',
	name: 'Import Contacts',
	action: 'Import contacts',
	description: 'Add each item as a contact, or update the one that eSputnik has',
	fields: importFields,
	methods: { resourceMapping: { getContactColumns }, loadOptions: { getStaticGroups } },
	execute: async (context) =>
		await runItems(context, {
			record: 'contact',
			statuses: CONTACT_STATUSES,
			words: storingWords('contact'),
			isNothing: () => true,
			prepare: prepareImport,
			describe(outcome, contact) {
				const { email, phone, externalCustomerId } = contact?.names ?? {};
				return outcomeJson(outcome, { email, phone, externalCustomerId });
			},
		}),
};
