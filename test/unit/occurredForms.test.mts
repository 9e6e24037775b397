import { DateTime, Settings } from 'luxon';
import vm from 'node:vm';
import { quotableDate } from '../../nodes/Esputnik/dates/whyUnread.ts';
import { formOf, occurredOf } from '../support/occurred.mts';

const KYIV = { accountTimezone: 'Europe/Kyiv' };
const NO_BREAK = '\u00a0';
const NARROW_NO_BREAK = '\u202f';
const inLondon = DateTime.fromISO('2024-05-12T08:11', { zone: 'Europe/London' });

/**
 * Examples of ISO 8601 (calendar, week and ordinal forms of one day), of RFC 9110 5.6.7 and RFC 2822 A.1, of the manuals of
 * PostgreSQL (8.5), MySQL (11.2.2) and BigQuery, and what JavaScript's own Date writes. Kyiv is three hours ahead of UTC in May.
 */
const RECOGNISED: ReadonlyArray<readonly [value: unknown, form: string, written: string]> = [
	['2024-05-12', 'ISO 8601 date', '2024-05-12'],
	['2024-W19-7', 'ISO 8601 date', '2024-05-12'],
	['2024W197', 'ISO 8601 date', '2024-05-12'],
	['2024-133', 'ISO 8601 date', '2024-05-12'],
	['2020-W53-5', 'ISO 8601 date', '2021-01-01'],
	['2024-366', 'ISO 8601 date', '2024-12-31'],
	['20240512', 'compact date', '2024-05-12'],
	[20240512, 'compact date', '2024-05-12'],
	['+002024-05-12', 'ISO 8601 date', '2024-05-12'],
	['2024-05-12T10:11', 'ISO 8601', '2024-05-12T10:11'],
	['2024-05-12T10', 'ISO 8601', '2024-05-12T10:00'],
	['2024-05-12T24:00', 'ISO 8601', '2024-05-13T00:00'],
	['20240512T1011', 'ISO 8601', '2024-05-12T10:11'],
	['2024-133T10:11', 'ISO 8601', '2024-05-12T10:11'],
	['2024-W19-7 10:11', 'ISO 8601', '2024-05-12T10:11'],
	['2024-05-12t10:11:12z', 'ISO 8601 with offset', '2024-05-12T13:11'],
	['2024-05-12T10:11:12Z', 'ISO 8601 with offset', '2024-05-12T13:11'],
	['20240512T101112Z', 'ISO 8601 with offset', '2024-05-12T13:11'],
	['2024-05-12T10:11:12.9Z', 'ISO 8601 with offset', '2024-05-12T13:11'],
	['2024-05-12T10:11:59,999Z', 'ISO 8601 with offset', '2024-05-12T13:11'],
	[`2024-05-12T10:11:59.${'9'.repeat(60)}Z`, 'ISO 8601 with offset', '2024-05-12T13:11'],
	[`20240512T101159,${'9'.repeat(60)}Z`, 'ISO 8601 with offset', '2024-05-12T13:11'],
	['2024-05-12T01:10+03', 'ISO 8601 with offset', '2024-05-12T01:10'],
	['2024-05-12T01:10+0300', 'ISO 8601 with offset', '2024-05-12T01:10'],
	['2024-05-12T01:10+03:00', 'ISO 8601 with offset', '2024-05-12T01:10'],
	['2024-05-12T01:10-04:00', 'ISO 8601 with offset', '2024-05-12T08:10'],
	['2024-05-12T10:11:12+05:45', 'ISO 8601 with offset', '2024-05-12T07:26'],
	['2024-05-12T10:11+01:00[Europe/London]', 'ISO 8601 with offset', '2024-05-12T12:11'],
	['2024-05-12T10:11[America/New_York]', 'ISO 8601 with offset', '2024-05-12T17:11'],
	['2024-05-12 10:11:12', 'SQL timestamp', '2024-05-12T10:11'],
	[`2024-05-12${NO_BREAK}10:11:12`, 'ISO 8601', '2024-05-12T10:11'],
	['2024-05-12 10:11:12.123456', 'SQL timestamp', '2024-05-12T10:11'],
	['2024-05-12 10:11:12.123456+03', 'SQL timestamp with offset', '2024-05-12T10:11'],
	['2024-05-12 10:11:12 +0000', 'SQL timestamp with offset', '2024-05-12T13:11'],
	['1910-05-12 10:11:12+02:02:04', 'SQL timestamp with offset', '1910-05-12T10:11'],
	['2024-05-12 10:11:12.123456 UTC', 'ISO 8601 with offset', '2024-05-12T13:11'],
	['2024-05-12 10:11:12 Europe/London', 'ISO 8601 with offset', '2024-05-12T12:11'],
	['Sun, 12 May 2024 10:11:12 +0300', 'RFC 2822', '2024-05-12T10:11'],
	['12 May 2024 10:11 -0500', 'RFC 2822', '2024-05-12T18:11'],
	['Fri, 21 Nov 1997 09:55:06 -0600', 'RFC 2822', '1997-11-21T17:55'],
	['Sun, 06 Nov 1994 08:49:37 GMT', 'HTTP date', '1994-11-06T10:49'],
	['Sunday, 06-Nov-94 08:49:37 GMT', 'HTTP date', '1994-11-06T10:49'],
	['Sun Nov  6 08:49:37 1994', 'Unix date text', '1994-11-06T08:49'],
	[
		'Sun May 12 2024 10:11:12 GMT+0300 (Eastern European Summer Time)',
		'JavaScript date text',
		'2024-05-12T10:11',
	],
	['Sun May 12 2024 10:11:12 GMT-0400', 'JavaScript date text', '2024-05-12T17:11'],
	[new Date('2024-05-12T07:11:12Z'), 'Date object', '2024-05-12T10:11'],
	[vm.runInNewContext("new Date('2024-05-12T07:11:12Z')"), 'Date object', '2024-05-12T10:11'],
	[inLondon, 'Luxon DateTime', '2024-05-12T10:11'],
	[inLondon.toString(), 'ISO 8601 with offset', '2024-05-12T10:11'],
	[inLondon.toISO({ extendedZone: true }), 'ISO 8601 with offset', '2024-05-12T10:11'],
	[withoutItsClass(inLondon), 'Luxon DateTime', '2024-05-12T10:11'],
	['12.05.2024', 'dotted date', '2024-05-12'],
	['1.5.2024 9:05', 'dotted date', '2024-05-01T09:05'],
	['12.05.2024 10:11:12', 'dotted date', '2024-05-12T10:11'],
	['12.05.2024, 10:11:12', 'dotted date', '2024-05-12T10:11'],
	['12. 5. 2024 10:11', 'dotted date', '2024-05-12T10:11'],
	[`12.05.2024${NO_BREAK}10:11`, 'dotted date', '2024-05-12T10:11'],
	[171546540, 'Unix seconds', '1975-06-09T14:49'],
	[1715465400, 'Unix seconds', '2024-05-12T01:10'],
	['1715465400', 'Unix seconds', '2024-05-12T01:10'],
	[1715465459.999, 'Unix seconds', '2024-05-12T01:10'],
	[171546540000, 'Unix milliseconds', '1975-06-09T14:49'],
	[1715465400000, 'Unix milliseconds', '2024-05-12T01:10'],
	['1715465459999', 'Unix milliseconds', '2024-05-12T01:10'],
	[1715465400000n, 'Unix milliseconds', '2024-05-12T01:10'],
	[1715465459999999, 'Unix microseconds', '2024-05-12T01:10'],
	['171546540000000', 'Unix microseconds', '1975-06-09T14:49'],
	['1715508672000000000', 'Unix nanoseconds', '2024-05-12T13:11'],
	[1715508672123456789n, 'Unix nanoseconds', '2024-05-12T13:11'],
	['1.715508672E9', 'Unix seconds', '2024-05-12T13:11'],
	['1.715508672123456E9', 'Unix seconds', '2024-05-12T13:11'],
	['1.7155E9', 'Unix seconds', '2024-05-12T10:46'],
	['1.715508672e+09', 'Unix seconds', '2024-05-12T13:11'],
	['1.715508672E12', 'Unix milliseconds', '2024-05-12T13:11'],
	['20240512101112', 'compact timestamp', '2024-05-12T10:11'],
	[20240512101112, 'compact timestamp', '2024-05-12T10:11'],
	['2024/05/12', 'year first', '2024-05-12'],
	['2024/05/12 10:11', 'year first', '2024-05-12T10:11'],
	['2024/5/12 9:05:07 PM', 'year first', '2024-05-12T21:05'],
	['2024-5-12', 'year first', '2024-05-12'],
	['2024-05-12 9:05:07', 'year first', '2024-05-12T09:05'],
	['2024.05.12', 'year first', '2024-05-12'],
	['2024. 5. 12.', 'year first', '2024-05-12'],
	['2024. 5. 12. 10:11', 'year first', '2024-05-12T10:11'],
	['12.05.24 10:11', 'dotted date', '2024-05-12T10:11'],
	['12.05.2024 10:11:12 +03:00', 'dotted date', '2024-05-12T10:11'],
	['12.05.2024 10:11:12 Z', 'dotted date', '2024-05-12T13:11'],
	['12. 5. 2024. 10.11', 'dotted date', '2024-05-12T10:11'],
	['May 12, 2024', 'month by name', '2024-05-12'],
	['May 12, 2024 10:11 AM', 'month by name', '2024-05-12T10:11'],
	['May 12, 2024 10:11:12 PM PDT', 'month by name', '2024-05-13T08:11'],
	['May 12, 2024 10:11:12 AM EST', 'month by name', '2024-05-12T18:11'],
	['May 12, 2024 at 10:11 p.m.', 'month by name', '2024-05-12T22:11'],
	['12 May 2024', 'month by name', '2024-05-12'],
	['12 may 2024, 9:05', 'month by name', '2024-05-12T09:05'],
	['Sept. 5, 2024', 'month by name', '2024-09-05'],
	['September 5th 2024', 'month by name', '2024-09-05'],
	['12-May-24', 'month by name', '2024-05-12'],
	['12-MAY-24 10.11.12.123456 PM', 'month by name', '2024-05-12T22:11'],
	['12-May-2024 10:11:12', 'month by name', '2024-05-12T10:11'],
	['12/May/2024:10:11:12 +0000', 'month by name', '2024-05-12T13:11'],
	['12MAY2024', 'month by name', '2024-05-12'],
	['May-12-24', 'month by name', '2024-05-12'],
	['May 12 2024 10:11AM', 'month by name', '2024-05-12T10:11'],
	['May  2 2024 12:11AM', 'month by name', '2024-05-02T00:11'],
	['May 12 2024 10:11:12:123PM', 'month by name', '2024-05-12T22:11'],
	['Sun May 12 2024', 'month by name', '2024-05-12'],
	['Sun May 12 10:11:12 2024', 'Unix date text', '2024-05-12T10:11'],
	['Thu Sep 25 10:36:28 2003', 'Unix date text', '2003-09-25T10:36'],
	['Sun May 12 10:11:12 +0000 2024', 'Unix date text', '2024-05-12T13:11'],
	['Sun May 12 10:11:12 EEST 2024', 'Unix date text', '2024-05-12T10:11'],
	['Sun May 12 10:11:12 AM UTC 2024', 'Unix date text', '2024-05-12T13:11'],
	['Sun May 12 10:11:12 2024 +0300', 'Unix date text', '2024-05-12T10:11'],
	['2024-05-12 10:11:12 +0000 UTC', 'ISO 8601 with offset', '2024-05-12T13:11'],
	['2024-05-12 10:11:12.123456789 +0300 MSK m=+0.01', 'ISO 8601 with offset', '2024-05-12T10:11'],
	['2024-05-12 10:11:12 +0530 +0530', 'ISO 8601 with offset', '2024-05-12T07:41'],
	['2024-05-12 10:11:12 +0800 CST', 'ISO 8601 with offset', '2024-05-12T05:11'],
	['2024-05-12 10:11:12 UT', 'ISO 8601 with offset', '2024-05-12T13:11'],
	['2024-05-12 10:11:12 UTC', 'ISO 8601 with offset', '2024-05-12T13:11'],
	['2024-05-12 10:11:12 GMT+1', 'ISO 8601 with offset', '2024-05-12T12:11'],
	['2024-05-12 10:11 UTC-04:30', 'ISO 8601 with offset', '2024-05-12T17:41'],
	['2024-05-12 10:11 (GMT+3)', 'ISO 8601 with offset', '2024-05-12T10:11'],
	['2024-07-01 10:11 PST', 'ISO 8601 with offset', '2024-07-01T21:11'],
	['2024-01-01 10:11 CET', 'ISO 8601 with offset', '2024-01-01T11:11'],
	['Mon, 1 Jul 2024 10:11:12 CST', 'RFC 2822', '2024-07-01T19:11'],
	['Sun, 12 May 24 10:11:12 +0000', 'RFC 2822', '2024-05-12T13:11'],
	['12 May 49 10:11:12 +0000', 'RFC 2822', '2049-05-12T13:11'],
	['Fri, 12 May 50 10:11:12 +0000', 'RFC 2822', '1950-05-12T13:11'],
	['Sun, 12 May 2024 10:11:12 +0300 (EEST)', 'RFC 2822', '2024-05-12T10:11'],
	['/Date(1715508672000)/', '.NET date text', '2024-05-12T13:11'],
	['/Date(1715508672000+0300)/', '.NET date text', '2024-05-12T13:11'],
	['\u200e2024-05-12', 'ISO 8601 date', '2024-05-12'],
	[
		'\u200e12\u200e.\u200e05\u200e.\u200e2024 \u200e10\u200e:\u200e11',
		'dotted date',
		'2024-05-12T10:11',
	],
	[phpDate(3, 'Europe/Kyiv'), 'PHP DateTime', '2024-05-12T10:11'],
	[phpDate(1, '+02:00'), 'PHP DateTime', '2024-05-12T11:11'],
	[phpDate(2, 'EDT'), 'PHP DateTime', '2024-05-12T17:11'],
	[{ _seconds: 1715508672, _nanoseconds: 0 }, 'Firestore timestamp', '2024-05-12T13:11'],
	[{ $date: '2024-05-12T07:11:12Z' }, 'MongoDB date', '2024-05-12T10:11'],
	[{ $date: { $numberLong: '1715508672000' } }, 'MongoDB date', '2024-05-12T13:11'],
	[{ start: '2024-05-12', end: null, time_zone: null }, 'Notion date', '2024-05-12'],
	[{ start: '2024-05-12T10:11:00.000+03:00', end: null }, 'Notion date', '2024-05-12T10:11'],
	[{ start: '2024-05-12T10:11', time_zone: 'America/New_York' }, 'Notion date', '2024-05-12T17:11'],
	['  2024-05-12T10:11  ', 'ISO 8601', '2024-05-12T10:11'],
	[`${NO_BREAK}2024-05-12${NARROW_NO_BREAK}`, 'ISO 8601 date', '2024-05-12'],
	[`\t1715465400${NO_BREAK}\n`, 'Unix seconds', '2024-05-12T01:10'],
];

it.each([
	[new Date('2024-05-12T07:11:12Z'), '2024-05-12T07:11:12.000Z'],
	[inLondon, '2024-05-12T08:11:00.000+01:00'],
	[withoutItsClass(inLondon), '2024-05-12T08:11:00.000+01:00'],
	[` 2024-05-12${NO_BREAK}`, '2024-05-12'],
])('A message or a sample shows %p as %s', (value, text) => {
	expect(quotableDate(value)).toBe(text);
});

/** A DateTime of PHP as JSON; the type says whether its zone is an offset, an abbreviation or a name. */
function phpDate(type: number, timezone: string): object {
	return { date: '2024-05-12 10:11:12.000000', timezone_type: type, timezone };
}

/** What n8n's `vm` expression engine makes of a DateTime inside an item. */
function withoutItsClass(dateTime: DateTime): unknown {
	return JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(dateTime))));
}

describe('Dates that are recognised without being told', () => {
	it.each(RECOGNISED)('%p is read as %s and written as %s', (value, form, written) => {
		expect(formOf(value)).toBe(form);
		expect(occurredOf(value, KYIV)).toBe(written);
	});

	it.each(['Asia/Tokyo', 'America/New_York'])(
		'are read alike while n8n has set %s as the default zone of Luxon',
		(zone) => {
			const before = Settings.defaultZone;
			Settings.defaultZone = zone;
			try {
				for (const [value, , written] of RECOGNISED) {
					expect(occurredOf(value, KYIV)).toBe(written);
				}
			} finally {
				Settings.defaultZone = before;
			}
		},
	);

	it('leave the default zone of Luxon as it is', () => {
		const before = Settings.defaultZone;
		for (const [value] of RECOGNISED) occurredOf(value, KYIV);
		expect(Settings.defaultZone).toBe(before);
	});
});
