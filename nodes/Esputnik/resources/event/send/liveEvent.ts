import type { IDataObject } from 'n8n-workflow';

import { MAX_LIVE_EVENT_BYTES } from '../../../contract';
import type { EventBytes } from '../../../events/eventBytes';
import { compileEventParts, type EventHead, type EventSettings } from '../../../events/eventParts';
import type { MappingFacts } from '../../../events/facts';
import { eventTooLarge } from '../../../events/words';
import type { Evaluate } from '../../../fields/engineExpressions';
import { createFieldReaders } from '../../../fields/fieldReader';
import { itemUnreadable } from '../../../fields/words';
import { isProblem, type Problem } from '../../../problem';

/** One item, mapped. `event` is there exactly where `problem` is not; the others where they could be made. */
export interface MappedLiveEvent {
	readonly eventTypeKey?: string;
	readonly keyValue?: string;
	/** By what the event finds its contact; events of one contact are sent one after another. */
	readonly contact?: string;
	/** The event as it goes into its request. */
	readonly event?: EventBytes;
	/** The first thing that is wrong with the item, in the order of the panel. */
	readonly problem?: Problem;
}

export interface LiveMapping {
	/** Maps the item at `itemIndex`; never throws, never changes the item. */
	map(json: IDataObject, itemIndex: number): MappedLiveEvent;
	/** About all items, when they are mapped. */
	facts(): MappingFacts;
}

/** Compiles the parameters of a run once, to map any number of items. @returns a Problem where the settings themselves are wrong */
export function compileLiveMapping(
	settings: EventSettings,
	evaluate: Evaluate,
): LiveMapping | Problem {
	const readers = createFieldReaders(evaluate, settings.binaryMode);
	const parts = compileEventParts(settings, readers);
	if (isProblem(parts)) return parts;
	const isStrict = settings.validation === 'strict';

	const mapItem = (json: IDataObject): MappedLiveEvent => {
		const head = parts.readHead(json);
		const { type, contact, key } = head;
		if (type.problem || typeof key === 'object' || typeof contact !== 'string') {
			return rejected(head);
		}
		const told = { eventTypeKey: type.text, keyValue: key };
		const event = parts.write(json, type, contact, key);
		if (isProblem(event)) return { ...told, problem: event };
		const bytes = event.end - event.start;
		return isStrict && bytes > MAX_LIVE_EVENT_BYTES
			? { ...told, problem: eventTooLarge(bytes) }
			: { ...told, contact: parts.contactOfLast()?.toLowerCase(), event };
	};

	return {
		map(json, itemIndex) {
			readers.start(itemIndex);
			parts.countItem();
			try {
				return mapItem(json);
			} catch (error) {
				return { problem: itemUnreadable(error) };
			}
		},
		facts: () => parts.facts(),
	};
}

/** An item whose type or key cannot be used; those that can be made are told all the same. */
function rejected({ type, contact, key }: EventHead): MappedLiveEvent {
	const keyProblem = typeof key === 'object' ? key.problem : undefined;
	const contactProblem = typeof contact === 'string' ? undefined : contact;
	return {
		eventTypeKey: type.text,
		keyValue: typeof key === 'object' ? key.text : key,
		problem: type.problem ?? keyProblem ?? contactProblem,
	};
}
