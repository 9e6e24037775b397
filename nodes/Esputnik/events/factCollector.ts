import type { EventBytes } from './eventBytes';
import { PREDEFINED_EVENT_TYPES } from '../contract';
import { createIdenticalEvents } from './identicalEvents';
import type { EvaluatedParameter, EventTypeFacts, MappingFacts } from './mappingFacts';
import { CONTACT_MARK, markOf, REVENUE_MARK } from './paramWriter';

/** Counts, while items are mapped, what the hints after the run tell. */
export interface FactCollector {
	countItem(): void;
	/** @param marks the remarkable names among the event's parameters */
	countEvent(eventTypeKey: string, marks: number, event: EventBytes): void;
	facts(evaluated: readonly EvaluatedParameter[]): MappingFacts;
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
	const identical = createIdenticalEvents();
	let items = 0;

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
			identical.add(event);
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
		facts: (evaluated) => ({
			items,
			eventTypes: [...types].map(([eventTypeKey, counts]) => factsOf(eventTypeKey, counts)),
			identicalEvents: identical.count(),
			evaluated,
		}),
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
