import { isRecord } from '../../../../api/json';

/** A contact that eSputnik left out of an import: its fields as eSputnik repeats them, and why. */
export interface FailedContact {
	readonly error: string;
	readonly emails: readonly string[];
	readonly phones: readonly string[];
	readonly externalCustomerId?: string;
	readonly id?: string;
}

/** What eSputnik answered with HTTP 200 to an import; that may still mean that every contact failed. */
export interface ImportAnswer {
	/** Absent where there is nothing to wait for, or where eSputnik did not say. */
	readonly session?: string;
	readonly failed: readonly FailedContact[];
	/** About the import as a whole: a full account, for one. */
	readonly errorMessage?: string;
}

/**
 * Reads the answer of `POST v1/contacts`: `failedContacts` is an object or a list, and each of its contacts may carry its channels in any
 * form (contract).
 *
 * @returns undefined where it is no such answer
 */
export function readImportAnswer(body: unknown): ImportAnswer | undefined {
	if (!isRecord(body)) return undefined;
	const session = filledText(body.asyncSessionId);
	const errorMessage = filledText(body.errorMessage);
	const failed = failedIn(body.failedContacts);
	const saysSomething =
		session !== undefined || errorMessage !== undefined || body.failedContacts !== undefined;
	return saysSomething ? { session, errorMessage, failed } : undefined;
}

function failedIn(list: unknown): FailedContact[] {
	if (list === undefined || list === null) return [];
	const contacts: unknown[] = Array.isArray(list) ? list : [list];
	return contacts.map(failedContact);
}

function failedContact(contact: unknown): FailedContact {
	if (!isRecord(contact)) return { error: String(contact), emails: [], phones: [] };
	const emails: string[] = [];
	const phones: string[] = [];
	const channels: unknown[] = Array.isArray(contact.channels)
		? contact.channels
		: [contact.channels];
	for (const channel of channels) {
		if (!isRecord(channel)) continue;
		const value = filledText(channel.value);
		if (value === undefined) continue;
		const type = String(channel.type).toLowerCase();
		if (type === 'email') emails.push(value);
		else if (type === 'sms') phones.push(value);
	}
	for (const value of [contact.email]) pushFilled(emails, value);
	for (const value of [contact.sms, contact.phone]) pushFilled(phones, value);
	return {
		error: filledText(contact.error) ?? filledText(contact.errorMessage) ?? '',
		emails,
		phones,
		externalCustomerId: filledText(contact.externalCustomerId),
		id: filledText(contact.id) ?? filledText(contact.contactId),
	};
}

function pushFilled(list: string[], value: unknown): void {
	const text = filledText(value);
	if (text !== undefined) list.push(text);
}

/** How an import session stands. */
export type SessionState =
	| { readonly kind: 'working' }
	| { readonly kind: 'finished'; readonly mapping: ContactIds }
	/** Whether a part of it was stored is not documented; `mapping` names what was, where anything is named. */
	| { readonly kind: 'failed'; readonly mapping: ContactIds; readonly description: string };

/** Contact ids by the value with which eSputnik names a contact: one for each time that it is named. */
export interface ContactIds {
	readonly asWritten: ReadonlyMap<string, readonly string[]>;
	/** The same in the form of {@link comparable}. */
	readonly comparable: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads the answer of `GET v1/importstatus/ID`. A word that is not known, or none, counts as "still working" until the wait runs out
 * (contract).
 */
export function readSessionState(body: unknown): SessionState {
	if (!isRecord(body)) return { kind: 'working' };
	const description = filledText(body.description) ?? '';
	switch (String(body.status).trim().toUpperCase()) {
		case 'FINISHED':
			return { kind: 'finished', mapping: mappingIn(body.mapping) };
		case 'ERROR':
			return { kind: 'failed', mapping: mappingIn(body.mapping), description };
		default:
			return { kind: 'working' };
	}
}

function mappingIn(mapping: unknown): ContactIds {
	const contactIds = {
		asWritten: new Map<string, string[]>(),
		comparable: new Map<string, string[]>(),
	};
	if (mapping === undefined || mapping === null) return contactIds;
	const entries: unknown[] = Array.isArray(mapping) ? mapping : [mapping];
	for (const entry of entries) {
		if (!isRecord(entry)) continue;
		const value = filledText(entry.dedupeValue);
		const contactId = filledText(entry.contactId);
		if (value === undefined || contactId === undefined) continue;
		addTo(contactIds.asWritten, value, contactId);
		addTo(contactIds.comparable, comparable(value), contactId);
	}
	return contactIds;
}

function addTo(lists: Map<string, string[]>, key: string, value: string): void {
	const list = lists.get(key);
	if (list === undefined) lists.set(key, [value]);
	else list.push(value);
}

/** What a contact is known by: the columns of that name. */
export type NameKind = 'email' | 'phone' | 'externalCustomerId' | 'id';

/**
 * A value by which two contacts are one: addresses whatever the case, phone numbers by their digits, ids just as they are, since
 * `10-1` and `101`, or `aB` and `Ab`, are two customers.
 */
export function identityText(kind: NameKind, value: string): string {
	switch (kind) {
		case 'email':
			return value.trim().toLowerCase();
		case 'phone':
			return value.replace(/\D/g, '') || value.trim();
		case 'externalCustomerId':
		case 'id':
			return value.trim();
	}
}

/** A value as eSputnik may repeat it: lower case; of a phone number the digits alone. */
export function comparable(value: string): string {
	const text = value.trim().toLowerCase();
	if (text.includes('@')) return text;
	return /^\+?[\d\s().-]+$/.test(text) ? text.replace(/\D/g, '') : text;
}

function filledText(value: unknown): string | undefined {
	if (typeof value === 'number' || typeof value === 'bigint') return String(value);
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
