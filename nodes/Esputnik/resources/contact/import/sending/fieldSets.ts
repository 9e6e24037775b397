import type { Column } from '../reading/columns';
import type { NameKind } from './answers';
import { isFilled, type Values } from './apiContact';

/** Of a whole number in JavaScript, but for its sign and the one that tells that it has any. */
const MOST_BITS = 29;

/** How eSputnik finds an existing contact. */
export type DedupeOn = 'email' | 'sms' | 'email_or_sms' | 'externalCustomerId' | 'id';

/** The columns whose value tells the contact, by `dedupeOn`. */
export const DEDUPE_COLUMNS: Readonly<Record<DedupeOn, readonly NameKind[]>> = {
	email: ['email'],
	sms: ['phone'],
	email_or_sms: ['email', 'phone'],
	externalCustomerId: ['externalCustomerId'],
	id: ['id'],
};

/**
 * The fields that the contacts of one request have in common. Contract, "The null trap": a listed field without a value becomes null in an
 * existing contact, and so does every field where none is listed; so contacts go together with those that have the same fields.
 */
export interface FieldSet {
	/** Never empty: an empty list may count as none. */
	readonly contactFields: readonly string[];
	readonly customFieldsIDs: readonly number[];
	/** The columns that are filled, for people. */
	readonly labels: readonly string[];
	/** How many contacts have just these fields. */
	contacts: number;
}

export interface FieldSets {
	/** The set of a contact with these values; the same object for the same fields. */
	of(values: Values): FieldSet;
	all(): FieldSet[];
}

/**
 * @param columns of the run; may grow
 * @param clearEmptyFields every column of the run is listed, so that what a contact lacks is emptied. Contacts with an external customer
 * id stay apart from those without: where one has it, eSputnik may ignore `dedupeOn` for the whole request (contract)
 */
export function createFieldSets(
	columns: readonly Column[],
	dedupeOn: DedupeOn,
	clearEmptyFields: boolean,
): FieldSets {
	const sets = new Map<string, FieldSet>();
	/** The same by bits, for the columns that fit: working out a text for each contact takes a fifth of the mapping. */
	const byBits = new Map<number, FieldSet>();
	const isListed = (values: Values, index: number) =>
		isFilled(values[index]) || (clearEmptyFields && canBeEmptied(columns[index]));

	return {
		of(values) {
			let bits = columns.length <= MOST_BITS ? 1 : 0;
			for (let index = 0; bits !== 0 && index < columns.length; index++) {
				if (isListed(values, index)) bits |= 2 << index;
			}
			const known = byBits.get(bits);
			if (bits !== 0 && known !== undefined) return known;
			let key = '';
			for (let index = 0; index < columns.length; index++)
				key += isListed(values, index) ? '1' : '0';
			let set = sets.get(key);
			if (set === undefined) {
				set = newSet(
					columns.filter((_, index) => key[index] === '1'),
					dedupeOn,
				);
				sets.set(key, set);
			}
			if (bits !== 0) byBits.set(bits, set);
			return set;
		},
		all: () => [...sets.values()],
	};
}

/** An external customer id never is: it tells the contact. */
export function canBeEmptied({ id }: Column): boolean {
	return id !== 'externalCustomerId';
}

function newSet(columns: readonly Column[], dedupeOn: DedupeOn): FieldSet {
	const [dedupeColumn, another] = DEDUPE_COLUMNS[dedupeOn];
	// The field in `dedupeOn` is not updated itself (contract); of two, or beside an external id, which is searched first, the one by
	// which a contact was not found is.
	const isAlone = another === undefined && !columns.some(({ id }) => id === 'externalCustomerId');
	const isDedupeField = ({ id }: Column) =>
		id === dedupeColumn && (isAlone || id === 'externalCustomerId');
	const fields = columns.flatMap((column) =>
		column.contactField === undefined || isDedupeField(column) ? [] : [column.contactField],
	);
	const dedupeFields = columns.flatMap(({ contactField }) => contactField ?? []);
	return {
		contactFields: fields.length > 0 ? fields : dedupeFields.slice(0, 1),
		customFieldsIDs: columns.flatMap(({ fieldId }) => fieldId ?? []),
		labels: columns.map(({ label }) => label),
		contacts: 0,
	};
}
