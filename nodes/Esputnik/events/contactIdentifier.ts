import type { IDataObject } from 'n8n-workflow';

import { FailedExpression } from '../fields/engineExpressions';
import type { FieldReaders } from '../fields/fieldReader';
import { expressionFailed } from '../fields/words';
import type { Problem } from '../problem';
import { CONTACT_IDENTIFIER, contactIdentifierUnknown } from './words';

/** The parameter as which the key value is sent too, by which eSputnik finds the contact; as the panel offers it. */
export const CONTACT_IDENTIFIER_CHOICES = [
	{
		name: 'Contact ID',
		value: 'contactId',
		description: 'The number that eSputnik gave the contact',
	},
	{ name: 'Email', value: 'email' },
	{
		name: 'External Customer ID',
		value: 'externalCustomerId',
		description: 'The ID in your shop or CRM',
	},
	{
		name: 'None',
		value: 'none',
		description: 'Send the key alone; eSputnik may then find no contact',
	},
	{ name: 'Phone', value: 'phone' },
] as const;

export type ContactIdentifier = (typeof CONTACT_IDENTIFIER_CHOICES)[number]['value'];

export const DEFAULT_CONTACT_IDENTIFIER: ContactIdentifier = 'email';

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
	if (value === undefined || value === null || value === '') return DEFAULT_CONTACT_IDENTIFIER;
	const known = CONTACT_IDENTIFIER_CHOICES.find((choice) => choice.value === value);
	return (
		known?.value ??
		contactIdentifierUnknown(
			value,
			CONTACT_IDENTIFIER_CHOICES.map((choice) => choice.value),
		)
	);
}
