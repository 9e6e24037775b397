import type {
	FieldType,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { answerOf } from '../../../api/call';
import { Redaction } from '../../../api/redaction';
import { readAccountOfPanel } from '../../../n8n/account';
import { additionalFieldsIn, ADDRESS_BOOKS_PATH, type AdditionalField } from './additionalFields';
import { FIXED_COLUMNS } from './columns';

const TIMEOUT_MS = 20_000;

/** The columns that are there without asking for them. */
const SHOWN_AT_FIRST: ReadonlySet<string> = new Set(['email', 'phone', 'firstName', 'lastName']);

/**
 * The columns of a contact for the panel: those that every contact has, and the account's additional fields where the credential may read
 * their list.
 */
export async function getContactColumns(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const fixed = FIXED_COLUMNS.map(({ id, label }) => column(id, label));
	return { fields: [...fixed, ...(await additionalColumns(this))] };
}

async function additionalColumns(context: ILoadOptionsFunctions): Promise<ResourceMapperField[]> {
	try {
		const { baseUrl, access } = await readAccountOfPanel(context);
		const answer = await answerOf(
			async (signal) =>
				await context.helpers.httpRequest({
					method: 'GET',
					url: `${baseUrl}${ADDRESS_BOOKS_PATH}`,
					headers: { Accept: 'application/json', Authorization: access.authorization },
					encoding: 'stream',
					returnFullResponse: true,
					disableFollowRedirect: true,
					ignoreHttpStatusErrors: true,
					timeout: TIMEOUT_MS,
					abortSignal: signal,
				}),
			new Redaction(access.secrets, new Set()),
			TIMEOUT_MS,
		);
		if (answer.kind !== 'status' || answer.status !== 200) return [];
		return additionalFieldsIn(answer.json)
			.filter(({ isReadOnly }) => !isReadOnly)
			.map(additionalColumn);
	} catch {
		// Without a credential, or with one that may not read the list, the fixed columns are left.
		return [];
	}
}

function additionalColumn(field: AdditionalField): ResourceMapperField {
	const { id, name, allowedValues } = field;
	const isChoice = field.kind === 'COMBOBOX' && allowedValues.length > 0;
	return {
		...column(`field:${id}`, name),
		removed: true,
		type: isChoice ? 'options' : typeOf(field),
		...(isChoice && { options: allowedValues.map((value) => ({ name: value, value })) }),
	};
}

/** How the panel asks for a value. Dates stay text, which eSputnik wants and dragging gives. */
function typeOf({ kind }: AdditionalField): FieldType {
	return kind === 'NUMBER' || kind === 'DECIMAL' ? 'number' : 'string';
}

function column(id: string, label: string): ResourceMapperField {
	return {
		id,
		displayName: label,
		required: false,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		removed: !SHOWN_AT_FIRST.has(id),
		type: 'string',
	};
}
