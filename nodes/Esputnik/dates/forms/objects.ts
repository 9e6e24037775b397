import { DateTime, FixedOffsetZone } from 'luxon';
import { MINUTE, reading } from '../reading';
import type { DateForm, Reading } from '../reading';
import { readIsoForms } from './isoForms';
import { readIsoTimestamp } from './isoTimestamp';
import { numberOf } from './numbers';
import { readTimed } from './timeOfDay';

/**
 * Dates that are objects: a JavaScript `Date`, from whatever realm, whose clock is UTC; a Luxon `DateTime`, whose clock is its own zone;
 * and what the JSON of some sources holds in place of a date, see {@link readPlainObject}. A DateTime is known by what it carries,
 * because it may come from another copy of Luxon, or from n8n's `vm` expression engine, which turns one inside an item into a plain
 * object. Undefined for invalid ones and for all other objects.
 */
export function readObject(value: object): Reading | undefined {
	if (isDate(value)) return reading('dateObject', 'zoned', value.getTime());
	if (isLuxonDateTime(value)) {
		const offset = Math.round(value.o * MINUTE);
		return reading('luxonDateTime', 'zoned', value.ts + offset, offset);
	}
	return Array.isArray(value) ? undefined : readPlainObject(value);
}

/**
 * - Firestore: `{ _seconds, _nanoseconds }`
 * - MongoDB's extended JSON: `{ $date: '2024-05-12T07:11:12Z' }`, `{ $date: { $numberLong: '1715497872000' } }`
 * - PHP's DateTime: `{ date: '2024-05-12 10:11:12.000000', timezone_type: 3, timezone: 'Europe/Kyiv' }`
 * - Notion: `{ start: '2024-05-12T10:11:00.000+03:00', end: null, time_zone: null }`; a range is told by its start
 *
 * An object with any other field is none of them.
 */
function readPlainObject(value: object): Reading | undefined {
	const fields = new Map<string, unknown>(Object.entries(value));
	const has = (...names: readonly string[]) =>
		[...fields.keys()].every((name) => names.includes(name));
	if (fields.has('_seconds') && has('_seconds', '_nanoseconds')) {
		return count('firestore', fields.get('_seconds'), 1000);
	}
	if (fields.size === 1 && fields.has('$date')) return readMongo(fields.get('$date'));
	if (fields.has('timezone') && has('date', 'timezone', 'timezone_type')) {
		return readInZone('php', fields.get('date'), fields.get('timezone'));
	}
	if (fields.has('start') && has('start', 'end', 'time_zone')) {
		return readInZone('notion', fields.get('start'), fields.get('time_zone') ?? '');
	}
	return undefined;
}

function count(form: DateForm, value: unknown, milliseconds: number): Reading | undefined {
	const number = typeof value === 'string' ? numberOf(value) : value;
	return typeof number === 'number' && Number.isFinite(number)
		? reading(form, 'count', number * milliseconds)
		: undefined;
}

function readMongo(value: unknown): Reading | undefined {
	const long = typeof value === 'object' && value !== null && '$numberLong' in value;
	if (long || typeof value === 'number') return count('mongo', long ? value.$numberLong : value, 1);
	const read = readIso(value);
	return read?.kind === 'zoned' ? { ...read, form: 'mongo' } : undefined;
}

/** A text of ISO 8601 or SQL; where it names no instant, a zone beside it does. */
function readInZone(form: DateForm, text: unknown, zone: unknown): Reading | undefined {
	const read = readIso(text);
	if (read === undefined || typeof zone !== 'string') return undefined;
	return read.kind === 'local' ? readTimed(form, read.wall, zone) : { ...read, form };
}

function readIso(text: unknown): Reading | undefined {
	return typeof text === 'string' ? (readIsoTimestamp(text) ?? readIsoForms(text)) : undefined;
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
