import type { Alternative, DateFault, DateFormat } from './faults';
import { readerOf, withoutInvisible } from './formats';
import { compactReadings, mayBePhone, numberOf, readCount } from './forms/numbers';
import { isUnordered, readOrdered, readYearFirst } from './forms/numericDates';
import { dateObjectText } from './forms/objects';
import { quotable } from '../problem';
import { canBeWritten, writeDate, writeTime } from './writing';
import type { Reading } from './reading';

type Unread = Extract<DateFault, { readonly kind: 'missing' | 'unreadable' | 'ambiguous' }>;

/** Why no date came out of a value in a format: it is missing, has several readings, or none. */
export function whyUnread(value: unknown, format: DateFormat, pattern: string): Unread {
	if (value === undefined || value === null || (typeof value === 'string' && !value.trim())) {
		return { kind: 'missing' };
	}
	const quoted = quotableDate(value);
	if (format === 'auto') {
		const readings = readingsOf(value);
		if (readings.length > 0) {
			const digits = String(typeof value === 'string' ? numberOf(value.trim()) : value);
			const isOnlyCount = readings.length === 1;
			return {
				kind: 'ambiguous',
				value: quoted,
				readings,
				mayBePhone: isOnlyCount && mayBePhone(digits.replace(/\..*/, '')),
			};
		}
	}
	const unknownZone = unknownZoneOf(value, format);
	return {
		kind: 'unreadable',
		value: quoted,
		format,
		pattern,
		fits: fitsOf(value, format),
		...(unknownZone !== undefined && { unknownZone }),
	};
}

/** A date value in a form that fits into a message. */
export function quotableDate(value: unknown): string {
	const object = typeof value === 'object' && value !== null ? dateObjectText(value) : undefined;
	if (object !== undefined) return object;
	if (typeof value === 'number') return String(value);
	return quotable(typeof value === 'string' ? value.trim() : value);
}

/** The ways to read a value that Automatic does not choose among: an order of day, month and year, or what digits are. */
function readingsOf(value: unknown): Alternative[] {
	if (typeof value === 'string') {
		const plain = withoutInvisible(value);
		if (isUnordered(plain)) return orders(plain);
	}
	const number = typeof value === 'string' ? numberOf(value.trim()) : value;
	const isNumber = typeof number === 'number' || typeof number === 'bigint';
	return isNumber ? digitReadings(Number(number)) : [];
}

function orders(text: string): Alternative[] {
	return [
		...alternative('dayFirst', readOrdered(text, 'dayFirst')),
		...alternative('monthFirst', readOrdered(text, 'monthFirst')),
		...yearInFront(text),
	];
}

/** `24/05/12`, `24.05.12`: the year may stand first, too. */
function yearInFront(text: string): Alternative[] {
	const parts = /^(\d\d)([./-])(\d\d)\2(\d\d)(?!\d)(.*)$/.exec(text);
	if (!parts) return [];
	const [, year, mark, month, day, tail] = parts;
	const century = Number(year) < 50 ? '20' : '19';
	const hours = /^ \d\d:\d\d$/.test(tail) ? ' HH:mm' : '';
	if (hours === '' && tail !== '') return [];
	const pattern = `yy${mark}MM${mark}dd${hours}`;
	return alternative(
		'custom',
		readYearFirst(`${century}${year}${mark}${month}${mark}${day}${tail}`),
		pattern,
	);
}

function digitReadings(number: number): Alternative[] {
	const digits = String(Math.floor(number));
	const count = number >= 1e9 && number < 1e16 ? readCount(number) : undefined;
	if (!count) return [];
	const counted = alternative(number < 1e10 ? 'unixSeconds' : 'unixMilliseconds', count);
	return [
		// Microseconds are read by Automatic alone, which does not choose here; no format would read them.
		...(number < 1e13 ? counted : []),
		...compactReadings(digits).flatMap(({ pattern, reading }) =>
			alternative('custom', reading, pattern),
		),
	];
}

const OTHER_FORMATS = ['auto', 'dayFirst', 'monthFirst', 'spreadsheetSerial'] as const;

/** Days of 1970 to 2050, which a number is likely to count in a sheet. */
const LIKELY_SERIALS = { from: 25_569, until: 55_153 };

/** The other formats in which a value can be read. */
function fitsOf(value: unknown, format: DateFormat): Alternative[] {
	return OTHER_FORMATS.flatMap((other) => {
		if (other === format || (other === 'spreadsheetSerial' && !isLikelySerial(value))) return [];
		return alternative(other, readerOf(other)(value));
	});
}

function isLikelySerial(value: unknown): boolean {
	const number = typeof value === 'string' ? Number(value.trim().replace(',', '.')) : value;
	return (
		typeof number === 'number' && number >= LIKELY_SERIALS.from && number < LIKELY_SERIALS.until
	);
}

const LAST_WORD = /^(?<before>.*\d(?: ?[ap]\.?m\.?)?) ?(?<word>[a-z]{2,5})$/i;

/** The abbreviation at the end of a text that could be read without it. */
function unknownZoneOf(value: unknown, format: DateFormat): string | undefined {
	if (typeof value !== 'string' || format === 'custom') return undefined;
	const parts = LAST_WORD.exec(value.trim())?.groups;
	if (!parts || /^[ap]m$/i.test(parts.word)) return undefined;
	return readerOf(format)(parts.before)?.kind === 'local' ? parts.word : undefined;
}

function alternative(
	format: DateFormat,
	read: Reading | undefined,
	pattern?: string,
): Alternative[] {
	if (!read || !canBeWritten(read.wall)) return [];
	return [
		{
			format,
			...(pattern !== undefined && { pattern }),
			reads: read.kind === 'date' ? writeDate(read.wall) : writeTime(read.wall),
			isUtc: read.kind === 'count',
		},
	];
}
