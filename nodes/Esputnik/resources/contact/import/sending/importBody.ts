import { contactMaker, type Values } from './apiContact';
import type { Column } from '../reading/columns';
import type { DedupeOn, FieldSet } from './fieldSets';

/** Path of the import below the base URL. */
export const CONTACTS_PATH = '/v1/contacts';

/** Path of the state of one import. */
export function importStatusPath(session: string): string {
	return `/v1/importstatus/${encodeURIComponent(session)}`;
}

/** What stands in every request of a run. */
export interface ImportFrame {
	readonly dedupeOn: DedupeOn;
	readonly groupNames: readonly string[];
	readonly groupNamesExclude: readonly string[];
	readonly restoreDeleted: boolean;
	/** '' where new contacts make no event. */
	readonly eventKeyForNewContacts: string;
}

/**
 * Makes the bodies of a run's requests.
 *
 * @param columns of the run, as they stand once all items were read
 */
export function importBodies(
	columns: readonly Column[],
	frame: ImportFrame,
): (contacts: readonly Values[], set: FieldSet) => Buffer {
	const make = contactMaker(columns);
	const { dedupeOn, groupNames, groupNamesExclude, restoreDeleted, eventKeyForNewContacts } = frame;
	return (contacts, { contactFields, customFieldsIDs }) => {
		const body = JSON.stringify({
			contacts: contacts.map(make),
			dedupeOn,
			contactFields,
			...(customFieldsIDs.length > 0 && { customFieldsIDs }),
			...(groupNames.length > 0 && { groupNames }),
			...(groupNamesExclude.length > 0 && { groupNamesExclude }),
			restoreDeleted,
			...(eventKeyForNewContacts !== '' && { eventKeyForNewContacts }),
		});
		return Buffer.from(body);
	};
}
