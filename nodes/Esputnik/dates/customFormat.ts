import { DateTime } from 'luxon';
import type { PatternFacts } from './customPattern';
import { MINUTE, reading } from './reading';
import type { Reading } from './reading';
import { zoneClock } from './zoneClock';

/**
 * Languages of month names, weekdays and AM/PM, tried in this order. No name of a month means different months in two of
 * them, which is why Croatian is missing: its `listopad` is October, and November in Czech and Polish.
 */
export const LANGUAGES = [
	...[
		'en',
		'uk',
		'de',
		'fr',
		'es',
		'pt',
		'it',
		'pl',
		'nl',
		'cs',
		'sk',
		'ro',
		'bg',
		'ru',
		'tr',
		'hu',
	],
	...['sv', 'da', 'nb', 'fi', 'et', 'lv', 'lt', 'el', 'sl', 'ka', 'kk', 'az', 'zh', 'ja', 'ko'],
];

type Parser = (text: string) => DateTime;

/**
 * Reads text with a Luxon pattern that {@link checkPattern} found no fault in. Names of months are understood in any of
 * {@link LANGUAGES}, as they stand in a date (`12 травня 2024`) and alone (`травень`). The last language that fitted is tried first.
 */
export function customFormat(
	pattern: string,
	facts: PatternFacts,
): (text: string) => Reading | undefined {
	const spaced = plainSpaces(pattern);
	const parsers = (facts.hasWords ? LANGUAGES : ['en']).flatMap((language) =>
		wordForms(spaced, facts).map((form) => parserOf(form, language)),
	);
	return (text) => {
		const plain = plainSpaces(text);
		for (const [index, parse] of parsers.entries()) {
			const dateTime = parse(plain);
			if (!dateTime.isValid) continue;
			if (index > 0) parsers.unshift(...parsers.splice(index, 1));
			return readingOf(dateTime, facts);
		}
		return undefined;
	};
}

/** The pattern itself, and with the names of months in their other grammatical form. */
function wordForms(pattern: string, { hasWords }: PatternFacts): string[] {
	const swapped = pattern
		.split("'")
		.map((piece, index) => (index % 2 === 0 ? piece.replace(/M{3,}|L{3,}/g, otherForm) : piece))
		.join("'");
	return hasWords && swapped !== pattern ? [pattern, swapped] : [pattern];
}

function otherForm(token: string): string {
	return (token.startsWith('M') ? 'L' : 'M').repeat(token.length);
}

/** Luxon builds the expression of a pattern anew for each date unless it is kept; it is made when first needed. */
function parserOf(pattern: string, language: string): Parser {
	const locale = { locale: language, numberingSystem: 'latn' } as const;
	const options = { ...locale, setZone: true, zone: 'utc' } as const;
	let parser: ReturnType<typeof DateTime.buildFormatParser> | undefined;
	return (text) => {
		parser ??= DateTime.buildFormatParser(pattern, locale);
		return DateTime.fromFormatParser(text, parser, options);
	};
}

function readingOf(dateTime: DateTime, facts: PatternFacts): Reading | undefined {
	const offset = Math.round(dateTime.offset * MINUTE);
	const wall = dateTime.toMillis() + offset;
	if (!facts.hasTime) return reading('custom format', 'date', wall);
	if (!facts.namesInstant) return reading('custom format', 'local', wall);
	if (!facts.hasZoneNameOnly) return reading('custom format', 'zoned', wall, offset);
	// Which of two equal times Luxon takes depends on the day on which it is asked.
	const clock = zoneClock(dateTime.zoneName ?? '');
	return reading('custom format', 'zoned', wall, clock ? wall - clock.toInstant(wall) : NaN);
}

function plainSpaces(text: string): string {
	return text.replace(/\s/g, ' ').trim();
}
