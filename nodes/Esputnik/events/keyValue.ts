import type { IDataObject } from 'n8n-workflow';

import { MAX_KEY_VALUE_LENGTH } from '../contract';
import { quotable, type Problem } from '../problem';
import { FailedExpression } from '../fields/engineExpressions';
import { expressionFailed } from './eventParams';
import type { FieldReaders } from '../fields/fieldReader';
import type { RefusedField } from './refusedField';
import { forbiddenCharacter, isLongerThan, keyText } from '../fields/keyText';

const LABEL = "'Contact Key'";

/** Something, an at sign, something with a dot: enough to find a wrong column, not to judge an address. */
const PLAUSIBLE_EMAIL = /^[^\s@]+@[^\s@.][^\s@]*\.[^\s@.]+$/;

export interface KeyValueSettings {
	readonly keyValue: unknown;
	readonly validation: 'strict' | 'server';
}

/** The key of the contact; numbers become text. `isEmail`: the key should be an email address. */
export function compileKeyValue(
	{ keyValue, validation }: KeyValueSettings,
	readers: FieldReaders,
): (json: IDataObject, isEmail: boolean) => string | RefusedField {
	const reader = readers.compile(LABEL, keyValue);
	const isStrict = validation === 'strict';

	return (json, isEmail) => {
		const value = reader.read(json);
		const text = keyText(value);
		if (text === undefined || text.trim() === '') {
			return { problem: withoutText(value) };
		}
		const problem = isStrict ? problemOf(text, isEmail) : undefined;
		return problem ? { text, problem } : text;
	};
}

function problemOf(text: string, isEmail: boolean): Problem | undefined {
	if (isLongerThan(text, MAX_KEY_VALUE_LENGTH)) {
		return {
			reason: 'KEY_VALUE_TOO_LONG',
			what: `${LABEL} has more than ${MAX_KEY_VALUE_LENGTH} characters`,
			value: quotable(text),
			advice: 'Use a value that identifies the contact, such as the email address.',
		};
	}
	const character = forbiddenCharacter(text);
	if (character !== undefined) {
		return {
			reason: 'KEY_VALUE_FORBIDDEN_CHARACTER',
			what: `${LABEL} contains the character ${character}, which eSputnik does not allow`,
			value: quotable(text),
			advice: 'Remove the character, or use another value that identifies the contact.',
		};
	}
	if (isEmail && !PLAUSIBLE_EMAIL.test(text)) {
		return {
			reason: 'KEY_VALUE_NOT_AN_EMAIL',
			what: `${LABEL} is not an email address`,
			value: quotable(text),
			advice:
				"Use the field that holds the address, or set 'Contact Identifier' to what the key is.",
		};
	}
	return undefined;
}

function withoutText(value: unknown): Problem {
	if (value instanceof FailedExpression) return expressionFailed(LABEL, value);
	const isEmpty =
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
	return {
		reason: 'KEY_VALUE_REQUIRED',
		what: isEmpty ? `${LABEL} is empty` : `${LABEL} is neither a text nor a number`,
		value: isEmpty ? undefined : quotable(value),
		advice: 'Use a field that identifies the contact, such as the email address.',
	};
}
