import type { IDataObject } from 'n8n-workflow';
import toPath from 'lodash/toPath';

import type { Problem } from '../problem';
import type { WriteParams } from './eventParams';
import type { ParamWriter } from './paramWriter';

export interface FieldChoice {
	readonly include: 'all' | 'selected' | 'except';
	/** Comma-separated names or dot paths, as in Edit Fields. */
	readonly includeFields: string;
	readonly excludeFields: string;
}

/** `autoMapInputData`: a parameter for each field of the item, or for the selected ones. */
export function compileFields(choice: FieldChoice, writer: ParamWriter): WriteParams | Problem {
	switch (choice.include) {
		case 'all':
			return (json) => writeAll(json, writer);
		case 'selected': {
			const fields = fieldList(choice.includeFields);
			return fields.length > 0 ? writeSelected(fields, writer) : nothingListed('Fields to Include');
		}
		case 'except': {
			const fields = fieldList(choice.excludeFields);
			return fields.length > 0 ? writeExcept(fields, writer) : nothingListed('Fields to Exclude');
		}
	}
}

/** A field by its name, and by its name read as a path; the name wins where the item has it, as in Edit Fields. */
interface Field {
	readonly name: string;
	readonly path: readonly string[];
}

function fieldList(text: string): Field[] {
	const names = String(text)
		.split(',')
		.map((name) => name.trim());
	return [...new Set(names)].filter(Boolean).map((name) => ({ name, path: toPath(name) }));
}

function writeAll(json: IDataObject, writer: ParamWriter): Problem | undefined {
	for (const name of Object.keys(json)) {
		const problem = writer.add(writer.name(name), json[name]);
		if (problem) return problem;
	}
	return undefined;
}

function writeSelected(fields: readonly Field[], writer: ParamWriter): WriteParams {
	const named = fields.map(({ name, path }) => ({ name, path, param: writer.name(name) }));
	return (json) => {
		for (const { name, path, param } of named) {
			const value = Object.hasOwn(json, name) ? json[name] : valueAt(json, path);
			const problem = writer.add(param, value);
			if (problem) return problem;
		}
		return undefined;
	};
}

function valueAt(json: IDataObject, path: readonly string[]): unknown {
	let value: unknown = json;
	for (const key of path) {
		if (value === null || value === undefined || !Object.hasOwn(Object(value), key))
			return undefined;
		value = Reflect.get(Object(value), key);
	}
	return value;
}

function writeExcept(fields: readonly Field[], writer: ParamWriter): WriteParams {
	const whole = new Set(fields.map(({ name }) => name));
	const nested = fields.filter(({ path }) => path.length > 1);
	return (json) => {
		for (const key of Object.keys(json)) {
			if (whole.has(key)) continue;
			let value: unknown = json[key];
			for (const { name, path } of nested) {
				if (path[0] === key && !Object.hasOwn(json, name)) value = without(value, path.slice(1));
			}
			const problem = writer.add(writer.name(key), value);
			if (problem) return problem;
		}
		return undefined;
	};
}

/** A copy of a value that lacks what stands at the path; the value itself where nothing stands there. */
function without(value: unknown, [key, ...rest]: readonly string[]): unknown {
	if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return value;
	const copy: object = Array.isArray(value) ? [...value] : { ...value };
	if (rest.length === 0) Reflect.deleteProperty(copy, key);
	else Reflect.set(copy, key, without(Reflect.get(value, key), rest));
	return copy;
}

function nothingListed(label: string): Problem {
	return {
		reason: 'CONFIGURATION',
		what: `'${label}' is empty`,
		advice: "List the names of the fields, separated by commas, or set 'Include' to all fields.",
	};
}
