import { customFormat } from './customFormat';
import type { PatternFacts } from './customPattern';
import { readIsoForms } from './isoForms';
import { readIsoTimestamp } from './isoTimestamp';
import { readNamedMonths } from './namedMonths';
import {
	numberOf,
	numberOfSheet,
	readNumber,
	readSpreadsheetSerial,
	readUnixMilliseconds,
	readUnixSeconds,
} from './numbers';
import { readDotted, readOrdered } from './numericDates';
import type { DayMonthOrder } from './numericDates';
import { readObject } from './objects';
import type { Reading } from './reading';

/** Any value → what it says, or undefined where it cannot be read. */
export type ReadValue = (value: unknown) => Reading | undefined;

/** How a format reads text (without spaces around) and numbers. Date objects are read alike in every format. */
interface Format {
	readonly text: (text: string) => Reading | undefined;
	readonly number: (value: number) => Reading | undefined;
}

const FORMATS = {
	auto: {
		text: (text) =>
			readIsoTimestamp(text) ??
			readDigits(text, numberOf, readNumber) ??
			withPlainSpaces(
				text,
				(plain) => readIsoForms(plain) ?? readDotted(plain) ?? readNamedMonths(plain),
			),
		number: readNumber,
	},
	dayFirst: dated('dayFirst'),
	monthFirst: dated('monthFirst'),
	unixSeconds: counted(readUnixSeconds, numberOf),
	unixMilliseconds: counted(readUnixMilliseconds, numberOf),
	spreadsheetSerial: counted(readSpreadsheetSerial, numberOfSheet),
} satisfies Record<string, Format>;

/** The reader of a named format. */
export function readerOf(format: keyof typeof FORMATS): ReadValue {
	return reader(FORMATS[format]);
}

/** The reader of a custom pattern without faults; a number is read by its digits. */
export function customReader(pattern: string, facts: PatternFacts): ReadValue {
	const text = customFormat(pattern, facts);
	return reader({ text, number: (value) => text(String(value)) });
}

function reader({ text, number }: Format): ReadValue {
	return (value) => {
		if (typeof value === 'string') return text(value.trim());
		if (typeof value === 'number') return number(value);
		if (typeof value === 'bigint') return number(Number(value));
		return typeof value === 'object' && value !== null ? readObject(value) : undefined;
	};
}

/** Numeric dates in a given order; dates that begin with the year or name the month need no order and are read too. */
function dated(order: DayMonthOrder): Format {
	return {
		text: (text) =>
			readIsoTimestamp(text) ??
			withPlainSpaces(
				text,
				(plain) => readOrdered(plain, order) ?? readIsoForms(plain) ?? readNamedMonths(plain),
			),
		number: () => undefined,
	};
}

function counted(
	read: (value: number) => Reading | undefined,
	parse: (text: string) => number | undefined,
): Format {
	return { text: (text) => readDigits(text, parse, read), number: read };
}

function readDigits(
	text: string,
	parse: (text: string) => number | undefined,
	read: (value: number) => Reading | undefined,
): Reading | undefined {
	const value = parse(text);
	return value === undefined ? undefined : read(value);
}

/** No-break and repeated spaces become plain ones: browsers put a no-break space before AM/PM, pages and sheets between date and time. */
function withPlainSpaces(
	text: string,
	read: (text: string) => Reading | undefined,
): Reading | undefined {
	return read(text.replace(/\s+/g, ' '));
}
