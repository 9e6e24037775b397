import { readIsoForms } from './isoForms';
import { DAY, reading } from './reading';
import type { Reading } from './reading';

const DIGITS = /^(?:0|[1-9]\d*)(?:\.\d+)?$/;
const DIGITS_OF_A_SHEET = /^\d+(?:[.,]\d+)?$/;

/** The number that a text of digits stands for, perhaps with a fraction; undefined for any other text. */
export function numberOf(text: string): number | undefined {
	return DIGITS.test(text) ? Number(text) : undefined;
}

/** As {@link numberOf}; a sheet of a European locale writes the fraction after a comma. */
export function numberOfSheet(text: string): number | undefined {
	return DIGITS_OF_A_SHEET.test(text) ? Number(text.replace(',', '.')) : undefined;
}

/**
 * A number whose count of digits before the point tells what it is: 8 a compact date (20240512), 9–10 seconds, 12–13
 * milliseconds, 15–16 microseconds since 1970. Undefined for every other.
 */
export function readNumber(value: number): Reading | undefined {
	if (value >= 1e8 && value < 1e10) return readUnixSeconds(value);
	if (value >= 1e11 && value < 1e13) return readUnixMilliseconds(value);
	if (value >= 1e14 && value < 1e16) return instant('Unix microseconds', value / 1000);
	const isCompactDate = value >= 1e7 && value < 1e8 && Number.isInteger(value);
	return isCompactDate ? readIsoForms(String(value)) : undefined;
}

/** Seconds since 1970-01-01T00:00Z; the fraction is cut. */
export function readUnixSeconds(value: number): Reading | undefined {
	return instant('Unix seconds', value * 1000);
}

/** Milliseconds since 1970-01-01T00:00Z. */
export function readUnixMilliseconds(value: number): Reading | undefined {
	return instant('Unix milliseconds', value);
}

/** Serial 60 is 29 February 1900, a day that Lotus 1-2-3 made up and Excel kept. */
const LEAP_BUG = 60;
const DAY_ZERO = Date.UTC(1899, 11, 30);

/**
 * A date of a spreadsheet: days, and the time as a fraction of a day. From serial 61 (1 March 1900) Google Sheets and Excel's 1900
 * system agree; 1 to 59 are read as Excel does (1 is 1 January 1900), 60 does not exist, and below 1 there is no day. A whole number is
 * a date without a time. Sheets keep milliseconds in a binary fraction that falls a little short (45424.42430555555 shows
 * 10:11, being 10:10:59.9999995), so the time is rounded to the millisecond, and then the seconds are cut.
 */
export function readSpreadsheetSerial(value: number): Reading | undefined {
	const time = Math.round(value * DAY);
	const day = Math.floor(time / DAY);
	if (!(value >= 1) || day === LEAP_BUG) return undefined;
	const wall = DAY_ZERO + time + (day < LEAP_BUG ? DAY : 0);
	return reading('spreadsheet serial', Number.isInteger(value) ? 'date' : 'local', wall);
}

function instant(form: string, milliseconds: number): Reading | undefined {
	return milliseconds >= 0 ? reading(form, 'count', milliseconds) : undefined;
}
