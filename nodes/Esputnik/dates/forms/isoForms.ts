import { DateTime } from 'luxon';
import { isPastMidnight, reading, timeOf } from '../reading';
import type { Reading } from '../reading';
import { readTimed } from './timeOfDay';

const DATE = String.raw`(?<date>[+-]\d{6}-?\d\d-?\d\d|\d{4}(?:-?\d\d-?\d\d|-?\d{3}|-?W\d\d-?\d))`;
const TIME = String.raw`(?<hour>\d\d)(?:(?<colon>:?)(?<minute>\d\d)(?:\k<colon>(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?)?`;
const ISO = new RegExp(`^${DATE}(?:[Tt ]${TIME} ?(?<zone>.*))?$`);
/** `2024133` in ISO 8601; but so is a Julian day of astronomers written, 2460443. */
const SEVEN_DIGITS = /^\d{7}$/;

/**
 * Every form of ISO 8601 that Luxon reads and that names a day: calendar, week and ordinal dates, with hyphens or compact
 * (`2024-W19-7`, `20240512T101112Z`, `+002024-05-12`), a `T` or a space before the time, the hour alone, `24:00` as the end of the
 * day, an offset or a zone (see {@link writtenOffset}). The ordinal date of seven digits alone is refused.
 */
export function readIsoForms(text: string): Reading | undefined {
	const parts = ISO.exec(text)?.groups;
	if (!parts || SEVEN_DIGITS.test(text)) return undefined;
	const date = DateTime.fromISO(parts.date, { zone: 'utc' });
	const day = date.isValid ? date.toMillis() : NaN;
	if (parts.hour === undefined) {
		return reading(/[-W]/.test(parts.date) ? 'isoDate' : 'compactDate', 'date', day);
	}
	const wall = day + writtenTime(parts);
	return readTimed(parts.zone === '' ? 'iso' : 'isoWithOffset', wall, parts.zone);
}

function writtenTime({
	hour,
	minute = '0',
	second = '0',
	fraction,
}: Readonly<Record<string, string | undefined>>): number {
	const milliseconds = fraction?.slice(0, 3);
	return isPastMidnight(Number(hour), milliseconds)
		? NaN
		: timeOf(Number(hour), Number(minute), Number(second));
}
