import { DateTime } from 'luxon';
import { LANGUAGES } from '../../nodes/Esputnik/dates/custom/calendarNames.ts';
import { compileOccurred, messageOf, occurredOf, readerOf } from '../support/occurred.mts';

const KYIV = { accountTimezone: 'Europe/Kyiv' };
const UNREADABLE = 'INCORRECT_OCCURRED_DATE_FORMAT';

describe('A custom date format', () => {
	it.each<readonly [pattern: string, value: unknown, written: string]>([
		['dd.MM.yyyy HH:mm', '12.05.2024 10:11', '2024-05-12T10:11'],
		['yyyy/MM/dd', '2024/05/12', '2024-05-12'],
		['d/M/yy', '12/5/24', '2024-05-12'],
		['yyyyMMdd', 20240512, '2024-05-12'],
		['yyyyMMddHHmmss', '20240512101159', '2024-05-12T10:11'],
		["yyyy-MM-dd'T'HH:mm:ss.u", '2024-05-12T10:11:59.999999999', '2024-05-12T10:11'],
		["dd.MM.yyyy 'um' HH:mm 'Uhr'", '12.05.2024 um 10:11 Uhr', '2024-05-12T10:11'],
		["yyyy' ''year'' 'MM dd", "2024 'year' 05 12", UNREADABLE],
		['dd.MM.yyyy р.', '12.05.2024 р.', '2024-05-12'],
		['M/d/yyyy h:mm a', '5/12/2024 8:26 PM', '2024-05-12T20:26'],
		['M/d/yyyy, h:mm a', '5/12/2024, 8:26\u202fPM', '2024-05-12T20:26'],
		['kkkk-WW-E', '2024-19-7', '2024-05-12'],
		['yyyy.ooo', '2024.133', '2024-05-12'],
		['EEE d MMM yyyy', 'Sun 12 May 2024', '2024-05-12'],
		['EEE d MMM yyyy', 'Mon 12 May 2024', UNREADABLE],
		['yyyy-MM-dd HH:mm ZZ', '2024-05-12 10:11 +00:00', '2024-05-12T13:11'],
		['yyyy-MM-dd HH:mm ZZZ', '2024-05-12 10:11 -0400', '2024-05-12T17:11'],
		['yyyy-MM-dd HH:mm z', '2024-05-12 10:11 America/New_York', '2024-05-12T17:11'],
		['yyyy-MM-dd HH:mm z', '2024-11-03 01:30 America/New_York', '2024-11-03T07:30'],
		['yyyy-MM-dd HH:mm z', '2024-05-12 10:11 Europe/Nowhere', UNREADABLE],
		['yyyy-MM-dd ZZ', '2024-05-12 -12:00', '2024-05-12'],
		['dd.MM.yyyy', '12.05.2024 10:11', UNREADABLE],
		['dd.MM.yyyy', '31.04.2024', UNREADABLE],
		['dd.MM.yyyy', '12.05.1899', UNREADABLE],
		['dd.MM.yyyy', ' 12.05.2024\u00a0', '2024-05-12'],
		['dd.MM.yyyy', new Date('2024-05-12T22:11:00Z'), '2024-05-13T01:11'],
	])('%s reads %p as %s', (customFormat, value, written) => {
		expect(occurredOf(value, { ...KYIV, format: 'custom', customFormat })).toBe(written);
	});

	it('asks for the zone of the account where it has an offset', () => {
		const settings = { format: 'custom', customFormat: 'yyyy-MM-dd HH:mm ZZ' } as const;
		expect(occurredOf('2024-05-12 10:11 +03:00', settings)).toBe('ACCOUNT_TIMEZONE_REQUIRED');
		expect(occurredOf('2024-05-12 10:11 +03:00', { ...settings, offsetHandling: 'ignore' })).toBe(
			'2024-05-12T10:11',
		);
	});

	it.each([
		['12 May 2024', 'English'],
		['12 травня 2024', 'Ukrainian'],
		['12 травень 2024', 'Ukrainian, not inflected'],
		['12 ТРАВНЯ 2024', 'Ukrainian in capitals'],
		['12 Mai 2024', 'German'],
		['12 mai 2024', 'French'],
		['12 mayo 2024', 'Spanish'],
		['12 maio 2024', 'Portuguese'],
		['12 maggio 2024', 'Italian'],
		['12 maja 2024', 'Polish'],
		['12 mei 2024', 'Dutch'],
		['12 května 2024', 'Czech'],
		['12 mája 2024', 'Slovak'],
		['12 Mayıs 2024', 'Turkish'],
		['12 május 2024', 'Hungarian'],
		['12 toukokuuta 2024', 'Finnish'],
		['12 Μαΐου 2024', 'Greek'],
		['12 5月 2024', 'Japanese'],
	])('reads the name of the month in %p (%s)', (value) => {
		expect(occurredOf(value, { format: 'custom', customFormat: 'd MMMM yyyy' })).toBe('2024-05-12');
	});

	it.each(LANGUAGES)('reads what Luxon writes in %s, every month long and short', (locale) => {
		for (const customFormat of ['d MMMM yyyy', 'd MMM yyyy', 'd LLLL yyyy', 'd LLL yyyy']) {
			const settings = { format: 'custom', customFormat } as const;
			const readAny = readerOf(settings);
			const readNamed = readerOf({ ...settings, locale });
			for (let month = 1; month <= 12; month++) {
				const day = DateTime.fromObject({ year: 2024, month, day: 12 }, { zone: 'utc' });
				const text = day.setLocale(locale).toFormat(customFormat);
				expect(readNamed(text)).toBe(day.toISODate());
				const read = readAny(text);
				if (typeof read === 'string') expect(read).toBe(day.toISODate());
				else expect(read.reason).toBe('OCCURRED_AMBIGUOUS');
			}
		}
	});

	it.each([
		['12 listopad 2024', 'LLLL', 'hr', '2024-10-12'],
		['12 listopad 2024', 'LLLL', 'pl', '2024-11-12'],
		['12 listopada 2024', 'MMMM', 'hr', '2024-10-12'],
		['12 listopada 2024', 'MMMM', 'pl', '2024-11-12'],
		['12 lip 2024', 'MMM', 'hr', '2024-06-12'],
		['12 lip 2024', 'MMM', 'pl', '2024-07-12'],
		['12 srp 2024', 'MMM', 'hr', '2024-07-12'],
		['12 srp 2024', 'MMM', 'cs', '2024-08-12'],
	])(
		'refuses %p, which two languages understand differently, unless %s is %s',
		(text, token, locale, written) => {
			const settings = { format: 'custom', customFormat: `d ${token} yyyy` } as const;
			expect(occurredOf(text, settings)).toBe('OCCURRED_AMBIGUOUS');
			expect(occurredOf(text, { ...settings, locale })).toBe(written);
		},
	);

	it('names the languages that disagree, and the setting that decides', () => {
		expect(messageOf('31 listopada 2024', { format: 'custom', customFormat: 'd MMMM yyyy' })).toBe(
			"'Occurred' could not be read: '31 listopada 2024'. 'listopada' is November in Polish and October in Croatian. Name the language in 'Language of Month Names'.",
		);
	});

	it('reads the names of the named language alone, which may be none of the usual ones', () => {
		const settings = { format: 'custom', customFormat: 'd MMMM yyyy' } as const;
		expect(occurredOf('12 May 2024', { ...settings, locale: 'hr' })).toBe(UNREADABLE);
		expect(occurredOf('12 Mei 2024', { ...settings, locale: 'id' })).toBe('2024-05-12');
		expect(occurredOf('12 maio 2024', { ...settings, locale: 'pt-BR' })).toBe('2024-05-12');
	});

	it.each(['xx-nowhere-at-all', 'Croatian', 'h r'])('refuses %p as a language', (locale) => {
		expect(
			compileOccurred({ format: 'custom', customFormat: 'd MMMM yyyy', locale }),
		).toMatchObject({ reason: 'INVALID_FORMAT', value: locale });
	});

	it.each<readonly [why: string, pattern: string, value: string]>([
		['an hour of a 12-hour clock that does not exist', 'd.M.yyyy h:mm a', '12.5.2024 15:11 AM'],
		['an hour of a 12-hour clock that does not exist', 'd.M.yyyy h:mm a', '12.5.2024 0:11 PM'],
		['an offset that does not exist', 'yyyy-MM-dd HH:mm ZZ', '2024-05-12 10:11 +99:99'],
		['an offset that does not exist', 'yyyy-MM-dd HH:mm ZZZ', '2024-05-12 10:11 +9999'],
		['an offset that does not exist', 'yyyy-MM-dd HH:mm ZZZ', '2024-05-12 10:11 +2400'],
		['an offset that does not exist', 'yyyy-MM-dd HH:mm ZZZ', '2024-05-12 10:11 +0060'],
		[
			'an offset that its zone did not have',
			'yyyy-MM-dd HH:mm ZZ z',
			'2024-05-12 10:11 +05:00 Europe/Kyiv',
		],
		[
			'an offset that its zone did not have',
			'yyyy-MM-dd HH:mm ZZ z',
			'2024-05-12 10:11 +02:00 UTC',
		],
		['winter time in July', 'yyyy-MM-dd HH:mm z', '2024-07-01 10:11 CET'],
		['a minute after the end of a day', 'yyyy-MM-dd HH:mm', '2024-05-12 24:01'],
		['a month before the common era', 'G yyyy-MM-dd', 'BC 2024-05-12'],
		['a week that does not exist', 'kkkk-WW-E', '2024-53-1'],
		['a day of the year that does not exist', 'yyyy-ooo', '2023-366'],
		['digits where a month begins with digits', 'd/yyyy MMM', '1/2024 15月'],
	])('refuses %s: %s, %s', (_, customFormat, value) => {
		expect(occurredOf(value, { ...KYIV, format: 'custom', customFormat })).toBe(UNREADABLE);
	});

	it('agrees with an offset and its zone', () => {
		const settings = { ...KYIV, format: 'custom', customFormat: 'yyyy-MM-dd HH:mm ZZ z' } as const;
		expect(occurredOf('2024-05-12 10:11 -04:00 America/New_York', settings)).toBe(
			'2024-05-12T17:11',
		);
	});

	it.each([
		['dMMyyyy', '1052024', '2024-05-01'],
		['dMMyyyy', '12052024', '2024-05-12'],
		['yyyyMMddHmm', '20240512911', '2024-05-12T09:11'],
		['yyMMddHHmmss', 240512101112, '2024-05-12T10:11'],
		['yyyyMMddHHmm', 202405121011, '2024-05-12T10:11'],
		['ddMMMyyyy', '12MAY2024', '2024-05-12'],
	])(
		'%s reads digits that run together, where one number at most has no fixed width',
		(customFormat, value, written) => {
			expect(occurredOf(value, { format: 'custom', customFormat })).toBe(written);
		},
	);
});

describe('A custom date format that would be misread', () => {
	it.each<readonly [pattern: string, ...advice: string[]]>([
		[
			'dd.mm.yyyy hh:mm',
			"'mm' means minutes; the month is 'MM'.",
			"'hh' is the hour of a 12-hour clock and needs 'a' (AM/PM); the hour of a 24-hour clock is 'HH'.",
		],
		['dd.mm.yyyy', "'mm' means minutes; the month is 'MM'."],
		['yyyy-mm-dd HH:mm', "'mm' means minutes; the month is 'MM'."],
		['d/m/yyyy', "'m' means minutes; the month is 'MM'."],
		[
			'DD.MM.YYYY',
			"'DD' means a whole date; the day is 'dd'.",
			"'YYYY' is unknown; the year is 'yyyy'.",
		],
		['DD', "'DD' means a whole date; the day is 'dd'.", "It needs a year: 'yyyy'."],
		['dd.MM.YYYY', "'YYYY' is unknown; the year is 'yyyy'."],
		[
			'dd.MM.yyyy hh:mm',
			"'hh' is the hour of a 12-hour clock and needs 'a' (AM/PM); the hour of a 24-hour clock is 'HH'.",
		],
		['dd.MM.yyyy HH:mm a', "'a' (AM/PM) needs the hour of a 12-hour clock: 'h'."],
		['yyyy-MM-dd HH:MM', "'MM' means the month, which stands there twice; minutes are 'mm'."],
		['dd.MM.yyyy yyyy', "'yyyy' stands there twice."],
		['dd.MM.yyyy H HH', "'H' and 'HH' mean the same; only one can stay."],
		['MM.yyyy', "It needs a day: 'dd'."],
		['dd.MM', "It needs a year: 'yyyy'."],
		['dd yyyy', "It needs a month: 'MM'."],
		['HH:mm', "It needs a year: 'yyyy'.", "It needs a month: 'MM'.", "It needs a day: 'dd'."],
		['dd.MM.yyyy mm', "It needs an hour: 'HH'."],
		['dd.MM.yyyy HH ss', "It needs minutes: 'mm'."],
		['yyyy-MM-dd-ooo', 'keep one.'],
		['yyyy-WW-E', "A week has a year of its own: 'kkkk' in place of 'yyyy'."],
		['kkkk-WW', "It needs a weekday: 'E'."],
		["yyyy-MM-dd'T", 'A single quote is opened and not closed.'],
		[
			'yyyy-MM-ddTHH:mm',
			"'T' means a whole time; in the dates themselves it stands between single quotes.",
		],
		['yyyy-MM-dd at HH:mm', "'t' means a whole time"],
		['yyyy-MM-dd HH:mm ZZZZ', "'ZZZZ' cannot be read; an offset such as +03:00 is 'ZZ'."],
		['yyyy-MM-dd HH:mm:SS', "'SS' is unknown; seconds are 'ss' and a fraction is 'u'."],
		['X', "'X' cannot be read; choose 'Unix Seconds' or 'Unix Milliseconds' as 'Date Format'."],
		['yyyy-qq-dd', "'qq' is a quarter, which says less than the month."],
		["'dd.MM.yyyy'", "It needs a year: 'yyyy'."],
		['dMyyyy', "'d' and 'M' run together with other digits"],
		['yyyyMd', "'M' and 'd' run together with other digits"],
		['yyyyMMdHm', "'d' and 'H' and 'm' run together with other digits"],
		["d''M yyyy", "'d' and 'M' run together with other digits"],
	])('%s is refused before any date is read', (customFormat, ...advice) => {
		const problem = compileOccurred({ format: 'custom', customFormat });
		expect(problem).toMatchObject({
			reason: 'INVALID_FORMAT',
			what: "'Custom Date Format' cannot be used",
			value: customFormat,
		});
		const given = typeof problem === 'function' ? 'none' : problem.advice;
		for (const sentence of advice) expect(given).toContain(sentence);
	});

	it.each(['', '  '])('an empty one is refused: %p', (customFormat) => {
		expect(compileOccurred({ format: 'custom', customFormat })).toEqual({
			reason: 'INVALID_FORMAT',
			what: "'Custom Date Format' is empty",
			advice: 'Write how the dates look, e.g. dd.MM.yyyy HH:mm.',
		});
	});

	it('is no matter while another format is chosen', () => {
		expect(occurredOf('2024-05-12', { customFormat: 'dd.mm.yyyy' })).toBe('2024-05-12');
	});
});
