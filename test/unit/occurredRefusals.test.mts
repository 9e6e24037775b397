import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { OccurredFormat } from '../../nodes/Esputnik/dates/occurred.ts';
import { problemMessage } from '../../nodes/Esputnik/problem.ts';
import { occurredOf, readerOf } from '../support/occurred.mts';

const KYIV = { accountTimezone: 'Europe/Kyiv' };
const FORMATS: readonly OccurredFormat[] = [
	'auto',
	'dayFirst',
	'monthFirst',
	'unixSeconds',
	'unixMilliseconds',
	'spreadsheetSerial',
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
	['a year of two digits', '12.05.24'],
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
	['an abbreviation that ICU lets change its clocks', '2024-07-01 10:11 PST'],
	['AM/PM after an ISO date', '2024-05-12 10:11 PM'],
	['an offset that its zone did not have', '2024-05-12T10:11+05:00[Europe/Kyiv]'],
	['a weekday of another day', 'Mon, 12 May 2024 10:11:12 GMT'],
	['a weekday of another day', 'Mon May 12 2024 10:11:12 GMT+0300'],
	['a month by name without a time', '12 May 2024'],
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
	['nanoseconds', 1715465400123456789n],
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

	it.each(['12/05/2024', '5/12/2024 8:26 AM', '31/12/2024', '2024/05/12', '12-05-2024 10:11'])(
		'%p is ambiguous without a format, and never guessed',
		(value) => {
			expect(occurredOf(value, KYIV)).toBe('OCCURRED_AMBIGUOUS');
		},
	);

	it('are quoted in a message that says what to do', () => {
		const read = readerOf(KYIV);
		const values = [
			'12/05/2024',
			'2024/05/12',
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
			"'Occurred' could not be read: '12/05/2024'. Choose 'Date Format'. The first number may be the day or the month.",
			"'Occurred' could not be read: '2024/05/12'. Choose 'Custom' as 'Date Format' and write how the dates look, e.g. yyyy/MM/dd.",
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
