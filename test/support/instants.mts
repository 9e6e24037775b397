import { DateTime } from 'luxon';
import { compileDateReader } from '../../nodes/Esputnik/dates/dateReader.ts';
import type { DateReader } from '../../nodes/Esputnik/dates/dateReader.ts';
import { DEFAULTS } from './occurred.mts';
import { pick, seededRandom } from './random.mts';
import { transitionsOf } from './transitions.mts';

/** Zones with and without summer time, in both halves of the globe, with odd offsets and with changes of the rules. */
export const ZONES = [
	'Africa/Cairo',
	'Africa/Casablanca',
	'America/Caracas',
	'America/New_York',
	'America/Sao_Paulo',
	'America/St_Johns',
	'Asia/Dhaka',
	'Asia/Gaza',
	'Asia/Kathmandu',
	'Asia/Pyongyang',
	'Asia/Tehran',
	'Asia/Tokyo',
	'Australia/Lord_Howe',
	'Europe/Dublin',
	'Europe/Kyiv',
	'Europe/Lisbon',
	'Europe/Moscow',
	'Pacific/Apia',
	'Pacific/Chatham',
	'UTC',
];

const TARGET = "yyyy-MM-dd'T'HH:mm";
const HOUR = 3_600_000;
const FROM = Date.UTC(1970, 0, 1);
const UNTIL = Date.UTC(2100, 0, 1);

export type Value = string | number;

/** A way to write an instant, and how a builder reads it with Luxon. */
export interface Form {
	readonly name: string;
	readonly write: (instant: number, random: () => number) => Value;
	readonly luxon: (value: Value, zone: string) => string;
}

const viaISO = (value: Value, zone: string) =>
	DateTime.fromISO(String(value), { zone }).toFormat(TARGET);
const viaSQL = (value: Value, zone: string) =>
	DateTime.fromSQL(String(value), { zone }).toFormat(TARGET);

export const FORMS: readonly Form[] = [
	{
		name: 'ISO 8601 with an offset',
		write: (instant, random) => withOffset(instant, random, 'T', ['+hh:mm', '+hhmm', '+hh']),
		luxon: viaISO,
	},
	{
		name: 'ISO 8601 with Z',
		write: (instant) => new Date(instant).toISOString(),
		luxon: viaISO,
	},
	{
		name: 'SQL timestamp with an offset',
		write: (instant, random) => withOffset(instant, random, ' ', ['+hh', '+hh:mm']),
		luxon: viaSQL,
	},
	{
		name: 'Unix seconds',
		write: (instant) => Math.floor(enoughDigits(instant, 1e11) / 1000),
		luxon: (value, zone) => DateTime.fromSeconds(Number(value), { zone }).toFormat(TARGET),
	},
	{
		name: 'Unix milliseconds',
		write: (instant) => enoughDigits(instant, 1e12),
		luxon: (value, zone) => DateTime.fromMillis(Number(value), { zone }).toFormat(TARGET),
	},
];

export interface GeneratedValue {
	readonly value: Value;
	readonly form: Form;
	readonly zone: string;
}

/**
 * Values of 1970–2099, the same for the same seed: every second one anywhere, the others within three hours of a moment at
 * which clocks change in their zone.
 */
export function generateValues(options: {
	seed: number;
	count: number;
	forms?: readonly Form[];
	zones?: readonly string[];
}): GeneratedValue[] {
	const { seed, count, forms = FORMS, zones = ZONES } = options;
	const random = seededRandom(seed);
	const changes = new Map(
		zones.map((zone) => [zone, transitionsOf(zone, 1970, 2100).map(({ at }) => at)]),
	);
	return Array.from({ length: count }, () => {
		const form = pick(forms, random);
		const zone = pick(zones, random);
		const near = changes.get(zone) ?? [];
		const anywhere = FROM + Math.floor(random() * (UNTIL - FROM));
		const instant =
			near.length === 0 || random() < 0.5
				? anywhere
				: pick(near, random) + Math.floor((random() * 6 - 3) * HOUR);
		return { value: form.write(instant, random), form, zone };
	});
}

const readers = new Map<string, DateReader['read']>();

/** The node's reader of dates without any setting but the account's zone. */
export function readerInto(accountTimezone: string): DateReader['read'] {
	const known = readers.get(accountTimezone);
	if (known) return known;
	const reader = compileDateReader({ ...DEFAULTS, accountTimezone });
	if ('kind' in reader) throw new Error(`No reader into ${accountTimezone}`);
	readers.set(accountTimezone, reader.read);
	return reader.read;
}

/** An instant on a clock that is some hours or a quarter off UTC, with seconds and a fraction now and then. */
function withOffset(
	instant: number,
	random: () => number,
	separator: string,
	offsetForms: readonly string[],
): string {
	const offsetForm = pick(offsetForms, random);
	const quarters = Math.floor(random() * 105) - 48;
	const minutes = offsetForm.includes('mm') ? quarters * 15 : Math.trunc(quarters / 4) * 60;
	const clock = new Date(instant + minutes * 60_000).toISOString();
	const length = pick([16, 19, 23], random);
	const offset = offsetForm
		.replace('+', minutes < 0 ? '-' : '+')
		.replace('hh', twoDigits(Math.floor(Math.abs(minutes) / 60)))
		.replace('mm', twoDigits(Math.abs(minutes) % 60));
	return clock.slice(0, length).replace('T', separator) + offset;
}

/** Counts of too few digits, which would not be recognised as such, are moved beyond them. */
function enoughDigits(instant: number, least: number): number {
	return instant < least ? instant + least : instant;
}

function twoDigits(number: number): string {
	return String(number).padStart(2, '0');
}
