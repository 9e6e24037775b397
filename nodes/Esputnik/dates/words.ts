import { quotable } from '../problem';
import type { Problem } from '../problem';
import type { Alternative, DateFault, DateFormat, DateSettingFault, MonthMeaning } from './faults';
import type { FormatFits } from './formatFits';
import type { DateForm } from './reading';

/** What to do where nobody knows in which zone times are to be written. */
export const SET_ACCOUNT_TIMEZONE = "Set 'Account Time Zone' to the zone of your eSputnik account";

/** The words for a date from which none came out. */
export interface DateWords {
	/** What the panel calls the value: `Occurred`. */
	readonly label: string;
	/** What to do about a fault. */
	readonly adviseOn: (fault: DateFault) => string;
}

/** What was wrong with a value, in words; the only place where they are made. */
export function dateProblem(fault: DateFault, { label, adviseOn }: DateWords): Problem {
	const advice = adviseOn(fault);
	switch (fault.kind) {
		case 'missing':
			return { reason: 'OCCURRED_DATE_IS_REQUIRED', what: `'${label}' is empty`, advice };
		case 'needsAccountZone':
			return {
				reason: 'ACCOUNT_TIMEZONE_REQUIRED',
				what: `'${label}' ${NEEDS_ZONE[fault.why]}`,
				value: fault.value,
				advice,
			};
		case 'unreadable':
			return {
				reason: 'INCORRECT_OCCURRED_DATE_FORMAT',
				what: `'${label}' could not be read`,
				value: fault.value,
				advice,
			};
		case 'ambiguous':
		case 'ambiguousMonth':
			return {
				reason: 'OCCURRED_AMBIGUOUS',
				what: `'${label}' could not be read`,
				value: fault.value,
				advice,
			};
	}
}

const NEEDS_ZONE = {
	zoned: 'names an offset',
	count: 'counts from 1970 in UTC',
	local: "is to be converted from 'Source Time Zone'",
} as const;

/**
 * What to do where a date format can be chosen.
 *
 * @param fits what is known of all ambiguous values of the run, which may tell the format that is meant
 */
export function adviseOnDate(fault: DateFault, fits?: FormatFits): string {
	switch (fault.kind) {
		case 'missing':
			return 'Choose the field that holds the date, or fill it in.';
		case 'needsAccountZone':
			return `${SET_ACCOUNT_TIMEZONE}${ELSE[fault.why]}.`;
		case 'unreadable':
			return [...adviseOnZone(fault.unknownZone), adviseOnFormat(fault)].join(' ');
		case 'ambiguous':
			return adviseOnReadings(fault.readings, fault.mayBePhone, fits);
		case 'ambiguousMonth':
			return `${describeMeanings(fault.name, fault.meanings)} Name the language in 'Language of Month Names'.`;
	}
}

const ELSE = {
	zoned: ", or 'Offset Handling' to keep times as written",
	count: '',
	local: ", or clear 'Source Time Zone' to keep times as written",
} as const;

/** Why no reader can be made, as the problem of the run. */
export function dateSettingProblem(fault: DateSettingFault): Problem {
	switch (fault.kind) {
		case 'timezone':
			return invalidTimezone(ZONE_LABELS[fault.setting], fault.name);
		case 'pattern':
			return invalidPattern(fault.pattern, fault.faults);
		case 'locale':
			return {
				reason: 'INVALID_FORMAT',
				what: "'Language of Month Names' is not a known language",
				value: quotable(fault.name),
				advice: 'Write its code, e.g. hr or pt-BR, or leave it empty.',
			};
	}
}

const ZONE_LABELS = {
	accountTimezone: 'Account Time Zone',
	sourceTimezone: 'Source Time Zone',
} as const;

function invalidTimezone(label: string, name: string): Problem {
	const isOffset = /^(?:UTC|GMT)?[+-]?\d/i.test(name);
	return {
		reason: 'INVALID_TIMEZONE',
		what: `'${label}' is not the name of a time zone`,
		value: quotable(name),
		advice: isOffset
			? 'An offset changes with summer time. Write the name of the zone, e.g. Europe/Kyiv.'
			: 'Write a name from the IANA list, e.g. Europe/Kyiv.',
	};
}

function invalidPattern(pattern: string, faults: readonly string[]): Problem {
	const isEmpty = pattern.trim() === '';
	return {
		reason: 'INVALID_FORMAT',
		what: isEmpty ? "'Custom Date Format' is empty" : "'Custom Date Format' cannot be used",
		...(isEmpty ? {} : { value: quotable(pattern) }),
		advice: isEmpty ? 'Write how the dates look, e.g. dd.MM.yyyy HH:mm.' : faults.join(' '),
	};
}

/** What the panel calls the formats. */
export const FORMAT_LABELS: Readonly<Record<DateFormat, string>> = {
	auto: 'Automatic',
	custom: 'Custom',
	dayFirst: 'Day First',
	monthFirst: 'Month First',
	spreadsheetSerial: 'Spreadsheet Serial',
	spreadsheetSerial1904: 'Spreadsheet Serial, 1904 System',
	unixMilliseconds: 'Unix Milliseconds',
	unixSeconds: 'Unix Seconds',
};

function adviseOnZone(zone: string | undefined): string[] {
	return zone === undefined
		? []
		: [
				`'${zone}' does not tell one time zone for certain; an offset such as +03:00 or a name such as Europe/Kyiv does.`,
			];
}

type Unreadable = Extract<DateFault, { readonly kind: 'unreadable' }>;

function adviseOnFormat({ format, pattern, fits }: Unreadable): string {
	const fitting = fits.map(describeAlternative).join(', ');
	if (format === 'auto') {
		return fitting === ''
			? "Choose 'Date Format'. A date needs a year from 1900 to 9999, a month and a day."
			: `Choose 'Date Format': ${fitting}.`;
	}
	const own =
		format === 'custom'
			? `Correct the value, or 'Custom Date Format' (${pattern}).`
			: "Correct the value, or choose another 'Date Format'.";
	return fitting === '' ? own : `${own} Under 'Date Format', ${fitting}.`;
}

function adviseOnReadings(
	readings: readonly Alternative[],
	mayBePhone: boolean,
	fits: FormatFits | undefined,
): string {
	const all = fits && describeFits(fits);
	return [
		`Choose 'Date Format': ${readings.map(describeAlternative).join(', ')}.`,
		...(mayBePhone ? ['It may be a phone number, too.'] : []),
		...(all === undefined ? [] : [all]),
	].join(' ');
}

/** `'Day First' makes it 2024-05-12` */
function describeAlternative({ format, pattern, reads, isUtc }: Alternative): string {
	const chosen = pattern === undefined ? '' : ` with ${pattern}`;
	return `'${FORMAT_LABELS[format]}'${chosen} makes it ${reads}${isUtc ? ' UTC' : ''}`;
}

/** Names the one format that fits every value, where there is one and where more than a single value says so. */
function describeFits(fits: FormatFits): string | undefined {
	const total = fits.total();
	const fitting = fits.ofAll();
	if (total < 2 || fitting.length > 1) return undefined;
	if (fitting.length === 0) {
		return 'No format fits all of them: they are written in different ways.';
	}
	const [{ format, pattern }] = fitting;
	const chosen = pattern === undefined ? '' : ` with ${pattern}`;
	const all = total === 2 ? 'Both' : `All ${total.toLocaleString('en-US')}`;
	return `${all} fit '${FORMAT_LABELS[format]}'${chosen}, and no other format does.`;
}

function describeMeanings(name: string, meanings: readonly MonthMeaning[]): string {
	const languages = new Intl.DisplayNames('en', { type: 'language' });
	const months = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' });
	const each = meanings.map((meaning) => {
		const month = months.format(Date.UTC(2024, meaning.month - 1, 1));
		const tongues = meaning.languages.map((language) => languages.of(language) ?? language);
		return `${month} in ${tongues.join(', ')}`;
	});
	return `'${name}' is ${each.join(' and ')}.`;
}

/** A form of dates, for people. */
export function formName(form: DateForm): string {
	return FORM_NAMES[form];
}

const FORM_NAMES: Readonly<Record<DateForm, string>> = {
	isoDate: 'ISO 8601 date',
	compactDate: 'compact date',
	compactTimestamp: 'compact timestamp',
	iso: 'ISO 8601',
	isoWithOffset: 'ISO 8601 with offset',
	sql: 'SQL timestamp',
	sqlWithOffset: 'SQL timestamp with offset',
	yearFirst: 'year first',
	dotted: 'dotted date',
	dayFirst: 'day first',
	monthFirst: 'month first',
	monthByName: 'month by name',
	ctime: 'Unix date text',
	http: 'HTTP date',
	rfc2822: 'RFC 2822',
	javascript: 'JavaScript date text',
	dotNet: '.NET date text',
	unixSeconds: 'Unix seconds',
	unixMilliseconds: 'Unix milliseconds',
	unixMicroseconds: 'Unix microseconds',
	unixNanoseconds: 'Unix nanoseconds',
	spreadsheetSerial: 'spreadsheet serial',
	dateObject: 'Date object',
	luxonDateTime: 'Luxon DateTime',
	firestore: 'Firestore timestamp',
	mongo: 'MongoDB date',
	notion: 'Notion date',
	php: 'PHP DateTime',
	custom: 'custom format',
};
