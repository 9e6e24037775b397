import type { Switches } from '../options.mts';
import { CONTACT_FIELDS, type Contact, type ContactStore } from './contactStore.mts';
import type { ImportBody, ReadContact } from './importBody.mts';

/** A contact of a request that has been stored. */
export interface Upserted {
	readonly contact: Contact;
	readonly isNew: boolean;
	/** Whether it was there, and a value of it is another one now. */
	readonly isChanged: boolean;
	/** Whether it was looked for by its external id instead of by `dedupeOn`. */
	readonly byExternalId: boolean;
}

/**
 * Stores one contact: makes it, or updates the one that is found. An update obeys the null trap: a field that `contactFields` and
 * `customFieldsIDs` name and the contact does not have becomes null, and without `contactFields` every field is named.
 *
 * @param groups names of groups that take contacts
 */
export function upsert(
	contacts: ContactStore,
	read: ReadContact,
	body: ImportBody,
	{ externalIdWins }: Switches,
	groups: { readonly intoGroups: readonly string[]; readonly outOfGroups: readonly string[] },
): Upserted {
	const { sent, values } = read;
	const byExternalId =
		externalIdWins === 'contact'
			? values.externalCustomerId !== undefined
			: externalIdWins === 'request' &&
				body.contacts.some(({ externalCustomerId }) => Boolean(externalCustomerId));
	const found = byExternalId
		? contacts.find('externalCustomerId', values.externalCustomerId ?? '')
		: find(contacts, read, body);
	const additional = new Map(
		(sent.fields ?? []).map(({ id, value }) => [
			id,
			typeof value === 'string' && value !== '' ? value : null,
		]),
	);
	if (found === undefined) {
		const contact = contacts.create({ values, additional, ...groups });
		return { contact, isNew: true, isChanged: false, byExternalId };
	}
	const keys = byExternalId
		? ['externalCustomerId']
		: keysOf(contacts, found, body.dedupeOn, values);
	const named: readonly string[] = body.contactFields ?? [
		...CONTACT_FIELDS,
		...Object.keys(values),
	];
	const changed: Record<string, string | null> = {};
	for (const name of named) if (!keys.includes(name)) changed[name] = values[name] ?? null;
	const isChanged = contacts.update(found, {
		values: changed,
		additional: new Map(
			(body.customFieldsIDs ?? [])
				.filter((id) => body.dedupeOn !== 'fieldId' || id !== body.fieldId)
				.map((id) => [id, additional.get(id) ?? null]),
		),
		...groups,
	});
	return { contact: found, isNew: false, isChanged, byExternalId };
}

function find(
	contacts: ContactStore,
	{ values: { email = '', sms = '' }, dedupeValue: value = '' }: ReadContact,
	body: ImportBody,
): Contact | undefined {
	switch (body.dedupeOn) {
		case 'email_or_sms':
			return contacts.find('email', email) ?? contacts.find('sms', sms);
		case 'fieldId':
			return contacts.findByAdditional(body.fieldId ?? 0, value);
		default:
			return contacts.find(body.dedupeOn, value);
	}
}

/** The fields that `dedupeOn` names, which an update leaves alone. */
function keysOf(
	contacts: ContactStore,
	found: Contact,
	dedupeOn: ImportBody['dedupeOn'],
	{ email }: ReadContact['values'],
): readonly string[] {
	if (dedupeOn === 'push') return ['mobilepush', 'webpush'];
	if (dedupeOn !== 'email_or_sms') return [dedupeOn];
	const isByEmail = email !== undefined && contacts.find('email', email)?.id === found.id;
	return [isByEmail ? 'email' : 'sms'];
}
