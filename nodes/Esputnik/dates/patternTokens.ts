/**
 * The tokens that Luxon reads, by what they stand for: its manual, "Parsing", table of tokens. Left out are `q`, which would
 * change the month without a word, and those that Luxon only writes.
 */
const TOKENS = {
	year: ['y', 'yy', 'yyyy', 'yyyyy', 'yyyyyy'],
	month: ['M', 'MM', 'MMM', 'MMMM', 'L', 'LL', 'LLL', 'LLLL'],
	day: ['d', 'dd'],
	ordinal: ['o', 'ooo'],
	weekYear: ['kk', 'kkkk'],
	week: ['W', 'WW'],
	weekday: ['E', 'EEE', 'EEEE', 'c', 'ccc', 'cccc'],
	hour: ['H', 'HH', 'h', 'hh'],
	minute: ['m', 'mm'],
	second: ['s', 'ss'],
	fraction: ['S', 'SSS', 'u', 'uu', 'uuu'],
	half: ['a'],
	offset: ['Z', 'ZZ', 'ZZZ'],
	zone: ['z'],
	era: ['G', 'GG'],
} as const;

/** What a token stands for; `half` is AM or PM. */
export type Unit = keyof typeof TOKENS;

/** One token of a pattern; `unit` is undefined for letters that Luxon cannot read. */
export interface PatternToken {
	readonly token: string;
	readonly unit: Unit | undefined;
}

export interface Pattern {
	/** In the order of the pattern, without the text between them. */
	readonly tokens: readonly PatternToken[];
	/** A single quote was opened and not closed. */
	readonly endsInQuotes: boolean;
}

const UNIT_BY_TOKEN = new Map<string, Unit>();
for (const [unit, tokens] of Object.entries(TOKENS)) {
	if (isUnit(unit)) for (const token of tokens) UNIT_BY_TOKEN.set(token, unit);
}

/**
 * Takes a pattern apart as Luxon does: equal letters in a row are one token, text in single quotes stands for itself, and so does
 * every character that is no Latin letter.
 */
export function tokensOf(pattern: string): Pattern {
	const pieces = pattern.split("'");
	const outsideQuotes = pieces.filter((_, index) => index % 2 === 0).join(' ');
	const tokens = outsideQuotes.match(/([A-Za-z])\1*/g) ?? [];
	return {
		tokens: tokens.map((token) => ({ token, unit: UNIT_BY_TOKEN.get(token) })),
		endsInQuotes: pieces.length % 2 === 0,
	};
}

function isUnit(name: string): name is Unit {
	return name in TOKENS;
}
