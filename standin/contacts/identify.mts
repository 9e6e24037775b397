import type { Backstage } from '../backstage.mts';
import { paramsOf, type Param, type SentEvent } from '../events/validation.mts';
import type { Contact, ContactStore, Identifier } from './contactStore.mts';

/** The names of parameters that identify a contact (section 6 of the contract), in lower case. */
const NAMES = new Map<string, Identifier>([
	['contactid', 'id'],
	['contact_id', 'id'],
	['externalcustomerid', 'externalCustomerId'],
	['email', 'email'],
	['emailaddress', 'email'],
	['useremail', 'email'],
	['contactemail', 'email'],
	['phone', 'sms'],
	['sms', 'sms'],
	['phonenumber', 'sms'],
	['pushtoken', 'push'],
	['contactkey', 'contactKey'],
	['contact_key', 'contactKey'],
]);

/** The order in which they are looked at. */
const ORDER: readonly Identifier[] = [
	'id',
	'externalCustomerId',
	'email',
	'sms',
	'push',
	'contactKey',
];

/** What among the parameters of an event says whose it is: the first of each kind. */
export function identifiersOf(params: readonly Param[]): ReadonlyMap<Identifier, string> {
	const found = new Map<Identifier, string>();
	for (const { name, value } of params) {
		const identifier = NAMES.get(name.toLowerCase());
		if (identifier === undefined || found.has(identifier)) continue;
		if ((typeof value === 'string' && value !== '') || typeof value === 'number') {
			found.set(identifier, String(value));
		}
	}
	return found;
}

/** The contact that one of the identifiers finds. */
function findContact(
	contacts: ContactStore,
	identifiers: ReadonlyMap<Identifier, string>,
): Contact | undefined {
	for (const identifier of ORDER) {
		const value = identifiers.get(identifier);
		const contact = value === undefined ? undefined : contacts.find(identifier, value);
		if (contact !== undefined) return contact;
	}
	return undefined;
}

/** Whose an event is, by its parameters, or by its key value where the switch `keyValueFindsContact` says so. */
export function contactOf(
	{ contacts, switches }: Pick<Backstage, 'contacts' | 'switches'>,
	event: SentEvent,
): Contact | undefined {
	const identifiers = identifiersOf(paramsOf(event));
	if (identifiers.size > 0 || !switches.keyValueFindsContact) {
		return findContact(contacts, identifiers);
	}
	const { keyValue = '' } = event;
	return contacts.find(identifierOfKey(keyValue), keyValue);
}

/** What a key value looks like, where it alone is to find the contact. */
function identifierOfKey(keyValue: string): Identifier {
	if (keyValue.includes('@')) return 'email';
	return /^\+?[\d ()-]{7,}$/.test(keyValue) ? 'sms' : 'externalCustomerId';
}
