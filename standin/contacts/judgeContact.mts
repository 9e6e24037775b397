import type { Switches } from '../options.mts';
import { objectionToValue } from './additionalFields.mts';
import type { ImportBody, ReadContact } from './importBody.mts';

/** What becomes of a contact of a request: it is imported, fails with an error, or is passed over without a word. */
export type ContactVerdict =
	| { readonly kind: 'import' }
	| { readonly kind: 'failed'; readonly error: string }
	| { readonly kind: 'silent' };

const IMPORT: ContactVerdict = { kind: 'import' };
const failed = (error: string): ContactVerdict => ({ kind: 'failed', error });

/** @param restored texts of the switch `deletedContacts` that stand for contacts no longer */
export function judgeContact(
	contact: ReadContact,
	body: ImportBody,
	switches: Switches,
	restored: ReadonlySet<string>,
): ContactVerdict {
	const objection = objectionToForm(contact, body, switches);
	if (objection !== undefined) return failed(objection);
	const { contactErrorFor, contactsMissing, deletedContacts } = switches;
	const errors = Object.entries(contactErrorFor);
	if (errors.length + contactsMissing.length + deletedContacts.length === 0) return IMPORT;
	const written = JSON.stringify(contact.sent);
	for (const [text, error] of errors) {
		if (written.includes(text)) return failed(error);
	}
	if (contactsMissing.some((text) => written.includes(text))) return { kind: 'silent' };
	if (body.restoreDeleted === true || deletedBy(written, switches, restored) === undefined) {
		return IMPORT;
	}
	return switches.deletedContact === 'silent'
		? { kind: 'silent' }
		: failed('The contact is deleted');
}

/** The text of the switch `deletedContacts` that makes the contact one that was deleted. */
export function deletedBy(
	written: string,
	{ deletedContacts }: Switches,
	restored: ReadonlySet<string>,
): string | undefined {
	return deletedContacts.find((text) => written.includes(text) && !restored.has(text));
}

/** What is wrong with the contact itself. */
function objectionToForm(
	{ sent, values, dedupeValue }: ReadContact,
	{ dedupeOn }: ImportBody,
	{ nameLength, externalIdWins }: Switches,
): string | undefined {
	if (!sent.channels?.some(({ value }) => value !== '')) return 'The contact has no channels';
	if (values.email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(values.email)) {
		return 'The email address is not valid';
	}
	if (values.sms !== undefined && !/^\d{7,15}$/.test(values.sms.replace(/\D/g, ''))) {
		return 'The phone number is not valid';
	}
	for (const name of ['firstName', 'lastName']) {
		const value = values[name] ?? '';
		if (value.length > Number(nameLength)) return `${name} is longer than ${nameLength} characters`;
		if (value.replace(/\D/g, '').length > 3) return `${name} has more than 3 digits`;
	}
	for (const { id, value } of sent.fields ?? []) {
		const objection = objectionToValue(id, value);
		if (objection !== undefined) return objection;
	}
	const isFound = externalIdWins !== 'never' && values.externalCustomerId !== undefined;
	if (dedupeValue === undefined && !isFound) return `The contact has no ${dedupeOn}`;
	return dedupeOn === 'fieldId' && (dedupeValue?.length ?? 0) > 50
		? 'The value of fieldId is longer than 50 characters'
		: undefined;
}
