import type { Switches } from '../options.mts';
import { minuteOf } from '../events/occurred.mts';

type FieldType =
	| 'TEXTFIELD'
	| 'TEXTAREA'
	| 'NUMBER'
	| 'DECIMAL'
	| 'DATE'
	| 'DATETIME'
	| 'COMBOBOX'
	| 'CHECKBOXLIST';

/** An additional field of the account. */
export interface AdditionalField {
	readonly id: number;
	readonly name: string;
	readonly fieldKey: string;
	readonly type: FieldType;
	readonly possibleValues: readonly string[];
}

const field = (
	id: number,
	name: string,
	fieldKey: string,
	type: FieldType,
	...possibleValues: readonly string[]
): AdditionalField => ({ id, name, fieldKey, type, possibleValues });

const ONE = field(15867, 'Loyalty level', 'LOYALTY_LEVEL', 'COMBOBOX', 'silver', 'gold');

const GROUPS: ReadonlyArray<{ name: string; fields: readonly AdditionalField[] }> = [
	{
		name: 'Purchases',
		fields: [
			ONE,
			field(15868, 'Orders', 'ORDERS', 'NUMBER'),
			field(15869, 'Spent', 'SPENT', 'DECIMAL'),
			field(15870, 'Last order', 'LAST_ORDER', 'DATETIME'),
		],
	},
	{
		name: 'Personal',
		fields: [
			field(15871, 'Birthday', 'BIRTHDAY', 'DATE'),
			field(15872, 'Company', 'COMPANY', 'TEXTFIELD'),
			field(15873, 'Remarks', 'REMARKS', 'TEXTAREA'),
			field(15874, 'Interests', 'INTERESTS', 'CHECKBOXLIST', 'shoes', 'hats', 'bags'),
		],
	},
];

/** The additional fields of the account by the switch `addressBookSize`, in their groups. */
export function fieldGroups({ addressBookSize }: Pick<Switches, 'addressBookSize'>): typeof GROUPS {
	if (addressBookSize === 'several') return GROUPS;
	return addressBookSize === 'one' ? [{ name: 'Purchases', fields: [ONE] }] : [];
}

const BY_ID = new Map(GROUPS.flatMap(({ fields }) => fields).map((it) => [it.id, it]));

const MAX_LENGTH = { TEXTFIELD: 1000, TEXTAREA: 5000 };
const INT32 = 2 ** 31;

/** Why a value cannot stand in an additional field; undefined where it can, or where there is no such field. */
export function objectionToValue(id: number, value: unknown): string | undefined {
	const known = BY_ID.get(id);
	if (known === undefined || value === null || value === '') return undefined;
	if (typeof value === 'string' && fits(known, value)) return undefined;
	return `The value of the field ${id} is not valid for its type ${known.type}`;
}

function fits({ type, possibleValues }: AdditionalField, value: string): boolean {
	switch (type) {
		case 'TEXTFIELD':
		case 'TEXTAREA':
			return value.length <= MAX_LENGTH[type];
		case 'NUMBER':
			return /^-?\d+$/.test(value) && Number(value) >= -INT32 && Number(value) < INT32;
		case 'DECIMAL':
			return /^-?\d+(\.\d+)?$/.test(value);
		case 'DATE':
			return value.length === 10 && minuteOf(value) !== undefined;
		case 'DATETIME':
			return value.length === 16 && minuteOf(value) !== undefined;
		case 'COMBOBOX':
			return possibleValues.includes(value);
		case 'CHECKBOXLIST':
			return value.split(',').every((part) => possibleValues.includes(part.trim()));
	}
}
