import type { IDataObject } from 'n8n-workflow';

import type { DateReader } from '../../../dates/dateReader';
import type { DateFault } from '../../../dates/faults';
import type { EventBytes } from '../../../events/eventBytes';
import {
	compileEventParts,
	type EventHead,
	type EventSettings,
	type TimeParam,
} from '../../../events/eventParts';
import type { MappingFacts } from '../../../events/facts';
import type { RejectedField } from '../../../events/keyValue';
import type { Evaluate } from '../../../fields/engineExpressions';
import { createFieldReaders } from '../../../fields/fieldReader';
import { itemUnreadable } from '../../../fields/words';
import { isProblem, type Problem } from '../../../problem';
import { compileOccurredField, toTheMinute, toTheSecond, type RejectedDate } from './occurredField';

export type { Evaluate } from '../../../fields/engineExpressions';
export type { MappingFacts } from '../../../events/facts';

/** The parameters of the operation; `occurred` is raw, too. */
export interface MappingSettings extends EventSettings {
	readonly occurred: unknown;
	/** With the precision of a second, where a parameter is to carry the time. */
	readonly readDate: DateReader['read'];
	/** The name of a parameter that carries the time, too; '' for none. */
	readonly occurredParam: string;
}

/** One item, mapped. `event` is there exactly where neither `problem` nor `dateFault` is; the others where they could be made. */
export interface MappedItem {
	readonly eventTypeKey?: string;
	readonly keyValue?: string;
	readonly occurred?: string;
	/** The event as it goes into the request, until it is taken. */
	event?: EventBytes;
	/**
	 * The first thing that is wrong with the item, in the order of the panel; before all of them a date that cannot be written
	 * without the account's zone, since that keeps the whole run from being sent.
	 */
	readonly problem?: Problem;
	/** The same where it is the date: it is put into words when all dates of the run are known. */
	readonly dateFault?: DateFault;
}

/** The event of a mapped item, which does not hold it any more then: the events of a million items take more memory than all else of them. */
export function takeEvent(mapped: MappedItem): EventBytes | undefined {
	const { event } = mapped;
	mapped.event = undefined;
	return event;
}

export interface Mapping {
	/** Maps the item at `itemIndex`; never throws, never changes the item. */
	map(json: IDataObject, itemIndex: number): MappedItem;
	/** About all items, when they are mapped. */
	facts(): MappingFacts;
}

/** Compiles the parameters of a run once, to map any number of items. @returns a Problem where the settings themselves are wrong */
export function compileMapping(settings: MappingSettings, evaluate: Evaluate): Mapping | Problem {
	const readers = createFieldReaders(evaluate, settings.binaryMode);
	const parts = compileEventParts(settings, readers);
	if (isProblem(parts)) return parts;
	const { occurredParam, readDate } = settings;
	const readTime = compileOccurredField(settings.occurred, readDate, readers);
	const timeParam = (time: string): TimeParam | undefined =>
		occurredParam === '' ? undefined : { name: occurredParam, value: toTheSecond(time) };

	const mapItem = (json: IDataObject): MappedItem => {
		const head = parts.readHead(json);
		const { type, contact, key } = head;
		const time = readTime(json);
		if (
			type.problem ||
			typeof key !== 'string' ||
			typeof contact !== 'string' ||
			typeof time !== 'string'
		) {
			return rejected(head, time);
		}
		const occurred = toTheMinute(time);
		const result = parts.write(json, type, contact, key, { occurred, param: timeParam(time) });
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
		facts: () => ({ ...parts.facts(), timeOption: occurredParam === '' }),
	};
}

/** An item whose type, key or date cannot be used; those that can be made are told all the same. */
function rejected(
	{ type, contact, key }: EventHead,
	occurred: string | RejectedField | RejectedDate,
): MappedItem {
	const keyProblem = typeof key === 'object' ? key.problem : undefined;
	const contactProblem = typeof contact === 'string' ? undefined : contact;
	const { dateFault, problem } = rejectedDate(occurred);
	const needsZone = dateFault?.kind === 'needsAccountZone';
	const before = needsZone ? undefined : (type.problem ?? keyProblem ?? contactProblem);
	return {
		eventTypeKey: type.text,
		keyValue: typeof key === 'object' ? key.text : key,
		occurred: typeof occurred === 'string' ? toTheMinute(occurred) : undefined,
		event: undefined,
		problem: before ?? problem,
		dateFault: before === undefined ? dateFault : undefined,
	};
}

function rejectedDate(
	occurred: string | RejectedField | RejectedDate,
): Partial<RejectedField & RejectedDate> {
	return typeof occurred === 'string' ? {} : occurred;
}
