import { DateTime } from 'luxon';

const PATTERN = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?$/;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads `YYYY-MM-DD` (which means midnight) or `YYYY-MM-DDTHH:mm`, the two documented forms.
 * @returns minutes since 1970-01-01T00:00 on the account's own clock, without regard to its zone; undefined for anything else,
 * also for a day that does not exist
 */
export function minuteOf(occurred: string): number | undefined {
	const parts = PATTERN.exec(occurred);
	if (parts === null) return undefined;
	const year = Number(parts[1]);
	const month = Number(parts[2]);
	const day = Number(parts[3]);
	const hour = Number(parts[4] ?? 0);
	const minute = Number(parts[5] ?? 0);
	if (year < 1000 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59)
		return undefined;
	if (day > daysIn(year, month)) return undefined;
	return Date.UTC(year, month - 1, day, hour, minute) / 60_000;
}

/** The opposite of `minuteOf`: `YYYY-MM-DDTHH:mm`. */
export function minuteText(minute: number): string {
	return new Date(minute * 60_000).toISOString().slice(0, 16);
}

/** The present minute on the clock of an account in this IANA zone. */
export function minuteNow(timezone: string): number {
	const now = DateTime.utc().setZone(timezone);
	return Math.floor((now.toMillis() + now.offset * 60_000) / 60_000);
}

function daysIn(year: number, month: number): number {
	const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	return month === 2 && leap ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
}
