import { FORBIDDEN_CHARACTERS } from '../contract';
import { numberInObject, numberText } from './numberText';

const FORBIDDEN = new RegExp(`[${FORBIDDEN_CHARACTERS.replace(/[\\^\]-]/g, '\\$&')}]`);

/** A key as text; numbers, those of MongoDB and Neo4j too, without exponent. @returns undefined where the value is no text, number, or true or false */
export function keyText(value: unknown): string | undefined {
	switch (typeof value) {
		case 'string':
			return value;
		case 'number':
			return Number.isFinite(value) ? numberText(value) : undefined;
		case 'bigint':
		case 'boolean':
			return String(value);
		case 'object':
			return value === null ? undefined : numberInObject(value)?.digits;
		default:
			return undefined;
	}
}

/** The first character of a key that the contract forbids. */
export function forbiddenCharacter(text: string): string | undefined {
	return FORBIDDEN.exec(text)?.[0];
}

const PLAUSIBLE_EMAIL = /^[^\s@]+@[^\s@.][^\s@]*\.[^\s@.]+$/;

/** Something, an at sign, something with a dot: enough to find a wrong column, not to judge an address. */
export function isPlausibleEmail(text: string): boolean {
	return PLAUSIBLE_EMAIL.test(text);
}

/** Whether a text has more than so many characters, of which some take two units of a JavaScript text. */
export function isLongerThan(text: string, characters: number): boolean {
	return text.length > characters && [...text].length > characters;
}
