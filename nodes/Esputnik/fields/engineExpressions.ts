/** `this.evaluateExpression` of n8n: takes an expression without its leading `=`, throws what the engine raises. */
export type Evaluate = (expression: string, itemIndex: number) => unknown;

/** What an expression gave where the engine raised: the engine's text. */
export class FailedExpression {
	constructor(readonly text: string) {}
}

/** Expressions that only the engine can work out, asked for together. */
export interface EngineExpressions {
	/** Adds an expression (without its leading `=`); the returned function gives its result for the item that was started last. */
	add(expression: string): () => unknown;
	/** Evaluates an expression on its own for the item that was started last. */
	evaluate(expression: string): unknown;
	/** Makes an item the one that results are asked for. Nothing is evaluated before a result is asked for. */
	start(itemIndex: number): void;
}

/**
 * One call of the engine costs 0.2 ms whatever it evaluates, so all expressions of a node are put into one: an array of functions,
 * each called in its own try. An expression whose part throws, or gives a function, is asked for alone, and what the engine says then
 * rules. On the first item each is asked for alone, which tells those that n8n cannot parse; they fail for every item.
 */
export function createEngineExpressions(evaluate: Evaluate): EngineExpressions {
	const expressions: string[] = [];
	const results: unknown[] = [];
	const broken = new Map<string, FailedExpression>();
	let item = 0;
	let evaluated = false;
	let isFirstItem = true;
	/** The expressions that go into one call, and that call; empty until the first item has been evaluated. */
	let together: number[] = [];
	let combined = '';

	const alone = (expression: string): unknown => {
		const known = broken.get(expression);
		if (known) return known;
		try {
			return evaluate(expression, item);
		} catch (error) {
			const failed = new FailedExpression(error instanceof Error ? error.message : String(error));
			if (failed.text === INVALID_SYNTAX && !EVALUATES.test(expression)) {
				broken.set(expression, failed);
			}
			return failed;
		}
	};

	const combine = () => {
		const parts = expressions.map((expression, index) => ({
			index,
			code: broken.has(expression) ? undefined : functionCode(expression),
		}));
		const combinable = parts.filter(({ code }) => code !== undefined);
		if (combinable.length < 2) return;
		together = combinable.map(({ index }) => index);
		combined = `{{ [${combinable.map(({ code }) => code).join(',')}]${CALL_EACH} }}`;
	};

	const evaluateAll = () => {
		evaluated = true;
		results.fill(undefined);
		const answers = combined === '' ? undefined : evaluateTogether();
		const isAnswered = new Set<number>();
		together.forEach((index, position) => {
			const answer: unknown = answers?.[position];
			if (!Array.isArray(answer)) return;
			results[index] = answer[0];
			isAnswered.add(index);
		});
		expressions.forEach((expression, index) => {
			if (!isAnswered.has(index)) results[index] = alone(expression);
		});
		if (isFirstItem) combine();
		isFirstItem = false;
	};

	const evaluateTogether = (): unknown[] | undefined => {
		try {
			const answers = evaluate(combined, item);
			return Array.isArray(answers) ? answers : undefined;
		} catch (error) {
			if (error instanceof Error && error.message === INVALID_SYNTAX) {
				combined = '';
				together = [];
			}
			return undefined;
		}
	};

	return {
		add(expression) {
			const index = expressions.push(expression) - 1;
			results.push(undefined);
			return () => {
				if (!evaluated) evaluateAll();
				return results[index];
			};
		},
		evaluate: alone,
		start(itemIndex) {
			item = itemIndex;
			evaluated = false;
		},
	};
}

/** What both engines of n8n raise for code that does not parse. */
const INVALID_SYNTAX = 'invalid syntax';

/** Code that hands other code to the engine: which of the two does not parse may change from item to item. */
const EVALUATES = /\$evaluateExpression/;

/** Gives `[result]` for each function, 0 where it threw or where its result cannot leave the engine. */
const CALL_EACH =
	".map((f) => { try { const v = f(); return typeof v === 'function' ? 0 : [v]; } catch (e) { return 0; } })";

/**
 * Code that means something else between other code than alone: comments, more than one statement, optional chaining before a
 * bracket (n8n rewrites it when any code of the call uses one of its own methods), escapes of n8n's template syntax.
 */
const ALONE = /\/\/|\/\*|<!--|-->|;|\?\.\s*[[(]|\.\s*constructor|\\\{\{|\\\}\}/;

/** An expression as the code of a function, or undefined where it has to be evaluated alone. */
function functionCode(expression: string): string | undefined {
	if (ALONE.test(expression)) return undefined;
	const parts = splitTemplate(expression);
	if (!parts) return undefined;
	const [first, only, last] = parts;
	if (parts.length === 3 && first === '' && last === '') return `\n() => (\n${only}\n)`;
	const pieces = parts.map((part, index) => (index % 2 ? textOf(part) : JSON.stringify(part)));
	return `\n() => [${pieces.join(',')}].join("")`;
}

/** n8n puts a value between text as it is, except that everything false but 0 and false becomes no text. */
function textOf(code: string): string {
	return `((v) => v || v === 0 || v === false ? v : "")(\n${code}\n)`;
}

/** Text and code in turn, beginning and ending with text; undefined where the expression needs n8n's own splitter. */
function splitTemplate(expression: string): string[] | undefined {
	const parts: string[] = [];
	let rest = expression;
	for (;;) {
		const open = rest.indexOf('{{');
		const text = open < 0 ? rest : rest.slice(0, open);
		if (/[\\\u2028\u2029]|\}\}/.test(text)) return undefined;
		parts.push(text);
		if (open < 0) return parts;
		const close = rest.indexOf('}}', open + 2);
		if (close < 0) return undefined;
		parts.push(rest.slice(open + 2, close));
		rest = rest.slice(close + 2);
	}
}
