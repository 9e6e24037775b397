import { Info } from 'luxon';
import type { MonthMeaning } from '../faults';

/** Languages of the names of months and weekdays and of AM/PM that are tried where none is named. */
export const LANGUAGES: readonly string[] = [
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
		'hr',
		'ro',
		'bg',
		'ru',
		'tr',
	],
	...[
		'hu',
		'sv',
		'da',
		'nb',
		'fi',
		'et',
		'lv',
		'lt',
		'el',
		'sl',
		'ka',
		'kk',
		'az',
		'zh',
		'ja',
		'ko',
	],
];

export type NameLength = 'short' | 'long';

/** What the names of one kind mean in some languages: a number, from 1 for January or Monday, from 0 for AM and BC. */
export interface Names {
	/** The source of an expression that matches any of the names, the longest first. */
	readonly source: string;
	/** The meanings of a name, in whatever case and with or without its dots. More than one where languages disagree. */
	readonly meanings: (name: string) => readonly NameMeaning[];
}

interface NameMeaning {
	readonly number: number;
	readonly languages: readonly string[];
}

type Listing = (locale: string) => ReadonlyArray<readonly string[]>;

/** As months stand in a date (`12 травня`) and alone (`травень`). */
export const monthNames = namesOf((length): Listing => {
	return (locale) => [Info.monthsFormat(length, { locale }), Info.months(length, { locale })];
}, 1);

export const weekdayNames = namesOf((length): Listing => {
	return (locale) => [Info.weekdaysFormat(length, { locale }), Info.weekdays(length, { locale })];
}, 1);

export const halfNames = namesOf((): Listing => (locale) => [Info.meridiems({ locale })], 0);

export const eraNames = namesOf(
	(length): Listing =>
		(locale) => [Info.eras(length, { locale })],
	0,
);

/** Whether the runtime knows a language or locale, such as `hr` or `pt-BR`. */
export function isLocale(name: string): boolean {
	try {
		return Intl.DateTimeFormat.supportedLocalesOf(name).length > 0;
	} catch {
		return false;
	}
}

/** The months that a name means, where languages disagree; undefined where it means one. */
export function disagreement(name: string, names: Names): readonly MonthMeaning[] | undefined {
	const meanings = names.meanings(name);
	if (meanings.length < 2) return undefined;
	return meanings.map(({ number, languages }) => ({ month: number, languages }));
}

function namesOf(
	listing: (length: NameLength) => Listing,
	first: number,
): (length: NameLength, locale: string) => Names {
	const made = new Map<string, Names>();
	return (length, locale) => {
		const key = `${length} ${locale}`;
		let names = made.get(key);
		if (names === undefined) {
			names = makeNames(listing(length), first, locale === '' ? LANGUAGES : [locale]);
			made.set(key, names);
		}
		return names;
	};
}

function makeNames(listing: Listing, first: number, languages: readonly string[]): Names {
	const written = new Set<string>();
	const meanings = new Map<string, Map<number, Set<string>>>();
	for (const language of languages) {
		for (const list of listing(language)) {
			list.forEach((name, index) => {
				for (const form of formsOf(name)) {
					written.add(form.normalize('NFC').toLowerCase());
					const byNumber = entryOf(meanings, plainName(form), () => new Map<number, Set<string>>());
					entryOf(byNumber, first + index, () => new Set<string>()).add(language);
				}
			});
		}
	}
	const known = new Map(
		[...meanings].map(([name, byNumber]) => [
			name,
			[...byNumber].map(([number, tongues]) => ({ number, languages: [...tongues] })),
		]),
	);
	return {
		source: [...written]
			.sort((a, b) => b.length - a.length)
			.map(sourceOf)
			.join('|'),
		meanings: (name) => known.get(plainName(name)) ?? [],
	};
}

/** Luxon writes a Japanese month without its last character: `5` for `5月`. */
function formsOf(name: string): readonly string[] {
	const digits = /^(\d+)\p{L}$/u.exec(name)?.[1];
	return digits === undefined ? [name] : [name, digits];
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
	const known = map.get(key);
	if (known !== undefined) return known;
	const made = make();
	map.set(key, made);
	return made;
}

function plainName(name: string): string {
	return name.normalize('NFC').toLowerCase().replace(/[.\s]/g, '');
}

/** A name with or without its dots and spaces; one that begins or ends with a digit (`5月`) stands beside no other digit. */
function sourceOf(name: string): string {
	const source = [...name]
		.map((letter) => {
			if (letter === '.') return '\\.?';
			return /\s/.test(letter) ? ' ?' : escaped(letter);
		})
		.join('');
	return `${/^\d/.test(name) ? '(?<!\\d)' : ''}${source}${/\d$/.test(name) ? '(?!\\d)' : ''}`;
}

/** Text as the source of an expression with the flag `u`. */
export function escaped(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
