import type { IDataObject } from 'n8n-workflow';

import { createEngineExpressions, FailedExpression, type Evaluate } from './engineExpressions';
import { parsePlainPath, plainForm, type PlainPath } from './plainPath';

/** A parameter that the engine works out for each item. */
export interface EvaluatedParameter {
	/** The label in the panel, in quotes: `'Contact Key'`. */
	readonly label: string;
	/** The expression as written, without its leading `=`. */
	readonly expression: string;
	/** How the field that the expression seems to read is written plainly, `{{ $json.email }}`; absent where it reads none. */
	readonly plainForm?: string;
}

/** A parameter compiled once. `read` gives what n8n's expression engine gives for the item that was started last. */
export interface FieldReader {
	/** `constant`: the same for every item; `path`: a field of the item; `expression`: worked out by the engine. */
	readonly kind: 'constant' | 'path' | 'expression';
	/** @returns the value, or a FailedExpression where the engine raised */
	read(json: IDataObject): unknown;
}

export interface FieldReaders {
	/**
	 * @param label the parameter's label in the panel
	 * @param raw the parameter as saved (`rawExpressions`): an expression is a text that begins with `=`
	 */
	compile(label: string, raw: unknown): FieldReader;
	/** To be called before the fields of an item are read. */
	start(itemIndex: number): void;
	/** The parameters that are not read directly, in the order in which they were compiled. */
	evaluated(): readonly EvaluatedParameter[];
}

/**
 * Compiles the parameters of one run. A plain path (what dragging a field into a parameter writes) is read straight from the item;
 * everything else is evaluated by the engine, all such parameters together, once for each item.
 *
 * @param evaluate the engine
 * @param binaryMode the workflow's setting of that name: with `combined`, `$input.item` is something else than the item
 */
export function createFieldReaders(evaluate: Evaluate, binaryMode?: string): FieldReaders {
	const engine = createEngineExpressions(evaluate);
	const evaluated: EvaluatedParameter[] = [];

	const compile = (label: string, raw: unknown): FieldReader => {
		if (typeof raw === 'object' && raw !== null) return compileParts(label, raw);
		if (typeof raw !== 'string' || !raw.startsWith('=')) return constant(raw);
		const expression = raw.slice(1);
		if (!holdsCode(expression)) return constant(expression);

		const code = onlyCode(expression);
		const plain = code === undefined ? undefined : parsePlainPath(code);
		if (plain && !(plain.root === 'input' && binaryMode === 'combined')) {
			return { kind: 'path', read: pathReader(plain.path, () => engine.evaluate(expression)) };
		}

		evaluated.push({ label, expression, plainForm: fieldWithin(expression) });
		return { kind: 'expression', read: engine.add(expression) };
	};

	/** n8n resolves the expressions inside an object or a list, too, as workflows that were not made in the editor hold them. */
	const compileParts = (label: string, raw: object): FieldReader => {
		const parts = Object.entries(raw).map(([key, part]) => ({ key, reader: compile(label, part) }));
		const read = (json: IDataObject): object => {
			const whole: object = Array.isArray(raw) ? [] : {};
			for (const { key, reader } of parts) {
				const part = reader.read(json);
				if (part instanceof FailedExpression) return part;
				Reflect.set(whole, key, part);
			}
			return whole;
		};
		return parts.every(({ reader }) => reader.kind === 'constant')
			? constant(read({}))
			: { kind: 'expression', read };
	};

	return {
		compile,
		start: (itemIndex) => engine.start(itemIndex),
		evaluated: () => evaluated,
	};
}

/** Whether an expression, without its leading `=`, is more than text. The engine refuses the word wherever it stands. */
export function holdsCode(expression: string): boolean {
	return expression.includes('{{') || /\.\s*constructor/.test(expression);
}

function constant(value: unknown): FieldReader {
	return { kind: 'constant', read: () => value };
}

/** The code of an expression that consists of nothing else: n8n makes text of anything more. */
function onlyCode(expression: string): string | undefined {
	return expression.startsWith('{{') && expression.endsWith('}}')
		? expression.slice(2, -2)
		: undefined;
}

/**
 * Where a step is missing the engine gives undefined, as here. A function on the way is a method of the value (`$json.tags.map`):
 * what the engine says to that is asked of the engine.
 */
function pathReader(path: PlainPath, askEngine: () => unknown): (json: IDataObject) => unknown {
	if (path.length === 1) {
		const [key] = path;
		return (json) => {
			const value: unknown = json[key];
			return typeof value === 'function' ? askEngine() : value;
		};
	}
	return (json) => {
		let value: unknown = json;
		for (const key of path) {
			value = step(value, key);
			if (value === undefined) return undefined;
			if (typeof value === 'function') return askEngine();
		}
		return value;
	};
}

/** Numbers and texts have members, too: `$json.total.toFixed` is a call that lacks its `()`. */
function step(value: unknown, key: string): unknown {
	return value === null || value === undefined ? undefined : Reflect.get(Object(value), key);
}

/** The first field that an expression reads: `$json.email.trim()` and `$('Webhook').item.json.email` read `{{ $json.email }}`. */
function fieldWithin(expression: string): string | undefined {
	const field =
		/(?:\$|\.)json((?:\??\.[$_\p{ID_Start}][$_\p{ID_Continue}]*(?![$_\p{ID_Continue}]|\s*\()|\["[^"\\]*"\]|\['[^'\\]*'\])+)/u;
	const found = field.exec(expression);
	const plain = found && parsePlainPath(`$json${found[1]}`);
	return plain ? plainForm(plain.path) : undefined;
}
