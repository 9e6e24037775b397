import { DateTime, Settings } from 'luxon';
import vm from 'node:vm';
import { occurredForm, quotableDate } from '../../nodes/Esputnik/dates/occurred.ts';
import { DEFAULTS, occurredOf } from '../support/occurred.mts';

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
	['2024133', 'compact date', '2024-05-12'],
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
	['Sun Nov  6 08:49:37 1994', 'HTTP date', '1994-11-06T10:49'],
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

/** What n8n's `vm` expression engine makes of a DateTime inside an item. */
function withoutItsClass(dateTime: DateTime): unknown {
	return JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(dateTime))));
}

describe('Dates that are recognised without being told', () => {
	it.each(RECOGNISED)('%p is read as %s and written as %s', (value, form, written) => {
		expect(occurredForm(value, DEFAULTS)).toBe(form);
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
