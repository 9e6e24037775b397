import { identityText, type NameKind } from '../sending/answers';
import { isFilled, type Values } from '../sending/apiContact';

/** A contact to send and the items of which it was made; the last of them is the newest. */
export interface ContactToSend {
	readonly values: Values;
	/** Ascending. */
	readonly items: readonly number[];
}

export interface DistinctContacts {
	readonly contacts: readonly ContactToSend[];
	/** Item → the later item that says all that this one says. */
	readonly superseded: ReadonlyMap<number, number>;
}

/** A column by whose value eSputnik may find a contact. */
export interface IdentityColumn {
	readonly kind: NameKind;
	/** Where its value stands. */
	readonly place: number;
}

/**
 * Makes one contact of the items that mean the same one, since eSputnik may process requests in another order or side by side (contract).
 * An item whose every field a later one has, too, is superseded; one with other fields goes along with the later one, whose values win.
 *
 * @param items the values of each
 * @param identity in the order in which eSputnik looks: the first that two items both have tells whether they mean the same contact
 * @param isEmptied whether nothing at a place means that the field is emptied, so that the later item has it, too
 */
export function distinctContacts(
	items: readonly Values[],
	identity: readonly IdentityColumn[],
	isEmptied: (place: number) => boolean,
): DistinctContacts {
	const superseded = new Map<number, number>();
	/** For each column of the identity: which contact has the value. */
	const byValue = identity.map(() => new Map<string, number>());
	const contacts: Array<ContactToSend | undefined> = [];
	items.forEach((values, item) => {
		const names = identity.map((column) => nameIn(values, column));
		let contact: ContactToSend = { values, items: [item] };
		let index = contacts.length;
		for (let order = 0; order < names.length; order++) {
			const name = names[order];
			const known = name === undefined ? undefined : byValue[order].get(name);
			const other = known === undefined || known === index ? undefined : contacts[known];
			if (known === undefined || other === undefined) continue;
			if (!areSame(other.values, contact.values, identity)) continue;
			contact = joined(other, contact, item, superseded, isEmptied);
			// An item may have the address of one contact and the phone of another, which are one then.
			if (index < contacts.length) contacts[index] = undefined;
			index = known;
		}
		contacts[index] = contact;
		const all =
			contact.values === values ? names : identity.map((column) => nameIn(contact.values, column));
		all.forEach((name, order) => {
			if (name !== undefined) byValue[order].set(name, index);
		});
	});
	return { contacts: contacts.filter((contact) => contact !== undefined), superseded };
}

function nameIn(values: Values, { kind, place }: IdentityColumn): string | undefined {
	const value = values[place];
	return isFilled(value) ? identityText(kind, value) : undefined;
}

function areSame(one: Values, other: Values, identity: readonly IdentityColumn[]): boolean {
	for (const column of identity) {
		const [a, b] = [nameIn(one, column), nameIn(other, column)];
		if (a !== undefined && b !== undefined) return a === b;
	}
	return false;
}

/** @param item the newest of both */
function joined(
	earlier: ContactToSend,
	later: ContactToSend,
	item: number,
	superseded: Map<number, number>,
	isEmptied: (place: number) => boolean,
): ContactToSend {
	const isSaid = (place: number) => isFilled(later.values[place]) || isEmptied(place);
	const saysAll = earlier.values.every((value, place) => !isFilled(value) || isSaid(place));
	if (!saysAll) {
		return {
			values: later.values.map((value, place) => (isSaid(place) ? value : earlier.values[place])),
			items: [...earlier.items, ...later.items].sort((a, b) => a - b),
		};
	}
	for (const old of earlier.items) superseded.set(old, item);
	return later;
}
