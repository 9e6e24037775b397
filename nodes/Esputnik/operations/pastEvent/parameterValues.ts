import { ConfigurationError } from '../../configurationError';
import { quotable } from '../../problem';

/** A text parameter; surrounding spaces are nobody's intention. */
export function text(value: unknown): string {
	return value === undefined || value === null ? '' : String(value).trim();
}

/** `id, shipping.city` → `['id', 'shipping.city']` */
export function fieldList(value: unknown): string[] {
	return text(value)
		.split(',')
		.map((field) => field.trim())
		.filter((field) => field !== '');
}

/**
 * One of the values of an options parameter; an expression may yield any other.
 *
 * @throws {ConfigurationError} naming the label and what may stand there
 */
export function choice<Value extends string>(
	label: string,
	value: unknown,
	fallback: Value,
	allowed: readonly Value[],
): Value {
	if (value === undefined || value === null || value === '') return fallback;
	const found = allowed.find((candidate) => candidate === value);
	if (found !== undefined) return found;
	throw new ConfigurationError(
		`'${label}' has a value that does not exist`,
		`Choose one of: ${allowed.join(', ')}.`,
		quotable(value),
	);
}

/**
 * A switch; an expression may yield the words `true` and `false`. Anything else is no answer, and none is guessed.
 *
 * @param whenEmpty what an expression without a result means
 * @throws {ConfigurationError} naming the label and what may stand there
 */
export function flag(label: string, value: unknown, whenEmpty: boolean): boolean {
	if (value === undefined || value === null || value === '') return whenEmpty;
	const word = String(value).trim().toLowerCase();
	if (word === 'true' || word === 'false') return word === 'true';
	throw new ConfigurationError(
		`'${label}' is neither on nor off`,
		'Switch it on or off, or use an expression that gives true or false.',
		quotable(value),
	);
}

/**
 * The option *Dry Run*. Once it was added, only a clear `false` sends anything: an expression that yields nothing must not.
 *
 * @throws {ConfigurationError} where it is neither on nor off
 */
export function isDryRun(options: object): boolean {
	return 'dryRun' in options && flag('Dry Run', options.dryRun, true);
}

/**
 * A whole number within its bounds.
 *
 * @throws {ConfigurationError} naming the label and the bounds
 */
export function wholeNumber(
	label: string,
	value: unknown,
	fallback: number,
	{ min, max = Number.MAX_SAFE_INTEGER }: { min: number; max?: number },
): number {
	if (value === undefined || value === null || value === '') return fallback;
	const number = Number(value);
	if (Number.isInteger(number) && number >= min && number <= max) return number;
	throw new ConfigurationError(
		`'${label}' cannot be used`,
		max === Number.MAX_SAFE_INTEGER
			? `Enter a whole number from ${min} on.`
			: `Enter a whole number from ${min} to ${max}.`,
		quotable(value),
	);
}
