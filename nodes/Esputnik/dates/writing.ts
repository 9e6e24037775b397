import { DAY, MINUTE } from './reading';

const EARLIEST = Date.UTC(1900, 0, 1);
const AFTER_LATEST = Date.UTC(10_000, 0, 1);
const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));
const TIMES_OF_DAY = Array.from(
	{ length: 1440 },
	(_, minute) => `T${TWO_DIGITS[Math.floor(minute / 60)]}:${TWO_DIGITS[minute % 60]}`,
);

/** The years that can be written are 1900 to 9999. `wall` is in milliseconds since 1970-01-01T00:00 on that clock. */
export function canBeWritten(wall: number): boolean {
	return wall >= EARLIEST && wall < AFTER_LATEST;
}

/** `YYYY-MM-DD`, the day of a wall clock whose year is 1900 to 9999. */
export function writeDate(wall: number): string {
	return dateText(Math.floor(wall / DAY));
}

/**
 * `YYYY-MM-DDTHH:mm`, the time of a wall clock whose year is 1900 to 9999. Seconds are cut, not rounded: the minute is
 * the one that the clock showed, before 1970 too.
 */
export function writeTime(wall: number): string {
	const day = Math.floor(wall / DAY);
	return dateText(day) + TIMES_OF_DAY[Math.floor((wall - day * DAY) / MINUTE)];
}

/** `YYYY-MM-DDTHH:mm:ss`, likewise; what is less than a second is cut. */
export function writeTimeWithSeconds(wall: number): string {
	const second = Math.floor((wall - Math.floor(wall / MINUTE) * MINUTE) / 1000);
	return `${writeTime(wall)}:${TWO_DIGITS[second]}`;
}

/**
 * The date of a day counted from 1970-01-01, by the arithmetic of Howard Hinnant's "chrono-Compatible Low-Level Date
 * Algorithms" (civil_from_days): years are counted from 1 March, so that the leap day is the last. Several times faster than `Date`.
 */
function dateText(day: number): string {
	const sinceMarch0 = day + 719_468;
	const era = Math.floor(sinceMarch0 / 146_097);
	const dayOfEra = sinceMarch0 - era * 146_097;
	const yearOfEra = Math.floor(
		(dayOfEra -
			Math.floor(dayOfEra / 1460) +
			Math.floor(dayOfEra / 36_524) -
			Math.floor(dayOfEra / 146_096)) /
			365,
	);
	const dayOfYear =
		dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
	const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
	const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
	const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
	const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
	return `${year}-${TWO_DIGITS[month]}-${TWO_DIGITS[dayOfMonth]}`;
}
