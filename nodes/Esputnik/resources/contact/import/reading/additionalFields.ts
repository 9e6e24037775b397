import { isRecord } from '../../../../api/json';

/** Path of the account's additional fields below the base URL. */
export const ADDRESS_BOOKS_PATH = '/v1/addressbooks';

/** The kinds of additional fields that the contract names; any other is sent as text. */
export type FieldKind =
	| 'TEXTFIELD'
	| 'TEXTAREA'
	| 'NUMBER'
	| 'DECIMAL'
	| 'DATE'
	| 'DATETIME'
	| 'COMBOBOX'
	| 'CHECKBOXLIST';

/** An additional field of the account's contacts. */
export interface AdditionalField {
	readonly id: number;
	readonly name: string;
	/** Undefined for a kind that the contract does not know. */
	readonly kind: FieldKind | undefined;
	/** What a COMBOBOX or CHECKBOXLIST takes; empty where anything goes. */
	readonly allowedValues: readonly string[];
	readonly isReadOnly: boolean;
}

const KINDS: ReadonlySet<string> = new Set<FieldKind>([
	'TEXTFIELD',
	'TEXTAREA',
	'NUMBER',
	'DECIMAL',
	'DATE',
	'DATETIME',
	'COMBOBOX',
	'CHECKBOXLIST',
]);

/**
 * The additional fields in an answer of `GET v1/addressbooks`, already parsed. The vendor's API gives a list of one as a bare object,
 * numbers as text or not, and types in upper or lower case (contract); what cannot be read is left out.
 */
export function additionalFieldsIn(answer: unknown): AdditionalField[] {
	return listIn(answer, 'addressBook')
		.flatMap((book) => listIn(book, 'fieldGroups'))
		.flatMap((group) => listIn(group, 'fields'))
		.flatMap((field) => fieldOf(field) ?? []);
}

function fieldOf(field: unknown): AdditionalField | undefined {
	if (!isRecord(field)) return undefined;
	const id = Number(field.id);
	if (!Number.isSafeInteger(id) || id <= 0) return undefined;
	const description = isRecord(field.description) ? field.description : {};
	const kind = String(description.type ?? '').toUpperCase();
	return {
		id,
		name: String(field.name ?? field.fieldKey ?? `field ${id}`),
		kind: isKind(kind) ? kind : undefined,
		allowedValues: isRecord(description.allowedValues)
			? listIn(description.allowedValues, 'possibleValues').map(String)
			: [],
		isReadOnly: String(description.readonly) === 'true',
	};
}

function isKind(kind: string): kind is FieldKind {
	return KINDS.has(kind);
}

/** A list that may be absent, or collapsed to its only element. */
function listIn(container: unknown, name: string): unknown[] {
	if (!isRecord(container)) return [];
	const list = container[name];
	if (list === undefined || list === null) return [];
	return Array.isArray(list) ? list : [list];
}
