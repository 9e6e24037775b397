import { isRecord, parseJson } from './json';

/**
 * The body of an answer as text.
 *
 * n8n's HTTP client may have parsed it already, whatever was asked for; an answer other than 200 is reduced to eSputnik's own
 * words: plain text, or the `message` of a JSON body, nothing where it is an HTML page.
 */
export function responseText(status: number, body: unknown): string {
	const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
	return status === 200 ? text : ownWords(text);
}

function ownWords(text: string): string {
	const parsed = parseJson(text);
	const message = isRecord(parsed) && typeof parsed.message === 'string' ? parsed.message : text;
	return /^\s*<(!doctype|html)/i.test(message) ? '' : message.trim();
}
