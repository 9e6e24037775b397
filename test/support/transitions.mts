const DAY = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** A change of a zone's offset. */
export interface Transition {
	/** The first instant with the new offset, in milliseconds since 1970. */
	readonly at: number;
	/** Offsets in milliseconds, positive east of Greenwich. */
	readonly before: number;
	readonly after: number;
}

/**
 * The transitions of an IANA zone from the start of one year to the start of another, as the ICU of this Node has them. It looks
 * every 5 days; no zone has changed twice within 7 days since 1900.
 */
export function transitionsOf(zone: string, fromYear: number, untilYear: number): Transition[] {
	const found: Transition[] = [];
	const until = Date.UTC(untilYear, 0, 1);
	let start = Date.UTC(fromYear, 0, 1);
	let before = offsetAt(zone, start);
	for (let end = start + 5 * DAY; start < until; start = end, end += 5 * DAY) {
		const after = offsetAt(zone, end);
		if (after !== before) found.push({ at: firstWithNewOffset(zone, start, end), before, after });
		before = after;
	}
	return found;
}

function firstWithNewOffset(zone: string, start: number, end: number): number {
	const old = offsetAt(zone, start);
	let [same, changed] = [start / 1000, end / 1000];
	while (changed - same > 1) {
		const middle = Math.floor((same + changed) / 2);
		if (offsetAt(zone, middle * 1000) === old) same = middle;
		else changed = middle;
	}
	return changed * 1000;
}

/** From the text that ICU gives for an offset: `GMT`, `GMT+03:00`, `GMT+02:02:04`. */
function offsetAt(zone: string, instant: number): number {
	const text = formatOf(zone).format(instant);
	const [, sign, hours = '0', minutes = '0', seconds = '0'] =
		/GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text) ?? [];
	const offset = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
	return sign === '-' ? -offset : offset;
}

function formatOf(zone: string): Intl.DateTimeFormat {
	const known = formats.get(zone);
	if (known) return known;
	const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
	formats.set(zone, format);
	return format;
}
