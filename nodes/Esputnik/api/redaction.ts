import { ACCEPTED, EVENT_REFUSALS, SERVER_ERROR } from '../contract';
import type { Answer } from './answer';

/** More of an answer's text helps nobody. */
const LONGEST_REFUSAL = 300;
const LONGEST_UNREADABLE = 130;

/** Anything shorter is no key; blacked out, it would garble every text that happens to contain it. */
const SHORTEST_SECRET = 6;

const KNOWN_STATUSES: ReadonlySet<string> = new Set([ACCEPTED, SERVER_ERROR, ...EVENT_REFUSALS]);

/** Whether an answer has no text but words of the contract: most answers. */
export function isPlain(answer: Answer): boolean {
	return answer.kind === 'results' && answer.statuses.every((status) => KNOWN_STATUSES.has(status));
}

/**
 * An answer, already read, without the secrets that a server may have repeated. Texts are cut last, so that no half of a secret is
 * left.
 */
export function redacted(answer: Answer, secrets: ReadonlySet<string>): Answer {
	if (isPlain(answer)) return answer;
	const forms = [...secrets].flatMap(formsOf).filter(({ length }) => length >= SHORTEST_SECRET);
	const clean = (text: string) => forms.reduce((rest, form) => rest.replaceAll(form, '***'), text);
	switch (answer.kind) {
		case 'results':
			return {
				...answer,
				statuses: answer.statuses.map((status) =>
					KNOWN_STATUSES.has(status) ? status : clean(status),
				),
			};
		case 'unreadable':
			return { ...answer, text: clean(answer.text).slice(0, LONGEST_UNREADABLE) };
		case 'status':
			return { ...answer, text: clean(answer.text).slice(0, LONGEST_REFUSAL) };
		case 'noAnswer':
			return { ...answer, text: clean(answer.text) };
	}
}

/** The forms in which a secret is sent, or may be quoted. */
function formsOf(secret: string): string[] {
	const base64 = (text: string) => Buffer.from(text).toString('base64');
	return [secret, base64(`n8n:${secret}`), base64(secret), encodeURIComponent(secret)];
}
