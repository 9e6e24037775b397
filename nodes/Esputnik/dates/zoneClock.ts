import { IANAZone } from 'luxon';
import { DAY, MINUTE } from './reading';

/** The wall clock of one IANA time zone. All times are in milliseconds, offsets are positive east of Greenwich. */
export interface ZoneClock {
	/** What the clock shows at an instant (milliseconds since 1970-01-01T00:00Z). */
	toWall(instant: number): number;
	/**
	 * The instant at which the clock shows a time. Where it never does (clocks go forward), the offset from before the change
	 * counts, so that 02:30 becomes 03:30 of summer time; where it does twice (clocks go back), the first time counts. Both are
	 * the rule of RFC 5545, 3.3.5. For the first Luxon does the same; for the second it promises neither.
	 */
	toInstant(wall: number): number;
}

/** A stretch of time in which the offset stays the same: from the end of the one before up to, not including, `until`. */
interface Stretch {
	readonly until: number;
	readonly offset: number;
}

/** Between two changes of one zone lie at least 7 days since 1900 (Noronha, 2000), so a look every 3 days misses none. */
const STEP = 3 * DAY;
const CHUNK = 8 * STEP;

/**
 * The names of three letters that the IANA list has. ICU knows others, from the early days of Java, and takes them for something
 * else than people do: BST is Dhaka and not British summer time, AST Anchorage, ART Cairo.
 *
 * @see https://github.com/unicode-org/icu/blob/main/icu4c/source/tools/tzcode/icuzones
 */
const IANA_ABBREVIATIONS = /^(?:CET|EET|EST|GMT|HST|MET|MST|PRC|ROC|ROK|UCT|UTC|WET)$/i;

const clocks = new Map<string, ZoneClock>();

/**
 * The clock of an IANA zone such as `Europe/Kyiv`; undefined where there is no such zone. A fixed offset such as `+03:00` is
 * none: newer versions of Node take it for a zone and older ones do not, and it would be wrong for half of the year in most
 * places. Offsets come from Luxon, which asks the ICU of Node, and are kept.
 */
export function zoneClock(name: string): ZoneClock | undefined {
	const known = clocks.get(name);
	if (known || !isIanaName(name) || !IANAZone.isValidZone(name)) return known;
	const clock = makeClock(IANAZone.create(name));
	clocks.set(name, clock);
	return clock;
}

function isIanaName(name: string): boolean {
	return /^[A-Za-z]/.test(name) && (name.length !== 3 || IANA_ABBREVIATIONS.test(name));
}

function makeClock(zone: IANAZone): ZoneClock {
	const chunks = new Map<number, readonly Stretch[]>();

	const offsetAt = (instant: number): number => {
		const number = Math.floor(instant / CHUNK);
		let stretches = chunks.get(number);
		if (stretches === undefined) {
			stretches = stretchesBetween(zone, number * CHUNK, (number + 1) * CHUNK);
			chunks.set(number, stretches);
		}
		for (const { until, offset } of stretches) if (instant < until) return offset;
		return NaN;
	};

	return {
		toWall: (instant) => instant + offsetAt(instant),
		toInstant: (wall) => {
			const before = offsetAt(wall - DAY);
			const after = offsetAt(wall + DAY);
			const isAfterChange = offsetAt(wall - before) !== before && offsetAt(wall - after) === after;
			return wall - (isAfterChange ? after : before);
		},
	};
}

/** The stretches of `from` … `end`, each change found to the second. */
function stretchesBetween(zone: IANAZone, from: number, end: number): readonly Stretch[] {
	const stretches: Stretch[] = [];
	let offset = offsetFromLuxon(zone, from);
	for (let start = from; start < end; start += STEP) {
		const next = offsetFromLuxon(zone, start + STEP);
		if (next !== offset) stretches.push({ until: changeAfter(zone, start, offset), offset });
		offset = next;
	}
	// A change at the very end belongs to the next chunk; the last stretch of this one ends before it.
	stretches.push({ until: end, offset });
	return stretches;
}

/** The first second after `start`, less than a step away, at which the offset is no longer `offset`. */
function changeAfter(zone: IANAZone, start: number, offset: number): number {
	let same = start / 1000;
	let changed = (start + STEP) / 1000;
	while (changed - same > 1) {
		const middle = Math.floor((same + changed) / 2);
		if (offsetFromLuxon(zone, middle * 1000) === offset) same = middle;
		else changed = middle;
	}
	return changed * 1000;
}

/** Luxon gives minutes; offsets from before the zones were made have seconds (Kyiv +02:02:04 until 1924). */
function offsetFromLuxon(zone: IANAZone, instant: number): number {
	return Math.round(zone.offset(instant) * MINUTE);
}
