import type { IDataObject } from 'n8n-workflow';

import { outcomeJson, type ItemOutcome } from '../report/outcomeItems';

/** What can become of an event, in the order in which events are counted. */
export const EVENT_STATUSES = ['accepted', 'rejected', 'uncertain', 'notSent'];

/** The event that an item was made into, as far as it could be made. */
export interface ToldEvent {
	readonly eventTypeKey?: string;
	readonly keyValue?: string;
	readonly occurred?: string;
}

/** The outcome of an event as it leaves the node. */
export function eventOutcome(outcome: ItemOutcome, event: ToldEvent = {}): IDataObject {
	const { eventTypeKey, keyValue, occurred } = event;
	return outcomeJson(outcome, { eventTypeKey, keyValue, occurred });
}
