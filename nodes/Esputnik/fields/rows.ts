import { validateFieldType, type FieldType } from 'n8n-workflow';

import { quotable } from '../problem';
import { FailedExpression } from './engineExpressions';
import type { FieldReader, FieldReaders } from './fieldReader';
import { valueText } from './jsonText';
import type { FieldFault, ReadNamedValues } from './namedValues';

/**
 * A name and a value for each row, the value converted to the type of the row as Edit Fields does, except that a date is written as
 * ISO. A row without name and value is one that nobody filled in.
 *
 * @param label the parameter's label in the panel, quoted
 * @param collection the raw assignmentCollection, `{ assignments: [{ name, value, type }] }`, or an expression that gives it
 * @param keepsObjects whether a row of type text leaves an object as it is
 */
export function compileRows(
	label: string,
	collection: unknown,
	readers: FieldReaders,
	keepsObjects: boolean,
): ReadNamedValues {
	const rows = rowsOf(collection);
	if (rows) return readRows(label, rows, readers, keepsObjects);

	const reader = readers.compile(label, collection);
	return (json, take) => {
		const value = reader.read(json);
		if (value instanceof FailedExpression) {
			return { kind: 'expressionFailed', label, text: value.text };
		}
		const resolved = rowsOf(value);
		return resolved
			? readRows(label, resolved, AS_THEY_ARE, keepsObjects)(json, take)
			: { kind: 'notRows', label, value };
	};
}

/** A row of an assignmentCollection, as saved. */
interface Row {
	readonly name: unknown;
	readonly value: unknown;
	readonly type: unknown;
}

type Compile = Pick<FieldReaders, 'compile'>;

/** For rows that came out of an expression: their texts are no expressions, whatever they begin with. */
const AS_THEY_ARE: Compile = {
	compile: (_, raw) => ({ kind: 'constant', read: () => raw }),
};

interface CompiledRow {
	readonly name: FieldReader;
	readonly value: FieldReader;
	/** What the value is called where the engine cannot work it out. */
	readonly valueLabel: string;
	readonly convert: Conversion;
}

function readRows(
	label: string,
	rows: readonly Row[],
	readers: Compile,
	keepsObjects: boolean,
): ReadNamedValues {
	const nameLabel = `a name in ${label}`;
	const compiled = rows
		.filter(({ name, value }) => !isBlank(name) || !isBlank(value))
		.map(({ name, value, type }): CompiledRow => {
			const valueLabel = `'${quotable(name)}' in ${label}`;
			return {
				name: readers.compile(nameLabel, name),
				value: readers.compile(valueLabel, value),
				valueLabel,
				convert: conversionTo(typeof type === 'string' ? type : 'string', keepsObjects),
			};
		});

	return (json, take) => {
		for (const row of compiled) {
			const name = row.name.read(json);
			if (name instanceof FailedExpression) return failed(nameLabel, name);
			const value = row.value.read(json);
			if (value instanceof FailedExpression) return failed(row.valueLabel, value);
			const converted = isBlank(value) ? value : row.convert(value);
			if (converted instanceof NotOfType) {
				return { kind: 'notOfType', label, name, expected: converted.expected, value };
			}
			const refusal = take(name, converted);
			if (refusal !== undefined) return refusal;
		}
		return undefined;
	};
}

function failed(label: string, { text }: FailedExpression): FieldFault {
	return { kind: 'expressionFailed', label, text };
}

class NotOfType {
	constructor(readonly expected: string) {}
}

type Conversion = (value: unknown) => unknown;

/** What cannot be sent stays as it is, for whoever takes it to refuse. */
const toText: Conversion = (value) => {
	const text = valueText(value, 'text');
	return typeof text === 'string' ? text : value;
};

function conversionTo(type: string, keepsObjects: boolean): Conversion {
	if (type === 'string') return keepsObjects ? asItIs : toText;
	const known = FIELD_TYPES.find(([fieldType]) => fieldType === type);
	if (!known) return asItIs;
	const [fieldType, noun] = known;
	return (value) => {
		if (typeof value === type && type !== 'object') return value;
		const result = validateFieldType('value', value, fieldType);
		return result.valid ? result.newValue : new NotOfType(noun);
	};
}

const asItIs: Conversion = (value) => value;

/** The types that the type menu of an assignmentCollection offers, besides text, and what people call them. */
const FIELD_TYPES: ReadonlyArray<readonly [FieldType, string]> = [
	['number', 'a number'],
	['boolean', 'true or false'],
	['array', 'a list'],
	['object', 'an object'],
	['dateTime', 'a date'],
];

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
