import type {
	FieldType,
	ILoadOptionsFunctions,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { answerOf } from '../../../api/call';
import { isRecord } from '../../../api/json';
import { Redaction } from '../../../api/redaction';
import { MAX_GROUPS_PER_PAGE } from '../../../contract';
import { readAccountOfPanel } from '../../../n8n/account';
import {
	additionalFieldsIn,
	ADDRESS_BOOKS_PATH,
	type AdditionalField,
} from './reading/additionalFields';
import { FIXED_COLUMNS } from './reading/columns';

const TIMEOUT_MS = 20_000;

/** An account with more segments has to name them. */
const GROUPS_PATH = `/v1/groups?startindex=1&maxrows=${MAX_GROUPS_PER_PAGE}`;

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

/** The static segments of the account, by name: only these take contacts (contract). */
export async function getStaticGroups(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const json = await askForPanel(this, GROUPS_PATH);
	const groups: unknown = isRecord(json) ? json.groups : json;
	const listed: unknown[] = Array.isArray(groups) ? groups : [];
	return listed
		.filter(isRecord)
		.filter(({ type }) => String(type).toLowerCase() === 'static')
		.map(({ name }) => ({ name: String(name), value: String(name) }));
}

async function additionalColumns(context: ILoadOptionsFunctions): Promise<ResourceMapperField[]> {
	return additionalFieldsIn(await askForPanel(context, ADDRESS_BOOKS_PATH))
		.filter(({ isReadOnly }) => !isReadOnly)
		.map(additionalColumn);
}

/** The JSON that eSputnik answers; undefined without a credential, or with one that may not read the list. */
async function askForPanel(context: ILoadOptionsFunctions, path: string): Promise<unknown> {
	try {
		const { baseUrl, access } = await readAccountOfPanel(context);
		const answer = await answerOf(
			async (signal) =>
				await context.helpers.httpRequest({
					method: 'GET',
					url: `${baseUrl}${path}`,
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
		return answer.kind === 'status' && answer.status === 200 ? answer.json : undefined;
	} catch {
		return undefined;
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
