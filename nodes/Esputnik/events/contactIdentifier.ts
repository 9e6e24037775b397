import type { IDataObject } from 'n8n-workflow';

import { FailedExpression } from '../fields/engineExpressions';
import type { FieldReaders } from '../fields/fieldReader';
import { expressionFailed } from '../fields/words';
import type { Problem } from '../problem';
import { CONTACT_IDENTIFIER, contactIdentifierUnknown } from './words';

const IDENTIFIERS = ['email', 'phone', 'externalCustomerId', 'contactId', 'none'] as const;

/** The parameter as which the key value is sent too, by which eSputnik finds the contact. */
export type ContactIdentifier = (typeof IDENTIFIERS)[number];

/**
 * What the contact key is; it may differ from item to item, as in a list of addresses and phone numbers.
 *
 * @returns a Problem where the parameter as such is wrong
 */
export function compileContactIdentifier(
	raw: unknown,
	readers: FieldReaders,
): ((json: IDataObject) => ContactIdentifier | Problem) | Problem {
	const reader = readers.compile(CONTACT_IDENTIFIER, raw);
	if (reader.kind !== 'constant') return (json) => identifierOf(reader.read(json));
	const identifier = identifierOf(reader.read({}));
	return typeof identifier === 'string' ? () => identifier : identifier;
}

function identifierOf(value: unknown): ContactIdentifier | Problem {
	if (value instanceof FailedExpression) return expressionFailed(CONTACT_IDENTIFIER, value);
	if (value === undefined || value === null || value === '') return 'email';
	const known = IDENTIFIERS.find((identifier) => identifier === value);
	return known ?? contactIdentifierUnknown(value, IDENTIFIERS);
}
