import { createHash } from 'node:crypto';
import { minuteText } from './occurred.mts';
import {
	isEvent,
	isListOfEvents,
	paramsOf,
	type Param,
	type SentEvent,
	type Version,
} from './validation.mts';

/** An event as the stand-in keeps it. `request` is the number of the request that brought it, `position` its place there, from 0. */
export interface ReceivedEvent {
	readonly eventTypeKey: string;
	/** Empty where a live event had none. */
	readonly keyValue: string;
	readonly params: readonly Param[];
	readonly occurred: string;
	readonly request: number;
	readonly position: number;
	readonly version: Version;
	/** True where it came by POST event. */
	readonly live: boolean;
	/** The id of the contact whose it is; undefined where it matched none. */
	readonly contactId?: number;
}

/**
 * An accepted event on its way into the store. `minute` counts from 1970-01-01T00:00 on the account's clock; `contactId` is 0 where
 * it matched no contact.
 */
export interface AcceptedEvent {
	readonly event: SentEvent;
	readonly minute: number;
	readonly position: number;
	readonly contactId: number;
}

/**
 * The accepted events of one request: the body as it came, and typed arrays for what is counted. Parsed events of a million
 * orders would take more than a gigabyte of objects; this takes their bytes and fifteen more for each.
 */
interface Batch {
	readonly request: number;
	readonly version: Version;
	readonly live: boolean;
	readonly body: Buffer;
	readonly positions: Uint16Array;
	readonly types: Uint32Array;
	readonly minutes: Int32Array;
	/** 0 where the event matched no contact. */
	readonly contacts: Uint32Array;
	/** 1 where the event was deleted. */
	readonly gone: Uint8Array;
	left: number;
}

export interface EventCounts {
	readonly byType: Readonly<Record<string, number>>;
	/** `YYYY-MM-DD` → events that occurred on that day. */
	readonly byDay: Readonly<Record<string, number>>;
	/** `YYYY-MM` → events that occurred in that month. */
	readonly byMonth: Readonly<Record<string, number>>;
	/** Events that matched no contact, so that they belong to nobody. */
	readonly withoutContact: number;
}

/** Keeps accepted events, in the order of their coming. */
export class EventStore {
	#batches: Batch[] = [];
	#typeNames: string[] = [];
	#typeNumbers = new Map<string, number>();
	#digests = new Set<string>();
	#all: readonly ReceivedEvent[] | undefined;
	#count = 0;
	#unseenWithoutContact = 0;

	/** How many events are kept now. */
	get count(): number {
		return this.#count;
	}

	/** Every event that is kept. Parsed at the first call after a change. */
	get all(): readonly ReceivedEvent[] {
		this.#all ??= this.page(0, this.#count);
		return this.#all;
	}

	add(
		from: { request: number; version: Version; live: boolean; body: Buffer },
		accepted: readonly AcceptedEvent[],
	): void {
		if (accepted.length === 0) return;
		const batch: Batch = {
			...from,
			positions: new Uint16Array(accepted.length),
			types: new Uint32Array(accepted.length),
			minutes: new Int32Array(accepted.length),
			contacts: new Uint32Array(accepted.length),
			gone: new Uint8Array(accepted.length),
			left: accepted.length,
		};
		for (const [i, { event, minute, position, contactId }] of accepted.entries()) {
			batch.positions[i] = position;
			batch.types[i] = this.#typeNumber(event.eventTypeKey);
			batch.minutes[i] = minute;
			batch.contacts[i] = contactId;
		}
		this.#batches.push(batch);
		this.#count += accepted.length;
		this.#all = undefined;
	}

	/** Counts events of which nothing else is kept. */
	addUnseen(events: number, withoutContact: number): void {
		this.#count += events;
		this.#unseenWithoutContact += withoutContact;
	}

	/** Whether the same event was asked for before. */
	isRepeated(event: SentEvent): boolean {
		const digest = createHash('sha1').update(JSON.stringify(event)).digest('base64');
		const before = this.#digests.size;
		return this.#digests.add(digest).size === before;
	}

	/** Removes the events that occurred from one minute to the other, both included. @returns how many */
	delete(from: number, to: number): number {
		let removed = 0;
		for (const batch of this.#batches) {
			for (const [i, minute] of batch.minutes.entries()) {
				if (minute < from || minute > to || batch.gone[i] === 1) continue;
				batch.gone[i] = 1;
				batch.left--;
				removed++;
			}
		}
		this.#batches = this.#batches.filter(({ left }) => left > 0);
		this.#count -= removed;
		this.#all = undefined;
		return removed;
	}

	/** Up to `limit` of the kept events from the `offset`th on. */
	page(offset: number, limit: number): readonly ReceivedEvent[] {
		const events: ReceivedEvent[] = [];
		let skip = offset;
		for (const batch of this.#batches) {
			if (events.length >= limit) break;
			if (skip >= batch.left) {
				skip -= batch.left;
				continue;
			}
			const kept = readBatch(batch);
			for (const event of kept.slice(skip, skip + limit - events.length)) events.push(event);
			skip = 0;
		}
		return events;
	}

	counts(): EventCounts {
		const types = new Map<number, number>();
		const days = new Map<number, number>();
		let withoutContact = this.#unseenWithoutContact;
		for (const { types: numbers, minutes, contacts, gone } of this.#batches) {
			for (let i = 0; i < gone.length; i++) {
				if (gone[i] === 1) continue;
				if (contacts[i] === 0) withoutContact++;
				increment(types, numbers[i], 1);
				increment(days, Math.floor(minutes[i] / 1440), 1);
			}
		}
		const byDay: Record<string, number> = {};
		const byMonth = new Map<string, number>();
		for (const [day, events] of [...days].sort(([a], [b]) => a - b)) {
			const date = minuteText(day * 1440).slice(0, 10);
			byDay[date] = events;
			increment(byMonth, date.slice(0, 7), events);
		}
		const named = [...types].sort(([, a], [, b]) => b - a);
		return {
			byType: Object.fromEntries(named.map(([type, n]) => [this.#typeNames[type], n])),
			byDay,
			byMonth: Object.fromEntries(byMonth),
			withoutContact,
		};
	}

	clear(): void {
		this.#batches = [];
		this.#typeNames = [];
		this.#typeNumbers.clear();
		this.#digests.clear();
		this.#all = undefined;
		this.#count = 0;
		this.#unseenWithoutContact = 0;
	}

	#typeNumber(eventTypeKey: string): number {
		const known = this.#typeNumbers.get(eventTypeKey);
		if (known !== undefined) return known;
		this.#typeNumbers.set(eventTypeKey, this.#typeNames.length);
		return this.#typeNames.push(eventTypeKey) - 1;
	}
}

function readBatch(batch: Batch): ReceivedEvent[] {
	const sent = readBody(batch);
	const events: ReceivedEvent[] = [];
	for (const [i, position] of batch.positions.entries()) {
		const event = sent[position];
		if (batch.gone[i] === 1 || !isEvent(event)) continue;
		const { eventTypeKey, keyValue = '', occurred } = event;
		events.push({
			eventTypeKey,
			keyValue,
			params: paramsOf(event),
			occurred:
				typeof occurred === 'string' && !batch.live ? occurred : minuteText(batch.minutes[i]),
			request: batch.request,
			position,
			version: batch.version,
			live: batch.live,
			...(batch.contacts[i] > 0 ? { contactId: batch.contacts[i] } : {}),
		});
	}
	return events;
}

function readBody({ body, live }: Batch): readonly unknown[] {
	const parsed: unknown = JSON.parse(body.toString('utf8'));
	if (live) return [parsed];
	return isListOfEvents(parsed) ? parsed.events : [];
}

function increment<K>(counts: Map<K, number>, key: K, by: number): void {
	counts.set(key, (counts.get(key) ?? 0) + by);
}
