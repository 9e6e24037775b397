import { DateTime } from 'luxon';

import {
	MAX_CONTACT_NAME_LENGTH,
	MAX_TEXTAREA_LENGTH,
	MAX_TEXTFIELD_LENGTH,
} from '../../../../contract';
import { isLongerThan, isPlausibleEmail } from '../../../../fields/keyText';
import { quotable, type Problem, type Reason } from '../../../../problem';
import type { AdditionalField } from './additionalFields';

/** ITU-T E.164: 15 digits at most; no country has fewer than 7 with its code. */
const PHONE = /^\d{7,15}$/;

/** A value that may be sent, or why not. */
export type Checked = string | Problem;

/** Checks one value of a column and gives it the form that the contract asks for. The text is not empty. */
export type Check = (text: string) => Checked;

export const checkEmail: Check = (text) =>
	isPlausibleEmail(text)
		? text
		: problem(
				'EMAIL_INVALID',
				"'Email' is not an email address",
				text,
				'Use the field that holds the address.',
			);

/** As spreadsheets show long numbers, and as `ext. 5` is written: with such letters taken out it would be the number of somebody else. */
const LETTERS_BETWEEN_DIGITS = /\d[^\d]*\p{L}[^\d]*\d/u;

/** @param text the phone as it came, since letters that are taken out may have meant something */
export const checkPhone: Check = (text) =>
	PHONE.test(text.replace(/\D/g, '')) && !LETTERS_BETWEEN_DIGITS.test(text)
		? text
		: problem(
				'PHONE_INVALID',
				"'Phone' is not a phone number with 7 to 15 digits",
				text,
				'Use the number with its country code, such as 380501234567. A spreadsheet that shows 3.8E+11 has to format the column as text.',
			);

export const checkContactId: Check = (text) =>
	/^[1-9]\d{0,18}$/.test(text)
		? text
		: problem(
				'PARAM_VALUE_INVALID',
				"'Contact ID' is not the number that eSputnik gave the contact",
				text,
				"Use eSputnik's own id, or another way to find the contact under 'Find Contacts By'.",
			);

/** @param label of the column, first or last name */
export function checkName(label: string): Check {
	return (text) =>
		isLongerThan(text, MAX_CONTACT_NAME_LENGTH)
			? problem(
					'NAME_TOO_LONG',
					`'${label}' has more than ${MAX_CONTACT_NAME_LENGTH} characters`,
					text,
					"Shorten it, or set the option 'Validation' to 'By eSputnik'.",
				)
			: text;
}

/** Checks the values of an additional field by its kind; contract: "Additional field values are text". */
export function checkAdditional({ name, kind, allowedValues }: AdditionalField): Check {
	const wrong = (text: string, expected: string) =>
		problem(
			'PARAM_VALUE_INVALID',
			`The additional field '${quotable(name)}' takes ${expected}`,
			text,
			'Correct the value, or leave it empty.',
		);
	const allowed = new Map(allowedValues.map((value) => [value.toLowerCase(), value]));
	const listed = allowedValues.slice(0, 10).join(', ');
	switch (kind) {
		case 'TEXTFIELD':
			return upTo(MAX_TEXTFIELD_LENGTH, wrong);
		case 'TEXTAREA':
			return upTo(MAX_TEXTAREA_LENGTH, wrong);
		case 'NUMBER':
			return (text) =>
				/^[+-]?\d+(\.0+)?$/.test(text) && Number(text) === (Number(text) | 0)
					? String(Number(text))
					: wrong(text, 'a whole number from -2,147,483,648 to 2,147,483,647');
		case 'DECIMAL':
			return (text) => (/^[+-]?\d+(\.\d+)?$/.test(text) ? text : wrong(text, 'a number'));
		case 'DATE':
			return (text) => isoPart(text, 'yyyy-MM-dd') ?? wrong(text, 'a date such as 2024-05-12');
		case 'DATETIME':
			return (text) =>
				isoPart(text, "yyyy-MM-dd'T'HH:mm") ??
				wrong(text, 'a date with a time such as 2024-05-12T10:11');
		case 'COMBOBOX':
			if (allowed.size === 0) return (text) => text;
			return (text) => allowed.get(text.toLowerCase()) ?? wrong(text, `one of: ${listed}`);
		case 'CHECKBOXLIST':
			if (allowed.size === 0) return (text) => text;
			return (text) => {
				const values = text.split(',').map((value) => allowed.get(value.trim().toLowerCase()));
				return values.every((value) => value !== undefined)
					? values.join(',')
					: wrong(text, `values of this list, separated by commas: ${listed}`);
			};
		case undefined:
			return (text) => text;
	}
}

function upTo(characters: number, wrong: (text: string, expected: string) => Problem): Check {
	return (text) =>
		isLongerThan(text, characters)
			? wrong(text, `${characters.toLocaleString('en-US')} characters at most`)
			: text;
}

/** The local time that an ISO text names, whatever its offset, in another form. */
function isoPart(text: string, form: string): string | undefined {
	const date = DateTime.fromISO(text.replace(' ', 'T'), { setZone: true });
	return date.isValid && /^\d{4}-\d{2}-\d{2}/.test(text) ? date.toFormat(form) : undefined;
}

function problem(reason: Reason, what: string, value: string, advice: string): Problem {
	return { reason, what, value: quotable(value), advice };
}
