import { DAY, MINUTE } from './reading';

const EARLIEST = Date.UTC(1900, 0, 1);
const AFTER_LATEST = Date.UTC(10_000, 0, 1);
const TIMES_OF_DAY = Array.from({ length: 1440 }, (_, minute) =>
	new Date(minute * MINUTE).toISOString().slice(10, 16),
);

/** The years that can be written are 1900 to 9999. `wall` is in milliseconds since 1970-01-01T00:00 on that clock. */
export function canBeWritten(wall: number): boolean {
	return wall >= EARLIEST && wall < AFTER_LATEST;
}

/** `YYYY-MM-DD`, the day of a wall clock whose year is 1900 to 9999. */
export function writeDate(wall: number): string {
	return new Date(wall).toISOString().slice(0, 10);
}

/**
 * `YYYY-MM-DDTHH:mm`, the time of a wall clock whose year is 1900 to 9999. Seconds are cut, not rounded: the minute is
 * the one that the clock showed, before 1970 too.
 */
export function writeTime(wall: number): string {
	const day = Math.floor(wall / DAY);
	return writeDate(day * DAY) + TIMES_OF_DAY[Math.floor((wall - day * DAY) / MINUTE)];
}
