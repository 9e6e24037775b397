/** What a date value says by itself, before any time zone is applied to it. */
export interface Reading {
	/** The form that was recognised. */
	readonly form: DateForm;
	/** The clock on the wall as written: milliseconds since 1970-01-01T00:00 on that same clock. */
	readonly wall: number;
	readonly kind: ReadingKind;
	/** How far that clock is ahead of UTC, in milliseconds; 0 where the kind has none. */
	readonly offset: number;
}

/**
 * - `date`: a day without a time
 * - `local`: a time that names no instant, because nothing tells its zone
 * - `zoned`: a time with an offset or a zone
 * - `count`: an instant without a time as written: seconds since 1970; its wall clock is that of UTC
 */
export type ReadingKind = 'date' | 'local' | 'zoned' | 'count';

/** The forms in which dates are recognised. What people call them: {@link formName}. */
export type DateForm =
	| 'isoDate'
	| 'compactDate'
	| 'compactTimestamp'
	| 'iso'
	| 'isoWithOffset'
	| 'sql'
	| 'sqlWithOffset'
	| 'yearFirst'
	| 'dotted'
	| 'dayFirst'
	| 'monthFirst'
	| 'monthByName'
	| 'ctime'
	| 'http'
	| 'rfc2822'
	| 'javascript'
	| 'dotNet'
	| 'unixSeconds'
	| 'unixMilliseconds'
	| 'unixMicroseconds'
	| 'unixNanoseconds'
	| 'spreadsheetSerial'
	| 'dateObject'
	| 'luxonDateTime'
	| 'firestore'
	| 'mongo'
	| 'notion'
	| 'php'
	| 'custom';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The midnight that begins a day of the Gregorian calendar, in milliseconds since 1970-01-01; NaN where there is no such day. */
export function dayOf(year: number, month: number, day: number): number {
	const exists = year >= 1000 && day >= 1 && day <= lengthOfMonth(year, month);
	return exists ? Date.UTC(year, month - 1, day) : NaN;
}

/** Milliseconds from midnight to a time of day; NaN where there is no such time. 24:00 is the end of the day, as in ISO 8601. */
export function timeOf(hour: number, minute: number, second: number): number {
	const exists =
		hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
	if (exists) return hour * HOUR + minute * MINUTE + second * 1000;
	return hour === 24 && minute === 0 && second === 0 ? DAY : NaN;
}

/** An offset from UTC in milliseconds; NaN beyond 23:59:59, the limit of RFC 3339. `sign` is 1 east of Greenwich and -1 west. */
export function offsetOf(sign: 1 | -1, hour: number, minute: number, second: number): number {
	const exists = hour <= 23 && minute <= 59 && second <= 59;
	return exists ? sign * (hour * HOUR + minute * MINUTE + second * 1000) : NaN;
}

/** A year as written; of two digits, 00 to 49 are 2000 to 2049 and 50 to 99 are 1950 to 1999 (RFC 5322, 4.3). */
export function yearOf(digits: string): number {
	const year = Number(digits);
	if (digits.length !== 2) return year;
	return year < 50 ? 2000 + year : 1900 + year;
}

/** An hour of a 12-hour clock as one of 24, NaN where there is no such hour (0 AM, 15 PM); `half` begins with `a` or `p`. */
export function hourOfHalf(hour: number, half: string): number {
	if (hour < 1 || hour > 12) return NaN;
	return (hour % 12) + (/^p/i.test(half) ? 12 : 0);
}

/** Whether a fraction of a second, as digits, is more than nothing: 24:00 is the end of a day, and no later time is. */
export function isPastMidnight(hour: number, fraction: string | undefined): boolean {
	return hour === 24 && /[1-9]/.test(fraction ?? '');
}

/** A reading, or undefined where one of its parts turned out not to exist (NaN). */
export function reading(
	form: DateForm,
	kind: ReadingKind,
	wall: number,
	offset = 0,
): Reading | undefined {
	if (Number.isNaN(wall) || Number.isNaN(offset)) return undefined;
	return { form, kind, wall, offset };
}

function lengthOfMonth(year: number, month: number): number {
	const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	return month === 2 && isLeapYear ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);
}
