/** Anything shorter is no key; blacked out, it would garble every text that happens to contain it. */
const SHORTEST_SECRET = 6;

/** So many characters in a row, or a third of a shorter secret, give too much of it away. */
const LONGEST_PIECE = 16;
const PIECES_OF_SHORTER_SECRETS = 3;

/** Texts may be encoded more than once: an HTML page that quotes JSON. */
const LAYERS = 3;

/** A body of more levels than this is none of eSputnik's. */
const DEEPEST_JSON = 50;

const HIDDEN = '***';

/**
 * Takes secrets out of the texts of others. The forms in which a secret is sent are replaced by `***`; a text that holds half of one, or
 * one in another encoding (percent, JSON, HTML, hex, base64 of any kind), is replaced as a whole.
 */
export class Redaction {
	private readonly secrets = new Set<string>();
	/** The forms in which secrets are sent, the longest first: one may contain another. */
	private forms: readonly string[] = [];
	/** By length: what a normalized text may not contain. */
	private pieces: ReadonlyMap<number, ReadonlySet<string>> | undefined;

	/** @param spared words of the contract, which stay as they are even where a secret contains one or is one */
	constructor(
		secrets: Iterable<string>,
		private readonly spared: ReadonlySet<string>,
	) {
		this.add(secrets);
	}

	/** Secrets that came up during the run: n8n renewed an access. */
	add(secrets: Iterable<string>): void {
		const before = this.secrets.size;
		for (const secret of secrets) {
			if (secret.length >= SHORTEST_SECRET) this.secrets.add(secret);
		}
		if (this.secrets.size === before) return;
		this.forms = [...this.secrets].flatMap(formsOf).sort((a, b) => b.length - a.length);
		this.pieces = undefined;
	}

	/** A text without secrets. */
	text(text: string): string {
		if (text.length < SHORTEST_SECRET || this.spared.has(text)) return text;
		const clean = this.forms.reduce((rest, form) => rest.replaceAll(form, HIDDEN), text);
		return this.holdsPiece(clean) ? HIDDEN : clean;
	}

	/**
	 * Takes secrets out of the texts, names and numbers of a value of JSON.
	 *
	 * @param value nobody else's: it is changed
	 */
	json(value: unknown, depth = 0): unknown {
		if (typeof value === 'string') return this.text(value);
		if (typeof value === 'number') return this.isClean(String(value)) ? value : HIDDEN;
		if (typeof value !== 'object' || value === null) return value;
		if (depth > DEEPEST_JSON) return HIDDEN;
		if (Array.isArray(value)) {
			value.forEach((entry: unknown, index) => (value[index] = this.json(entry, depth + 1)));
			return value;
		}
		// Hundreds of results are looked through, and hardly ever one is changed.
		for (const [name, entry] of Object.entries(value)) {
			const clean = this.json(entry, depth + 1);
			if (clean !== entry) Reflect.set(value, name, clean);
			if (this.isClean(name)) continue;
			Reflect.deleteProperty(value, name);
			Reflect.set(value, HIDDEN, clean);
		}
		return value;
	}

	private isClean(text: string): boolean {
		return this.text(text) === text;
	}

	private holdsPiece(text: string): boolean {
		this.pieces ??= piecesOf(this.secrets);
		if (this.pieces.size === 0) return false;
		let layer = text;
		for (let depth = 0; depth <= LAYERS; depth++) {
			const normal = normalized(layer);
			for (const [length, pieces] of this.pieces) {
				for (let start = 0; start + length <= normal.length; start++) {
					if (pieces.has(normal.slice(start, start + length))) return true;
				}
			}
			const decoded = decodedOnce(layer);
			if (decoded === layer) return false;
			layer = decoded;
		}
		return false;
	}
}

/** The forms in which a secret is sent, or quoted by a server that is not hiding it. */
function formsOf(secret: string): string[] {
	const base64 = [secret, `n8n:${secret}`].map((text) => Buffer.from(text).toString('base64'));
	return [secret, encodeURIComponent(secret), ...base64].filter(
		({ length }) => length >= SHORTEST_SECRET,
	);
}

function piecesOf(secrets: Iterable<string>): Map<number, Set<string>> {
	const pieces = new Map<number, Set<string>>();
	const add = (form: string, secret: string) => {
		const part = Math.ceil(secret.length / PIECES_OF_SHORTER_SECRETS);
		const letters = Math.max(SHORTEST_SECRET, Math.min(LONGEST_PIECE, part));
		const length = Math.round((letters * form.length) / secret.length);
		const text = normalized(form);
		if (text.length < SHORTEST_SECRET) return;
		const known = pieces.get(length) ?? new Set();
		pieces.set(length, known);
		for (let start = 0; start + length <= text.length; start++) {
			known.add(text.slice(start, start + length));
		}
	};
	for (const secret of secrets) {
		add(secret, secret);
		// A secret may look as if it were encoded, and is decoded with the text then.
		for (let layer = 0, text = secret; layer < LAYERS; layer++) {
			text = decodedOnce(text);
			add(text, text);
		}
		add(Buffer.from(secret).toString('hex'), secret);
		// What stands before a secret moves it against the groups of three bytes, by 0, 1 or 2.
		for (const before of [0, 1, 2]) {
			const base64 = Buffer.from('-'.repeat(before) + secret).toString('base64');
			add(base64.slice(before === 0 ? 0 : 4).replace(/=+$/, ''), secret);
		}
	}
	return pieces;
}

/** Differences that hide nothing from a reader: case, spaces, backslashes, the alphabet of base64. */
function normalized(text: string): string {
	return text
		.replace(/[\s\\\u00ad\u200b-\u200d\ufeff]+/g, '')
		.replaceAll('-', '+')
		.replaceAll('_', '/')
		.toLowerCase();
}

const NAMED_ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	equals: '=',
	plus: '+',
	sol: '/',
};

/** A text with one layer of percent encoding, of JSON's escapes or of HTML's entities less. */
function decodedOnce(text: string): string {
	const character = (digits: string, base: number) => {
		const code = Number.parseInt(digits, base);
		return code <= 0x10ffff ? String.fromCodePoint(code) : '';
	};
	return text
		.replace(/%([\da-f]{2})/gi, (_, hex: string) => character(hex, 16))
		.replace(/&#x([\da-f]{1,6});?/gi, (_, hex: string) => character(hex, 16))
		.replace(/&#(\d{1,7});?/g, (_, digits: string) => character(digits, 10))
		.replace(/&([a-z]+);/g, (entity, name: string) => NAMED_ENTITIES[name] ?? entity)
		.replace(
			/\\u([\da-f]{4})|\\x([\da-f]{2})|\\(.)/gi,
			(_, four?: string, two?: string, letter = '') => {
				const digits = four ?? two;
				return digits === undefined ? letter : character(digits, 16);
			},
		);
}
