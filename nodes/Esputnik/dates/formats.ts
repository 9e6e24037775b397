import type { DateFormat } from './faults';
import { readIsoForms } from './forms/isoForms';
import { readIsoTimestamp } from './forms/isoTimestamp';
import { readNamedMonths } from './forms/namedMonths';
import {
	numberOf,
	numberOfSheet,
	readNumber,
	readSpreadsheetSerial,
	readSpreadsheetSerial1904,
	readUnixMilliseconds,
	readUnixSeconds,
} from './forms/numbers';
import { readDotted, readOrdered, readYearFirst } from './forms/numericDates';
import type { DayMonthOrder } from './forms/numericDates';
import { readObject } from './forms/objects';
import { reading } from './reading';
import type { Reading } from './reading';

/** Any value → what it says, or undefined where it cannot be read. */
export type ReadValue = (value: unknown) => Reading | undefined;

/** How a format reads text (without spaces around) and numbers. Objects are read alike in every format. */
interface Format {
	readonly text: (text: string) => Reading | undefined;
	readonly number: (value: number) => Reading | undefined;
}

const FORMATS: Readonly<Record<Exclude<DateFormat, 'custom'>, Format>> = {
	auto: {
		text: (text) =>
			readIsoTimestamp(text) ??
			readDigits(text, numberOf, readNumber) ??
			withPlainSpaces(
				text,
				(plain) => readDotted(plain) ?? readWithYearFirst(plain) ?? readTextForms(plain),
			),
		number: readNumber,
	},
	dayFirst: dated('dayFirst'),
	monthFirst: dated('monthFirst'),
	unixSeconds: counted(readUnixSeconds, numberOf),
	unixMilliseconds: counted(readUnixMilliseconds, numberOf),
	spreadsheetSerial: counted(readSpreadsheetSerial, numberOfSheet),
	spreadsheetSerial1904: counted(readSpreadsheetSerial1904, numberOfSheet),
};

/** The reader of a named format. */
export function readerOf(format: Exclude<DateFormat, 'custom'>): ReadValue {
	return readValues(FORMATS[format]);
}

/** Reads numbers and text by a format, and date objects. */
export function readValues({ text, number }: Format): ReadValue {
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
				(plain) => readOrdered(plain, order) ?? readWithYearFirst(plain) ?? readTextForms(plain),
			),
		number: () => undefined,
	};
}

function readWithYearFirst(text: string): Reading | undefined {
	return readIsoForms(text) ?? readYearFirst(text);
}

function readTextForms(text: string): Reading | undefined {
	return readNamedMonths(text) ?? readDotNet(text);
}

const DOT_NET = /^\\?\/Date\((?<milliseconds>-?\d{1,15})(?:[+-]\d{4})?\)\\?\/$/;

/** `/Date(1715508672000)/`: milliseconds in the JSON of .NET; an offset behind them changes nothing. */
function readDotNet(text: string): Reading | undefined {
	const parts = DOT_NET.exec(text)?.groups;
	return parts && reading('dotNet', 'count', Number(parts.milliseconds));
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

/** Marks of the direction of writing, which Windows puts around the parts of a date, and spaces without a width. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** What most dates have none of: anything but the characters of ASCII that can be seen, and two spaces together. */
const ODD_SPACES = /[^ -~]| {2}|^ | $/;

/** A text without what cannot be seen, and with one plain space where there is any: pages, sheets and browsers put other ones into dates. */
export function withoutInvisible(text: string): string {
	if (!ODD_SPACES.test(text)) return text;
	return text.replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();
}

/** A longer text tells more than a date: a comment, a page. */
const LONGEST_DATE = 200;

function withPlainSpaces(
	text: string,
	read: (text: string) => Reading | undefined,
): Reading | undefined {
	return text.length > LONGEST_DATE ? undefined : read(withoutInvisible(text));
}
