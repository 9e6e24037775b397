import type { IDataObject } from 'n8n-workflow';

import type { OccurredReader } from '../../../dates/occurred';
import type { EventBytes } from '../../../events/eventBytes';
import { compileEventParts, type EventHead, type EventSettings } from '../../../events/eventParts';
import type { MappingFacts } from '../../../events/facts';
import type { RefusedField } from '../../../events/keyValue';
import { itemUnreadable } from '../../../events/words';
import type { Evaluate } from '../../../fields/engineExpressions';
import { createFieldReaders } from '../../../fields/fieldReader';
import { isProblem, type Problem } from '../../../problem';
import { compileOccurredField } from './occurredField';

export type { Evaluate } from '../../../fields/engineExpressions';
export type { MappingFacts } from '../../../events/facts';

/** The parameters of the operation; `occurred` is raw, too. */
export interface MappingSettings extends EventSettings {
	readonly occurred: unknown;
	readonly occurredReader: OccurredReader;
	/** The workflow's setting of that name; it changes what `$input.item` means. */
	readonly binaryMode?: string;
}

/** One item, mapped. `event` is there exactly where `problem` is not; the others where they could be made. */
export interface MappedItem {
	readonly eventTypeKey?: string;
	readonly keyValue?: string;
	readonly occurred?: string;
	/** The event as it goes into the request. */
	readonly event?: EventBytes;
	/**
	 * The first thing that is wrong with the item, in the order of the panel; before all of them a date that cannot be written
	 * without the account's zone, since that keeps the whole run from being sent.
	 */
	readonly problem?: Problem;
}

export interface Mapping {
	/** Maps the item at `itemIndex`; never throws, never changes the item. */
	map(json: IDataObject, itemIndex: number): MappedItem;
	/** About all items mapped so far. */
	facts(): MappingFacts;
}

/** Compiles the parameters of a run once, to map any number of items. @returns a Problem where the settings themselves are wrong */
export function compileMapping(settings: MappingSettings, evaluate: Evaluate): Mapping | Problem {
	const readers = createFieldReaders(evaluate, settings.binaryMode);
	const parts = compileEventParts(settings, readers);
	if (isProblem(parts)) return parts;
	const readOccurred = compileOccurredField(settings.occurred, settings.occurredReader, readers);

	const mapItem = (json: IDataObject): MappedItem => {
		const head = parts.readHead(json);
		const { type, contact, key } = head;
		const occurred = readOccurred(json);
		if (
			type.problem ||
			typeof key !== 'string' ||
			typeof contact !== 'string' ||
			typeof occurred !== 'string'
		) {
			return refused(head, occurred);
		}
		const result = parts.write(json, type, contact, key, occurred);
		return 'bytes' in result
			? { eventTypeKey: type.text, keyValue: key, occurred, event: result, problem: undefined }
			: { eventTypeKey: type.text, keyValue: key, occurred, event: undefined, problem: result };
	};

	return {
		map(json, itemIndex) {
			readers.start(itemIndex);
			parts.countItem();
			try {
				return mapItem(json);
			} catch (error) {
				return { event: undefined, problem: itemUnreadable(error) };
			}
		},
		facts: () => parts.facts(),
	};
}

/** An item whose type, key or date cannot be used; those that can be made are told all the same. */
function refused({ type, contact, key }: EventHead, occurred: string | RefusedField): MappedItem {
	const keyProblem = typeof key === 'string' ? undefined : key.problem;
	const contactProblem = typeof contact === 'string' ? undefined : contact;
	const occurredProblem = typeof occurred === 'string' ? undefined : occurred.problem;
	const needsZone = occurredProblem?.reason === 'ACCOUNT_TIMEZONE_REQUIRED';
	return {
		eventTypeKey: type.text,
		keyValue: typeof key === 'string' ? key : key.text,
		occurred: typeof occurred === 'string' ? occurred : occurred.text,
		event: undefined,
		problem: needsZone
			? occurredProblem
			: (type.problem ?? keyProblem ?? contactProblem ?? occurredProblem),
	};
}
