import type { IDataObject } from 'n8n-workflow';

import { MAX_EVENT_TYPE_KEY_LENGTH } from '../contract';
import { FailedExpression } from '../fields/engineExpressions';
import type { FieldReaders } from '../fields/fieldReader';
import { forbiddenCharacter, isLongerThan, keyText } from '../fields/keyText';
import { expressionFailed } from '../fields/words';
import type { Problem } from '../problem';
import {
	EVENT_TYPE,
	eventTypeKeyForbids,
	eventTypeKeyRequired,
	eventTypeKeyTooLong,
} from './words';

/** An event type that was read. */
export interface ReadEventTypeKey {
	/** The key, where it could be made. */
	readonly text: string | undefined;
	/** How an event of this type begins: `{"eventTypeKey":"orderCreated"` */
	readonly start: Uint8Array;
	readonly problem: Problem | undefined;
	/** Whether there were spaces around it: eSputnik would make a new type of it. */
	readonly isTrimmed: boolean;
}

/** The event type, which may differ from item to item. */
export interface EventTypeKey {
	read(json: IDataObject): ReadEventTypeKey;
	/** From how many items spaces around the key were taken away. */
	trimmed(): number;
}

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
): EventTypeKey {
	const reader = readers.compile(EVENT_TYPE, valueOf(raw));
	const checked = new Map<string, ReadEventTypeKey>();
	let trimmed = 0;

	const check = (value: unknown): ReadEventTypeKey => {
		if (value instanceof FailedExpression) return without(expressionFailed(EVENT_TYPE, value));
		const key = valueOf(value);
		const text = keyText(key);
		if (text === undefined) return without(eventTypeKeyRequired(key ?? undefined));
		const known = checked.get(text);
		if (known) return known;
		const plain = text.trim();
		if (plain === '') return without(eventTypeKeyRequired(undefined));
		const read = {
			text: plain,
			start: Buffer.from(`{"eventTypeKey":${JSON.stringify(plain)}`),
			problem: validation === 'strict' ? eventTypeKeyProblem(plain, EVENT_TYPE) : undefined,
			isTrimmed: plain !== text,
		};
		if (checked.size < MOST_TYPES) checked.set(text, read);
		return read;
	};

	const constant = reader.kind === 'constant' ? check(reader.read({})) : undefined;
	return {
		read(json) {
			const key = constant ?? check(reader.read(json));
			if (key.isTrimmed) trimmed++;
			return key;
		},
		trimmed: () => trimmed,
	};
}

function without(problem: Problem): ReadEventTypeKey {
	return { text: undefined, start: NOTHING, problem, isTrimmed: false };
}

/** The value of a resourceLocator; anything else is the value itself. */
function valueOf(raw: unknown): unknown {
	return typeof raw === 'object' && raw !== null && 'value' in raw ? raw.value : raw;
}

/** What the contract says against a key. @param label what the panel calls its field */
export function eventTypeKeyProblem(key: string, label: string): Problem | undefined {
	if (isLongerThan(key, MAX_EVENT_TYPE_KEY_LENGTH)) return eventTypeKeyTooLong(key, label);
	const character = forbiddenCharacter(key);
	return character === undefined ? undefined : eventTypeKeyForbids(character, key, label);
}
