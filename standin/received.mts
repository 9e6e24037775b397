import type { Backstage } from './backstage.mts';
import type { Import } from './contacts/imports.mts';
import type { EventCounts, EventStore, ReceivedEvent } from './events/eventStore.mts';
import type { StartsOfType, WorkflowStart } from './events/workflowStarts.mts';
import type { ConnectionCounts, Connections } from './http/connections.mts';
import type { ReceivedRequest, RequestLog } from './http/requestLog.mts';

/** A deletion that was carried out. Both ends are included. */
export interface Deletion {
	readonly from: string;
	readonly to: string;
	readonly removed: number;
	readonly request: number;
}

export interface Counts extends EventCounts {
	/** How many events are kept. */
	readonly events: number;
	/** How many requests came below /api. */
	readonly requests: number;
	/** Status of an event → how many events got it. */
	readonly byStatus: Readonly<Record<string, number>>;
	/** HTTP status → how many requests; 0 stands for a connection that ended without a whole answer. */
	readonly byHttpStatus: Readonly<Record<string, number>>;
	/** With the switch `keep` at "keys": how many events were stored, with how many different keys, and how many again. */
	readonly keys: { readonly stored: number; readonly distinct: number; readonly doubled: number };
	/** How many contacts there are, and how many values of contacts that were there have become null. */
	readonly contacts: number;
	readonly contactValuesEmptied: number;
	/** Event type key → the workflows that live events of the type would have started. */
	readonly workflowStarts: Readonly<Record<string, StartsOfType>>;
}

/** What the stand-in received: a live view. */
export class Received {
	readonly #backstage: Backstage;
	readonly #events: EventStore;
	readonly #log: RequestLog;
	readonly #connections: Connections;

	constructor(backstage: Backstage, connections: Connections) {
		this.#backstage = backstage;
		this.#events = backstage.events;
		this.#log = backstage.requests;
		this.#connections = connections;
	}

	/** How many events are kept now: accepted and not deleted. */
	get count(): number {
		return this.#events.count;
	}

	/** Every event that is kept, in the order of arrival. Costs parsing them once after each change; `page` gives some of them. */
	get events(): readonly ReceivedEvent[] {
		return this.#events.all;
	}

	/** Every request below /api and /uaa in the order of arrival, also those that were refused. */
	get requests(): readonly ReceivedRequest[] {
		return this.#log.records;
	}

	/** The requests to POST past_events of any version. */
	get sends(): readonly ReceivedRequest[] {
		return this.requests.filter(
			({ method, path }) => method === 'POST' && path.endsWith('/past_events'),
		);
	}

	/** The imports of contacts: the last thousand, in their order. */
	get imports(): readonly Import[] {
		return this.#backstage.imports.all;
	}

	/** How many stored events have the key of each line: event type key, key value and the parameter's value, with tabs between. */
	keysOf(lines: readonly string[]): readonly number[] {
		return lines.map((line) => this.#backstage.keys.count(line));
	}

	/** The workflows that live events would have started: the last thousand, in their order. */
	get workflowStarts(): readonly WorkflowStart[] {
		return this.#backstage.workflowStarts.last;
	}

	/** The deletions that were carried out. */
	get deletions(): readonly Deletion[] {
		return this.#backstage.deletions;
	}

	/** The connections to the stand-in since its start. */
	get connections(): ConnectionCounts {
		return this.#connections.counts;
	}

	/** Milliseconds since the start of the stand-in, as in `atMs` of a request. */
	get nowMs(): number {
		return this.#log.nowMs;
	}

	/** Up to `limit` events from the `offset`th on. */
	page(offset: number, limit: number): readonly ReceivedEvent[] {
		return this.#events.page(offset, limit);
	}

	counts(): Counts {
		const { keys } = this.#backstage;
		return {
			events: this.#events.count,
			requests: this.#log.apiRequests,
			byStatus: this.#log.statuses,
			byHttpStatus: this.#log.httpStatuses,
			keys: { stored: keys.stored, distinct: keys.distinct, doubled: keys.doubled },
			contacts: this.#backstage.contacts.count,
			contactValuesEmptied: this.#backstage.contacts.emptied,
			workflowStarts: this.#backstage.workflowStarts.byType,
			...this.#events.counts(),
		};
	}
}
