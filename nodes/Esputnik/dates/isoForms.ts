import { DateTime } from 'luxon';
import { offsetOf, reading, timeOf } from './reading';
import type { Reading } from './reading';
import { zoneClock } from './zoneClock';

const DATE = String.raw`(?<date>[+-]\d{6}-?\d\d-?\d\d|\d{4}(?:-?\d\d-?\d\d|-?\d{3}|-?W\d\d-?\d))`;
const TIME = String.raw`(?<hour>\d\d)(?::?(?<minute>\d\d)(?::?(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?)?`;
const OFFSET = String.raw`(?:[Zz]|(?<sign>[+-])(?<offsetHour>\d\d)(?::?(?<offsetMinute>\d\d)(?::?(?<offsetSecond>\d\d))?)?)`;
const ZONE = String.raw`[A-Za-z][\w+-]*(?:\/[\w+-]+){0,2}`;
const ISO = new RegExp(
	`^${DATE}(?:[Tt ]${TIME} ?(?:(?<offset>${OFFSET})?(?:\\[(?<bracketZone>${ZONE})\\])?|(?<sqlZone>${ZONE})))?$`,
);

/**
 * Every form of ISO 8601 that Luxon reads and that names a day: calendar, week and ordinal dates, with hyphens or compact
 * (`2024-W19-7`, `2024133`, `20240512T101112Z`, `+002024-05-12`), a `T` or a space before the time, the hour alone, `24:00` as
 * the end of the day, an offset, the name of a zone (`…[Europe/Kyiv]` as in RFC 9557, `… UTC` as in SQL). An offset that
 * its zone did not have then is refused.
 */
export function readIsoForms(text: string): Reading | undefined {
	const parts = ISO.exec(text)?.groups;
	if (!parts) return undefined;
	const date = DateTime.fromISO(parts.date, { zone: 'utc' });
	const day = date.isValid ? date.toMillis() : NaN;
	if (parts.hour === undefined) {
		return reading(/[-W]/.test(parts.date) ? 'ISO 8601 date' : 'compact date', 'date', day);
	}
	const wall = day + writtenTime(parts);
	const zone = parts.bracketZone ?? parts.sqlZone;
	if (parts.offset === undefined && zone === undefined) return reading('ISO 8601', 'local', wall);
	return reading('ISO 8601 with offset', 'zoned', wall, writtenOffset(parts, wall, zone));
}

type Parts = Readonly<Record<string, string | undefined>>;

function writtenTime({ hour, minute, second, fraction }: Parts): number {
	const time = timeOf(Number(hour), Number(minute ?? 0), Number(second ?? 0));
	const isPastMidnight = hour === '24' && Number((fraction ?? '').slice(0, 3)) > 0;
	return isPastMidnight ? NaN : time;
}

function writtenOffset(parts: Parts, wall: number, zone: string | undefined): number {
	const { sign, offsetHour, offsetMinute, offsetSecond } = parts;
	const offset = offsetOf(
		sign === '-' ? -1 : 1,
		Number(offsetHour ?? 0),
		Number(offsetMinute ?? 0),
		Number(offsetSecond ?? 0),
	);
	if (zone === undefined || Number.isNaN(wall)) return offset;
	const clock = zoneClock(zone);
	if (!clock) return NaN;
	if (parts.offset === undefined) return wall - clock.toInstant(wall);
	return clock.toWall(wall - offset) === wall || /^z$/i.test(parts.offset) ? offset : NaN;
}
