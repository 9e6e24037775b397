import fc from 'fast-check';
import { DateTime } from 'luxon';
import { readIsoForms } from '../../nodes/Esputnik/dates/forms/isoForms.ts';
import { readIsoTimestamp } from '../../nodes/Esputnik/dates/forms/isoTimestamp.ts';
import { writeDate } from '../../nodes/Esputnik/dates/writing.ts';
import { compareTexts } from '../support/dateTexts.mts';
import { occurredOf } from '../support/occurred.mts';
import { transitionsOf } from '../support/transitions.mts';

const DAY = 86_400_000;
const TARGET = "yyyy-MM-dd'T'HH:mm";
const UNREADABLE = 'INCORRECT_OCCURRED_DATE_FORMAT';
const RUNS = { seed: 7, numRuns: 3000 };

describe('The node and Luxon', () => {
	it('agree, and Intl with them, on 5,000 texts of every form, half of them close to a change of the clocks', () => {
		const { withLuxon, ambiguous, differences } = compareTexts(12052024, 5_000);
		expect(differences).toEqual([]);
		expect(withLuxon).toBeGreaterThan(1_500);
		expect(ambiguous).toBeLessThan(100);
	});

	it('agree on offsets with seconds, of 1900–1969, in the zones that had them last', () => {
		for (const zone of ['Europe/Kyiv', 'Europe/Amsterdam', 'Africa/Monrovia', 'Asia/Kolkata']) {
			const changes = transitionsOf(zone, 1901, 1973);
			expect(changes.length).toBeGreaterThan(0);
			for (const { at } of changes) {
				for (const seconds of [-3600, -61, -1, 0, 1, 59, 3600]) {
					const text = new Date(at + seconds * 1000).toISOString();
					const luxon = DateTime.fromISO(text, { zone }).toFormat(TARGET);
					expect(occurredOf(text, { accountTimezone: zone })).toBe(luxon);
				}
			}
		}
	});

	it('agree on what is a date of ISO 8601, and which', () => {
		fc.assert(
			fc.property(isoText(), (text) => {
				const luxon = DateTime.fromISO(text, { zone: zoneFor(text) });
				const hasTime = text.includes('T');
				expect(occurredOf(text, { accountTimezone: 'Europe/Kyiv' })).toBe(
					luxon.isValid && !/^\d{7}$/.test(text)
						? luxon.toFormat(hasTime ? TARGET : 'yyyy-MM-dd')
						: UNREADABLE,
				);
			}),
			RUNS,
		);
	});

	it('agree on what is a timestamp of SQL, and which', () => {
		fc.assert(
			fc.property(sqlText(), (text) => {
				const luxon = DateTime.fromSQL(text, { zone: zoneFor(text) });
				expect(occurredOf(text, { accountTimezone: 'Europe/Kyiv' })).toBe(
					luxon.isValid ? luxon.toFormat(TARGET) : UNREADABLE,
				);
			}),
			RUNS,
		);
	});

	it('agree on every day from 1900 to 2200 and on the ends of February until 9999', () => {
		const days: number[] = [];
		for (let day = Date.UTC(1900, 0, 1); day < Date.UTC(2200, 0, 1); day += DAY) days.push(day);
		for (let year = 2200; year <= 9999; year++) {
			const march = Date.UTC(year, 2, 1);
			days.push(march - DAY, march, Date.UTC(year, 0, 1), Date.UTC(year, 11, 31));
		}
		const wrong = days.filter((day) => writeDate(day) !== new Date(day).toISOString().slice(0, 10));
		expect(wrong).toEqual([]);
	});
});

describe('The fast path for timestamps', () => {
	it('says what the slower way says, or leaves the text to it', () => {
		let fast = 0;
		fc.assert(
			fc.property(fc.oneof(isoText(), sqlText()), (text) => {
				const reading = readIsoTimestamp(text);
				if (!reading) return;
				fast++;
				const { kind, wall, offset } = reading;
				expect(readIsoForms(text)).toMatchObject({ kind, wall, offset });
			}),
			RUNS,
		);
		expect(fast).toBeGreaterThan(RUNS.numRuns / 10);
	});
});

/** A time without an offset stays as written, which is what Luxon does in UTC, where no time is missing. */
function zoneFor(text: string): string {
	const [, time = ''] = text.split(/[T ](.*)/);
	return /[A-Za-z+-]/.test(time) ? 'Europe/Kyiv' : 'utc';
}

/** Calendar, week and ordinal dates with and without hyphens, some of which do not exist, and times likewise. */
function isoText() {
	const hyphen = fc.constantFrom('-', '');
	const year = digits(1901, 2100, 4);
	const date = fc.oneof(
		fc.tuple(year, hyphen, digits(0, 13, 2), hyphen, digits(0, 32, 2)),
		fc.tuple(year, fc.constant('-'), digits(1, 12, 2), fc.constant('-'), digits(1, 28, 2)),
		fc.tuple(year, hyphen, fc.constant('W'), digits(0, 54, 2), hyphen, digits(0, 8, 1)),
		fc.tuple(year, hyphen, digits(0, 367, 3)),
	);
	return joined(date, fc.oneof(fc.constant(''), joined(fc.constant('T'), time(), offset())));
}

function sqlText() {
	const date = fc.tuple(
		digits(1901, 2100, 4),
		fc.constant('-'),
		digits(1, 12, 2),
		fc.constant('-'),
		digits(1, 31, 2),
	);
	const zone = fc.oneof(offset(), fc.constantFrom(' UTC', ' Asia/Kathmandu', ' Etc/GMT+5'));
	return joined(date, fc.constant(' '), time(), fc.constantFrom('', ' '), zone).map((text) =>
		text.trim().replace('  ', ' '),
	);
}

function time() {
	const fraction = fc.oneof(
		fc.constant(''),
		joined(fc.constantFrom('.', ','), fc.stringMatching(/^\d{1,12}$/)),
	);
	return fc.oneof(
		digits(0, 24, 2),
		joined(digits(0, 24, 2), fc.constantFrom(':', ''), digits(0, 60, 2)),
		joined(
			digits(0, 23, 2),
			fc.constant(':'),
			digits(0, 59, 2),
			fc.constant(':'),
			digits(0, 59, 2),
			fraction,
		),
		joined(digits(0, 24, 2), digits(0, 60, 2), digits(0, 60, 2), fraction),
	);
}

function offset() {
	return fc.oneof(
		fc.constantFrom('', 'Z', 'z'),
		joined(fc.constantFrom('+', '-'), digits(0, 14, 2)),
		joined(fc.constantFrom('+', '-'), digits(0, 14, 2), fc.constantFrom(':', ''), digits(0, 59, 2)),
	);
}

function digits(min: number, max: number, length: number) {
	return fc.integer({ min, max }).map((number) => String(number).padStart(length, '0'));
}

function joined(...parts: Array<fc.Arbitrary<string | readonly string[]>>): fc.Arbitrary<string> {
	return fc.tuple(...parts).map((texts) => texts.flat().join(''));
}
