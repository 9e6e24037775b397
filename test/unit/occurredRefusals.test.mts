import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { DateFormat } from '../../nodes/Esputnik/dates/faults.ts';
import { problemMessage } from '../../nodes/Esputnik/problem.ts';
import { occurredOf, readerOf } from '../support/occurred.mts';

const KYIV = { accountTimezone: 'Europe/Kyiv' };
const FORMATS: readonly DateFormat[] = [
	'auto',
	'dayFirst',
	'monthFirst',
	'unixSeconds',
	'unixMilliseconds',
	'spreadsheetSerial',
	'spreadsheetSerial1904',
	'custom',
];

const UNREADABLE: ReadonlyArray<readonly [what: string, value: unknown]> = [
	['a time without a date', '10:11'],
	['a time without a date', 'T10:11:12Z'],
	['a month without a day', '2024-05'],
	['a month without a day', '202405'],
	['a month without a day', '2024-05T10:11'],
	['a year', '2024'],
	['a year', 2024],
	['a week without a day', '2024-W19'],
	['a day without a year', '12.05.'],
	['a day that does not exist', '2023-02-29'],
	['a day that does not exist', '31.04.2024'],
	['a week that does not exist', '2024-W53-1'],
	['a day of the year that does not exist', '2023-366'],
	['an hour that does not exist', '2024-05-12T25:00'],
	['a minute past midnight of the day that ends', '2024-05-12T24:01'],
	['a second that does not exist', '2024-05-12 10:11:60'],
	['an offset that does not exist', '2024-05-12T10:11+24:00'],
	['half an offset', '2024-05-12T10:11+3'],
	['a zone that does not exist', '2024-05-12 10:11 Europe/Nowhere'],
	['an abbreviation that ICU takes for Dhaka', '2024-07-01 10:11:12 BST'],
	['an abbreviation of American and Chinese time', '2024-07-01 10:11 CST'],
	['an abbreviation of American and Chinese time', 'Sun May 12 10:11:12 CST 2024'],
	...['CET', 'EET', 'MET', 'WET'].map(
		(name) => ['winter time in July', `2024-07-01 10:11 ${name}`] as const,
	),
	...['+9999', '-9999', '+2400', '+0060', '+99:99', '+24:00'].flatMap((offset) =>
		[
			`2024-05-12T10:11${offset}`,
			`2024-05-12 10:11:12 ${offset}`,
			`20240512T101112${offset}`,
			`12.05.2024 10:11 ${offset}`,
			`Sun, 12 May 2024 10:11:12 ${offset}`,
			`Sun May 12 2024 10:11:12 GMT${offset}`,
			`Sun May 12 10:11:12 ${offset} 2024`,
			`2024-05-12 10:11:12 ${offset} UTC`,
		].map((text) => ['an offset that does not exist', text] as const),
	),
	['two offsets', '2024-05-12 10:11 +0300 +0200'],
	['days before a time', '2004-04-07 00:00:00 -21 days'],
	['days after a time', '12 May 2024 10:11 +10 days'],
	['an offset of three digits', '2024-05-12 10:11 GMT+123'],
	['half a second past midnight of the day that ends', '2024-05-12T24:00:00.5'],
	['an offset that its zone does not have', '2024-05-12 10:11 +0300 UTC'],
	['an offset that its zone does not have', '2024-05-12 10:11 -0300 PDT'],
	['a date that has lost its day', '2024-5- 09:11:12'],
	['a date that has lost its day', '2024/5/ 10:11:12'],
	['a date that has lost its day', '2024. 5. 10:11:12'],
	['a date that has lost its day', '2024. 5. 10.11.12'],
	['a date that has lost the space before its time', '2024-5-1:20:30:40'],
	['a year that is an hour', '12 Jan 05:01:53:53 +0000'],
	['AM/PM behind a zone', 'May 12, 2024 9:18Z PM'],
	['AM/PM behind a zone', '2024-05-12 09:18 +0300 PM'],
	['a time with half of its colons', '2024-05-12 22:0051'],
	['a Julian day', '2460443'],
	['a Julian day', 2460443],
	['the day of a year, or a Julian day', '2024133'],
	['a number that a sheet has rounded', '1.71551E+09'],
	['a year of two digits that may stand first', '24 May 12'],
	['an hour that a 12-hour clock does not have', 'May 12, 2024 15:11 AM'],
	['an hour that a 12-hour clock does not have', '2024/05/12 0:11 PM'],
	['a month that is no English one', '12 listopad 2024'],
	['a weekday of another day', 'Mon May 12 2024'],
	['a weekday of another day', 'Mon May 12 10:11:12 2024'],
	['AM/PM after an ISO date', '2024-05-12 10:11 PM'],
	['an offset that its zone did not have', '2024-05-12T10:11+05:00[Europe/Kyiv]'],
	['a weekday of another day', 'Mon, 12 May 2024 10:11:12 GMT'],
	['a weekday of another day', 'Mon May 12 2024 10:11:12 GMT+0300'],
	['the zero date of MySQL', '0000-00-00'],
	['the zero date of MySQL', '0000-00-00 00:00:00'],
	['a year before 1900', '1899-12-31'],
	['a year before 1900', '0024-05-12'],
	['a year after 9999', '+010000-01-01'],
	['a time after 9999 in the zone of the account', '9999-12-31T23:30Z'],
	['a negative epoch', -1715465400],
	['a negative epoch', '-1715465400'],
	['a spreadsheet serial', 45424.5],
	['digits of no known length', '17154654001'],
	['digits of no known length', 17154654001234],
	['digits with a leading zero', '0171546540'],
	['zero', 0],
	['"Invalid date"', 'Invalid date'],
	['"Invalid DateTime"', 'Invalid DateTime'],
	['an invalid Date', new Date(NaN)],
	['an invalid DateTime', DateTime.invalid('because')],
	['"NaN"', 'NaN'],
	['NaN', NaN],
	['infinity', Infinity],
	['a boolean', true],
	['a boolean', false],
	['an object', { date: '2024-05-12' }],
	['an object that has more than a date', { start: '2024-05-12', name: 'a fair' }],
	['an object whose zone does not exist', { date: '2024-05-12 10:11', timezone: 'Kyiv' }],
	['an object that may be a duration', { seconds: 1715508672, nanoseconds: 0 }],
	['an object without seconds', { _seconds: 'soon', _nanoseconds: 0 }],
	['a date of MongoDB without a zone', { $date: '2024-05-12T10:11' }],
	['an object that looks like a DateTime a little', { isLuxonDateTime: true, ts: '1' }],
	['an array', ['2024-05-12']],
	['an empty array', []],
	['a function', () => '2024-05-12'],
	['"now"', 'now'],
	['"today"', 'today'],
	['"null"', 'null'],
];

describe('Values that are no date', () => {
	it.each(UNREADABLE)('%s is refused: %p', (_, value) => {
		expect(occurredOf(value, KYIV)).toBe('INCORRECT_OCCURRED_DATE_FORMAT');
	});

	it.each([undefined, null, '', ' ', '\u00a0\t\n'])(
		'%p is a missing date in every format',
		(value) => {
			for (const format of FORMATS) {
				expect(occurredOf(value, { ...KYIV, format, customFormat: 'dd.MM.yyyy' })).toBe(
					'OCCURRED_DATE_IS_REQUIRED',
				);
			}
		},
	);

	it.each([
		...['12/05/2024', '5/12/2024 8:26 AM', '31/12/2024', '12-05-2024 10:11', '5/12/24', '12.05.24'],
		...['202405121011', 202405121011, '2024051210', 2024051210, '240512101112', '2405121011'],
		...['120520241011', '380501234567', 380671234567, '905321234567', '2024051210111212'],
	])('%p is ambiguous without a format, and never guessed', (value) => {
		expect(occurredOf(value, KYIV)).toBe('OCCURRED_AMBIGUOUS');
	});

	it('are quoted in a message that says what to do', () => {
		const read = readerOf(KYIV);
		const values = [
			'12/05/2024',
			'24/05/12',
			'202405121011',
			'380501234567',
			45424.42,
			'13/13/2024',
			'2024-07-01 10:11 BST',
			'soon',
			undefined,
			new Date(NaN),
			DateTime.invalid('because'),
			NaN,
		];
		const messages = values.map((value) => {
			const result = read(value);
			return typeof result === 'string' ? result : problemMessage(result);
		});
		expect(messages).toEqual([
			"'Occurred' could not be read: '12/05/2024'. Choose 'Date Format': 'Day First' makes it 2024-05-12, 'Month First' makes it 2024-12-05.",
			"'Occurred' could not be read: '24/05/12'. Choose 'Date Format': 'Day First' makes it 2012-05-24, 'Custom' with yy/MM/dd makes it 2024-05-12.",
			"'Occurred' could not be read: '202405121011'. Choose 'Date Format': 'Unix Milliseconds' makes it 1976-05-31T15:38 UTC, 'Custom' with yyyyMMddHHmm makes it 2024-05-12T10:11.",
			"'Occurred' could not be read: '380501234567'. Choose 'Date Format': 'Unix Milliseconds' makes it 1982-01-21T22:47 UTC. It may be a phone number, too.",
			"'Occurred' could not be read: '45424.42'. Choose 'Date Format': 'Spreadsheet Serial' makes it 2024-05-12T10:04.",
			"'Occurred' could not be read: '13/13/2024'. Choose 'Date Format'. A date needs a year from 1900 to 9999, a month and a day.",
			"'Occurred' could not be read: '2024-07-01 10:11 BST'. 'BST' does not tell one time zone for certain; an offset such as +03:00 or a name such as Europe/Kyiv does. Choose 'Date Format'. A date needs a year from 1900 to 9999, a month and a day.",
			"'Occurred' could not be read: 'soon'. Choose 'Date Format'. A date needs a year from 1900 to 9999, a month and a day.",
			"'Occurred' is empty. Choose the field that holds the date, or fill it in.",
			"'Occurred' could not be read: 'Invalid Date'. Choose 'Date Format'. A date needs a year from 1900 to 9999, a month and a day.",
			"'Occurred' could not be read: 'Invalid DateTime'. Choose 'Date Format'. A date needs a year from 1900 to 9999, a month and a day.",
			"'Occurred' could not be read: 'NaN'. Choose 'Date Format'. A date needs a year from 1900 to 9999, a month and a day.",
		]);
	});
});

describe('Any value at all', () => {
	it.each(FORMATS)('gives a date that can be sent or a reason, with the format %s', (format) => {
		const read = readerOf({ ...KYIV, format, customFormat: 'dd.MM.yyyy HH:mm' });
		const anything = fc.oneof(
			fc.anything({ withDate: true, withBigInt: true, withTypedArray: true }),
			fc.double(),
			fc.date({ noInvalidDate: false }),
			fc.stringMatching(/^[\d\-+:.,TZW /]{0,25}$/),
		);
		fc.assert(
			fc.property(anything, (value) => {
				const result = read(value);
				if (typeof result === 'string') {
					expect(result).toMatch(/^(?:19|[2-9]\d)\d\d-[01]\d-[0-3]\d(?:T[0-2]\d:[0-5]\d)?$/);
				} else {
					expect(result.reason).toMatch(/^(?:OCCURRED|INCORRECT_OCCURRED)_/);
				}
			}),
			{ seed: 5, numRuns: 2000 },
		);
	});
});
