/**
 * The tokens that Luxon reads, by what they stand for: its manual, "Parsing", table of tokens. Each with the digits that it matches,
 * or with '' where it is no number. Left out are `q`, which would change the month without a word, and those that Luxon only writes.
 */
const TOKENS = {
	year: { y: '1,6', yy: '2', yyyy: '4', yyyyy: '4,6', yyyyyy: '6' },
	month: { M: '1,2', MM: '2', MMM: '', MMMM: '', L: '1,2', LL: '2', LLL: '', LLLL: '' },
	day: { d: '1,2', dd: '2' },
	ordinal: { o: '1,3', ooo: '3' },
	weekYear: { kk: '2', kkkk: '4' },
	week: { W: '1,2', WW: '2' },
	weekday: { E: '1', EEE: '', EEEE: '', c: '1', ccc: '', cccc: '' },
	hour: { H: '1,2', HH: '2', h: '1,2', hh: '2' },
	minute: { m: '1,2', mm: '2' },
	second: { s: '1,2', ss: '2' },
	fraction: { S: '1,3', SSS: '3', u: '1,9', uu: '1,2', uuu: '1' },
	half: { a: '' },
	offset: { Z: '', ZZ: '', ZZZ: '' },
	zone: { z: '' },
	era: { G: '', GG: '' },
} as const;

/** What a token stands for; `half` is AM or PM. */
export type Unit = keyof typeof TOKENS;

/** One token of a pattern; `unit` is undefined for letters that Luxon cannot read. */
export interface PatternToken {
	readonly token: string;
	readonly unit: Unit | undefined;
	/** How many digits it matches, as in an expression: `2`, `1,2`; '' where it is no number. */
	readonly digits: string;
}

/** A pattern in its order: tokens, and the texts between them. */
export type PatternPart = PatternToken | string;

export interface Pattern {
	readonly parts: readonly PatternPart[];
	/** In the order of the pattern, without the text between them. */
	readonly tokens: readonly PatternToken[];
	/** A single quote was opened and not closed. */
	readonly endsInQuotes: boolean;
}

const BY_TOKEN = new Map<string, { readonly unit: Unit; readonly digits: string }>();
for (const [unit, tokens] of Object.entries(TOKENS)) {
	if (!isUnit(unit)) continue;
	for (const [token, digits] of Object.entries<string>(tokens))
		BY_TOKEN.set(token, { unit, digits });
}

/**
 * Takes a pattern apart as Luxon does: equal letters in a row are one token, text in single quotes stands for itself, and so does
 * every character that is no Latin letter.
 */
export function tokensOf(pattern: string): Pattern {
	const pieces = pattern.split("'");
	const parts = pieces.flatMap((piece, index) =>
		index % 2 === 1 ? [piece] : (piece.match(/([A-Za-z])\1*|[^A-Za-z]+/g) ?? []).map(partOf),
	);
	return {
		parts: parts.filter((part) => part !== ''),
		tokens: parts.filter((part) => typeof part !== 'string'),
		endsInQuotes: pieces.length % 2 === 0,
	};
}

/**
 * The numbers that follow each other without any text between them. Where more than one of them may have fewer or more digits, nobody
 * can tell where one ends.
 */
export function runsOfNumbers({ parts }: Pattern): ReadonlyArray<readonly PatternToken[]> {
	const runs: PatternToken[][] = [[]];
	for (const part of parts) {
		if (typeof part !== 'string' && part.digits !== '') runs[runs.length - 1]?.push(part);
		else runs.push([]);
	}
	return runs.filter((run) => run.length > 1);
}

export function hasFixedWidth({ digits }: PatternToken): boolean {
	return !digits.includes(',');
}

function partOf(text: string): PatternPart {
	if (!/^[A-Za-z]/.test(text)) return text;
	const known = BY_TOKEN.get(text);
	return { token: text, unit: known?.unit, digits: known?.digits ?? '' };
}

function isUnit(name: string): name is Unit {
	return name in TOKENS;
}
