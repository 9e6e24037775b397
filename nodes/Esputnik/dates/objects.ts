import { DateTime, FixedOffsetZone } from 'luxon';
import { MINUTE, reading } from './reading';
import type { Reading } from './reading';

/**
 * Date objects: a JavaScript `Date`, from whatever realm, whose clock is UTC, and a Luxon `DateTime`, whose clock is its own
 * zone. A DateTime is known by what it carries, because it may come from another copy of Luxon, or from n8n's `vm` expression
 * engine, which turns one inside an item into a plain object. Undefined for invalid ones and for all other objects.
 */
export function readObject(value: object): Reading | undefined {
	if (isDate(value)) return reading('Date object', 'zoned', value.getTime());
	if (!isLuxonDateTime(value)) return undefined;
	const offset = Math.round(value.o * MINUTE);
	return reading('Luxon DateTime', 'zoned', value.ts + offset, offset);
}

/** A date object as text for people; undefined for everything else. */
export function dateObjectText(value: object): string | undefined {
	if (isDate(value)) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
	if (!('isLuxonDateTime' in value && value.isLuxonDateTime === true)) return undefined;
	if (!isLuxonDateTime(value)) return 'Invalid DateTime';
	const zone = FixedOffsetZone.instance(value.o);
	return DateTime.fromMillis(value.ts, { zone }).toISO() ?? 'Invalid DateTime';
}

function isDate(value: unknown): value is Date {
	return Object.prototype.toString.call(value) === '[object Date]';
}

/** The fields that Luxon 1 to 3 keeps in a DateTime: the instant in milliseconds and the offset in minutes. */
interface LuxonFields {
	readonly ts: number;
	readonly o: number;
}

function isLuxonDateTime(value: object): value is LuxonFields {
	return (
		'isLuxonDateTime' in value &&
		value.isLuxonDateTime === true &&
		!('invalid' in value && value.invalid) &&
		'ts' in value &&
		Number.isFinite(value.ts) &&
		'o' in value &&
		Number.isFinite(value.o)
	);
}
