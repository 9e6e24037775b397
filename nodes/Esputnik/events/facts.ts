import { PREDEFINED_EVENT_TYPES } from '../contract';
import type { EvaluatedParameter } from '../fields/fieldReader';
import type { UnknownFields } from '../fields/itemFields';
import type { EventBytes } from './eventBytes';
import { CONTACT_MARK, markOf, REVENUE_MARK } from './paramWriter';

/** What the hints after a run are made of. Items that were rejected count for nothing but `items`. */
export interface MappingFacts {
	readonly items: number;
	readonly eventTypes: readonly EventTypeFacts[];
	/** Events that are the same as an earlier one of the run, to the letter. */
	readonly identicalEvents: number;
	/** Parameters that n8n's engine worked out for each item. */
	readonly evaluated: readonly EvaluatedParameter[];
	/** Fields to include or to exclude that no item has. */
	readonly unknownFields?: UnknownFields;
	/** Whether an option would send the time of the event as a parameter, and is not used. */
	readonly timeOption?: boolean;
	/** Keys around which spaces were taken away: the label of the parameter, and from how many items. */
	readonly trimmed: ReadonlyArray<{ readonly label: string; readonly items: number }>;
}

/** What is known of the events alone. */
export type EventFacts = Pick<MappingFacts, 'items' | 'eventTypes' | 'identicalEvents'>;

/** What the events of one type have in common. */
export interface EventTypeFacts {
	readonly eventTypeKey: string;
	readonly events: number;
	/** Events of which no parameter identifies the contact. */
	readonly withoutContact: number;
	/** How many events lack each parameter that the vendor documents for a predefined type; only those that are lacking. */
	readonly missingParams: ReadonlyMap<string, number>;
	/** Events whose status is the one that counts as revenue. */
	readonly revenue: number;
}

/** Counts, while items are mapped, what the hints after the run tell. */
export interface FactCollector {
	countItem(): void;
	/** @param marks the remarkable names among the event's parameters */
	countEvent(eventTypeKey: string, marks: number, event: EventBytes): void;
	/** To be asked when all events are counted: the memory that it takes to find identical ones is let go of. */
	facts(): EventFacts;
}

/** As many types are told apart. */
const MOST_TYPES = 1_000;

interface Counts {
	readonly required: readonly { readonly name: string; readonly mark: number }[];
	readonly requiredMarks: number;
	readonly missing: Map<string, number>;
	events: number;
	withoutContact: number;
	revenue: number;
}

export function createFactCollector(): FactCollector {
	const types = new Map<string, Counts>();
	const seen = createEventSet();
	let items = 0;
	let identicalEvents = 0;

	const countsOf = (eventTypeKey: string): Counts | undefined => {
		let counts = types.get(eventTypeKey);
		if (!counts && types.size < MOST_TYPES) {
			counts = newCounts(eventTypeKey);
			types.set(eventTypeKey, counts);
		}
		return counts;
	};

	return {
		countItem() {
			items++;
		},
		countEvent(eventTypeKey, marks, event) {
			if (!seen.add(event)) identicalEvents++;
			const counts = countsOf(eventTypeKey);
			if (!counts) return;
			counts.events++;
			if (!(marks & CONTACT_MARK)) counts.withoutContact++;
			if (marks & REVENUE_MARK) counts.revenue++;
			if ((marks & counts.requiredMarks) === counts.requiredMarks) return;
			for (const { name, mark } of counts.required) {
				if (!(marks & mark)) counts.missing.set(name, (counts.missing.get(name) ?? 0) + 1);
			}
		},
		facts() {
			seen.clear();
			return {
				items,
				eventTypes: [...types].map(([eventTypeKey, counts]) => factsOf(eventTypeKey, counts)),
				identicalEvents,
			};
		},
	};
}

function newCounts(eventTypeKey: string): Counts {
	const predefined = PREDEFINED_EVENT_TYPES.find(({ key }) => key === eventTypeKey);
	const required = (predefined?.requiredParams ?? []).map((name) => ({ name, mark: markOf(name) }));
	return {
		required,
		requiredMarks: required.reduce((marks, { mark }) => marks | mark, 0),
		missing: new Map(),
		events: 0,
		withoutContact: 0,
		revenue: 0,
	};
}

function factsOf(eventTypeKey: string, counts: Counts): EventTypeFacts {
	const { events, withoutContact, missing, revenue } = counts;
	return { eventTypeKey, events, withoutContact, missingParams: missing, revenue };
}

/**
 * Adds events; `add` tells whether no event before was the same, byte for byte. A Set of texts would take a seventh of the node's time, and as much memory as
 * the events.
 */
function createEventSet() {
	const events = new Map<number, EventBytes>();
	let view = NOTHING;
	const add = (event: EventBytes): boolean => {
		const { bytes, start, end } = event;
		if (view.buffer !== bytes.buffer) view = new DataView(bytes.buffer);
		let hash = hashOf(view, event);
		for (let other = events.get(hash); other; other = events.get(hash)) {
			if (other.bytes.compare(bytes, start, end, other.start, other.end) === 0) return false;
			hash++;
		}
		events.set(hash, event);
		return true;
	};
	const clear = () => {
		events.clear();
		view = NOTHING;
	};
	return { add, clear };
}

const NOTHING: DataView = new DataView(new ArrayBuffer(0));

/** Knuth's multiplicative hashing: the odd number next to 2^32 divided by the golden ratio. */
const MULTIPLIER = 0x9e3779b1;

/** Eight bytes at a time, in two halves that the processor works on side by side; the last eight may overlap those before. */
function hashOf(view: DataView, { start, end }: EventBytes): number {
	let even = end - start;
	let odd = 0;
	for (let at = start; at < end - 8; at += 8) {
		even = (Math.imul(even, MULTIPLIER) + view.getInt32(at, true)) | 0;
		odd = (Math.imul(odd, MULTIPLIER) + view.getInt32(at + 4, true)) | 0;
	}
	even = Math.imul(even, MULTIPLIER) + view.getInt32(end - 8, true);
	odd = Math.imul(odd, MULTIPLIER) + view.getInt32(end - 4, true);
	const hash = Math.imul(even, MULTIPLIER) ^ odd;
	return hash ^ (hash >>> 15);
}
