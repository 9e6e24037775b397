import { occurredOf } from '../support/occurred.mts';

describe('A reader to the second, for the time of an event as a parameter', () => {
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
