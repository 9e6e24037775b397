import { quotable, type Problem } from '../problem';
import { FailedExpression } from '../fields/engineExpressions';
import { expressionFailed, type WriteParams } from './eventParams';
import type { FieldReaders } from '../fields/fieldReader';
import type { ParamWriter } from './paramWriter';

const LABEL = "'Parameters (JSON)'";

type NameAndValue = readonly [name: string, value: unknown];

/**
 * `json`: an object (name → value) or a list of `{ "name", "value" }`, as typed text or as what an expression gives.
 * A text is parsed after the engine has filled in its expressions.
 */
export function compileJson(raw: unknown, readers: FieldReaders, writer: ParamWriter): WriteParams {
	const reader = readers.compile(LABEL, raw);
	const isTyped = reader.kind === 'constant';
	const constant = isTyped ? paramsIn(reader.read({}), isTyped) : undefined;

	return (json) => {
		const params = constant ?? paramsOf(reader.read(json));
		if (!Array.isArray(params)) return params;
		for (const [name, value] of params) {
			const problem = writer.add(writer.name(name), value);
			if (problem) return problem;
		}
		return undefined;
	};
}

function paramsOf(value: unknown): NameAndValue[] | Problem {
	return value instanceof FailedExpression
		? expressionFailed(LABEL, value)
		: paramsIn(value, false);
}

function paramsIn(value: unknown, isTyped: boolean): NameAndValue[] | Problem {
	if (typeof value !== 'string') return paramsInObject(value, value);
	const parsed = parse(value);
	return parsed === undefined ? notJson(value, isTyped) : paramsInObject(parsed.value, value);
}

function parse(text: string): { value: unknown } | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return { value };
	} catch {
		return undefined;
	}
}

function paramsInObject(value: unknown, shown: unknown): NameAndValue[] | Problem {
	if (typeof value !== 'object' || value === null) return notAnObject(shown);
	if (!Array.isArray(value)) return Object.entries(value);
	const params: NameAndValue[] = [];
	const entries: unknown[] = value;
	for (const entry of entries) {
		if (typeof entry !== 'object' || entry === null || !('name' in entry))
			return notAnObject(shown);
		const { name } = entry;
		params.push([
			typeof name === 'string' ? name : String(name ?? ''),
			'value' in entry ? entry.value : undefined,
		]);
	}
	return params;
}

function notJson(text: string, isTyped: boolean): Problem {
	return {
		reason: 'PARAMS_NOT_JSON',
		what: `${LABEL} is not valid JSON`,
		value: quotable(text),
		advice: isTyped
			? 'Correct it; { "cost": "999" } is an object with one parameter.'
			: 'Use an expression that gives an object, such as {{ { cost: $json.cost } }}, instead of text with expressions in it.',
	};
}

function notAnObject(value: unknown): Problem {
	return {
		reason: 'PARAMS_NOT_AN_OBJECT',
		what: `${LABEL} is neither an object nor a list of names and values`,
		value: quotable(value),
		advice:
			'Give an object such as { "cost": "999" }, or a list such as [{ "name": "cost", "value": "999" }].',
	};
}
