import type { IDataObject } from 'n8n-workflow';

import { MAX_EVENT_TYPE_KEY_LENGTH } from '../contract';
import { quotable, type Problem } from '../problem';
import { FailedExpression } from '../fields/engineExpressions';
import { expressionFailed } from './eventParams';
import type { FieldReaders } from '../fields/fieldReader';
import { forbiddenCharacter, isLongerThan, keyText } from '../fields/keyText';

/** An event type that was read. */
export interface ReadEventTypeKey {
	/** The key, where it could be made. */
	readonly text: string | undefined;
	/** How an event of this type begins: `{"eventTypeKey":"orderCreated","keyValue":` */
	readonly start: Uint8Array;
	readonly problem: Problem | undefined;
}

const LABEL = "'Event Type'";

const NOTHING = Buffer.alloc(0);

/** As many types are kept checked; a run has few. */
const MOST_TYPES = 1_000;

/**
 * @param raw the resourceLocator as saved, a text, or an expression that yields either
 */
export function compileEventTypeKey(
	raw: unknown,
	validation: 'strict' | 'server',
	readers: FieldReaders,
): (json: IDataObject) => ReadEventTypeKey {
	const reader = readers.compile(LABEL, valueOf(raw));
	const checked = new Map<string, ReadEventTypeKey>();

	const check = (value: unknown): ReadEventTypeKey => {
		if (value instanceof FailedExpression) {
			return { text: undefined, start: NOTHING, problem: expressionFailed(LABEL, value) };
		}
		const key = valueOf(value);
		const text = keyText(key);
		if (text === undefined || text.trim() === '') {
			return { text: undefined, start: NOTHING, problem: required(key) };
		}
		const known = checked.get(text);
		if (known) return known;
		const read = {
			text,
			start: Buffer.from(`{"eventTypeKey":${JSON.stringify(text)},"keyValue":`),
			problem: problemOf(text, validation),
		};
		if (checked.size < MOST_TYPES) checked.set(text, read);
		return read;
	};

	if (reader.kind === 'constant') {
		const read = check(reader.read({}));
		return () => read;
	}
	return (json) => check(reader.read(json));
}

/** The value of a resourceLocator; anything else is the value itself. */
function valueOf(raw: unknown): unknown {
	return typeof raw === 'object' && raw !== null && 'value' in raw ? raw.value : raw;
}

function problemOf(text: string, validation: 'strict' | 'server'): Problem | undefined {
	if (validation === 'server') return undefined;
	if (isLongerThan(text, MAX_EVENT_TYPE_KEY_LENGTH)) {
		return {
			reason: 'EVENT_TYPE_KEY_TOO_LONG',
			what: `${LABEL} has more than ${MAX_EVENT_TYPE_KEY_LENGTH} characters`,
			value: quotable(text),
			advice: 'Use a shorter key.',
		};
	}
	const character = forbiddenCharacter(text);
	return character === undefined
		? undefined
		: {
				reason: 'EVENT_TYPE_KEY_FORBIDDEN_CHARACTER',
				what: `${LABEL} contains the character ${character}, which eSputnik does not allow`,
				value: quotable(text),
				advice: 'Use letters, digits, spaces, dots, hyphens and underscores.',
			};
}

function required(value: unknown): Problem {
	const isEmpty =
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
	return {
		reason: 'EVENT_TYPE_KEY_REQUIRED',
		what: isEmpty ? `${LABEL} is empty` : `${LABEL} is not a text`,
		value: isEmpty ? undefined : quotable(value),
		advice: 'Choose an event type, or give the key of one.',
	};
}
