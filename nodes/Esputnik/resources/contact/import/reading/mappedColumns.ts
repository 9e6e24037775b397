import type { IDataObject } from 'n8n-workflow';

import type { FieldReaders } from '../../../../fields/fieldReader';
import { FIXED_COLUMNS, nameKey, type Column } from './columns';
import type { DedupeOn } from '../sending/fieldSets';

/** Reads the value of a column from an item; a FailedExpression where the engine raised. */
export type ReadColumn = (json: IDataObject) => unknown;

/** A column of the run with the way to its value. */
export interface MappedColumn {
	readonly column: Column;
	readonly read: ReadColumn;
}

/** Columns mapped one by one: the raw values of the resourceMapper, of which expressions begin with `=`. */
export function compileColumns(
	columns: ReadonlyArray<{ readonly column: Column; readonly raw: unknown }>,
	readers: FieldReaders,
): MappedColumn[] {
	return columns.map(({ column, raw }) => {
		const reader = readers.compile(`'${column.label}'`, raw);
		return { column, read: (json) => reader.read(json) };
	});
}

/**
 * *Map Automatically*: each column takes the item's field of its name, whatever the case, or of a usual other name. An object or a list
 * is no value of a contact, so a field that holds one is passed over.
 *
 * @param columns without the contact's own id unless contacts are found by it: `id` is the shop's own in most sources
 */
export function automaticColumns(columns: readonly Column[]): MappedColumn[] {
	/** The items of a run have the same fields, as a rule: how they are named is worked out once for each shape. */
	let lastNames: readonly string[] = [];
	let fields = new Map<string, string>();
	const fieldsOf = (json: IDataObject): ReadonlyMap<string, string> => {
		const names = Object.keys(json);
		const isSame =
			names.length === lastNames.length && names.every((name, index) => name === lastNames[index]);
		if (isSame) return fields;
		lastNames = names;
		fields = new Map();
		for (const name of names) {
			const key = nameKey(name);
			if (!fields.has(key)) fields.set(key, name);
		}
		return fields;
	};
	return columns.map((column) => {
		const wanted = [nameKey(column.id), ...column.otherNames];
		return {
			column,
			read: (json) => {
				const known = fieldsOf(json);
				for (const key of wanted) {
					const name = known.get(key);
					const value = name === undefined ? undefined : json[name];
					if (value !== null && value !== undefined && value !== '' && typeof value !== 'object') {
						return value;
					}
				}
				return undefined;
			},
		};
	});
}

/** The columns that *Map Automatically* looks for. */
export function automaticChoice(
	dedupeOn: DedupeOn,
	additional: readonly Column[],
): readonly Column[] {
	const fixed = FIXED_COLUMNS.filter(({ id }) => id !== 'id' || dedupeOn === 'id');
	return [...fixed, ...additional];
}
