import { isSafeObjectProperty } from 'n8n-workflow';

/** A field of the input item: the keys on the way to it, from `item.json`. */
export type PlainPath = readonly string[];

/**
 * Identifier characters that the parser of n8n's expressions is known to take. It is older than JavaScript's own list, so the
 * scripts are limited to Latin to Arabic, kana, common Han and Hangul; a name in another one is left to the engine.
 */
const KNOWN = '(?=[\\0-\\u086f\\u3041-\\u3096\\u30a1-\\u30fa\\u4e00-\\u9fa5\\uac00-\\ud7a3])';
const NAME = `${KNOWN}[$_\\p{ID_Start}](?:${KNOWN}[$_\\p{ID_Continue}])*`;
const INDEX = '0|[1-9]\\d{0,8}';
const QUOTED = ['"', "'"]
	.map(
		(quote) =>
			`${quote}((?:[^${quote}\\\\\\p{Cc}\\p{Cs}\\u2028\\u2029]|\\\\["'\\\\]|\\t)*)${quote}`,
	)
	.join('|');

const ROOT = /^\s*\$(json|input\.item\.json)(?![$_\p{ID_Continue}])/u;
const STEP = new RegExp(`(?:\\??\\.(${NAME})|(?:\\?\\.)?\\[ *(?:(${INDEX})|${QUOTED}) *\\])`, 'uy');

/**
 * Reads the code of an expression (what stands between `{{` and `}}`) as the path of a field: `$json.email`, `$json["created at"]`,
 * `$json.items[0]?.name`, `$input.item.json.email`.
 *
 * @returns the keys, or undefined where only the engine can tell what the code gives
 */
export function parsePlainPath(
	code: string,
): { path: PlainPath; root: 'json' | 'input' } | undefined {
	// Braces in pairs end an expression, a parenthesis may be taken for a call, and the engine refuses these words anywhere.
	if (/\{\{|\}\}|\(|\.\s*constructor/.test(code)) return undefined;
	const root = ROOT.exec(code);
	if (!root) return undefined;

	const trimmed = code.trimEnd();
	const path: string[] = [];
	STEP.lastIndex = root[0].length;
	while (STEP.lastIndex < trimmed.length) {
		const step = STEP.exec(trimmed);
		if (!step) return undefined;
		const [, name, index, doubleQuoted, singleQuoted] = step;
		const key = name ?? index ?? (doubleQuoted ?? singleQuoted).replace(/\\(.)/g, '$1');
		if (isLeftToTheEngine(key)) return undefined;
		path.push(key);
	}
	return { path, root: root[1] === 'json' ? 'json' : 'input' };
}

/** Names of `Object.prototype` and names that the engine refuses mean something else than a field. */
function isLeftToTheEngine(key: string): boolean {
	return key === '$' || key in Object.prototype || !isSafeObjectProperty(key);
}

/** Writes a path as an automation builder would: `{{ $json.customer["first name"] }}`. */
export function plainForm(path: PlainPath): string {
	const steps = path.map((key) =>
		/^[$_\p{ID_Start}][$_\p{ID_Continue}]*$/u.test(key)
			? `.${key}`
			: /^(?:0|[1-9]\d*)$/.test(key)
				? `[${key}]`
				: `[${JSON.stringify(key)}]`,
	);
	return `{{ $json${steps.join('')} }}`;
}
