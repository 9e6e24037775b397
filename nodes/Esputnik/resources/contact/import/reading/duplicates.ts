import { comparable } from '../sending/answers';
import { isFilled, type Values } from '../sending/contactText';

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

/**
 * Makes one contact of the items that mean the same one, since eSputnik may process requests in another order or side by side (contract).
 * An item whose every field a later one has, too, is superseded; one with other fields goes along with the later one, whose values win.
 *
 * @param identityPlaces where the values stand by which eSputnik finds a contact: the first that is filled tells it
 * @param items the values of each
 */
export function distinctContacts(
	items: readonly Values[],
	identityPlaces: readonly number[],
): DistinctContacts {
	const superseded = new Map<number, number>();
	/** For each place of the identity: which contact has the value. */
	const byValue = identityPlaces.map(() => new Map<string, number>());
	const contacts: ContactToSend[] = [];
	items.forEach((values, item) => {
		const index = identityPlaces.findIndex((place) => isFilled(values[place]));
		const key = comparable(values[identityPlaces[index]] ?? '');
		const known = byValue[index]?.get(key);
		if (known === undefined) {
			byValue[index]?.set(key, contacts.length);
			contacts.push({ values, items: [item] });
		} else {
			contacts[known] = joined(contacts[known], item, values, superseded);
		}
	});
	return { contacts, superseded };
}

function joined(
	earlier: ContactToSend,
	item: number,
	values: Values,
	superseded: Map<number, number>,
): ContactToSend {
	const saysAll = earlier.values.every(
		(value, index) => !isFilled(value) || isFilled(values[index]),
	);
	if (!saysAll) {
		return {
			values: values.map((value, index) => (isFilled(value) ? value : earlier.values[index])),
			items: [...earlier.items, item],
		};
	}
	for (const old of earlier.items) superseded.set(old, item);
	return { values, items: [item] };
}
