import { hourOfHalf, isPastMidnight, reading, timeOf } from '../reading';
import type { DateForm, Reading } from '../reading';
import { writtenOffset } from './writtenZone';

/** `9:05`, `10:11:12.5`, `10.11.12,5` (Oracle, Finland), `10:11:12:123` (Microsoft SQL). */
const TIME = String.raw`(?<hour>\d{1,2})(?<mark>[:.])(?<minute>\d\d)(?:\k<mark>(?<second>\d\d)(?:(?:[.,]|:(?=\d{3}(?!\d)))(?<fraction>\d+))?)?(?!\d)`;
/** `AM`, `p.m.`, Spanish `p. m.` */
const HALF = String.raw`(?: ?(?<half>[ap])\.? ?m\b\.?)?`;

/** A time of 24 hours or with AM/PM, to be put into a larger expression that ignores case. */
export const CLOCK_TIME = TIME + HALF;

const TAIL = new RegExp(`^(?:,? (?:at )?|T)${CLOCK_TIME}(?: ?(?<zone>\\S.*))?$`, 'i');

type Parts = Readonly<Record<string, string | undefined>>;

/** The time of day in the named parts of {@link CLOCK_TIME}, in milliseconds; NaN where there is no such time. */
export function timeOfParts({ hour, minute, second = '0', fraction, half }: Parts): number {
	const hours = half === undefined ? Number(hour) : hourOfHalf(Number(hour), half);
	if (isPastMidnight(hours, fraction)) return NaN;
	return timeOf(hours, Number(minute), Number(second));
}

/**
 * What follows a day: nothing, a time, or a time and its zone.
 *
 * @param day the midnight of the day, NaN where it does not exist
 * @param options `has24Hours`: AM/PM is refused; `isMail`: see {@link writtenOffset}
 */
export function readTail(
	form: DateForm,
	day: number,
	tail: string,
	options: { readonly has24Hours?: boolean; readonly isMail?: boolean } = {},
): Reading | undefined {
	if (tail === '') return reading(form, 'date', day);
	const parts = TAIL.exec(tail)?.groups;
	if (!parts || (options.has24Hours === true && parts.half !== undefined)) return undefined;
	return readTimed(form, day + timeOfParts(parts), parts.zone, options.isMail);
}

/** A time with or without a zone. */
export function readTimed(
	form: DateForm,
	wall: number,
	zone: string | undefined,
	isMail?: boolean,
): Reading | undefined {
	return zone === undefined || zone === ''
		? reading(form, 'local', wall)
		: reading(form, 'zoned', wall, writtenOffset(zone, wall, isMail));
}
