import { hasFixedWidth, runsOfNumbers, tokensOf } from './patternTokens';
import type { Pattern, PatternToken, Unit } from './patternTokens';

const CALENDAR: readonly Unit[] = ['month', 'day'];
const ORDINAL: readonly Unit[] = ['ordinal'];
const WEEK: readonly Unit[] = ['weekYear', 'week'];

const EXAMPLES: Readonly<Partial<Record<Unit, string>>> = {
	year: "a year: 'yyyy'",
	month: "a month: 'MM'",
	day: "a day: 'dd'",
	weekYear: "the year of a week: 'kkkk'",
	week: "a week: 'WW'",
	weekday: "a weekday: 'E'",
	hour: "an hour: 'HH'",
	minute: "minutes: 'mm'",
	second: "seconds: 'ss'",
};

/**
 * Checks a Luxon pattern before any date is read with it, because Luxon fills what a pattern leaves out with today, takes the last of
 * two, and shares out digits that run together as it pleases.
 *
 * @returns the faults, each one a sentence for someone who does not know Luxon; none where the pattern can be used
 */
export function checkPattern(text: string): readonly string[] {
	const pattern = tokensOf(text);
	const { tokens } = pattern;
	const unknown = tokens.filter(({ unit }) => unit === undefined);
	const faults = [
		...(pattern.endsInQuotes ? ['A single quote is opened and not closed.'] : []),
		...unknown.map(({ token }) => explainUnknown(token)),
		...(minutesAreMonth(tokens) ? [`'${minuteOf(tokens)}' means minutes; the month is 'MM'.`] : []),
		...repeated(tokens),
		...dateFaults(tokens),
		...timeFaults(tokens),
		...runningTogether(pattern),
	];
	return [...new Set(faults)];
}

/** `dMyyyy`: 1112024 is 1 November and 11 January. One number of unknown length among fixed ones can be told from the whole. */
function runningTogether(pattern: Pattern): string[] {
	return runsOfNumbers(pattern).flatMap((run) => {
		const variable = run.filter((token) => !hasFixedWidth(token));
		if (variable.length < 2) return [];
		const names = variable.map(({ token }) => `'${token}'`).join(' and ');
		return [
			`${names} run together with other digits, so nobody can tell where one ends; only numbers of a fixed width can, such as 'ddMMyyyy'.`,
		];
	});
}

/** Letters that mean something in moment.js, Java, Excel or PHP, and what they are in Luxon. */
function explainUnknown(token: string): string {
	const letter = token.charAt(0);
	if (/[Yj]/.test(letter)) return `'${token}' is unknown; the year is 'yyyy'.`;
	if (letter === 'D') return `'${token}' means a whole date; the day is 'dd'.`;
	if (/[tTfF]/.test(letter)) {
		return `'${token}' means a whole time; in the dates themselves it stands between single quotes.`;
	}
	if (letter === 'A') return `'${token}' is unknown; AM/PM is 'a'.`;
	if (letter === 'S') return `'${token}' is unknown; seconds are 'ss' and a fraction is 'u'.`;
	if (letter === 'Z') return `'${token}' cannot be read; an offset such as +03:00 is 'ZZ'.`;
	if (letter === 'x' || letter === 'X') {
		return `'${token}' cannot be read; choose 'Unix Seconds' or 'Unix Milliseconds' as 'Date Format'.`;
	}
	if (letter === 'q') return `'${token}' is a quarter, which says less than the month.`;
	return `'${token}' is unknown; text that stands in the dates goes between single quotes.`;
}

/** `dd.mm.yyyy hh:mm`: no month, and minutes where no hour comes right before them. */
function minutesAreMonth(tokens: readonly PatternToken[]): boolean {
	const has = (unit: Unit) => tokens.some((token) => token.unit === unit);
	if (has('month') || has('ordinal') || has('week')) return false;
	return tokens.some(({ unit }, index) => unit === 'minute' && tokens[index - 1]?.unit !== 'hour');
}

function minuteOf(tokens: readonly PatternToken[]): string {
	return tokens.find(({ unit }) => unit === 'minute')?.token ?? 'mm';
}

/** Luxon takes the last of two without a word. */
function repeated(tokens: readonly PatternToken[]): string[] {
	const seen = new Map<Unit, string>();
	const faults: string[] = [];
	for (const { token, unit } of tokens) {
		if (unit === undefined) continue;
		const before = seen.get(unit);
		if (before !== undefined) faults.push(explainRepeated(unit, before, token, tokens));
		seen.set(unit, token);
	}
	return faults.filter((fault) => fault !== '');
}

function explainRepeated(
	unit: Unit,
	before: string,
	token: string,
	tokens: readonly PatternToken[],
): string {
	if (unit === 'minute' && minutesAreMonth(tokens)) return '';
	if (unit === 'month' && !tokens.some((other) => other.unit === 'minute')) {
		return `'${token}' means the month, which stands there twice; minutes are 'mm'.`;
	}
	return before === token
		? `'${token}' stands there twice.`
		: `'${before}' and '${token}' mean the same; only one can stay.`;
}

/** A year, a month and a day; or a year and the day of the year; or the year of a week, the week and the weekday. */
function dateFaults(tokens: readonly PatternToken[]): string[] {
	const has = (unit: Unit) => tokens.some((token) => token.unit === unit);
	const looksLike = (letters: RegExp) => tokens.some(({ token }) => letters.test(token));
	const kinds = [CALENDAR, ORDINAL, WEEK].filter((units) => units.some(has));
	if (kinds.length > 1) {
		return ['Month and day, day of the year and week are three ways to name a day; keep one.'];
	}
	if (kinds[0] === WEEK) {
		const surplus = has('year') ? ["A week has a year of its own: 'kkkk' in place of 'yyyy'."] : [];
		return [...surplus, ...missing(['weekYear', 'week', 'weekday'], has)];
	}
	const meant = (unit: Unit) =>
		has(unit) ||
		(unit === 'year' && looksLike(/^Y/)) ||
		(unit === 'day' && looksLike(/^D/)) ||
		(unit === 'month' && minutesAreMonth(tokens));
	return missing(kinds[0] === ORDINAL ? ['year'] : ['year', 'month', 'day'], meant);
}

function timeFaults(tokens: readonly PatternToken[]): string[] {
	const has = (unit: Unit) => tokens.some((token) => token.unit === unit);
	const hour = tokens.find(({ unit }) => unit === 'hour')?.token ?? '';
	const faults: string[] = [];
	if (hour.startsWith('h') && !has('half')) {
		const clock24 = hour.toUpperCase();
		faults.push(
			`'${hour}' is the hour of a 12-hour clock and needs 'a' (AM/PM); the hour of a 24-hour clock is '${clock24}'.`,
		);
	}
	if (has('half') && !hour.startsWith('h')) {
		faults.push(`'a' (AM/PM) needs the hour of a 12-hour clock: 'h'.`);
	}
	if (has('minute') && !minutesAreMonth(tokens)) faults.push(...missing(['hour'], has));
	if (has('second')) faults.push(...missing(['hour', 'minute'], has));
	if (has('fraction')) faults.push(...missing(['hour', 'minute', 'second'], has));
	return faults;
}

function missing(units: readonly Unit[], has: (unit: Unit) => boolean): string[] {
	return units.filter((unit) => !has(unit)).map((unit) => `It needs ${EXAMPLES[unit] ?? unit}.`);
}
