import * as fc from 'fast-check';
import { Redaction } from '../../nodes/Esputnik/api/redaction.ts';
import { readAnswer } from '../../nodes/Esputnik/api/readAnswer.ts';

const NOTHING = new Set<string>();

const secret = fc.string({
	unit: fc.constantFrom(...Array.from('abcdefABCDEF0123456789+/=-_&%"')),
	minLength: 12,
	maxLength: 60,
});

const hex = (text: string) => Buffer.from(text).toString('hex');
const each = (text: string, encode: (code: number) => string) =>
	Array.from(text, (letter) => encode(letter.charCodeAt(0))).join('');

type Encoding = (text: string) => string;

/** Ways in which a page or JSON writes any text. */
const escapes: readonly Encoding[] = [
	(text) => text,
	encodeURIComponent,
	(text) => encodeURIComponent(text).toLowerCase(),
	(text) => each(text, (code) => `%${code.toString(16)}`),
	(text) => each(text, (code) => `\\u${code.toString(16).padStart(4, '0')}`),
	(text) => each(text, (code) => `&#${code};`),
	(text) => each(text, (code) => `&#x${code.toString(16)};`),
	(text) => JSON.stringify({ key: text }),
];

/** Ways in which a server may repeat a secret. */
const encodings: readonly Encoding[] = [
	...escapes,
	(text) => Buffer.from(text).toString('base64'),
	(text) => Buffer.from(`n8n:${text}`).toString('base64'),
	(text) => Buffer.from(`someone:${text}`).toString('base64url'),
	(text) => Buffer.from(`n8n:${text}`).toString('base64').replace(/=+$/, ''),
	(text) => each(text, (code) => `${String.fromCharCode(code)} `),
	(text) => text.replaceAll('/', '\\/').replaceAll('=', '\\u003d'),
	(text) => text.toUpperCase(),
	hex,
];

/** Whether a text that a reader sees holds half of a secret. */
function holdsHalf(text: string, whole: string): boolean {
	const half = Math.ceil(whole.length / 2);
	const plain = text.replace(/\s/g, '').toLowerCase();
	return [whole, hex(whole), Buffer.from(whole).toString('base64').slice(0, -4)].some((form) => {
		const length = Math.ceil((half * form.length) / whole.length);
		for (let start = 0; start + length <= form.length; start++) {
			if (plain.includes(form.slice(start, start + length).toLowerCase())) return true;
		}
		return false;
	});
}

test('a text never shows half of a secret, however it is encoded, once or twice', () => {
	fc.assert(
		fc.property(
			secret,
			fc.constantFrom(...encodings),
			fc.constantFrom(...escapes),
			fc.string({ maxLength: 20 }),
			(key, inner, outer, around) => {
				const shown = new Redaction([key], NOTHING).text(`${around}${outer(inner(key))}${around}`);
				expect(holdsHalf(shown, key)).toBe(false);
				expect(shown).toContain('***');
			},
		),
		{ numRuns: 1000 },
	);
});

test('nor does a half of it, in an encoding or as it is', () => {
	fc.assert(
		fc.property(secret, fc.constantFrom(...encodings), fc.boolean(), (key, encode, first) => {
			const middle = Math.ceil(key.length / 2);
			const half = first ? key.slice(0, middle) : key.slice(-middle);
			fc.pre(new Set(half).size > 3);
			expect(holdsHalf(new Redaction([key], NOTHING).text(`No ${encode(half)}!`), key)).toBe(false);
		}),
		{ numRuns: 500 },
	);
});

test('nor does a long answer that is cut, wherever the secret stands in it', () => {
	fc.assert(
		fc.property(secret, fc.integer({ min: 0, max: 4100 }), (key, before) => {
			const body = `${'x'.repeat(before)}${key.repeat(100)}`;
			const { text } = readAnswer(400, {}, body, new Redaction([key], NOTHING));
			expect(holdsHalf(text, key)).toBe(false);
			expect(text.length).toBeLessThanOrEqual(300);
		}),
	);
});

test('JSON is freed of secrets in its texts, names and numbers, however deep', () => {
	const redaction = new Redaction(['1234567890', 'the-api-key'], NOTHING);
	const json = { 'the-api-key': [{ deep: { text: 'a the-api-key b', number: 1234567890 } }] };

	expect(redaction.json(json)).toEqual({ '***': [{ deep: { text: 'a *** b', number: '***' } }] });
});

test('words of the contract stay, even where a key is one', () => {
	const redaction = new Redaction(
		['results', 'ACCEPTED'],
		new Set(['results', 'status', 'ACCEPTED']),
	);
	const json = { results: [{ status: 'ACCEPTED' }], successCount: 1 };

	expect(redaction.json(json)).toEqual(json);
});

test('a text without a secret stays as it is', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (text) => {
			const redaction = new Redaction(['0f3b9c27d1e84a56b0f3'], NOTHING);
			expect(redaction.text(text)).toBe(text);
		}),
	);
});

test('a secret that comes up during the run is taken out from then on', () => {
	const redaction = new Redaction(['the-first-token'], NOTHING);
	redaction.add(['the-renewed-one']);

	expect(redaction.text('the-first-token, the-renewed-one')).toBe('***, ***');
});
