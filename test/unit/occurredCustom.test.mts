import { DateTime, Info } from 'luxon';
import { LANGUAGES } from '../../nodes/Esputnik/dates/customFormat.ts';
import { compileOccurred } from '../../nodes/Esputnik/dates/occurred.ts';
import { DEFAULTS, occurredOf, readerOf } from '../support/occurred.mts';

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
			const read = readerOf({ format: 'custom', customFormat });
			for (let month = 1; month <= 12; month++) {
				const day = DateTime.fromObject({ year: 2024, month, day: 12 }, { zone: 'utc' });
				expect(read(day.setLocale(locale).toFormat(customFormat))).toBe(day.toISODate());
			}
		}
	});

	it.each(['long', 'short'] as const)('knows no %s name that means two months', (length) => {
		const months = new Map<string, number>();
		for (const locale of LANGUAGES) {
			for (const names of [
				Info.months(length, { locale }),
				Info.monthsFormat(length, { locale }),
			]) {
				names.forEach((name, index) => {
					const plain = name.toLowerCase().replace(/\./g, '');
					expect([plain, months.get(plain) ?? index]).toEqual([plain, index]);
					months.set(plain, index);
				});
			}
		}
		expect(months.size).toBeGreaterThan(100);
	});
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
	])('%s is refused before any date is read', (customFormat, ...advice) => {
		const problem = compileOccurred({ ...DEFAULTS, format: 'custom', customFormat });
		expect(problem).toMatchObject({
			reason: 'INVALID_FORMAT',
			what: "'Custom Date Format' cannot be used",
			value: customFormat,
		});
		const given = typeof problem === 'function' ? 'none' : problem.advice;
		for (const sentence of advice) expect(given).toContain(sentence);
	});

	it.each(['', '  '])('an empty one is refused: %p', (customFormat) => {
		expect(compileOccurred({ ...DEFAULTS, format: 'custom', customFormat })).toEqual({
			reason: 'INVALID_FORMAT',
			what: "'Custom Date Format' is empty",
			advice: 'Write how the dates look, e.g. dd.MM.yyyy HH:mm.',
		});
	});

	it('is no matter while another format is chosen', () => {
		expect(occurredOf('2024-05-12', { customFormat: 'dd.mm.yyyy' })).toBe('2024-05-12');
	});
});
