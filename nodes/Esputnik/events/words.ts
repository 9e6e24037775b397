import {
	MAX_EVENT_TYPE_KEY_LENGTH,
	MAX_KEY_VALUE_LENGTH,
	MAX_LIVE_EVENT_BYTES,
	MAX_PARAM_NAME_LENGTH,
} from '../contract';
import type { UnusableValue } from '../fields/jsonText';
import { quotable, type Problem } from '../problem';

/** What the panel calls the parameters that make an event. */
export const LABELS = {
	eventTypeKey: 'Event Type',
	keyValue: 'Contact Key',
	contactIdentifier: 'Contact Identifier',
	params: 'Parameters',
	paramsJson: 'Parameters (JSON)',
	includeFields: 'Fields to Include',
	excludeFields: 'Fields to Exclude',
} as const;

/** The same as messages name them. */
export const EVENT_TYPE = `'${LABELS.eventTypeKey}'`;
export const CONTACT_KEY = `'${LABELS.keyValue}'`;
export const CONTACT_IDENTIFIER = `'${LABELS.contactIdentifier}'`;

/** @param value what was given instead of a key; undefined where it was empty */
export function eventTypeKeyRequired(value: unknown): Problem {
	return {
		reason: 'EVENT_TYPE_KEY_REQUIRED',
		what: value === undefined ? `${EVENT_TYPE} is empty` : `${EVENT_TYPE} is not a text`,
		value: value === undefined ? undefined : quotable(value),
		advice: 'Choose an event type, or give the key of one.',
	};
}

/** @param label what the panel calls the field of the key */
export function eventTypeKeyTooLong(key: string, label: string): Problem {
	return {
		reason: 'EVENT_TYPE_KEY_TOO_LONG',
		what: `${label} has more than ${MAX_EVENT_TYPE_KEY_LENGTH} characters`,
		value: quotable(key),
		advice: 'Use a shorter key.',
	};
}

/** @param label what the panel calls the field of the key */
export function eventTypeKeyForbids(character: string, key: string, label: string): Problem {
	return {
		reason: 'EVENT_TYPE_KEY_FORBIDDEN_CHARACTER',
		what: `${label} contains the character ${character}, which eSputnik does not allow`,
		value: quotable(key),
		advice: 'Use letters, digits, spaces, dots, hyphens and underscores.',
	};
}

/** @param value what was given instead of a key; undefined where it was empty */
export function keyValueRequired(value: unknown): Problem {
	return {
		reason: 'KEY_VALUE_REQUIRED',
		what:
			value === undefined
				? `${CONTACT_KEY} is empty`
				: `${CONTACT_KEY} is neither a text nor a number`,
		value: value === undefined ? undefined : quotable(value),
		advice: 'Use a field that identifies the contact, such as the email address.',
	};
}

/** A live event that nothing ties to a contact: eSputnik refuses it, or drops it without a word. */
export function contactMissing(): Problem {
	return {
		reason: 'KEY_VALUE_REQUIRED',
		what: `Nothing in the event names its contact, so eSputnik would not take it`,
		advice: `Fill in ${CONTACT_KEY}, or send a parameter such as email, phone or externalCustomerId.`,
	};
}

export function eventTooLarge(bytes: number): Problem {
	return {
		reason: 'EVENT_TOO_LARGE',
		what: `The event is larger than the ${MAX_LIVE_EVENT_BYTES.toLocaleString('en-US')} bytes that eSputnik takes`,
		value: `${bytes.toLocaleString('en-US')} bytes`,
		advice: 'Send fewer or shorter parameters.',
	};
}

export function keyValueTooLong(key: string): Problem {
	return {
		reason: 'KEY_VALUE_TOO_LONG',
		what: `${CONTACT_KEY} has more than ${MAX_KEY_VALUE_LENGTH} characters`,
		value: quotable(key),
		advice: 'Use a value that identifies the contact, such as the email address.',
	};
}

export function keyValueForbids(character: string, key: string): Problem {
	return {
		reason: 'KEY_VALUE_FORBIDDEN_CHARACTER',
		what: `${CONTACT_KEY} contains the character ${character}, which eSputnik does not allow`,
		value: quotable(key),
		advice: 'Remove the character, or use another value that identifies the contact.',
	};
}

export function keyValueNotAnEmail(key: string): Problem {
	return {
		reason: 'KEY_VALUE_NOT_AN_EMAIL',
		what: `${CONTACT_KEY} is not an email address`,
		value: quotable(key),
		advice: `Use the field that holds the address, or set ${CONTACT_IDENTIFIER} to what the key is.`,
	};
}

export function contactIdentifierUnknown(value: unknown, known: readonly string[]): Problem {
	return {
		reason: 'CONFIGURATION',
		what: `${CONTACT_IDENTIFIER} has a value that does not exist`,
		value: quotable(value),
		advice: `Choose one of: ${known.join(', ')}.`,
	};
}

export function paramNameRequired(): Problem {
	return {
		reason: 'PARAM_NAME_REQUIRED',
		what: 'A parameter has no name',
		advice: 'Give every parameter a name, or remove it.',
	};
}

export function paramNameNotText(name: unknown): Problem {
	return {
		reason: 'PARAM_NAME_REQUIRED',
		what: 'The name of a parameter is not a text',
		value: quotable(name),
		advice: 'Give the parameter a name that is a text, or use the field that holds it.',
	};
}

export function paramNameTooLong(name: string): Problem {
	return {
		reason: 'PARAM_NAME_TOO_LONG',
		what: `The name of a parameter has more than ${MAX_PARAM_NAME_LENGTH} characters`,
		value: quotable(name),
		advice: 'Give the parameter a shorter name.',
	};
}

export function paramNameDuplicate(name: string): Problem {
	return {
		reason: 'PARAM_NAME_DUPLICATE',
		what: 'Two parameters of the event have the same name',
		value: quotable(name),
		advice: 'Rename or remove one of them: eSputnik takes each name once.',
	};
}

export function paramUnusable(name: string, value: unknown, { why }: UnusableValue): Problem {
	return {
		reason: 'PARAM_VALUE_INVALID',
		what: `The parameter '${quotable(name)}' ${why}`,
		value: quotable(value),
		advice: 'Send text, a number, true or false, a date, or an object or list of these.',
	};
}
