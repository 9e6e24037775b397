import { ExactNumber, hasNoExponent, numberInObject, numberText } from './numberText';

/** A value that cannot be sent, with the reason as the end of a sentence. */
export class UnusableValue {
	constructor(readonly why: string) {}
}

/**
 * A value as it is sent. `text`: numbers without exponent, dates as ISO, objects and lists as their JSON. `json`: a text as it is,
 * everything else as JSON. Objects that stand for a number (MongoDB, Neo4j) are that number.
 *
 * @returns '' where the value is empty (null, undefined, ''), or why it cannot be sent
 */
export function valueText(value: unknown, form: 'text' | 'json'): string | UnusableValue {
	switch (typeof value) {
		case 'string':
			return value;
		case 'undefined':
			return '';
		case 'object': {
			if (value === null) return '';
			const plain = withoutToJson(value);
			if (form === 'text' && plain !== value && typeof plain !== 'object') {
				return valueText(plain, form);
			}
			break;
		}
	}
	const json = isPlainJson(value, []) ? JSON.stringify(value) : jsonText(value);
	return json ?? '';
}

/** Far beyond anything a shop sends, and far from the depth at which a call stack ends. */
const DEEPEST = 200;

/** Whether JSON.stringify writes a value just as {@link jsonText} does, which takes three times as long. */
function isPlainJson(value: unknown, ancestors: object[]): boolean {
	switch (typeof value) {
		case 'string':
		case 'boolean':
		case 'undefined':
			return true;
		case 'number':
			return hasNoExponent(value);
		case 'object':
			return value === null || isPlainContent(value, ancestors);
		default:
			return false;
	}
}

function isPlainContent(value: object, ancestors: object[]): boolean {
	if (ancestors.length === DEEPEST || ancestors.includes(value) || hasToJson(value)) return false;
	const isList = Array.isArray(value);
	const prototype: unknown = Object.getPrototypeOf(value);
	if (!isList && (prototype !== Object.prototype || numberInObject(value))) return false;
	ancestors.push(value);
	const children: unknown[] = isList ? value : Object.values(value);
	for (const child of children) if (!isPlainJson(child, ancestors)) return false;
	ancestors.pop();
	return true;
}

/**
 * A value as JSON, as JSON.stringify writes it, but numbers without exponent, and nothing that would be lost without a word.
 *
 * @returns undefined for undefined; why JSON cannot carry the value
 */
function jsonText(value: unknown, ancestors: object[] = []): string | UnusableValue | undefined {
	switch (typeof value) {
		case 'string':
			return JSON.stringify(value);
		case 'number':
			return Number.isFinite(value)
				? numberText(value)
				: new UnusableValue(`is not a number that can be sent (${value})`);
		case 'boolean':
			return String(value);
		case 'undefined':
			return undefined;
		case 'object':
			return value === null ? 'null' : objectJson(value, ancestors);
		case 'bigint':
			return new UnusableValue('is a BigInt, which JSON cannot carry');
		default:
			return new UnusableValue(`is a ${typeof value}, which JSON cannot carry`);
	}
}

function objectJson(value: object, ancestors: object[]): string | UnusableValue | undefined {
	if (ancestors.includes(value)) return new UnusableValue('refers to itself');
	if (ancestors.length === DEEPEST) {
		return new UnusableValue(`is nested more than ${DEEPEST} levels deep`);
	}
	const plain = withoutToJson(value);
	if (plain === null && isDate(value)) return new UnusableValue('is not a valid date');
	if (typeof plain !== 'object' || plain === null) return jsonText(plain);
	if (plain instanceof ExactNumber) return plain.digits;
	const isList = Array.isArray(plain);
	if (!isList) {
		const kind = Object.prototype.toString.call(plain).slice(8, -1);
		if (kind !== 'Object') return new UnusableValue(`is a ${kind}, which JSON cannot carry`);
		const number = numberInObject(plain);
		if (number) return number.digits;
	}

	ancestors.push(value);
	const json = isList ? listJson(plain, ancestors) : membersJson(plain, ancestors);
	ancestors.pop();
	return json;
}

function listJson(list: readonly unknown[], ancestors: object[]): string | UnusableValue {
	const parts: string[] = [];
	for (const value of list) {
		const json = jsonText(value, ancestors);
		if (json instanceof UnusableValue) return json;
		parts.push(json ?? 'null');
	}
	return `[${parts.join(',')}]`;
}

function membersJson(object: object, ancestors: object[]): string | UnusableValue {
	const parts: string[] = [];
	for (const [key, value] of Object.entries(object)) {
		const json = jsonText(value, ancestors);
		if (json instanceof UnusableValue) return json;
		if (json !== undefined) parts.push(`${JSON.stringify(key)}:${json}`);
	}
	return `{${parts.join(',')}}`;
}

/** What JSON makes of an object that knows better: the ISO text of a `Date` or `DateTime`, null where that is invalid. */
function withoutToJson(value: object): unknown {
	if (!hasToJson(value)) return value;
	const plain: unknown = value.toJSON();
	return plain;
}

/** Whether a value is an object whose members are all that it is: no list, no date, no Map. */
export function isPlainObject(value: unknown): value is object {
	return (
		typeof value === 'object' &&
		value !== null &&
		Object.prototype.toString.call(value) === '[object Object]' &&
		!hasToJson(value) &&
		!(value instanceof ExactNumber)
	);
}

/** Whether a value is a plain object that does not stand for a number. */
export function isNested(value: unknown): value is object {
	return isPlainObject(value) && !numberInObject(value);
}

function hasToJson(value: object): value is { toJSON(): unknown } {
	return 'toJSON' in value && typeof value.toJSON === 'function';
}

function isDate(value: object): boolean {
	return value instanceof Date || 'isLuxonDateTime' in value;
}
