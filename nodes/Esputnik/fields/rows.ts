import { validateFieldType, type FieldType } from 'n8n-workflow';

import { quotable } from '../problem';
import { FailedExpression } from './engineExpressions';
import type { FieldReader, FieldReaders } from './fieldReader';
import { valueText } from './jsonText';
import type { FieldFault, ReadNamedValues } from './namedValues';
import { ExactNumber, numberInObject, readNumber } from './numberText';
import { JsonMembers, parseJson } from './parseJson';

/**
 * A name and a value for each row, the value converted to the type of the row as Edit Fields does, except that dates stay as they are
 * written. A row without name and value is one that nobody filled in.
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
			const rejection = take(name, converted);
			if (rejection !== undefined) return rejection;
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

/** What cannot be sent stays as it is, for whoever takes it to reject. */
const toText: Conversion = (value) => {
	const text = valueText(value, 'text');
	return typeof text === 'string' ? text : value;
};

function conversionTo(type: string, keepsObjects: boolean): Conversion {
	switch (type) {
		case 'string':
			return keepsObjects ? asItIs : toText;
		case 'number':
			return toNumber;
		case 'boolean':
			return (value) => validated(value, 'boolean', 'true or false');
		case 'array':
			return (value) => parsed(value, 'array', 'a list');
		case 'object':
			return (value) => parsed(value, 'object', 'an object');
		case 'dateTime':
			return toDate;
		default:
			return asItIs;
	}
}

const asItIs: Conversion = (value) => value;

/** n8n would read `0x1F`, a blank and a date as numbers. */
const toNumber: Conversion = (value) => {
	const number = typeof value === 'object' && value !== null ? numberInObject(value) : value;
	switch (typeof number) {
		case 'number':
			return number;
		case 'boolean':
			return Number(number);
		case 'string':
			return readNumber(number.trim()) ?? new NotOfType('a number');
		default:
			return number instanceof ExactNumber ? number : new NotOfType('a number');
	}
};

/**
 * A date stays as it is written: what n8n makes of it may be another day (12.05.2024 would be 5 December) or today.
 * A text without any digit is none.
 */
const toDate: Conversion = (value) => {
	const isDate =
		typeof value === 'string'
			? /\p{Nd}/u.test(value)
			: typeof value === 'number' || (typeof value === 'object' && !Array.isArray(value));
	return isDate ? value : new NotOfType('a date');
};

/** A list or an object, or its text: JSON with all of its digits, or JavaScript, as n8n reads it. */
function parsed(value: unknown, type: 'array' | 'object', expected: string): unknown {
	if (typeof value !== 'string') return validated(value, type, expected);
	const json = parseJson(value);
	if (!json) {
		return LONG_DIGITS.test(value) ? new NotOfType(expected) : validated(value, type, expected);
	}
	if ('duplicate' in json) return new NotOfType(`${expected} in which each name occurs once`);
	const whole = json.value instanceof JsonMembers ? json.value.toObject() : json.value;
	if (whole === undefined) return new NotOfType(`${expected} in which each name occurs once`);
	const isOfType =
		typeof whole === 'object' && whole !== null && Array.isArray(whole) === (type === 'array');
	return isOfType && !(whole instanceof ExactNumber) ? whole : new NotOfType(expected);
}

/** In text that is no JSON n8n's own reader would change such a number. */
const LONG_DIGITS = /\d{16}/;

function validated(value: unknown, type: FieldType, expected: string): unknown {
	const result = validateFieldType('value', value, type);
	return result.valid ? result.newValue : new NotOfType(expected);
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
