import { validateFieldType, type FieldType, type IDataObject } from 'n8n-workflow';

import { quotable, type Problem } from '../problem';
import { FailedExpression } from '../fields/engineExpressions';
import { expressionFailed, type WriteParams } from './eventParams';
import type { FieldReader, FieldReaders } from '../fields/fieldReader';
import { numberText, obstacleToJson, withoutToJson } from '../fields/jsonText';
import type { ParamName, ParamWriter } from './paramWriter';

/** A row of an assignmentCollection, as saved. */
interface Row {
	readonly name: unknown;
	readonly value: unknown;
	readonly type: unknown;
}

/**
 * `defineBelow`: a parameter for each row, converted to the type of the row as Edit Fields does, except that a date is written as ISO.
 * A row without name and value is one that nobody filled in.
 *
 * @param collection the raw assignmentCollection, `{ assignments: [{ name, value, type }] }`, or an expression that gives it
 * @param keepsObjects whether a row of type text leaves an object as it is, to be flattened
 */
export function compileRows(
	collection: unknown,
	readers: FieldReaders,
	writer: ParamWriter,
	keepsObjects: boolean,
): WriteParams {
	const rows = rowsOf(collection);
	if (rows) return writeRows(rows, readers, writer, keepsObjects);

	const reader = readers.compile(LABEL, collection);
	return (json) => {
		const resolved = reader.read(json);
		if (resolved instanceof FailedExpression) return expressionFailed(LABEL, resolved);
		const resolvedRows = rowsOf(resolved);
		return resolvedRows
			? writeRows(resolvedRows, AS_THEY_ARE, writer, keepsObjects)(json)
			: notRows(resolved);
	};
}

const LABEL = "'Parameters'";

/** For rows that came out of an expression: their texts are no expressions, whatever they begin with. */
const AS_THEY_ARE: Compile = {
	compile: (_, raw) => ({ kind: 'constant', read: () => raw }),
};

type Compile = Pick<FieldReaders, 'compile'>;

function writeRows(
	rows: readonly Row[],
	readers: Compile,
	writer: ParamWriter,
	keepsObjects: boolean,
): WriteParams {
	const writes = rows
		.filter(({ name, value }) => !isBlank(name) || !isBlank(value))
		.map((row) => compileRow(row, readers, writer, keepsObjects));
	return (json) => {
		for (const write of writes) {
			const problem = write(json);
			if (problem) return problem;
		}
		return undefined;
	};
}

function notRows(value: unknown): Problem {
	return {
		reason: 'PARAMS_NOT_AN_OBJECT',
		what: `${LABEL} is not a list of rows`,
		value: quotable(value),
		advice:
			"Fill in the rows, or set 'Parameters Mode' to JSON for an expression that gives them all.",
	};
}

function compileRow(
	row: Row,
	readers: Compile,
	writer: ParamWriter,
	keepsObjects: boolean,
): WriteParams {
	const label = `'${quotable(row.name)}' in 'Parameters'`;
	const nameOf = compileName(readers.compile("a name in 'Parameters'", row.name), writer);
	const value = readers.compile(label, row.value);
	const convert = conversionTo(typeof row.type === 'string' ? row.type : 'string', keepsObjects);

	return (json) => {
		const name = nameOf(json);
		if (name instanceof FailedExpression) return expressionFailed("a name in 'Parameters'", name);
		const read = value.read(json);
		if (typeof read === 'string' && convert === textConversion) return writer.add(name, read);
		if (read instanceof FailedExpression) return expressionFailed(label, read);
		if (read === null || read === undefined || read === '') return writer.add(name, '');
		const converted = convert(read, name.name);
		return converted instanceof Unconvertible
			? valueInvalid(name.name, read, converted)
			: writer.add(name, converted);
	};
}

function compileName(
	reader: FieldReader,
	writer: ParamWriter,
): (json: IDataObject) => ParamName | FailedExpression {
	if (reader.kind === 'constant') {
		const name = writer.name(nameText(reader.read({})));
		return () => name;
	}
	return (json) => {
		const name = reader.read(json);
		return name instanceof FailedExpression ? name : writer.name(nameText(name));
	};
}

function nameText(name: unknown): string {
	return name === null || name === undefined
		? ''
		: typeof name === 'string'
			? name
			: quotable(name);
}

class Unconvertible {
	constructor(readonly expected: string) {}
}

type Conversion = (value: unknown, name: string) => unknown;

const textConversion: Conversion = (value) => {
	switch (typeof value) {
		case 'number':
			return Number.isFinite(value) ? numberText(value) : value;
		case 'boolean':
			return String(value);
		case 'object':
			return value === null || obstacleToJson(value) ? value : objectText(value);
		default:
			return value;
	}
};

function objectText(value: object): unknown {
	const plain = withoutToJson(value);
	return plain === value ? JSON.stringify(value) : plain;
}

function conversionTo(type: string, keepsObjects: boolean): Conversion {
	if (type === 'string') {
		return keepsObjects ? (value) => value : textConversion;
	}
	const known = FIELD_TYPES.find(([fieldType]) => fieldType === type);
	if (!known) return (value) => value;
	const [fieldType, noun] = known;
	return (value, name) => {
		if (typeof value === type && type !== 'object') return value;
		const result = validateFieldType(name, value, fieldType);
		return result.valid ? result.newValue : new Unconvertible(noun);
	};
}

/** The types that the type menu of an assignmentCollection offers, besides text, and what people call them. */
const FIELD_TYPES: ReadonlyArray<readonly [FieldType, string]> = [
	['number', 'a number'],
	['boolean', 'true or false'],
	['array', 'a list'],
	['object', 'an object'],
	['dateTime', 'a date'],
];

function valueInvalid(name: string, value: unknown, { expected }: Unconvertible): Problem {
	return {
		reason: 'PARAM_VALUE_INVALID',
		what: `'${quotable(name)}' in 'Parameters' expects ${expected}`,
		value: quotable(value),
		advice: `Choose another type for '${quotable(name)}', or correct the value.`,
	};
}

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/** @returns undefined where the rows are yet to be worked out, or where these are none */
function rowsOf(collection: unknown): Row[] | undefined {
	if (isBlank(collection)) return [];
	if (typeof collection !== 'object' || collection === null) return undefined;
	if (!('assignments' in collection) || isBlank(collection.assignments)) return [];
	if (!Array.isArray(collection.assignments)) return undefined;
	const rows: unknown[] = collection.assignments;
	return rows.every(isRow) ? rows : undefined;
}

function isRow(row: unknown): row is Row {
	return typeof row === 'object' && row !== null;
}
