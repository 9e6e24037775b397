import { readNumber } from './numberText';

/** A JSON object, each member as it stands in the text: names may repeat. */
export class JsonMembers {
	constructor(readonly entries: ReadonlyArray<readonly [name: string, value: unknown]>) {}

	/** @returns undefined where a name occurs twice */
	toObject(): object | undefined {
		const object: object = Object.fromEntries(this.entries);
		return Object.keys(object).length === this.entries.length ? object : undefined;
	}
}

/** JSON that was read, or the name that occurs twice in an object that is not the outermost. */
export type ParsedJson = { readonly value: unknown } | { readonly duplicate: string };

/**
 * Reads JSON as JSON.parse does, but a number that JavaScript cannot hold keeps its digits (ExactNumber), the outermost object
 * is given member by member, and a name that occurs twice in any other object is told, where JSON.parse would keep the last one.
 *
 * @returns undefined where the text is no JSON
 */
export function parseJson(text: string): ParsedJson | undefined {
	try {
		JSON.parse(text);
	} catch {
		return undefined;
	}
	const tokens = text.match(TOKEN) ?? [];
	if (depthOf(tokens) > DEEPEST) return { value: JSON.parse(text) };
	const reader = new ValidJson(tokens);
	const value = reader.value();
	if (reader.duplicate !== undefined) return { duplicate: reader.duplicate };
	return { value };
}

/** Punctuation, a string, or a word: a number, true, false, null. */
const TOKEN = /[{}[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+/g;

/** Deeper JSON is rejected by who writes it; it is not read with all of its digits. */
const DEEPEST = 1_000;

function depthOf(tokens: readonly string[]): number {
	let depth = 0;
	let deepest = 0;
	for (const token of tokens) {
		if (token === '{' || token === '[') deepest = Math.max(deepest, ++depth);
		else if (token === '}' || token === ']') depth--;
	}
	return deepest;
}

/** Reads a text of which it is known that it is JSON. */
class ValidJson {
	/** The first name that occurs twice in an inner object. */
	duplicate: string | undefined;

	private next = 0;
	private depth = 0;

	constructor(private readonly tokens: readonly string[]) {}

	value(): unknown {
		const token = this.tokens[this.next++];
		switch (token[0]) {
			case '{':
				return this.object();
			case '[':
				return this.list();
			case '"':
			case 't':
			case 'f':
			case 'n':
				return JSON.parse(token);
			default:
				return readNumber(token) ?? Number.NaN;
		}
	}

	private object(): unknown {
		const entries: Array<[string, unknown]> = [];
		this.members('}', () => {
			const name = String(JSON.parse(this.tokens[this.next]));
			this.next += 2;
			entries.push([name, this.value()]);
		});
		if (this.depth === 0) return new JsonMembers(entries);
		const names = new Set<string>();
		for (const [name] of entries) {
			if (names.has(name)) this.duplicate ??= name;
			names.add(name);
		}
		return Object.fromEntries(entries);
	}

	private list(): unknown[] {
		const list: unknown[] = [];
		this.members(']', () => list.push(this.value()));
		return list;
	}

	private members(end: string, read: () => void): void {
		this.depth++;
		while (this.tokens[this.next] !== end) {
			if (this.tokens[this.next] === ',') this.next++;
			read();
		}
		this.next++;
		this.depth--;
	}
}
