import { DateTime } from 'luxon';
import type { DateSettings } from '../../nodes/Esputnik/dates/dateReader.ts';
import { problemMessage } from '../../nodes/Esputnik/problem.ts';
import { compileOccurred, DEFAULTS, occurredOf, readerOf } from '../support/occurred.mts';
import { transitionsOf } from '../support/transitions.mts';

const KYIV = { accountTimezone: 'Europe/Kyiv' };
const NEW_YORK = { sourceTimezone: 'America/New_York' };
const IGNORE = { offsetHandling: 'ignore' } as const;
const NEEDS_ZONE = 'ACCOUNT_TIMEZONE_REQUIRED';
const date = new Date('2024-05-12T07:11:00Z');
const inTokyo = DateTime.fromISO('2024-05-12T10:11', { zone: 'Asia/Tokyo' });

type Row = readonly [value: unknown, settings: Partial<DateSettings>, written: string];

/** Kyiv is 3 hours ahead of UTC in May, New York 4 behind, Tokyo 9 ahead. */
describe('The zones of a date', () => {
	it.each<Row>([
		['2024-05-12T10:11', {}, '2024-05-12T10:11'],
		['2024-05-12T10:11', KYIV, '2024-05-12T10:11'],
		['2024-05-12T10:11', { ...KYIV, ...NEW_YORK }, '2024-05-12T17:11'],
		['12.05.2024 10:11', { ...KYIV, ...NEW_YORK }, '2024-05-12T17:11'],
		['2024-05-12T10:11Z', KYIV, '2024-05-12T13:11'],
		['2024-05-12T10:11Z', { ...KYIV, ...NEW_YORK }, '2024-05-12T13:11'],
		['2024-05-12T22:11Z', KYIV, '2024-05-13T01:11'],
		['2024-05-12T10:11Z', { ...KYIV, ...IGNORE }, '2024-05-12T10:11'],
		['2024-05-12T10:11+09:00', IGNORE, '2024-05-12T10:11'],
		['2024-05-12T10:11Z', { ...KYIV, ...NEW_YORK, ...IGNORE }, '2024-05-12T17:11'],
		['Sun May 12 2024 10:11:12 GMT-0400', IGNORE, '2024-05-12T10:11'],
		['Sun, 12 May 2024 10:11:12 +0900', IGNORE, '2024-05-12T10:11'],
		[date, KYIV, '2024-05-12T10:11'],
		[date, IGNORE, '2024-05-12T07:11'],
		[inTokyo, KYIV, '2024-05-12T04:11'],
		[inTokyo, IGNORE, '2024-05-12T10:11'],
		[1715465400, KYIV, '2024-05-12T01:10'],
		[1715465400, { ...KYIV, ...IGNORE }, '2024-05-12T01:10'],
		['2024-05-12T10:11Z', { accountTimezone: 'Europe/Kiev' }, '2024-05-12T13:11'],
		['2024-05-12T10:11Z', { accountTimezone: ' UTC ' }, '2024-05-12T10:11'],
		['2024-05-12T10:11Z', { accountTimezone: 'Asia/Kathmandu' }, '2024-05-12T15:56'],
		['2024-05-12T10:11Z', { accountTimezone: 'Etc/GMT-3' }, '2024-05-12T13:11'],
		['2024-05-12T10:11Z', {}, NEEDS_ZONE],
		['2024-05-12 10:11:12.123456+03', {}, NEEDS_ZONE],
		['2024-05-12 10:11:12 UTC', {}, NEEDS_ZONE],
		['Sun, 12 May 2024 10:11:12 GMT', {}, NEEDS_ZONE],
		[1715465400, {}, NEEDS_ZONE],
		[1715465400, IGNORE, NEEDS_ZONE],
		[date, {}, NEEDS_ZONE],
		[inTokyo, {}, NEEDS_ZONE],
		['2024-05-12T10:11', NEW_YORK, NEEDS_ZONE],
		['2024-05-12T10:11Z', { ...NEW_YORK, ...IGNORE }, NEEDS_ZONE],
	])('%p with %p becomes %s', (value, settings, written) => {
		expect(occurredOf(value, settings)).toBe(written);
	});

	it.each([
		['2024-05-12', 'auto'],
		['20240512', 'auto'],
		['12.05.2024', 'auto'],
		['12/05/2024', 'dayFirst'],
		['05/12/2024', 'monthFirst'],
		[45424, 'spreadsheetSerial'],
		['12 травня 2024', 'custom'],
	] as const)('do not touch the date %p, which has no time (%s)', (value, format) => {
		for (const accountTimezone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
			const settings = { ...NEW_YORK, accountTimezone, format, customFormat: 'd MMMM yyyy' };
			expect(occurredOf(value, settings)).toBe('2024-05-12');
		}
	});

	it('are asked for with the value that needs one', () => {
		const messageOf = (value: unknown, settings: Partial<DateSettings>) => {
			const result = readerOf(settings)(value);
			return typeof result === 'string' ? result : problemMessage(result);
		};
		expect(messageOf('2024-05-12T01:10+03:00', {})).toBe(
			"'Occurred' names an offset: '2024-05-12T01:10+03:00'. Set 'Account Time Zone' to the zone of your eSputnik account, or 'Offset Handling' to keep times as written.",
		);
		expect(messageOf(1715465400, IGNORE)).toBe(
			"'Occurred' counts from 1970 in UTC: '1715465400'. Set 'Account Time Zone' to the zone of your eSputnik account.",
		);
		expect(messageOf('2024-05-12T01:10', NEW_YORK)).toBe(
			"'Occurred' is to be converted from 'Source Time Zone': '2024-05-12T01:10'. Set 'Account Time Zone' to the zone of your eSputnik account, or clear 'Source Time Zone' to keep times as written.",
		);
	});

	it.each(['Europe/Nowhere', 'local', 'Kyiv', '+03:00', 'UTC+3', '3', 'null', 'BST', 'pst'])(
		'cannot be %p: one error for the run',
		(zone) => {
			for (const parameter of ['accountTimezone', 'sourceTimezone'] as const) {
				const problem = compileOccurred({ ...DEFAULTS, [parameter]: zone });
				expect(problem).toMatchObject({ reason: 'INVALID_TIMEZONE', value: zone });
				expect(typeof problem === 'function' ? 'none' : problem.advice).toContain(
					'e.g. Europe/Kyiv',
				);
			}
		},
	);
});

/** All transitions are those of Node's own ICU, read from the offsets that it prints, without Luxon. */
describe('Clocks that change', () => {
	const MINUTE = 60_000;
	const zones = ['Europe/Kyiv', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca'];
	const clock = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 16);
	const cases = zones.flatMap((zone) =>
		transitionsOf(zone, 2015, 2027).map((transition) => ({ zone, ...transition })),
	);

	it.each([
		['Europe/Kyiv', 24],
		['America/New_York', 24],
		['Australia/Lord_Howe', 24],
		['Asia/Kathmandu', 0],
	])('change in %s %i times in 2015–2026', (zone, times) => {
		expect(transitionsOf(zone, 2015, 2027)).toHaveLength(times);
	});

	it('show every instant around every change by the offset of that instant', () => {
		for (const { zone, at, before, after } of cases) {
			const write = readerOf({ accountTimezone: zone });
			for (const minutes of [-120, -31, -1, 0, 1, 31, 120]) {
				const instant = at + minutes * MINUTE;
				const offset = minutes < 0 ? before : after;
				expect(write(`${clock(instant)}Z`)).toBe(clock(instant + offset));
			}
		}
	});

	it('read a local time that does not exist by the offset from before the change', () => {
		const gaps = cases.filter(({ before, after }) => after > before);
		expect(gaps.length).toBeGreaterThan(40);
		for (const { zone, at, before, after } of gaps) {
			const toUtc = readerOf({ sourceTimezone: zone, accountTimezone: 'UTC' });
			const toItself = readerOf({ sourceTimezone: zone, accountTimezone: zone });
			for (let wall = at + before; wall < at + after; wall += MINUTE) {
				expect(toUtc(clock(wall))).toBe(clock(wall - before));
				expect(toUtc(clock(wall))).toBe(luxonUtc(clock(wall), zone));
				expect(toItself(clock(wall))).toBe(clock(wall + after - before));
			}
			expect(toUtc(clock(at + before - MINUTE))).toBe(clock(at - MINUTE));
			expect(toUtc(clock(at + after))).toBe(clock(at));
		}
	});

	it('read a local time that exists twice as the first of the two', () => {
		const overlaps = cases.filter(({ before, after }) => after < before);
		expect(overlaps.length).toBeGreaterThan(40);
		for (const { zone, at, before, after } of overlaps) {
			const toUtc = readerOf({ sourceTimezone: zone, accountTimezone: 'UTC' });
			for (let wall = at + after; wall < at + before; wall += MINUTE) {
				expect(toUtc(clock(wall))).toBe(clock(wall - before));
				expect([clock(wall - before), clock(wall - after)]).toContain(luxonUtc(clock(wall), zone));
			}
			expect(toUtc(clock(at + after - MINUTE))).toBe(clock(at + after - MINUTE - before));
			expect(toUtc(clock(at + before))).toBe(clock(at + before - after));
		}
	});

	it('never change in Kathmandu, which is 5:45 ahead', () => {
		const toUtc = readerOf({ sourceTimezone: 'Asia/Kathmandu', accountTimezone: 'UTC' });
		const toKathmandu = readerOf({ accountTimezone: 'Asia/Kathmandu' });
		for (let day = Date.UTC(2015, 0, 1); day < Date.UTC(2027, 0, 1); day += 1441 * 60 * MINUTE) {
			expect(toUtc(clock(day + 345 * MINUTE))).toBe(clock(day));
			expect(toKathmandu(`${clock(day)}Z`)).toBe(clock(day + 345 * MINUTE));
		}
	});

	it('skip a whole day in Samoa, 30 December 2011', () => {
		const samoa = { accountTimezone: 'Pacific/Apia' };
		expect(occurredOf('2011-12-30T09:59Z', samoa)).toBe('2011-12-29T23:59');
		expect(occurredOf('2011-12-30T10:00Z', samoa)).toBe('2011-12-31T00:00');
		const utc = { sourceTimezone: 'Pacific/Apia', accountTimezone: 'UTC' };
		expect(occurredOf('2011-12-30T12:00', utc)).toBe('2011-12-30T22:00');
	});

	it('had seconds in their offset before the zones were made', () => {
		expect(occurredOf('1910-06-01T10:00:00Z', KYIV)).toBe('1910-06-01T12:02');
		expect(occurredOf('1910-06-01T10:00:55Z', KYIV)).toBe('1910-06-01T12:02');
		expect(occurredOf('1910-06-01T10:00:56Z', KYIV)).toBe('1910-06-01T12:03');
	});

	function luxonUtc(wall: string, zone: string): string {
		return DateTime.fromISO(wall, { zone }).toUTC().toFormat("yyyy-MM-dd'T'HH:mm");
	}
});
