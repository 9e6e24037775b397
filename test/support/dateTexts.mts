import { DateTime } from 'luxon';
import { compileDateReader } from '../../nodes/Esputnik/dates/dateReader.ts';
import type { DateReader, DateSettings } from '../../nodes/Esputnik/dates/dateReader.ts';
import { ZONES } from './instants.mts';
import { DEFAULTS } from './occurred.mts';
import { pick, seededRandom } from './random.mts';
import type { Random } from './random.mts';
import { transitionsOf } from './transitions.mts';

/**
 * Texts of dates whose meaning is known, because they were made from an instant: what the node makes of them is compared with what
 * `Intl` says of that instant, and with Luxon where it reads such a text.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FROM = Date.UTC(1971, 0, 1);
const UNTIL = Date.UTC(2050, 0, 1);
const TARGET = "yyyy-MM-dd'T'HH:mm";

const MONTHS =
	'January February March April May June July August September October November December'.split(
		' ',
	);
const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** A time on a clock, and the clock. */
interface Written {
	/** Milliseconds since 1970 on the clock as it is written. */
	readonly wall: number;
	/** How far the clock is ahead of UTC, in minutes. */
	readonly offset: number;
	readonly instant: number;
	/** The IANA zone of the clock, with the forms that name it. */
	readonly zone: string;
	readonly random: Random;
}

type ReadByLuxon = (value: unknown, zone: string) => DateTime;

interface Form {
	readonly name: string;
	/** `zoned`: with an offset; `named`: with the zone's name; `count`: since 1970; `local`: nothing tells the zone; `date`: a day. */
	readonly kind: 'zoned' | 'named' | 'count' | 'local' | 'date';
	readonly write: (written: Written) => unknown;
	readonly settings?: Partial<DateSettings>;
	/** How Luxon reads it, in the zone given. */
	readonly luxon?: ReadByLuxon;
	/** Offsets in minutes that the form can tell; without it, quarters of an hour from −12 to +14. */
	readonly offsets?: readonly number[];
	/** The first instant that the form of a count is recognised for, in milliseconds; without it 1e11: 3 March 1973. */
	readonly earliest?: number;
}

const fromISO: ReadByLuxon = (value, zone) => DateTime.fromISO(String(value), { zone });
const fromSQL: ReadByLuxon = (value, zone) => DateTime.fromSQL(String(value), { zone });
const fromMail: ReadByLuxon = (value, zone) => DateTime.fromRFC2822(String(value), { zone });
const fromHTTP: ReadByLuxon = (value, zone) => DateTime.fromHTTP(String(value), { zone });
const by =
	(pattern: string): ReadByLuxon =>
	(value, zone) =>
		DateTime.fromFormat(String(value).replace(/\s/g, ' '), pattern, { zone, locale: 'en' });

/** Every form that the node reads by itself, and those of the other formats. */
const FORMS: readonly Form[] = [
	{
		name: 'ISO 8601 with offset',
		kind: 'zoned',
		write: (w) => `${iso(w, 'T')}${offset(w, pick(['+hh:mm', '+hhmm', '+hh:mm'], w.random))}`,
		luxon: fromISO,
	},
	{
		name: 'ISO 8601 with Z',
		kind: 'zoned',
		write: (w) => `${iso(w, 'T')}Z`,
		luxon: fromISO,
		offsets: [0],
	},
	{
		name: 'compact ISO 8601',
		kind: 'zoned',
		write: (w) => `${compact(w, 'T')}${offset(w, '+hhmm')}`,
		luxon: fromISO,
	},
	{
		name: 'ISO 8601 with a zone in brackets',
		kind: 'named',
		write: (w) => `${iso(w, 'T')}[${w.zone}]`,
		luxon: fromISO,
	},
	{
		name: 'SQL with offset',
		kind: 'zoned',
		write: (w) => `${iso(w, ' ')}${pick(['', ' '], w.random)}${offset(w, '+hh:mm')}`,
		luxon: fromSQL,
	},
	{
		name: 'SQL with a zone',
		kind: 'named',
		write: (w) => `${iso(w, ' ')} ${w.zone}`,
		luxon: fromSQL,
	},
	{
		name: 'Go',
		kind: 'zoned',
		write: (w) =>
			`${iso(w, ' ')} ${offset(w, '+hhmm')} ${w.offset === 0 ? 'UTC' : offset(w, '+hhmm')}`,
	},
	{
		name: 'GMT and hours',
		kind: 'zoned',
		write: (w) => `${iso(w, ' ')} ${pick(['GMT', 'UTC'], w.random)}${offset(w, '+h')}`,
		offsets: wholeHours(),
	},
	{
		name: 'UT',
		kind: 'zoned',
		write: (w) => `${iso(w, ' ')} ${pick(['UT', 'UTC', 'GMT', 'Z'], w.random)}`,
		offsets: [0],
	},
	{
		name: 'mail',
		kind: 'zoned',
		write: (w) =>
			`${weekday(w, 3)}, ${d(w)} ${month(w, 3)} ${yyyy(w)} ${time(w)} ${offset(w, '+hhmm')}`,
		luxon: fromMail,
	},
	{
		name: 'mail with two digits',
		kind: 'zoned',
		write: (w) => `${d(w)} ${month(w, 3)} ${yy(w)} ${time(w)} ${offset(w, '+hhmm')}`,
	},
	{
		name: 'mail with PDT',
		kind: 'zoned',
		write: (w) => `${weekday(w, 3)}, ${d(w)} ${month(w, 3)} ${yyyy(w)} ${time(w)} ${american(w)}`,
		luxon: fromMail,
		offsets: [-480, -420, -360, -300, -240],
	},
	{
		name: 'HTTP',
		kind: 'zoned',
		write: (w) => `${weekday(w, 3)}, ${dd(w)} ${month(w, 3)} ${yyyy(w)} ${time(w)} GMT`,
		luxon: fromHTTP,
		offsets: [0],
	},
	{
		name: 'RFC 850',
		kind: 'zoned',
		write: (w) => `${weekday(w)}, ${dd(w)}-${month(w, 3)}-${yy(w)} ${time(w)} GMT`,
		offsets: [0],
	},
	{
		name: 'JavaScript',
		kind: 'zoned',
		write: (w) =>
			`${weekday(w, 3)} ${month(w, 3)} ${dd(w)} ${yyyy(w)} ${time(w)} GMT${offset(w, '+hhmm')} (Some Time)`,
	},
	{
		name: 'Twitter',
		kind: 'zoned',
		write: (w) =>
			`${weekday(w, 3)} ${month(w, 3)} ${dd(w)} ${time(w)} ${offset(w, '+hhmm')} ${yyyy(w)}`,
		luxon: by('EEE MMM dd HH:mm:ss ZZZ yyyy'),
	},
	{
		name: 'Java in summer',
		kind: 'zoned',
		write: (w) =>
			`${weekday(w, 3)} ${month(w, 3)} ${dd(w)} ${time(w)} ${{ 60: 'WEST', 120: 'CEST', 180: 'EEST' }[w.offset]} ${yyyy(w)}`,
		offsets: [60, 120, 180],
	},
	{
		name: 'git',
		kind: 'zoned',
		write: (w) =>
			`${weekday(w, 3)} ${month(w, 3)} ${d(w)} ${time(w)} ${yyyy(w)} ${offset(w, '+hhmm')}`,
	},
	{
		name: 'Apache',
		kind: 'zoned',
		write: (w) => `${dd(w)}/${month(w, 3)}/${yyyy(w)}:${time(w)} ${offset(w, '+hhmm')}`,
		luxon: by('dd/MMM/yyyy:HH:mm:ss ZZZ'),
	},
	{
		name: 'Amazon',
		kind: 'zoned',
		write: (w) => `${month(w, 3)} ${d(w)}, ${yyyy(w)} ${time12(w)} ${american(w)}`,
		offsets: [-480, -420],
	},
	{
		name: 'dotted with offset',
		kind: 'zoned',
		write: (w) => `${dd(w)}.${mm(w)}.${yyyy(w)} ${time(w)} ${offset(w, '+hh:mm')}`,
		luxon: by('dd.MM.yyyy HH:mm:ss ZZ'),
	},
	{ name: 'Date object', kind: 'count', write: (w) => new Date(w.instant) },
	{
		name: 'PHP',
		kind: 'named',
		write: (w) => ({ date: iso(w, ' '), timezone_type: 3, timezone: w.zone }),
	},
	{
		name: 'Notion',
		kind: 'named',
		write: (w) => ({ start: iso(w, 'T'), end: null, time_zone: w.zone }),
	},
	{
		name: 'Unix seconds',
		kind: 'count',
		write: (w) => Math.floor(w.instant / 1000),
		luxon: (value, zone) => DateTime.fromSeconds(Number(value), { zone }),
	},
	{
		name: 'Unix milliseconds',
		kind: 'count',
		write: (w) => String(w.instant),
		luxon: (value, zone) => DateTime.fromMillis(Number(value), { zone }),
	},
	{ name: 'Unix microseconds', kind: 'count', write: (w) => w.instant * 1000 + 7 },
	{
		name: 'Unix nanoseconds',
		kind: 'count',
		write: (w) => `${w.instant}${String(Math.floor(w.random() * 1e6)).padStart(6, '0')}`,
		earliest: 1e12,
	},
	{ name: 'BigQuery', kind: 'count', write: (w) => scientific(Math.floor(w.instant / 1000)) },
	{
		name: '.NET',
		kind: 'count',
		write: (w) => `/Date(${w.instant}${pick(['', '+0300'], w.random)})/`,
	},
	{
		name: 'Firestore',
		kind: 'count',
		write: (w) => ({ _seconds: Math.floor(w.instant / 1000), _nanoseconds: 5 }),
	},
	{ name: 'MongoDB', kind: 'count', write: (w) => ({ $date: { $numberLong: String(w.instant) } }) },
	{ name: 'ISO 8601', kind: 'local', write: (w) => iso(w, 'T'), luxon: fromISO },
	{ name: 'SQL', kind: 'local', write: (w) => iso(w, ' '), luxon: fromSQL },
	{
		name: 'ISO 8601 by weeks',
		kind: 'local',
		write: (w) => `${luxonOf(w).toISOWeekDate()}T${hh(w)}:${min(w)}`,
		luxon: fromISO,
	},
	{
		name: 'ISO 8601 by days',
		kind: 'local',
		write: (w) => `${luxonOf(w).toFormat('yyyy-ooo')}T${hh(w)}:${min(w)}`,
		luxon: fromISO,
	},
	{
		name: 'unpadded',
		kind: 'local',
		write: (w) => `${yyyy(w)}-${m(w)}-${d(w)} ${h(w)}:${min(w)}:${sec(w)}`,
	},
	{
		name: 'year first',
		kind: 'local',
		write: (w) => `${yyyy(w)}/${mm(w)}/${dd(w)} ${time(w)}`,
		luxon: by('yyyy/MM/dd HH:mm:ss'),
	},
	{ name: 'Korea', kind: 'date', write: (w) => `${yyyy(w)}. ${m(w)}. ${d(w)}.` },
	{
		name: '14 digits',
		kind: 'local',
		write: (w) => pick([compact(w, ''), Number(compact(w, ''))], w.random),
		luxon: by('yyyyMMddHHmmss'),
	},
	{
		name: 'dotted',
		kind: 'local',
		write: (w) => `${d(w)}.${mm(w)}.${yyyy(w)} ${h(w)}:${min(w)}`,
		luxon: by('d.MM.yyyy H:mm'),
	},
	{
		name: 'dotted with two digits',
		kind: 'local',
		write: (w) => `${dd(w)}.${mm(w)}.${yy(w)} ${hh(w)}:${min(w)}`,
	},
	{
		name: 'ctime',
		kind: 'local',
		write: (w) => `${weekday(w, 3)} ${month(w, 3)} ${d(w).padStart(2)} ${time(w)} ${yyyy(w)}`,
	},
	{
		name: 'Notion export',
		kind: 'local',
		write: (w) => `${month(w)} ${d(w)}, ${yyyy(w)} ${time12(w, false)}`,
		luxon: by('MMMM d, yyyy h:mm a'),
	},
	{
		name: 'Microsoft SQL',
		kind: 'local',
		write: (w) =>
			`${month(w, 3)} ${d(w).padStart(2)} ${yyyy(w)} ${time12(w, false).replace(' ', '').padStart(7)}`,
	},
	{
		name: 'Oracle',
		kind: 'local',
		write: (w) =>
			`${dd(w)}-${month(w, 3).toUpperCase()}-${yy(w)} ${time12(w).replaceAll(':', '.')}`,
	},
	{ name: 'eBay', kind: 'date', write: (w) => `${dd(w)}-${month(w, 3)}-${yy(w)}` },
	{
		name: 'named date',
		kind: 'date',
		write: (w) => `${d(w)} ${month(w)} ${yyyy(w)}`,
		luxon: by('d MMMM yyyy'),
	},
	{
		name: 'American date',
		kind: 'date',
		write: (w) => `${month(w)} ${d(w)}, ${yyyy(w)}`,
		luxon: by('MMMM d, yyyy'),
	},
	{
		name: 'JavaScript date',
		kind: 'date',
		write: (w) => `${weekday(w, 3)} ${month(w, 3)} ${dd(w)} ${yyyy(w)}`,
	},
	{
		name: 'day first',
		kind: 'local',
		settings: { format: 'dayFirst' },
		write: (w) => `${dd(w)}/${mm(w)}/${pick([yyyy(w), yy(w)], w.random)} ${time(w)}`,
	},
	{
		name: 'month first',
		kind: 'local',
		settings: { format: 'monthFirst' },
		write: (w) => `\u200e${m(w)}/\u200e${d(w)}/${yyyy(w)}, ${time12(w).replace(' ', '\u202f')}`,
		luxon: undefined,
	},
	{
		name: 'Unix seconds, named',
		kind: 'count',
		settings: { format: 'unixSeconds' },
		write: (w) => String(Math.floor(w.instant / 1000)),
	},
	{
		name: 'spreadsheet serial',
		kind: 'local',
		settings: { format: 'spreadsheetSerial' },
		write: (w) => serial(w, Date.UTC(1899, 11, 30)),
	},
	{
		name: 'spreadsheet serial of 1904',
		kind: 'local',
		settings: { format: 'spreadsheetSerial1904' },
		write: (w) => serial(w, Date.UTC(1904, 0, 1)),
	},
	...customForms(),
];

/** Custom patterns, in languages whose names no other one understands differently; the text is Luxon's own. */
function customForms(): Form[] {
	const patterns: ReadonlyArray<readonly [pattern: string, kind: Form['kind']]> = [
		['dd MMM yyyy HH:mm', 'local'],
		['d MMMM yyyy H:mm:ss', 'local'],
		['EEEE, d MMMM yyyy h:mm a', 'local'],
		['yyyyMMddHHmmss', 'local'],
		['d/M/yy HH:mm', 'local'],
		["yyyy-MM-dd'T'HH:mm:ss.SSSZZ", 'zoned'],
		['kkkk-WW-E', 'date'],
		['yyyy.ooo', 'date'],
	];
	return patterns.flatMap(([pattern, kind]) =>
		['en', 'uk', 'de', 'fr', 'el', 'ja'].map(
			(locale): Form => ({
				name: `${pattern} in ${locale}`,
				kind,
				settings: { format: 'custom', customFormat: pattern, locale },
				write: (w) =>
					luxonOf(w).setLocale(locale).reconfigure({ numberingSystem: 'latn' }).toFormat(pattern),
				luxon: (value, zone) =>
					DateTime.fromFormat(String(value), pattern, { zone, locale, numberingSystem: 'latn' }),
			}),
		),
	);
}

/** What went wrong with one value. */
export interface Difference {
	readonly form: string;
	readonly value: unknown;
	readonly settings: Partial<DateSettings>;
	readonly expected: string;
	readonly by: 'Intl' | 'Luxon' | 'V8';
	readonly node: string;
}

export interface Tally {
	readonly texts: number;
	/** Compared with Luxon as well. */
	readonly withLuxon: number;
	/** Damaged texts that the node refuses. */
	readonly refused: number;
	/** Numbers that may be a date or a phone number as well. */
	readonly ambiguous: number;
	readonly differences: readonly Difference[];
}

/**
 * Compares so many texts; every fifth is one of them damaged by a letter or two, which is to be refused, or read as Luxon and V8 read it.
 *
 * @param seed the same one gives the same texts
 */
export function compareTexts(seed: number, count: number): Tally {
	const random = seededRandom(seed);
	const changes = new Map(
		ZONES.map((zone) => [zone, transitionsOf(zone, 1971, 2050).map(({ at }) => at)]),
	);
	const differences: Difference[] = [];
	const tally = { withLuxon: 0, refused: 0, ambiguous: 0 };
	for (let index = 0; index < count; index++) {
		const form = pick(FORMS, random);
		const account = pick(ZONES, random);
		const source = pick(ZONES, random);
		const written = writtenIn(form, source, changes.get(account) ?? [], random);
		const value = form.write(written);
		const isDamaged = index % 5 === 4 && typeof value === 'string';
		const damaged = isDamaged
			? damage(index % 2 === 0 ? value : damage(value, random), random)
			: undefined;
		if (damaged === undefined) compare(form, value, written, account, tally, differences);
		else compareDamaged(form, damaged, account, tally, differences);
	}
	return { texts: count, ...tally, differences };
}

interface Counts {
	withLuxon: number;
	refused: number;
	ambiguous: number;
}

function compare(
	form: Form,
	value: unknown,
	{ wall, instant, zone, random }: Written,
	account: string,
	counts: Counts,
	differences: Difference[],
): void {
	const converts = form.kind === 'local' && random() < 0.5 && !isNearChange(zone, instant);
	const settings = {
		...form.settings,
		accountTimezone: account,
		...(converts && { sourceTimezone: zone }),
	};
	const asWritten = (form.kind === 'local' && !converts) || form.kind === 'date';
	const expected = asWritten
		? new Date(wall).toISOString().slice(0, 16)
		: intlText(account, instant);
	const node = readerFor(settings).read(value);
	if (typeof node !== 'string' && node.kind === 'ambiguous' && form.kind === 'count') {
		counts.ambiguous++;
		return;
	}
	const given = typeof node === 'string' ? node : node.kind;
	const wanted = form.kind === 'date' ? expected.slice(0, 10) : expected;
	const report = (by: Difference['by'], said: string) =>
		differences.push({ form: form.name, value, settings, expected: said, by, node: given });
	if (given !== wanted) report('Intl', wanted);
	if (form.luxon === undefined || converts) return;
	const luxon = form.luxon(value, asWritten ? 'utc' : account).setZone(asWritten ? 'utc' : account);
	// Luxon does not read its own Japanese months.
	if (!luxon.isValid) return;
	counts.withLuxon++;
	const said = luxon.toFormat(form.kind === 'date' ? 'yyyy-MM-dd' : TARGET);
	if (given !== said) report('Luxon', said);
}

/** How others read a text; `local`: nothing in it tells the zone, so it is read in UTC. */
const OTHERS: ReadonlyArray<{
	readonly by: Difference['by'];
	readonly read: (text: string, isLocal: boolean) => DateTime;
	/** Texts that the other is known to read otherwise. */
	readonly except: RegExp;
}> = [
	...[fromISO, fromSQL, fromMail].map((read) => ({
		by: 'Luxon' as const,
		read: (text: string) => read(text, 'utc'),
		// Digits alone; years of two digits, of this century up to 60 in Luxon and up to 49 in RFC 5322; a Z before a zone, which says that
		// the time is UTC (RFC 9557).
		except: /^\d+(?:\.\d+)?$| \d\d \d\d:|Z\[/i,
	})),
	{
		by: 'V8',
		read: (text, isLocal) =>
			DateTime.fromMillis(Date.parse(isLocal ? `${text} UTC` : text), { zone: 'utc' }),
		// Digits alone; dots, which begin with the month there; years of six digits; days of a year; names of zones.
		except: /^\d+(?:\.\d+)?$|^\d{1,2}\.|^\d{4}\.|^\d{5}|^\d{4}-\d{3}(?!\d)|GMT0|[[/][a-z]|_/i,
	},
];

/** A damaged text may be a date still; then it has to be the one that others read. */
function compareDamaged(
	form: Form,
	text: string,
	account: string,
	counts: Counts,
	differences: Difference[],
): void {
	if (form.settings !== undefined) return;
	const settings = { accountTimezone: account };
	const reader = readerFor(settings);
	const node = reader.read(text);
	if (typeof node !== 'string') {
		counts.refused++;
		return;
	}
	const kind = reader.recognise(text)?.kind;
	const isLocal = kind === 'local' || kind === 'date';
	for (const { by, read, except } of OTHERS) {
		const plain = text.trim();
		const other = except.test(plain) ? undefined : read(plain, isLocal);
		if (other?.isValid !== true) continue;
		if (by === 'Luxon') counts.withLuxon++;
		const said = other
			.setZone(isLocal ? 'utc' : account)
			.toFormat(TARGET)
			.slice(0, node.length);
		if (said === node) continue;
		const damagedForm = `damaged ${form.name}`;
		differences.push({ form: damagedForm, value: text, settings, expected: said, by, node });
	}
}

function damage(text: string, random: Random): string {
	const at = Math.floor(random() * text.length);
	const letter = pick('0123456789-+:./ TZWAPM'.split(''), random);
	const kinds = [
		text.slice(0, at) + text.slice(at + 1),
		text.slice(0, at) + letter + text.slice(at + 1),
		text.slice(0, at) + letter + text.slice(at),
	];
	return pick(kinds, random);
}

const readers = new Map<string, DateReader>();

function readerFor(settings: Partial<DateSettings>): DateReader {
	const key = JSON.stringify(settings);
	const known = readers.get(key);
	if (known) return known;
	const reader = compileDateReader({ ...DEFAULTS, ...settings });
	if ('kind' in reader) throw new Error(`No reader for ${key}: ${reader.kind}`);
	readers.set(key, reader);
	return reader;
}

/** An instant, half of them close to a change of the account's clock, on a clock that the form can tell. */
function writtenIn(form: Form, zone: string, near: readonly number[], random: Random): Written {
	for (;;) {
		const anywhere = FROM + Math.floor(random() * (UNTIL - FROM));
		const close =
			near.length === 0 ? anywhere : pick(near, random) + Math.floor((random() * 6 - 3) * HOUR);
		const second = Math.floor((random() < 0.5 ? anywhere : close) / 1000) * 1000;
		const { earliest = 1e11 } = form;
		const instant = form.kind === 'count' ? Math.max(second, earliest + (second % 1e10)) : second;
		if (form.kind === 'named' && isNearChange(zone, instant)) continue;
		const isNamed = form.kind === 'named' || form.kind === 'local';
		const ahead = isNamed
			? intlOffset(zone, instant)
			: MINUTE *
				(form.offsets ? pick(form.offsets, random) : 15 * (Math.floor(random() * 105) - 48));
		const wall = instant + ahead;
		if (wall < FROM || wall >= UNTIL) continue;
		return { wall, offset: ahead / MINUTE, instant, zone, random };
	}
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** `2024-05-12T10:11`: what a clock in the zone shows, by Intl. */
function intlText(zone: string, instant: number): string {
	const parts = Object.fromEntries(
		intlFormat(zone)
			.formatToParts(instant)
			.map(({ type, value }) => [type, value]),
	);
	return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

function intlFormat(zone: string): Intl.DateTimeFormat {
	const known = formats.get(zone);
	if (known) return known;
	const format = new Intl.DateTimeFormat('en-US', {
		timeZone: zone,
		hourCycle: 'h23',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
	});
	formats.set(zone, format);
	return format;
}

function intlOffset(zone: string, instant: number): number {
	const minute = Math.floor(instant / MINUTE) * MINUTE;
	return Date.parse(`${intlText(zone, minute)}Z`) - minute;
}

/** Where a clock shows a time twice or skips it, a local time does not tell its instant. */
function isNearChange(zone: string, instant: number): boolean {
	return intlOffset(zone, instant - DAY) !== intlOffset(zone, instant + DAY);
}

function luxonOf({ wall, offset }: Written): DateTime {
	return DateTime.fromMillis(wall - offset * MINUTE, {
		zone: offset === 0 ? 'utc' : `UTC${clockText(offset, '+hh:mm')}`,
	});
}

function wholeHours(): number[] {
	return Array.from({ length: 27 }, (_, index) => (index - 12) * 60);
}

function parts({ wall }: Written): Date {
	return new Date(wall);
}

const two = (number: number) => String(number).padStart(2, '0');
const yyyy = (w: Written) => String(parts(w).getUTCFullYear());
const yy = (w: Written) => yyyy(w).slice(2);
const m = (w: Written) => String(parts(w).getUTCMonth() + 1);
const mm = (w: Written) => m(w).padStart(2, '0');
const d = (w: Written) => String(parts(w).getUTCDate());
const dd = (w: Written) => d(w).padStart(2, '0');
const h = (w: Written) => String(parts(w).getUTCHours());
const hh = (w: Written) => h(w).padStart(2, '0');
const min = (w: Written) => two(parts(w).getUTCMinutes());
const sec = (w: Written) => two(parts(w).getUTCSeconds());
const time = (w: Written) => `${hh(w)}:${min(w)}:${sec(w)}`;
const month = (w: Written, length?: number) =>
	MONTHS[parts(w).getUTCMonth()]?.slice(0, length) ?? '';
const weekday = (w: Written, length?: number) =>
	WEEKDAYS[parts(w).getUTCDay()]?.slice(0, length) ?? '';

function time12(w: Written, withSeconds = true): string {
	const hours = parts(w).getUTCHours();
	const seconds = withSeconds ? `:${sec(w)}` : '';
	return `${hours % 12 === 0 ? 12 : hours % 12}:${min(w)}${seconds} ${hours < 12 ? 'AM' : 'PM'}`;
}

function iso(w: Written, separator: string): string {
	const text = parts(w).toISOString();
	return text.slice(0, pick([16, 19, 23], w.random)).replace('T', separator);
}

function compact(w: Written, separator: string): string {
	return `${yyyy(w)}${mm(w)}${dd(w)}${separator}${hh(w)}${min(w)}${sec(w)}`;
}

function offset(w: Written, form: '+hh:mm' | '+hhmm' | '+h'): string {
	return clockText(w.offset, form);
}

function clockText(minutes: number, form: '+hh:mm' | '+hhmm' | '+h'): string {
	const hours = Math.floor(Math.abs(minutes) / 60);
	return form
		.replace('+', minutes < 0 ? '-' : '+')
		.replace('hh', two(hours))
		.replace('h', String(hours))
		.replace('mm', two(Math.abs(minutes) % 60));
}

/** Of an offset with two names one is picked: EST and CDT are both five hours behind. */
function american({ offset, random }: Written): string {
	const names: Readonly<Record<number, readonly string[]>> = {
		[-240]: ['EDT'],
		[-300]: ['EST', 'CDT'],
		[-360]: ['MDT'],
		[-420]: ['MST', 'PDT'],
		[-480]: ['PST'],
	};
	return pick(names[offset] ?? [], random);
}

/** As Java writes a number: `1.715508672E9` */
function scientific(number: number): string {
	const digits = String(number);
	const rest = digits.slice(1).replace(/0+$/, '');
	return `${digits[0]}.${rest === '' ? '0' : rest}E${digits.length - 1}`;
}

function serial({ wall, random }: Written, dayZero: number): number | string {
	const days = (wall - dayZero) / DAY;
	return pick([days, String(days), String(days).replace('.', ',')], random);
}
