import { DateTime } from 'luxon';

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads `YYYY-MM-DD` (which means midnight) or `YYYY-MM-DDTHH:mm`, the two documented forms.
 * @returns minutes since 1970-01-01T00:00 on the account's own clock, without regard to its zone; undefined for anything else,
 * also for a day that does not exist
 */
export function minuteOf(occurred: string): number | undefined {
	const hasTime = occurred.length === 16;
	if (!hasTime && occurred.length !== 10) return undefined;
	if (occurred[4] !== '-' || occurred[7] !== '-') return undefined;
	if (hasTime && (occurred[10] !== 'T' || occurred[13] !== ':')) return undefined;
	const year = digits(occurred, 0, 4);
	const month = digits(occurred, 5, 7);
	const day = digits(occurred, 8, 10);
	const hour = hasTime ? digits(occurred, 11, 13) : 0;
	const minute = hasTime ? digits(occurred, 14, 16) : 0;
	const exists =
		year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
	if (!exists || !(hour <= 23 && minute <= 59)) return undefined;
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

/** The number in these places; NaN where one of them is no digit. Every event comes by here, and a pattern takes three times as long. */
function digits(text: string, start: number, end: number): number {
	let number = 0;
	for (let i = start; i < end; i++) {
		const digit = text.charCodeAt(i) - 48;
		if (digit < 0 || digit > 9) return NaN;
		number = number * 10 + digit;
	}
	return number;
}

function daysIn(year: number, month: number): number {
	const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	return month === 2 && leap ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
}
