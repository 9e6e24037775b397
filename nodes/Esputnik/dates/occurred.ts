import type { Problem } from '../problem';
import { checkPattern } from './customPattern';
import { customReader, readerOf } from './formats';
import type { ReadValue } from './formats';
import { accountTimezoneRequired, invalidPattern, invalidTimezone, unreadable } from './problems';
import { canBeWritten, writeDate, writeTime } from './writing';
import { zoneClock } from './zoneClock';

export { quotableDate, SET_ACCOUNT_TIMEZONE } from './problems';

export type OccurredFormat =
	| 'auto'
	| 'dayFirst'
	| 'monthFirst'
	| 'unixSeconds'
	| 'unixMilliseconds'
	| 'spreadsheetSerial'
	| 'custom';

/** How dates are read and in which zone they are written. Zones are IANA names; an empty one was not given. */
export interface OccurredSettings {
	readonly format: OccurredFormat;
	/** A Luxon pattern; looked at with the format `custom` only. */
	readonly customFormat: string;
	/** The zone in which eSputnik reads times. Never guessed. */
	readonly accountTimezone: string;
	/** The zone of values that name no instant; empty: they are written as they stand. */
	readonly sourceTimezone: string;
	/**
	 * `ignore`: a value with an offset is taken by its clock, as if the offset was not there; a `Date` by UTC, which is how it is written
	 * as JSON. A number of seconds since 1970 has no time as written, so it is converted all the same.
	 */
	readonly offsetHandling: 'convert' | 'ignore';
}

/** A date of any form → `YYYY-MM-DD`, `YYYY-MM-DDTHH:mm`, or why not. Never throws, and nothing ever becomes "now". */
export type OccurredReader = (value: unknown) => string | Problem;

/**
 * Makes the reader of one run, so that what is wrong with the settings is found before any value is read.
 *
 * A value without a time stays that date whatever the zones. One that names an instant (an offset, a zone, an epoch, a Date)
 * is written in the account's zone; any other stays as written unless a source zone makes it an instant. Seconds are cut. Local
 * times that exist twice or never: see {@link ZoneClock}. Years are 1900 to 9999.
 *
 * @param label what the messages call the value, as in the panel
 * @returns the reader, or a problem of the run: `INVALID_TIMEZONE`, `INVALID_FORMAT`
 */
export function compileOccurred(
	settings: OccurredSettings,
	label = 'Occurred',
): OccurredReader | Problem {
	const accountName = settings.accountTimezone.trim();
	const sourceName = settings.sourceTimezone.trim();
	const account = zoneClock(accountName);
	const source = zoneClock(sourceName);
	if (accountName !== '' && !account) return invalidTimezone('Account Time Zone', accountName);
	if (sourceName !== '' && !source) return invalidTimezone('Source Time Zone', sourceName);
	const read = compileReading(settings);
	if (typeof read !== 'function') return read;

	const converts = settings.offsetHandling === 'convert';
	return (value) => {
		const reading = read(value);
		if (!reading || !canBeWritten(reading.wall)) return unreadable(value, settings, label);
		const { kind, offset } = reading;
		if (kind === 'date') return writeDate(reading.wall);
		const isInstant = kind === 'count' || (kind === 'zoned' && converts);
		const instant = isInstant ? reading.wall - offset : source?.toInstant(reading.wall);
		if (instant === undefined) return writeTime(reading.wall);
		if (!account) return accountTimezoneRequired(value, label, isInstant ? kind : 'local');
		const wall = account.toWall(instant);
		return canBeWritten(wall) ? writeTime(wall) : unreadable(value, settings, label);
	};
}

/** The form in which a value is recognised, for people: `ISO 8601 with offset`, `Unix seconds`; `not readable` where none is. */
export function occurredForm(value: unknown, settings: OccurredSettings): string {
	const read = compileReading(settings);
	return (typeof read === 'function' ? read(value)?.form : undefined) ?? 'not readable';
}

/** The same settings come once for the run and again for each sample of a dry run. */
const readings = new WeakMap<OccurredSettings, ReadValue | Problem>();

function compileReading(settings: OccurredSettings): ReadValue | Problem {
	const known = readings.get(settings);
	if (known) return known;
	const read =
		settings.format === 'custom'
			? compilePattern(settings.customFormat)
			: readerOf(settings.format);
	readings.set(settings, read);
	return read;
}

function compilePattern(pattern: string): ReadValue | Problem {
	const facts = checkPattern(pattern);
	return facts.faults.length > 0
		? invalidPattern(pattern, facts.faults)
		: customReader(pattern, facts);
}
