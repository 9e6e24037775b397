import { DAY, dayOf, reading, timeOf, yearOf } from '../reading';
import type { Reading } from '../reading';
import { readIsoForms } from './isoForms';

const DIGITS = /^(?:0|[1-9]\d*)(?:\.\d+)?$/;
const DIGITS_OF_A_SHEET = /^\d+(?:[.,]\d+)?$/;
const SCIENTIFIC = /^[1-9](?:\.(?<decimals>\d+))?e(?<sign>\+?)(?<exponent>\d{1,2})$/i;

/** The number that a text of digits stands for, perhaps with a fraction; undefined for any other text. */
export function numberOf(text: string): number | undefined {
	if (DIGITS.test(text)) return Number(text);
	return text.length > 4 ? scientific(text) : undefined;
}

/** As {@link numberOf}; a sheet of a European locale writes the fraction after a comma. */
export function numberOfSheet(text: string): number | undefined {
	return DIGITS_OF_A_SHEET.test(text) ? Number(text.replace(',', '.')) : undefined;
}

/**
 * `1.715508672E9`, as Java and so BigQuery write a number: with all its digits but zeros at the end. A sheet writes `1.71551E+09` and
 * leaves digits out, so after `E+` every digit before the point has to be there.
 */
function scientific(text: string): number | undefined {
	const parts = SCIENTIFIC.exec(text)?.groups;
	if (!parts) return undefined;
	const { decimals = '', sign, exponent } = parts;
	const isWhole = sign === '' ? decimals !== '' : decimals.length >= Number(exponent);
	return isWhole ? Number(text) : undefined;
}

/** The end of 2031: up to then ten digits count seconds and nothing else that is likely. */
const TEN_DIGITS_COUNT_UNTIL = Date.UTC(2032, 0, 1) / 1000;

/**
 * A number whose count of digits before the point tells what it is: 8 a compact date (20240512), 14 a compact timestamp (20240512101112),
 * 9–10 seconds, 12–13 milliseconds, 15–16 microseconds, 19 nanoseconds since 1970. Undefined for every other, and where the digits may
 * mean something else: see {@link compactReadings}, {@link mayBePhone}.
 */
export function readNumber(value: number): Reading | undefined {
	if (value < 1e8) {
		const isCompactDate = value >= 1e7 && Number.isInteger(value);
		return isCompactDate ? readIsoForms(String(value)) : undefined;
	}
	if (value < TEN_DIGITS_COUNT_UNTIL) return readUnixSeconds(value);
	if (value >= 1e12 && value < 1e13) return readUnixMilliseconds(value);
	if (value >= 1e13 && value < 1e14) return readCompactTimestamp(String(Math.floor(value)));
	return value < 1e19 && !mayMeanSomethingElse(value) ? readCount(value) : undefined;
}

/** What a number of 9 to 19 digits counts since 1970, whatever else it may mean. */
export function readCount(value: number): Reading | undefined {
	if (value >= 1e8 && value < 1e10) return readUnixSeconds(value);
	if (value >= 1e11 && value < 1e13) return readUnixMilliseconds(value);
	if (value >= 1e14 && value < 1e16) return instant('unixMicroseconds', value / 1e3);
	return value >= 1e18 && value < 1e19 ? instant('unixNanoseconds', value / 1e6) : undefined;
}

function mayMeanSomethingElse(value: number): boolean {
	if (value >= 1e16 || !looksLikeMore(value)) return false;
	const digits = String(Math.floor(value));
	return compactReadings(digits).length > 0 || mayBePhone(digits);
}

/** A quick look at the digits where the parts of a date would stand, and at those of a calling code: most counts are nothing else. */
function looksLikeMore(value: number): boolean {
	if (value < 1e10) {
		const hasYear = value < 2_051_000_000 && isMonth(value / 1e4) && isDay(value / 100);
		return hasYear || (isMonth(value / 1e6) && isDay(value / 1e4) && isHour(value / 100));
	}
	if (value < 1e12) {
		const hasYear = isYear(value / 1e8) || isYear(value / 1e4);
		return hasYear || isMonth(value / 1e8) || CALLING_CODES[Math.floor(value / 1e9)];
	}
	return isYear(value < 1e15 ? value / 1e11 : value / 1e12);
}

/** Whether the last digits before the point are those of a month, a day of a month, an hour, a year. The value is below 2^31. */
function isMonth(value: number): boolean {
	const month = (value | 0) % 100;
	return month >= 1 && month <= 12;
}

function isDay(value: number): boolean {
	const day = (value | 0) % 100;
	return day >= 1 && day <= 31;
}

function isHour(value: number): boolean {
	return (value | 0) % 100 <= 23;
}

function isYear(value: number): boolean {
	const year = (value | 0) % 10_000;
	return year >= 1970 && year <= 2050;
}

/** A date that digits may be, by a pattern of Luxon. */
export interface CompactReading {
	readonly pattern: string;
	readonly reading: Reading;
}

const YEAR4 = '(?<year>19[7-9]\\d|20[0-4]\\d|2050)';
const YEAR2 = '(?<year>[0-4]\\d|50|[7-9]\\d)';
const MONTH_DAY = '(?<month>\\d\\d)(?<day>\\d\\d)';
const COMPACT: ReadonlyArray<readonly [pattern: string, digits: RegExp]> = [
	['yyyyMMddHH', new RegExp(`^${YEAR4}${MONTH_DAY}(?<hour>\\d\\d)$`)],
	['yyMMddHHmm', new RegExp(`^${YEAR2}${MONTH_DAY}(?<hour>\\d\\d)(?<minute>\\d\\d)$`)],
	['yyyyMMddHHmm', new RegExp(`^${YEAR4}${MONTH_DAY}(?<hour>\\d\\d)(?<minute>\\d\\d)$`)],
	[
		'yyMMddHHmmss',
		new RegExp(`^${YEAR2}${MONTH_DAY}(?<hour>\\d\\d)(?<minute>\\d\\d)(?<second>\\d\\d)$`),
	],
	[
		'ddMMyyyyHHmm',
		new RegExp(`^(?<day>\\d\\d)(?<month>\\d\\d)${YEAR4}(?<hour>\\d\\d)(?<minute>\\d\\d)$`),
	],
	['MMddyyyyHHmm', new RegExp(`^${MONTH_DAY}${YEAR4}(?<hour>\\d\\d)(?<minute>\\d\\d)$`)],
	[
		'yyyyMMddHHmmssu',
		new RegExp(`^${YEAR4}${MONTH_DAY}(?<hour>\\d\\d)(?<minute>\\d\\d)(?<second>\\d\\d)\\d\\d?$`),
	],
];

/**
 * The dates of 1970 to 2050 that 10, 12, 15 or 16 digits may be besides a count: GA4 writes `202405121011`, machines `240512101112`.
 * Ten digits of seconds until 2031 are not asked.
 */
export function compactReadings(digits: string): readonly CompactReading[] {
	return COMPACT.flatMap(([pattern, expression]) => {
		const parts = expression.exec(digits)?.groups;
		const found = parts && compactTimestamp(parts);
		return found ? [{ pattern, reading: found }] : [];
	});
}

/**
 * Calling codes (ITU-T E.164) under which a phone number has twelve digits: 380501234567 is Ukrainian, and would be 21 January 1982
 * in milliseconds.
 */
const PHONE =
	/^(?:20|30|39|4[349]|5[24578]|6[023]|8[124]|9[01258]|2[1-69]\d|3[578]\d|42\d|50\d|59\d|6[7-9]\d|8[058]\d|9[67]\d|99[2-8])/;

/** For each three digits whether a phone number may begin with them. */
const CALLING_CODES = Array.from({ length: 1000 }, (_, digits) => PHONE.test(String(digits)));

/** Whether twelve digits may be a phone number in international form. */
export function mayBePhone(digits: string): boolean {
	return digits.length === 12 && PHONE.test(digits);
}

/** `20240512101112`: year to second without marks. */
function readCompactTimestamp(digits: string): Reading | undefined {
	const parts =
		/^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)$/.exec(
			digits,
		)?.groups;
	return parts && compactTimestamp(parts);
}

function compactTimestamp(
	parts: Readonly<Record<string, string | undefined>>,
): Reading | undefined {
	const { year = '', month, day, hour, minute = 0, second = 0 } = parts;
	const start = dayOf(yearOf(year), Number(month), Number(day));
	const hours = Number(hour);
	const time = hours === 24 ? NaN : timeOf(hours, Number(minute), Number(second));
	return reading('compactTimestamp', 'local', start + time);
}

/** Seconds since 1970-01-01T00:00Z; the fraction is cut. */
export function readUnixSeconds(value: number): Reading | undefined {
	return instant('unixSeconds', value * 1000);
}

/** Milliseconds since 1970-01-01T00:00Z. */
export function readUnixMilliseconds(value: number): Reading | undefined {
	return instant('unixMilliseconds', value);
}

/** Serial 60 is 29 February 1900, a day that Lotus 1-2-3 made up and Excel kept. */
const LEAP_BUG = 60;
const DAY_ZERO = Date.UTC(1899, 11, 30);
const DAY_ZERO_1904 = Date.UTC(1904, 0, 1);

/**
 * A date of a spreadsheet: days, and the time as a fraction of a day. From serial 61 (1 March 1900) Google Sheets and Excel's 1900
 * system agree; 1 to 59 are read as Excel does (1 is 1 January 1900), 60 does not exist, and below 1 there is no day. A whole number is
 * a date without a time. Sheets keep milliseconds in a binary fraction that falls a little short (45424.42430555555 shows
 * 10:11, being 10:10:59.9999995), so the time is rounded to the millisecond, and then the seconds are cut.
 */
export function readSpreadsheetSerial(value: number): Reading | undefined {
	const day = Math.floor(Math.round(value * DAY) / DAY);
	if (day === LEAP_BUG) return undefined;
	return serial(value, DAY_ZERO + (day < LEAP_BUG ? DAY : 0));
}

/** The same in Excel's 1904 system, that of old workbooks from a Mac: 1 is 2 January 1904; 0.5 may be a time without a day and is refused. */
export function readSpreadsheetSerial1904(value: number): Reading | undefined {
	return serial(value, DAY_ZERO_1904);
}

function serial(value: number, dayZero: number): Reading | undefined {
	if (!(value >= 1)) return undefined;
	const wall = dayZero + Math.round(value * DAY);
	return reading('spreadsheetSerial', Number.isInteger(value) ? 'date' : 'local', wall);
}

function instant(
	form: 'unixSeconds' | 'unixMilliseconds' | 'unixMicroseconds' | 'unixNanoseconds',
	milliseconds: number,
) {
	return milliseconds >= 0 ? reading(form, 'count', milliseconds) : undefined;
}
