import { quotable } from '../problem';
import type { Problem } from '../problem';
import { isAmbiguous } from './numericDates';
import { dateObjectText } from './objects';
import type { ReadingKind } from './reading';

/** The settings on which the advice depends. */
interface Format {
	readonly format: string;
	readonly customFormat: string;
}

/** Why no date came out of a value: it is missing, ambiguous, or not readable in the format. */
export function unreadable(value: unknown, settings: Format, label: string): Problem {
	if (value === undefined || value === null || (typeof value === 'string' && !value.trim())) {
		return {
			reason: 'OCCURRED_DATE_IS_REQUIRED',
			what: `'${label}' is empty`,
			advice: 'Choose the field that holds the date, or fill it in.',
		};
	}
	const isAuto = settings.format === 'auto';
	const ambiguous = isAuto && typeof value === 'string' && isAmbiguous(value.trim());
	return {
		reason: ambiguous ? 'OCCURRED_AMBIGUOUS' : 'INCORRECT_OCCURRED_DATE_FORMAT',
		what: `'${label}' could not be read`,
		value: quotableDate(value),
		advice: ambiguous ? adviceOnAmbiguous(value) : adviceOn(settings),
	};
}

/** A value is an instant, or a source zone makes it one (`local`), and nobody knows in which zone it is to be written. */
export function accountTimezoneRequired(
	value: unknown,
	label: string,
	kind: Exclude<ReadingKind, 'date'>,
): Problem {
	return {
		reason: 'ACCOUNT_TIMEZONE_REQUIRED',
		...ACCOUNT_TIMEZONE[kind](label),
		value: quotableDate(value),
	};
}

/** What to do where nobody knows in which zone times are to be written. */
export const SET_ACCOUNT_TIMEZONE = "Set 'Account Time Zone' to the zone of your eSputnik account";

const ACCOUNT_TIMEZONE = {
	zoned: (label: string) => ({
		what: `'${label}' names an offset`,
		advice: `${SET_ACCOUNT_TIMEZONE}, or 'Offset Handling' to keep times as written.`,
	}),
	count: (label: string) => ({
		what: `'${label}' counts from 1970 in UTC`,
		advice: `${SET_ACCOUNT_TIMEZONE}.`,
	}),
	local: (label: string) => ({
		what: `'${label}' is to be converted from 'Source Time Zone'`,
		advice: `${SET_ACCOUNT_TIMEZONE}, or clear 'Source Time Zone' to keep times as written.`,
	}),
};

/** A zone that is none; `label` is that of its parameter. */
export function invalidTimezone(label: string, name: string): Problem {
	const isOffset = /^(?:UTC|GMT)?[+-]?\d/i.test(name);
	return {
		reason: 'INVALID_TIMEZONE',
		what: `'${label}' is not the name of a time zone`,
		value: quotable(name),
		advice: isOffset
			? 'An offset changes with summer time. Write the name of the zone, e.g. Europe/Kyiv.'
			: 'Write a name from the IANA list, e.g. Europe/Kyiv.',
	};
}

/** A custom pattern with faults, each one a sentence. */
export function invalidPattern(pattern: string, faults: readonly string[]): Problem {
	const isEmpty = pattern.trim() === '';
	return {
		reason: 'INVALID_FORMAT',
		what: isEmpty ? "'Custom Date Format' is empty" : "'Custom Date Format' cannot be used",
		...(isEmpty ? {} : { value: quotable(pattern) }),
		advice: isEmpty ? 'Write how the dates look, e.g. dd.MM.yyyy HH:mm.' : faults.join(' '),
	};
}

function adviceOn({ format, customFormat }: Format): string {
	switch (format) {
		case 'auto':
			return "Choose 'Date Format'. A date needs a year from 1900 to 9999, a month and a day.";
		case 'custom':
			return `Correct the value, or 'Custom Date Format' (${customFormat}).`;
		default:
			return "Correct the value, or choose another 'Date Format'.";
	}
}

function adviceOnAmbiguous(text: string): string {
	return /^\d{4}/.test(text.trim())
		? "Choose 'Custom' as 'Date Format' and write how the dates look, e.g. yyyy/MM/dd."
		: "Choose 'Date Format'. The first number may be the day or the month.";
}

/** A date value in a form that fits into a message. */
export function quotableDate(value: unknown): string {
	const object = typeof value === 'object' && value !== null ? dateObjectText(value) : undefined;
	if (object !== undefined) return object;
	if (typeof value === 'number') return String(value);
	return quotable(typeof value === 'string' ? value.trim() : value);
}
