import type { DateFormat } from '../../nodes/Esputnik/dates/faults.ts';
import { occurredOf } from '../support/occurred.mts';

const NARROW_NO_BREAK = '\u202f';
const UNREADABLE = 'INCORRECT_OCCURRED_DATE_FORMAT';

type Row = readonly [value: unknown, written: string];

function describeFormat(format: DateFormat, rows: readonly Row[]): void {
	describe(`The date format ${format}`, () => {
		it.each(rows)('makes %p %s', (value, written) => {
			expect(occurredOf(value, { format, accountTimezone: 'Europe/Kyiv' })).toBe(written);
		});
	});
}

describeFormat('dayFirst', [
	['12/05/2024', '2024-05-12'],
	['12/05/2024 10:11', '2024-05-12T10:11'],
	['5/12/2024 8:26 AM', '2024-12-05T08:26'],
	['5/12/2024 8:26 PM', '2024-12-05T20:26'],
	['12.05.2024 10:11', '2024-05-12T10:11'],
	['12-05-2024', '2024-05-12'],
	['12/05/2024, 10:11:59', '2024-05-12T10:11'],
	['29/02/2024', '2024-02-29'],
	['29/02/2023', UNREADABLE],
	['05/13/2024', UNREADABLE],
	['12/05/24', '2024-05-12'],
	['12/05/24 10:11', '2024-05-12T10:11'],
	['12.05.24', '2024-05-12'],
	['12/05/49', '2049-05-12'],
	['12/05/50', '1950-05-12'],
	['12/05/2024 10:11 p. m.', '2024-05-12T22:11'],
	['\u200e12\u200e/\u200e05\u200e/\u200e2024', '2024-05-12'],
	['12/05/2024 10:11 +00:00', '2024-05-12T13:11'],
	['2024/05/12', '2024-05-12'],
	['May 12, 2024', '2024-05-12'],
	['12/05-2024', UNREADABLE],
	['12/05', UNREADABLE],
	['12/05/2024 25:00', UNREADABLE],
	['2024-05-12', '2024-05-12'],
	['2024-05-12T07:11:00Z', '2024-05-12T10:11'],
	[new Date('2024-05-12T07:11:00Z'), '2024-05-12T10:11'],
	[45424, UNREADABLE],
	[1715465400, UNREADABLE],
]);

describeFormat('monthFirst', [
	['05/12/2024', '2024-05-12'],
	['05/12/2024 10:11 AM', '2024-05-12T10:11'],
	['5/12/2024 8:26 AM', '2024-05-12T08:26'],
	['5/12/2024 8:26 p.m.', '2024-05-12T20:26'],
	['5/12/2024 12:05 AM', '2024-05-12T00:05'],
	['5/12/2024 12:05 PM', '2024-05-12T12:05'],
	[`5/12/2024, 8:26:59${NARROW_NO_BREAK}AM`, '2024-05-12T08:26'],
	['5/12/2024 20:26', '2024-05-12T20:26'],
	['5/12/2024 13:26 PM', UNREADABLE],
	['5/12/2024 0:26 AM', UNREADABLE],
	['09/14/26', '2026-09-14'],
	['5/12/24 10:11 AM', '2024-05-12T10:11'],
	['5/12/2024 15:11 AM', UNREADABLE],
	['5/12/2024 0:11 PM', UNREADABLE],
	['13/05/2024', UNREADABLE],
	['2024-05-12 10:11', '2024-05-12T10:11'],
]);

describeFormat('unixSeconds', [
	[0, '1970-01-01T03:00'],
	[1715465400, '2024-05-12T01:10'],
	['1715465400', '2024-05-12T01:10'],
	['1715465459.999', '2024-05-12T01:10'],
	[1715465400n, '2024-05-12T01:10'],
	[20240512, '1970-08-23T09:21'],
	[-1, UNREADABLE],
	['-1715465400', UNREADABLE],
	[1715465400000, UNREADABLE],
	[1e300, UNREADABLE],
	[Infinity, UNREADABLE],
	['2024-05-12', UNREADABLE],
	[new Date('2024-05-12T07:11:00Z'), '2024-05-12T10:11'],
]);

describeFormat('unixMilliseconds', [
	[1715465400000, '2024-05-12T01:10'],
	['1715465459999', '2024-05-12T01:10'],
	[0, '1970-01-01T03:00'],
	[-1, UNREADABLE],
	[1e18, UNREADABLE],
	['12 May 2024', UNREADABLE],
]);

/**
 * ECMA-376 part 1, 18.17.4.1 (1 is 1 January 1900, 60 the 29 February 1900 that never was, 2958465 is 31 December 9999); Microsoft's
 * help to DATE (39448 is 1 January 2008) and DATEVALUE (40777 is 22 August 2011).
 */
describeFormat('spreadsheetSerial', [
	[1, '1900-01-01'],
	[59, '1900-02-28'],
	[60, UNREADABLE],
	[60.5, UNREADABLE],
	[61, '1900-03-01'],
	[39448, '2008-01-01'],
	[40777, '2011-08-22'],
	[2958465, '9999-12-31'],
	[2958466, UNREADABLE],
	[45424, '2024-05-12'],
	['45424', '2024-05-12'],
	['45424.0', '2024-05-12'],
	[45424.5, '2024-05-12T12:00'],
	['45424,5', '2024-05-12T12:00'],
	[45424.42430555555, '2024-05-12T10:11'],
	[45424.42499999, '2024-05-12T10:11'],
	[45424.99999999999, '2024-05-13T00:00'],
	[0, UNREADABLE],
	[0.5, UNREADABLE],
	[-45424, UNREADABLE],
	[NaN, UNREADABLE],
	['12.05.2024', UNREADABLE],
]);

/** Microsoft's help on the 1904 system: a date there is 1,462 days less; 0 is 1 January 1904. */
describeFormat('spreadsheetSerial1904', [
	[1, '1904-01-02'],
	[39448 - 1462, '2008-01-01'],
	[40777 - 1462, '2011-08-22'],
	[45424 - 1462, '2024-05-12'],
	['43962.5', '2024-05-12T12:00'],
	[43962.42430555555, '2024-05-12T10:11'],
	[0.5, UNREADABLE],
	[-1, UNREADABLE],
]);

describe('A spreadsheet serial of a time', () => {
	const DAY_SECONDS = 86_400;
	const minutes = Array.from({ length: 1440 }, (_, minute) => minute);

	it.each([45424, 61, 73050, 2958465])('shows every minute of day %i as a sheet does', (day) => {
		const written = minutes
			.slice(1)
			.map((minute) =>
				occurredOf(day + (minute * 60) / DAY_SECONDS, { format: 'spreadsheetSerial' }),
			);
		expect(written.map((text) => text.slice(11))).toEqual(
			minutes.slice(1).map((minute) => new Date(minute * 60_000).toISOString().slice(11, 16)),
		);
	});

	it('cuts the seconds up to the last millisecond', () => {
		const serial = 45424 + (10 * 3600 + 11 * 60 + 59.999) / DAY_SECONDS;
		expect(occurredOf(serial, { format: 'spreadsheetSerial' })).toBe('2024-05-12T10:11');
	});
});
