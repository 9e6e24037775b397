import { compileCustomFormat } from './custom/customFormat';
import { checkPattern } from './custom/customPattern';
import type { DateFault, DateFormat, DateSettingFault, MonthMeaning } from './faults';
import { readerOf, readValues } from './formats';
import type { ReadValue } from './formats';
import { isLocale } from './custom/calendarNames';
import type { DateForm, ReadingKind } from './reading';
import { quotableDate, whyUnread } from './whyUnread';
import { canBeWritten, writeDate, writeTime, writeTimeWithSeconds } from './writing';
import { zoneClock } from './zoneClock';

/** How dates are read and in which zone they are written. Zones are IANA names; an empty one was not given. */
export interface DateSettings {
	readonly format: DateFormat;
	/** A Luxon pattern; looked at with the format `custom` only. */
	readonly customFormat: string;
	/** The language of the names of months in a custom format, such as `hr`; empty: any of the usual ones. */
	readonly locale: string;
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

/** Reads the dates of one run. */
export interface DateReader {
	/** A date of any form → local time in the account's zone, or why not. Never throws, and nothing ever becomes "now". */
	readonly read: (value: unknown) => string | DateFault;
	/** How a value is recognised; undefined where it is not. */
	readonly recognise: (
		value: unknown,
	) => { readonly form: DateForm; readonly kind: ReadingKind } | undefined;
}

/** What a time is cut to: eSputnik takes `YYYY-MM-DDTHH:mm` as the time of an event; parameters may carry seconds. */
export type Precision = 'minute' | 'second';

/**
 * Makes the reader of one run, so that what is wrong with the settings is found before any value is read. It gives `YYYY-MM-DD` for a
 * date without a time, else `YYYY-MM-DDTHH:mm`, or with the precision `second` `YYYY-MM-DDTHH:mm:ss`; what is less is cut.
 *
 * A value without a time stays that date whatever the zones. One that names an instant (an offset, a zone, an epoch, a Date)
 * is written in the account's zone; any other stays as written unless a source zone makes it an instant. Local times that exist twice
 * or never: see {@link ZoneClock}. Years are 1900 to 9999.
 */
export function compileDateReader(
	settings: DateSettings,
	precision: Precision = 'minute',
): DateReader | DateSettingFault {
	const { format, customFormat } = settings;
	const accountName = settings.accountTimezone.trim();
	const sourceName = settings.sourceTimezone.trim();
	const account = zoneClock(accountName);
	const source = zoneClock(sourceName);
	if (accountName !== '' && !account) {
		return { kind: 'timezone', setting: 'accountTimezone', name: accountName };
	}
	if (sourceName !== '' && !source) {
		return { kind: 'timezone', setting: 'sourceTimezone', name: sourceName };
	}
	const values = compileValues(settings);
	if ('kind' in values) return values;
	const { read: readValue, meaningsOfMonth } = values;

	const converts = settings.offsetHandling === 'convert';
	const write = precision === 'minute' ? writeTime : writeTimeWithSeconds;
	const unread = (value: unknown): DateFault => {
		const meanings = meaningsOfMonth(value);
		return meanings
			? { kind: 'ambiguousMonth', value: quotableDate(value), ...meanings }
			: whyUnread(value, format, customFormat);
	};
	const read = (value: unknown): string | DateFault => {
		const reading = readValue(value);
		if (!reading || !canBeWritten(reading.wall)) return unread(value);
		const { kind, offset } = reading;
		if (kind === 'date') return writeDate(reading.wall);
		const isInstant = kind === 'count' || (kind === 'zoned' && converts);
		const instant = isInstant ? reading.wall - offset : source?.toInstant(reading.wall);
		if (instant === undefined) return write(reading.wall);
		if (!account) {
			const why = isInstant ? kind : 'local';
			return { kind: 'needsAccountZone', value: quotableDate(value), why };
		}
		const wall = account.toWall(instant);
		return canBeWritten(wall) ? write(wall) : unread(value);
	};
	return { read, recognise: readValue };
}

/** What a format makes of values; with a custom one, which months a name may mean. */
interface Values {
	readonly read: ReadValue;
	readonly meaningsOfMonth: (
		value: unknown,
	) => { readonly name: string; readonly meanings: readonly MonthMeaning[] } | undefined;
}

function compileValues({ format, customFormat, locale }: DateSettings): Values | DateSettingFault {
	if (format !== 'custom') return { read: readerOf(format), meaningsOfMonth: () => undefined };
	const faults = checkPattern(customFormat);
	if (faults.length > 0) return { kind: 'pattern', pattern: customFormat, faults };
	if (locale !== '' && !isLocale(locale)) return { kind: 'locale', name: locale };
	const { read, meaningsOfMonth } = compileCustomFormat(customFormat, locale);
	return {
		read: readValues({ text: read, number: (value) => read(String(value)) }),
		meaningsOfMonth: (value) => (typeof value === 'string' ? meaningsOfMonth(value) : undefined),
	};
}
