import type { IDataObject } from 'n8n-workflow';

import { hasField, listedFields, valueOfField, type ListedField } from './fieldList';
import type { FieldFault, ReadNamedValues } from './namedValues';

/** Which fields of an item are taken. */
export interface FieldChoice {
	readonly include: 'all' | 'selected' | 'except';
	/** Comma-separated names or dot paths, as in Edit Fields. */
	readonly includeFields: string;
	readonly excludeFields: string;
}

/** Fields that are listed in the panel and that no item had. */
export interface UnknownFields {
	/** The label of the list, quoted. */
	readonly label: string;
	readonly names: readonly string[];
	/** How many items were looked at. */
	readonly items: number;
}

/** The fields of items, and what was found out about the list on the way. */
export interface ItemFields {
	readonly read: ReadNamedValues;
	/** About all items read so far; undefined where each listed field was in one of them. */
	unknown(): UnknownFields | undefined;
}

/**
 * Every field of the item by its name, or the selected ones by the name or path that selects them.
 *
 * @param labels of the two lists in the panel, quoted
 */
export function compileItemFields(
	choice: FieldChoice,
	labels: { readonly include: string; readonly exclude: string },
): ItemFields | FieldFault {
	if (choice.include === 'all') return { read: readAll, unknown: () => undefined };
	const isSelected = choice.include === 'selected';
	const fields = listedFields(isSelected ? choice.includeFields : choice.excludeFields);
	const label = isSelected ? labels.include : labels.exclude;
	if (fields.length === 0) return { kind: 'nothingListed', label };
	const readListed = isSelected ? readSelected(fields) : readExcept(fields);
	const unseen = new Set(fields);
	let items = 0;
	return {
		read: (json, take) => {
			items++;
			for (const field of unseen) if (hasField(json, field)) unseen.delete(field);
			return readListed(json, take);
		},
		unknown: () =>
			items > 0 && unseen.size > 0
				? { label, names: [...unseen].map(({ name }) => name), items }
				: undefined,
	};
}

const readAll: ReadNamedValues = (json, take) => {
	for (const name of Object.keys(json)) {
		const rejection = take(name, json[name]);
		if (rejection !== undefined) return rejection;
	}
	return undefined;
};

function readSelected(fields: readonly ListedField[]): ReadNamedValues {
	return (json, take) => {
		for (const field of fields) {
			const rejection = take(field.name, valueOfField(json, field));
			if (rejection !== undefined) return rejection;
		}
		return undefined;
	};
}

function readExcept(fields: readonly ListedField[]): ReadNamedValues {
	const whole = new Set(fields.map(({ name }) => name));
	const nested = fields.filter(({ path }) => path.length > 1);
	return (json, take) => {
		for (const key of Object.keys(json)) {
			if (whole.has(key)) continue;
			const rejection = take(key, withoutFields(json, key, nested));
			if (rejection !== undefined) return rejection;
		}
		return undefined;
	};
}

function withoutFields(json: IDataObject, key: string, nested: readonly ListedField[]): unknown {
	let value: unknown = json[key];
	for (const { name, path } of nested) {
		if (path[0] === key && !Object.hasOwn(json, name)) value = without(value, path.slice(1));
	}
	return value;
}

/** A copy of a value that lacks what stands at the path; the value itself where nothing stands there. */
function without(value: unknown, [key, ...rest]: readonly string[]): unknown {
	if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return value;
	const copy: object = Array.isArray(value) ? [...value] : { ...value };
	if (rest.length === 0) Reflect.deleteProperty(copy, key);
	else Reflect.set(copy, key, without(Reflect.get(value, key), rest));
	return copy;
}
