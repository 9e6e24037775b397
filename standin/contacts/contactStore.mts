/** The values of `contactFields` (reference page "Add / update contacts"). */
export const CONTACT_FIELDS = [
	'firstName',
	'lastName',
	'contactKey',
	'languageCode',
	'timeZone',
	'email',
	'sms',
	'mobilepush',
	'webpush',
	'address',
	'town',
	'region',
	'postcode',
	'externalCustomerId',
] as const;

/** The values of a contact by the names of `contactFields`, and by the types of channels that have no such name. */
export type ContactValues = Readonly<Partial<Record<string, string | null>>>;

/** A contact as the stand-in keeps it. */
export interface Contact {
	readonly id: number;
	/** null where a value was taken away; a name that never had one is missing. */
	readonly values: ContactValues;
	/** Id of an additional field → its value. */
	readonly additional: ReadonlyMap<number, string | null>;
	readonly groups: ReadonlySet<string>;
	/** How many requests or events made or changed it. */
	readonly revision: number;
}

/** Something by which a contact is found. */
export type Identifier = 'id' | 'externalCustomerId' | 'email' | 'sms' | 'push' | 'contactKey';

/** A contact as a request or an event brings it. */
export interface ContactChange {
	readonly values: Readonly<Partial<Record<string, string | null>>>;
	readonly additional?: ReadonlyMap<number, string | null>;
	readonly intoGroups?: readonly string[];
	readonly outOfGroups?: readonly string[];
}

interface Kept extends Contact {
	values: Partial<Record<string, string | null>>;
	additional: Map<number, string | null>;
	groups: Set<string>;
	revision: number;
}

/** The name of a value → what finds the contact by it. */
const FINDS = new Map<string, Identifier>([
	['externalCustomerId', 'externalCustomerId'],
	['email', 'email'],
	['sms', 'sms'],
	['mobilepush', 'push'],
	['webpush', 'push'],
	['contactKey', 'contactKey'],
]);

/** Lower case for addresses, digits for phones: how eSputnik's own clients write them before they compare. */
export function normalize(identifier: Identifier, value: string): string {
	if (identifier === 'email') return value.trim().toLowerCase();
	return identifier === 'sms' ? value.replace(/\D/g, '') : value;
}

/** The contacts of the account. */
export class ContactStore {
	#contacts = new Map<number, Kept>();
	#found = new Map<Identifier, Map<string, Kept>>();
	#lastId = 0;
	#emptied = 0;

	get count(): number {
		return this.#contacts.size;
	}

	/** How many values of contacts that were there became null. */
	get emptied(): number {
		return this.#emptied;
	}

	/** Every contact, in the order of their making. */
	get all(): readonly Contact[] {
		return [...this.#contacts.values()];
	}

	/** Up to `limit` contacts from the `offset`th on. */
	page(offset: number, limit: number): readonly Contact[] {
		return this.all.slice(offset, offset + limit);
	}

	find(identifier: Identifier, value: string): Contact | undefined {
		const text = normalize(identifier, value);
		if (text === '') return undefined;
		if (identifier === 'id') return this.#contacts.get(Number(text));
		return this.#found.get(identifier)?.get(text);
	}

	/** The first contact with this value in an additional field. */
	findByAdditional(field: number, value: string): Contact | undefined {
		for (const contact of this.#contacts.values()) {
			if (contact.additional.get(field) === value) return contact;
		}
		return undefined;
	}

	create(change: ContactChange): Contact {
		const contact: Kept = {
			id: ++this.#lastId,
			values: {},
			additional: new Map(),
			groups: new Set(),
			revision: 0,
		};
		this.#contacts.set(contact.id, contact);
		this.#apply(contact, change);
		return contact;
	}

	/** Sets what the change names; null takes a value away. What it does not name stays. @returns whether a value is another one now */
	update({ id }: Contact, change: ContactChange): boolean {
		const contact = this.#contacts.get(id);
		return contact !== undefined && this.#apply(contact, change);
	}

	clear(): void {
		this.#contacts.clear();
		this.#found.clear();
		this.#lastId = 0;
		this.#emptied = 0;
	}

	#apply(contact: Kept, { values, additional, intoGroups, outOfGroups }: ContactChange): boolean {
		let isChanged = false;
		for (const [name, value] of Object.entries(values)) {
			const before = contact.values[name] ?? null;
			if (value === undefined || before === value) continue;
			isChanged = true;
			if (value === null) this.#emptied++;
			const identifier = FINDS.get(name);
			if (identifier !== undefined) this.#index(contact, identifier, before, value);
			contact.values[name] = value;
		}
		for (const [field, value] of additional ?? []) {
			const before = contact.additional.get(field) ?? null;
			if (before === value) continue;
			isChanged = true;
			if (value === null) this.#emptied++;
			contact.additional.set(field, value);
		}
		for (const group of outOfGroups ?? []) contact.groups.delete(group);
		for (const group of intoGroups ?? []) contact.groups.add(group);
		contact.revision++;
		return isChanged;
	}

	#index(contact: Kept, by: Identifier, before: string | null, after: string | null): void {
		const known = this.#found.get(by) ?? new Map<string, Kept>();
		this.#found.set(by, known);
		if (before !== null && known.get(normalize(by, before)) === contact) {
			known.delete(normalize(by, before));
		}
		if (after !== null) known.set(normalize(by, after), contact);
	}
}

/** What a contact is called on the page: the first thing by which it would be known. */
export function nameOf({ id, values }: Contact): string {
	return values.email ?? values.sms ?? values.externalCustomerId ?? `contact ${id}`;
}
