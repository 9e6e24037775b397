import type { Backstage } from '../backstage.mts';
import { nameOf, type Contact } from '../contacts/contactStore.mts';
import { keyOf } from './keyTally.mts';
import { minuteNow, minuteOf } from './occurred.mts';
import type { SentEvent, Version } from './validation.mts';

/** Stores an event of this minute, and starts the workflow of its type. */
export function keepLiveEvent(
	{ switches, events, keys, workflowStarts }: Backstage,
	live: { event: SentEvent; version: Version; contact: Contact | undefined; request: number },
): void {
	const { event, version, contact, request } = live;
	const { eventTypeKey, keyValue = '' } = event;
	const minute = minuteOf(switches.now) ?? minuteNow(switches.accountTimezone);
	if (switches.keep === 'events') {
		const body = Buffer.from(JSON.stringify(event));
		const contactId = contact?.id ?? 0;
		events.add({ request, version, live: true, body }, [{ event, minute, position: 0, contactId }]);
	} else {
		events.addUnseen(1, contact === undefined ? 1 : 0);
		if (switches.keep === 'keys') keys.add(keyOf(event, switches.keyParam));
	}
	workflowStarts.add(
		{ eventTypeKey, keyValue, contact: contact && nameOf(contact), request },
		switches.uniqueWorkflows.includes(eventTypeKey),
	);
}
