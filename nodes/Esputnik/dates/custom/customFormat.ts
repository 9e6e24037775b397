import { DateTime } from 'luxon';
import type { MonthMeaning } from '../faults';
import { agrees, namedOffset } from '../forms/writtenZone';
import { withoutInvisible } from '../formats';
import { DAY, dayOf, hourOfHalf, isPastMidnight, offsetOf, reading, timeOf } from '../reading';
import type { Reading } from '../reading';
import {
	disagreement,
	eraNames,
	escaped,
	halfNames,
	monthNames,
	weekdayNames,
} from './calendarNames';
import type { Names } from './calendarNames';
import { runsOfNumbers, tokensOf } from './patternTokens';
import type { Pattern, PatternToken } from './patternTokens';

export interface CustomFormat {
	readonly read: (text: string) => Reading | undefined;
	/** The months that the name in a text means, where languages disagree and none was named. */
	readonly meaningsOfMonth: (
		text: string,
	) => { readonly name: string; readonly meanings: readonly MonthMeaning[] } | undefined;
}

/**
 * Makes a reader of a Luxon pattern that {@link checkPattern} found no fault in: it reads what Luxon reads by it, and refuses hours
 * (15 PM), offsets (+99:99) and zones (an offset that the zone did not have) that Luxon lets pass.
 *
 * @param locale the language of names of months and weekdays and of AM/PM; '' tries those of {@link LANGUAGES}, and refuses a
 * month's name on which they disagree
 */
export function compileCustomFormat(pattern: string, locale: string): CustomFormat {
	const names = namesIn(tokensOf(pattern), locale);
	const expression = expressionOf(tokensOf(pattern), names);
	const partsOf = (text: string) =>
		expression.exec(withoutInvisible(text).normalize('NFC'))?.groups;
	return {
		read: (text) => {
			const parts = partsOf(text);
			return parts && readParts(parts, names);
		},
		meaningsOfMonth: (text) => {
			const name = partsOf(text)?.month;
			if (name === undefined || names.month === undefined) return undefined;
			const meanings = disagreement(name, names.month);
			return meanings && { name, meanings };
		},
	};
}

/** The names that a pattern may match, for each of its units that are words. */
type NamesByUnit = Readonly<Partial<Record<'month' | 'weekday' | 'half' | 'era', Names>>>;

function namesIn({ tokens }: Pattern, locale: string): NamesByUnit {
	const names: { -readonly [Unit in keyof NamesByUnit]: NamesByUnit[Unit] } = {};
	for (const { token, unit, digits } of tokens) {
		const length = token.length >= 4 || token === 'GG' ? 'long' : 'short';
		if (unit === 'month' && digits === '') names.month = monthNames(length, locale);
		if (unit === 'weekday' && digits === '') names.weekday = weekdayNames(length, locale);
		if (unit === 'half') names.half = halfNames('short', locale);
		if (unit === 'era') names.era = eraNames(length, locale);
	}
	return names;
}

function expressionOf(pattern: Pattern, names: NamesByUnit): RegExp {
	const inRuns = new Set(runsOfNumbers(pattern).flat());
	const source = pattern.parts
		.map((part) =>
			typeof part === 'string'
				? escaped(part.normalize('NFC').replace(/\s+/g, ' '))
				: sourceOf(part, names, inRuns.has(part)),
		)
		.join('');
	return new RegExp(`^${source.trim()}$`, 'iu');
}

function sourceOf(part: PatternToken, names: NamesByUnit, isInRun: boolean): string {
	const { token, unit, digits } = part;
	switch (unit) {
		case 'offset':
			return `(?<offsetSign>[+-])(?<offsetHour>\\d{1,2})(?:${token === 'ZZZ' ? '' : ':'}(?<offsetMinute>\\d{2}))?`;
		case 'zone':
			return '(?<zone>[a-z][\\w+/-]*)';
		case 'half':
		case 'era':
			return `(?<${unit}>${names[unit]?.source})`;
		case 'month':
		case 'weekday':
			return `(?<${unit}>${digits === '' ? names[unit]?.source : `\\d{${digits}}`})`;
		default:
			// `yy` matches four digits, too, as it does in Luxon, unless other digits follow.
			return `(?<${unit}>\\d{${digits}}${/^(?:yy|kk)$/.test(token) && !isInRun ? '(?:\\d{2})?' : ''})`;
	}
}

type Parts = Readonly<Record<string, string | undefined>>;

function readParts(parts: Parts, names: NamesByUnit): Reading | undefined {
	const day = dayOfParts(parts, names);
	if (!isWeekday(day, parts.weekday, names.weekday)) return undefined;
	if (parts.hour === undefined) return reading('custom', 'date', day);
	const wall = day + timeOfParts(parts, names.half);
	if (parts.offsetSign === undefined && parts.zone === undefined) {
		return reading('custom', 'local', wall);
	}
	return reading('custom', 'zoned', wall, offsetOfParts(parts, wall));
}

function dayOfParts(parts: Parts, names: NamesByUnit): number {
	const { year, month, day, ordinal, weekYear, week, weekday = '' } = parts;
	if (parts.era !== undefined && meaningOf(parts.era, names.era) !== ANNO_DOMINI) return NaN;
	if (weekYear !== undefined) {
		const ofWeek = [
			String(customYear(weekYear)),
			`W${(week ?? '').padStart(2, '0')}`,
			meaningOf(weekday, names.weekday),
		];
		const date = DateTime.fromISO(ofWeek.join('-'), { zone: 'utc' });
		return date.isValid ? date.toMillis() : NaN;
	}
	if (ordinal !== undefined) {
		const first = dayOf(customYear(year ?? ''), 1, 1);
		const found = first + (Number(ordinal) - 1) * DAY;
		const isInYear = found >= first && new Date(found).getUTCFullYear() === customYear(year ?? '');
		return isInYear ? found : NaN;
	}
	return dayOf(customYear(year ?? ''), meaningOf(month ?? '', names.month), Number(day));
}

const ANNO_DOMINI = 1;
const PM = 1;

/** The number that a part means: digits, or a name with one meaning; else NaN. */
function meaningOf(part: string, names: Names | undefined): number {
	if (names === undefined) return Number(part);
	const meanings = names.meanings(part);
	return meanings.length === 1 ? meanings[0].number : NaN;
}

/** Two digits as Luxon takes them: up to 60 they are of this century. */
function customYear(digits: string): number {
	const year = Number(digits);
	if (digits.length !== 2) return year;
	return year > 60 ? 1900 + year : 2000 + year;
}

/** Whether a day is a weekday as written, in any language that has such a name. */
function isWeekday(day: number, written: string | undefined, names: Names | undefined): boolean {
	if (written === undefined || Number.isNaN(day)) return true;
	const weekday = new Date(day).getUTCDay() || 7;
	return names === undefined
		? Number(written) === weekday
		: names.meanings(written).some(({ number }) => number === weekday);
}

function timeOfParts(parts: Parts, halves: Names | undefined): number {
	const { hour, half, minute = '0', second = '0', fraction } = parts;
	let hours = Number(hour);
	if (half !== undefined) {
		const meaning = meaningOf(half, halves);
		hours = Number.isNaN(meaning) ? NaN : hourOfHalf(hours, meaning === PM ? 'pm' : 'am');
	}
	return isPastMidnight(hours, fraction) ? NaN : timeOf(hours, Number(minute), Number(second));
}

function offsetOfParts(parts: Parts, wall: number): number {
	const { offsetSign, offsetHour, offsetMinute = '0', zone } = parts;
	if (offsetSign === undefined) return namedOffset(zone ?? '', wall);
	const sign = offsetSign === '-' ? -1 : 1;
	const offset = offsetOf(sign, Number(offsetHour), Number(offsetMinute), 0);
	return zone === undefined || agrees(offset, zone, wall) ? offset : NaN;
}
