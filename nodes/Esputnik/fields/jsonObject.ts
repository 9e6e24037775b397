import { FailedExpression } from './engineExpressions';
import type { FieldReaders } from './fieldReader';
import { isPlainObject } from './jsonText';
import type { FieldFault, ReadNamedValues } from './namedValues';
import { JsonMembers, parseJson } from './parseJson';

type NameAndValue = readonly [name: unknown, value: unknown];

/**
 * An object (name → value) or a list of `{ "name", "value" }`, as typed text or as what an expression gives. A text is parsed after
 * the engine has filled in its expressions; its numbers keep all of their digits.
 *
 * @param label the parameter's label in the panel, quoted
 * @param raw the parameter as saved
 */
export function compileJsonObject(
	label: string,
	raw: unknown,
	readers: FieldReaders,
): ReadNamedValues {
	const reader = readers.compile(label, raw);
	const isTyped = reader.kind === 'constant';
	const constant = isTyped ? entriesOf(reader.read({}), label, isTyped) : undefined;

	return (json, take) => {
		const entries = constant ?? entriesOf(reader.read(json), label, isTyped);
		if (!Array.isArray(entries)) return entries;
		for (const [name, value] of entries) {
			const rejection = take(name, value);
			if (rejection !== undefined) return rejection;
		}
		return undefined;
	};
}

function entriesOf(value: unknown, label: string, isTyped: boolean): NameAndValue[] | FieldFault {
	if (value instanceof FailedExpression) {
		return { kind: 'expressionFailed', label, text: value.text };
	}
	if (typeof value !== 'string') {
		return entriesIn(value) ?? { kind: 'notAnObject', label, value };
	}
	const parsed = parseJson(value);
	if (!parsed) return { kind: 'notJson', label, value, isTyped };
	if ('duplicate' in parsed) return { kind: 'duplicateName', label, name: parsed.duplicate };
	return entriesIn(parsed.value) ?? { kind: 'notAnObject', label, value };
}

/** @returns undefined where the value is neither an object nor a list of names and values */
function entriesIn(value: unknown): NameAndValue[] | undefined {
	if (value instanceof JsonMembers) return [...value.entries];
	if (typeof value !== 'object' || value === null) return undefined;
	if (!Array.isArray(value)) return isPlainObject(value) ? Object.entries(value) : undefined;
	const entries: NameAndValue[] = [];
	const list: unknown[] = value;
	for (const entry of list) {
		if (typeof entry !== 'object' || entry === null || !('name' in entry)) return undefined;
		entries.push([entry.name, 'value' in entry ? entry.value : undefined]);
	}
	return entries;
}
