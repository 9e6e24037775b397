import { dayOf, offsetOf, reading, timeOf } from '../reading';
import type { Reading } from '../reading';

const SPACE = 0x20;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const COLON = 0x3a;
const UPPER_T = 0x54;
const UPPER_Z = 0x5a;
const LOWER_T = 0x74;
const LOWER_Z = 0x7a;

/**
 * The fast path, character by character, for what databases and APIs write most: `YYYY-MM-DD`, then `T` or a space, `HH:mm`,
 * `:ss`, a fraction of any length, and `Z` or an offset (`±HH`, `±HHmm`, `±HH:mm`, `±HH:mm:ss`, which Postgres writes for
 * years before the zones were made). Undefined for everything else, which is read by slower ways.
 */
export function readIsoTimestamp(text: string): Reading | undefined {
	if (text.charCodeAt(4) !== MINUS || text.charCodeAt(7) !== MINUS) return undefined;
	const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
	const day = dayOf(year, twoDigits(text, 5), twoDigits(text, 8));
	if (text.length === 10) return reading('isoDate', 'date', day);

	const separator = text.charCodeAt(10);
	const isSql = separator === SPACE;
	if (!isSql && separator !== UPPER_T && separator !== LOWER_T) return undefined;
	if (text.charCodeAt(13) !== COLON) return undefined;
	let end = 16;
	let second = 0;
	if (text.charCodeAt(end) === COLON) {
		second = twoDigits(text, 17);
		end = endOfFraction(text, 19);
	}
	const hour = twoDigits(text, 11);
	if (hour === 24 && end > 19) return undefined;
	const wall = day + timeOf(hour, twoDigits(text, 14), second);
	if (end === text.length) return reading(isSql ? 'sql' : 'iso', 'local', wall);

	if (text.charCodeAt(end) === SPACE) end++;
	const form = isSql ? 'sqlWithOffset' : 'isoWithOffset';
	return reading(form, 'zoned', wall, offsetFrom(text, end));
}

/** NaN where two digits do not stand there. */
function twoDigits(text: string, at: number): number {
	const tens = text.charCodeAt(at) - 0x30;
	const ones = text.charCodeAt(at + 1) - 0x30;
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

function endOfFraction(text: string, at: number): number {
	const mark = text.charCodeAt(at);
	if (mark !== DOT && mark !== COMMA) return at;
	let end = at + 1;
	while (text.charCodeAt(end) >= 0x30 && text.charCodeAt(end) <= 0x39) end++;
	return end === at + 1 ? at : end;
}

/** The offset that fills the rest of the text, in milliseconds; NaN where none does. */
function offsetFrom(text: string, at: number): number {
	const length = text.length - at;
	const sign = text.charCodeAt(at);
	if (sign === UPPER_Z || sign === LOWER_Z) return length === 1 ? 0 : NaN;
	if (sign !== PLUS && sign !== MINUS) return NaN;
	const direction = sign === PLUS ? 1 : -1;
	const hour = twoDigits(text, at + 1);
	if (length === 3) return offsetOf(direction, hour, 0, 0);
	if (length === 5) return offsetOf(direction, hour, twoDigits(text, at + 3), 0);
	if (text.charCodeAt(at + 3) !== COLON) return NaN;
	const minute = twoDigits(text, at + 4);
	if (length === 6) return offsetOf(direction, hour, minute, 0);
	const hasSeconds = length === 9 && text.charCodeAt(at + 6) === COLON;
	return hasSeconds ? offsetOf(direction, hour, minute, twoDigits(text, at + 7)) : NaN;
}
