import type { IExecuteFunctions } from 'n8n-workflow';

import { dependsOnItem } from '../../../n8n/rawParameters';
import type { Operation } from '../../../n8n/nodeTable';
import { runItems } from '../../../n8n/runItems';
import { outcomeJson } from '../../../report/outcomeItems';
import { storingWords } from '../../../report/stopText';
import { getContactColumns, getStaticGroups } from './contactColumns';
import { importFields, importParameters } from './importFields';
import { prepareImport } from './prepareImport';
import type { NameKind } from './sending/answers';

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
			isNothing: comesFromItem,
			prepare: prepareImport,
			describe(outcome, contact) {
				const { email, phone, externalCustomerId } = contact?.names ?? {};
				return outcomeJson(outcome, { email, phone, externalCustomerId });
			},
		}),
};

const NAMES: readonly NameKind[] = ['email', 'phone', 'externalCustomerId', 'id'];

/** Whether the contact comes from the item; typed into the node, it is one without any field in the input, too. */
function comesFromItem(context: IExecuteFunctions): boolean {
	const raw = (name: string): unknown =>
		context.getNodeParameter(name, 0, '', { rawExpressions: true });
	if (raw(importParameters.contactMode.field.name) === 'json') {
		return dependsOnItem(context, 'contactJson');
	}
	const isTypedIn = (path: string) => Boolean(raw(path)) && !dependsOnItem(context, path);
	return !NAMES.some((name) => isTypedIn(`contactMapping.value.${name}`));
}
