import { comparable } from './answers';
import { isFilled, type Values } from './contactText';

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
 * @param items item numbers, ascending, each with its values
 */
export function distinctContacts(
	items: ReadonlyArray<{ readonly item: number; readonly values: Values }>,
	identityPlaces: readonly number[],
): DistinctContacts {
	const byIdentity = new Map<string, ContactToSend>();
	const superseded = new Map<number, number>();
	for (const { item, values } of items) {
		const identity = identityOf(values, identityPlaces);
		const earlier = byIdentity.get(identity);
		byIdentity.set(
			identity,
			earlier ? joined(earlier, item, values, superseded) : { values, items: [item] },
		);
	}
	return { contacts: [...byIdentity.values()], superseded };
}

function identityOf(values: Values, places: readonly number[]): string {
	for (const place of places) {
		const value = values[place];
		if (isFilled(value)) return `${place} ${comparable(value)}`;
	}
	return '';
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
