import { isRecord, parseJson } from './json';
import type { Redaction } from './redaction';
import type { StatusAnswer } from './answer';

/** More of an answer's text helps nobody. */
const LONGEST_QUOTE = 300;

/** What is looked through for secrets before it is cut; its last letters are left out, since they may be the first of a secret. */
const LOOKED_THROUGH = 4000;
const LAST_LETTERS = 20;

const BYTE_ORDER_MARK = /^\ufeff/;

/** Characters that stand in no text, but in a packed one: control characters other than tabs and line breaks. */
const NO_TEXT = /[^\P{Cc}\t\n\f\r]/u;

/**
 * A whole answer: its body told as JSON, as a text or as a web page, without the secrets that a server may have repeated.
 *
 * @param headers names in lower case, as Node.js gives them
 * @param body the whole of it
 */
export function readAnswer(
	status: number,
	headers: unknown,
	body: string,
	redaction: Redaction,
): StatusAnswer {
	const retryAfterMs = parseRetryAfter(headers);
	const facts = {
		kind: 'status',
		status,
		...(retryAfterMs !== undefined && { retryAfterMs }),
	} as const;
	// Each live event is answered so; to have an error thrown and caught takes longer than all else here.
	if (body.trim() === '') return { ...facts, form: 'empty', text: '' };
	const parsed = parseJson(body.replace(BYTE_ORDER_MARK, ''));
	if (parsed === undefined) {
		if (isWebPage(body, headers)) return { ...facts, form: 'html', text: '' };
		return { ...facts, form: 'text', text: quoted(body, redaction) };
	}
	const json = redaction.json(parsed);
	return {
		...facts,
		form: 'json',
		json,
		// Most answers are never quoted, and hundreds of results take long to write.
		get text() {
			const words = wordsOf(json);
			return isWebPage(words) ? '' : quoted(words, redaction);
		},
	};
}

/** Whether a body is a web page: of a proxy, a firewall, a server in front of the API or of another one. */
function isWebPage(body: string, headers?: unknown): boolean {
	// A page that only sends the browser on may begin with any tag.
	const isMarkup =
		/^\s*</.test(body) && /^text\/html\b/i.test(valueOf(headers, 'content-type') ?? '');
	return (
		isMarkup ||
		/^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|body|title|center|h1|p)\b/is.test(
			body.slice(0, LOOKED_THROUGH),
		)
	);
}

function wordsOf(json: unknown): string {
	if (typeof json === 'string') return json;
	return isRecord(json) && typeof json.message === 'string' ? json.message : JSON.stringify(json);
}

/** Secrets go before the text is cut, so that no half of one is left. Empty for what is no text. */
function quoted(text: string, redaction: Redaction): string {
	if (NO_TEXT.test(text)) return '';
	const clean = redaction.text(text.slice(0, LOOKED_THROUGH));
	const whole = text.length > LOOKED_THROUGH ? clean.slice(0, -LAST_LETTERS) : clean;
	return whole.trim().slice(0, LONGEST_QUOTE);
}

/**
 * The wait that an answer asks for.
 *
 * @param headers the answer's headers
 * @param now milliseconds since 1970; only an HTTP date needs it
 * @returns milliseconds from now, never negative; undefined where the header is missing or unreadable
 * @see RFC 9110, section 10.2.3: seconds or an HTTP date
 */
export function parseRetryAfter(headers: unknown, now: number = Date.now()): number | undefined {
	const value = valueOf(headers, 'retry-after');
	if (value === undefined) return undefined;
	if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
	// An HTTP date begins with a weekday; Date.parse alone would also take '-1' or '5 apples' for a date.
	const at = /^[a-z]{3,9},? /i.test(value) ? Date.parse(value) : Number.NaN;
	return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

function valueOf(headers: unknown, header: string): string | undefined {
	if (!isRecord(headers)) return undefined;
	const entry = Object.entries(headers).find(([name]) => name.toLowerCase() === header);
	return entry === undefined ? undefined : String(entry[1]).trim();
}
