import type { IDataObject } from 'n8n-workflow';
import toPath from 'lodash/toPath';

/** A field by its name, and by its name read as a path; the name wins where the item has it, as in Edit Fields. */
export interface ListedField {
	readonly name: string;
	readonly path: readonly string[];
}

/** `id, shipping.city` → `['id', 'shipping.city']`, each once. */
export function fieldList(value: unknown): string[] {
	const text = value === undefined || value === null ? '' : String(value);
	const names = text.split(',').map((name) => name.trim());
	return [...new Set(names)].filter((name) => name !== '');
}

/** The fields of a list such as `id, shipping.city, items[0].sku`. */
export function listedFields(value: unknown): ListedField[] {
	return fieldList(value).map((name) => ({ name, path: toPath(name) }));
}

/** The value of a listed field; undefined where the item has none. */
export function valueOfField(json: IDataObject, { name, path }: ListedField): unknown {
	if (Object.hasOwn(json, name)) return json[name];
	const holder = holderOf(json, path);
	return holder === undefined ? undefined : Reflect.get(holder, path[path.length - 1]);
}

/** Whether the item has a listed field, whatever its value. */
export function hasField(json: IDataObject, { name, path }: ListedField): boolean {
	return Object.hasOwn(json, name) || holderOf(json, path) !== undefined;
}

/** What holds the last step of a path; undefined where something on the way is missing. */
function holderOf(json: IDataObject, path: readonly string[]): object | undefined {
	let value: unknown = json;
	let holder: object | undefined;
	for (const key of path) {
		if (value === null || value === undefined) return undefined;
		holder = Object(value);
		if (holder === undefined || !Object.hasOwn(holder, key)) return undefined;
		value = Reflect.get(holder, key);
	}
	return holder;
}
