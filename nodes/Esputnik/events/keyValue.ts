import type { IDataObject } from 'n8n-workflow';

import { MAX_KEY_VALUE_LENGTH } from '../contract';
import { FailedExpression } from '../fields/engineExpressions';
import type { FieldReaders } from '../fields/fieldReader';
import { forbiddenCharacter, isLongerThan, isPlausibleEmail, keyText } from '../fields/keyText';
import { expressionFailed } from '../fields/words';
import type { Problem } from '../problem';
import {
	CONTACT_KEY,
	keyValueForbids,
	keyValueNotAnEmail,
	keyValueRequired,
	keyValueTooLong,
} from './words';

export interface KeyValueSettings {
	readonly keyValue: unknown;
	readonly validation: 'strict' | 'server';
	/** Whether an item without a key is rejected. */
	readonly keyIsRequired: boolean;
}

/** A field that cannot be used. */
export interface RejectedField {
	/** The field as text, where it could be made. */
	readonly text?: string;
	readonly problem: Problem;
}

/** The key of the contact. */
export interface KeyValue {
	/**
	 * Reads the key of one item; numbers become text, spaces around it are taken away.
	 *
	 * @param isEmail whether it should be an email address
	 * @returns undefined where the item has none and needs none
	 */
	read(json: IDataObject, isEmail: boolean): string | RejectedField | undefined;
	/** From how many items spaces were taken away. */
	trimmed(): number;
}

export function compileKeyValue(
	{ keyValue, validation, keyIsRequired }: KeyValueSettings,
	readers: FieldReaders,
): KeyValue {
	const reader = readers.compile(CONTACT_KEY, keyValue);
	const isStrict = validation === 'strict';

	let trimmed = 0;

	return {
		read(json, isEmail) {
			const value = reader.read(json);
			const written = value === undefined || value === null ? '' : keyText(value);
			if (written === undefined) return { problem: withoutText(value) };
			const text = written.trim();
			if (text === '') {
				return keyIsRequired ? { problem: keyValueRequired(undefined) } : undefined;
			}
			if (text.length < written.length) trimmed++;
			const problem = isStrict ? problemOf(text, isEmail) : undefined;
			return problem ? { text, problem } : text;
		},
		trimmed: () => trimmed,
	};
}

function problemOf(key: string, isEmail: boolean): Problem | undefined {
	if (isLongerThan(key, MAX_KEY_VALUE_LENGTH)) return keyValueTooLong(key);
	const character = forbiddenCharacter(key);
	if (character !== undefined) return keyValueForbids(character, key);
	return isEmail && !isPlausibleEmail(key) ? keyValueNotAnEmail(key) : undefined;
}

function withoutText(value: unknown): Problem {
	return value instanceof FailedExpression
		? expressionFailed(CONTACT_KEY, value)
		: keyValueRequired(value);
}
