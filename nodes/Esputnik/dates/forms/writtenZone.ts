import { HOUR, offsetOf } from '../reading';
import { zoneClock } from '../zoneClock';

const WRITTEN =
	/^(?:(?<z>z)(?![a-z])|(?<sign>[+-])(?<hour>\d\d)(?::?(?<minute>\d\d)(?::?(?<second>\d\d))?)?(?!\d))? ?(?<rest>.*)$/i;
const FROM_UTC = /^(?:GMT|UTC)(?<sign>[+-])(?<hour>\d\d?)(?:(?::|(?<=\d\d))(?<minute>\d\d))?$/;
const COMMENT = /^(?<before>.+?) ?\(.*\)$/;
const IN_PARENTHESES = /^\((?<inside>[^()]*)\)$/;
const IN_BRACKETS = /^\[(?<inside>[^[\]]*)\]$/;
/** In capitals, as programs write it: `+10 days` is no offset. */
const ABBREVIATION = /^(?![AP]M$)[A-Z]{2,5}$/;

/** Go's `time.Time.String()` repeats an offset that has no name (`+0530 +0530`) and ends in what a clock counted (`m=+0.01`). */
const MONOTONIC = / m=[+-][\d.]+$/;

/** Offsets in hours: UTC, and the abbreviations of the United States as RFC 5322, 4.3 fixes them; CST see {@link CHINA_TOO}. */
const FIXED: Readonly<Record<string, number>> = {
	...{ Z: 0, UT: 0, UTC: 0, GMT: 0 },
	...{ EDT: -4, EST: -5, CDT: -5, CST: -6, MDT: -6, MST: -7, PDT: -7, PST: -8 },
	// Names of European summer times, which are nobody else's.
	...{ WEST: 1, CEST: 2, MEST: 2, EEST: 3 },
};

/** Java and Unix in China write CST for UTC+8; in mail it is American. */
const CHINA_TOO = 'CST';

/** The winter time of European zones; many write it in summer and mean the time of the clock then. */
const WINTER: Readonly<Record<string, number>> = { WET: 0, CET: 1, MET: 1, EET: 2 };

/**
 * The offset that the end of a date tells, in milliseconds: `Z`, `+03:00`, `+03`, `UTC`, `GMT+1`, `PDT`, `Europe/Kyiv`, an offset with a name
 * after it (`+0000 UTC`, `+03:00[Europe/Kyiv]`, `+0300 (EEST)`). NaN where it tells none for certain: an abbreviation of several zones,
 * one of winter in summer (CET in July), an offset that its zone did not have then.
 *
 * @param wall the clock's time, on which the offset of an IANA zone depends
 * @param isMail whether the date is that of a mail (RFC 5322), where CST is American
 */
export function writtenOffset(text: string, wall: number, isMail = false): number {
	const written = text.replace(MONOTONIC, '');
	const plain = IN_PARENTHESES.exec(written)?.groups?.inside ?? written;
	const parts = WRITTEN.exec(COMMENT.exec(plain)?.groups?.before ?? plain)?.groups;
	if (!parts || Number.isNaN(wall)) return NaN;
	const { z, sign, rest } = parts;
	const inBrackets = IN_BRACKETS.exec(rest)?.groups?.inside;
	const name = inBrackets ?? rest;
	if (z === undefined && sign === undefined) return namedOffset(name, wall, isMail);
	const offset = z === undefined ? offsetOfParts(parts) : 0;
	if (rest === '') return offset;
	if (inBrackets !== undefined && !zoneClock(name)) return NaN;
	// RFC 9557: a Z in front of a zone says that the offset there is unknown.
	if (z !== undefined && inBrackets !== undefined) return offset;
	const isKnown = z === undefined || !Number.isNaN(namedOffset(name, wall, isMail));
	return isKnown && agrees(offset, name, wall, isMail) ? offset : NaN;
}

/** The offset of a zone by its name alone; NaN where none is certain. */
export function namedOffset(name: string, wall: number, isMail = false): number {
	const upper = name.toUpperCase();
	const fromUtc = FROM_UTC.exec(upper)?.groups;
	if (fromUtc) return offsetOfParts(fromUtc);
	if (upper in FIXED) return upper === CHINA_TOO && !isMail ? NaN : FIXED[upper] * HOUR;
	const clock = zoneClock(name);
	if (!clock) return NaN;
	const offset = wall - clock.toInstant(wall);
	return upper in WINTER && offset !== WINTER[upper] * HOUR ? NaN : offset;
}

/** Whether the zone of a name had an offset at that time of its clock; of an unknown abbreviation nobody can say, and the offset counts. */
export function agrees(offset: number, name: string, wall: number, isMail = false): boolean {
	if (Number.isNaN(offset)) return false;
	if (namedOffset(name, wall, isMail) === offset) return true;
	const clock = zoneClock(name);
	if (clock) return clock.toWall(wall - offset) === wall;
	const repeated = WRITTEN.exec(name)?.groups;
	if (repeated?.sign !== undefined)
		return repeated.rest === '' && offsetOfParts(repeated) === offset;
	const upper = name.toUpperCase();
	return ABBREVIATION.test(name) && (upper === CHINA_TOO || !(upper in FIXED));
}

function offsetOfParts(parts: Readonly<Record<string, string | undefined>>): number {
	const { sign, hour, minute = 0, second = 0 } = parts;
	return offsetOf(sign === '-' ? -1 : 1, Number(hour), Number(minute), Number(second));
}
