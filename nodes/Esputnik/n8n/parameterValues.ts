import type { IDataObject } from 'n8n-workflow';

import { ConfigurationError } from '../configurationError';
import { quotable } from '../problem';

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
 * A switch among the options: off where it was not added. An expression may yield anything, and what is taken for off without a word
 * would make a dry run send.
 *
 * @throws {ConfigurationError} where the value is neither true nor false, nor a text that says so
 */
export function optionalSwitch(label: string, options: IDataObject, name: string): boolean {
	if (!Object.hasOwn(options, name)) return false;
	const value = text(options[name]).toLowerCase();
	if (value === 'true' || value === 'false') return value === 'true';
	throw new ConfigurationError(
		`'${label}' is neither on nor off`,
		'Switch it on or off, or let its expression give true or false.',
		quotable(options[name]),
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
	const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
	if (Number.isInteger(number) && number >= min && number <= max) return number;
	throw new ConfigurationError(
		`'${label}' cannot be used`,
		max === Number.MAX_SAFE_INTEGER
			? `Enter a whole number from ${min} on.`
			: `Enter a whole number from ${min} to ${max}.`,
		quotable(value),
	);
}
