import { comparable, type ContactIds } from './answers';
import type { Named } from './matching';

/** A contact that eSputnik names at the end of an import. */
export interface Imported {
	/** Absent where it is one of several ids. */
	readonly contactId?: string;
}

/**
 * Finds the contacts of one import that eSputnik names at its end: by the external id where that won, else by a channel or an id
 * (contract), as they were sent or in the form in which eSputnik may repeat them. Where other contacts of the import have the same value,
 * it has to be named as often, or nobody knows which of them is meant.
 *
 * @param contacts all of the import
 * @returns tells of one of them; undefined where eSputnik does not name it
 */
export function importedIn(
	mapping: ContactIds,
	contacts: readonly Named[],
): (contact: Named) => Imported | undefined {
	const forms = [
		{ ids: mapping.asWritten, form: (value: string) => value },
		{ ids: mapping.comparable, form: comparable },
	].map(({ ids, form }) => ({ ids, form, holders: countValues(contacts, form) }));

	return (contact) => {
		for (const value of valuesOf(contact)) {
			for (const { ids, form, holders } of forms) {
				const found = ids.get(form(value)) ?? [];
				if (found.length === 0 || found.length < (holders.get(form(value)) ?? 0)) continue;
				return found.every((id) => id === found[0]) ? { contactId: found[0] } : {};
			}
		}
		return undefined;
	};
}

/** How many contacts have a value, by the form of it. */
function countValues(
	contacts: readonly Named[],
	form: (value: string) => string,
): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const contact of contacts) {
		for (const value of new Set(valuesOf(contact).map(form)))
			counts.set(value, (counts.get(value) ?? 0) + 1);
	}
	return counts;
}

/** In the order in which eSputnik looks for a contact. */
function valuesOf({ externalCustomerId, email, phone, id }: Named): string[] {
	return [externalCustomerId, email, phone, id].filter((value) => value !== undefined);
}
