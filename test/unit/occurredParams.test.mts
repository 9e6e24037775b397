import { DateTime } from 'luxon';
import { readDateValue } from '../../nodes/Esputnik/dates/isoText.ts';
import { occurredOf } from '../support/occurred.mts';

describe('A date among the parameters', () => {
	it.each<readonly [value: unknown, text: string]>([
		['2024-05-12', '2024-05-12'],
		['2024-05-12T10:11:12.123456+03:00', '2024-05-12T10:11:12.123456+03:00'],
		[' 2024-05-12 10:11:12 ', '2024-05-12 10:11:12'],
		['12.05.2024', '2024-05-12'],
		['12.05.2024 10:11', '2024-05-12T10:11:00'],
		['12.05.2024 10:11 -04:30', '2024-05-12T10:11:00-04:30'],
		['May 12, 2024 10:11:12 AM PDT', '2024-05-12T10:11:12-07:00'],
		['Sun, 12 May 2024 10:11:12 +0300', '2024-05-12T10:11:12+03:00'],
		['20240512', '2024-05-12'],
		['2024-W19-7', '2024-05-12'],
		[1715508672, '2024-05-12T10:11:12Z'],
		['1715508672000', '2024-05-12T10:11:12Z'],
		[new Date('2024-05-12T10:11:12.345Z'), '2024-05-12T10:11:12.345Z'],
		[DateTime.fromISO('2024-05-12T10:11', { zone: 'Asia/Tokyo' }), '2024-05-12T10:11:00.000+09:00'],
		[{ date: '2024-05-12 10:11:12', timezone: 'Europe/Kyiv' }, '2024-05-12T10:11:12+03:00'],
	])('is given as ISO text, as it stands: %p', (value, text) => {
		expect(readDateValue(value)).toBe(text);
	});

	it.each([
		'12/05/2024',
		'10:11',
		'5',
		5,
		'12.05.24',
		'202405121011',
		'soon',
		'',
		null,
		true,
		{},
		[],
	])('is not made of what may be another one or none: %p', (value) => {
		expect(readDateValue(value)).toBeUndefined();
	});
});

describe('The time of the event as a parameter', () => {
	it.each<readonly [value: unknown, text: string]>([
		['2024-05-12T10:11:59.999+03:00', '2024-05-12T10:11:59'],
		['2024-05-12T10:11:12Z', '2024-05-12T13:11:12'],
		['2024-05-12 10:11', '2024-05-12T10:11:00'],
		['2024-05-12', '2024-05-12'],
		['12.05.2024 10:11:12', '2024-05-12T10:11:12'],
		[1715508672, '2024-05-12T13:11:12'],
		[1715508672999, '2024-05-12T13:11:12'],
		['1910-06-01T10:00:56Z', '1910-06-01T12:03:00'],
	])('keeps the seconds of %p', (value, text) => {
		expect(occurredOf(value, { accountTimezone: 'Europe/Kyiv' }, 'second')).toBe(text);
	});
});
