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
