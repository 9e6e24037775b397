import type { IDataObject } from 'n8n-workflow';

import type { EventBytes } from '../../../events/eventBytes';
import { quotable, type Problem } from '../../../problem';
import {
	compileContactIdentifier,
	type ContactIdentifier,
} from '../../../events/contactIdentifier';
import type { Evaluate } from '../../../fields/engineExpressions';
import { compileEventTypeKey, type ReadEventTypeKey } from '../../../events/eventTypeKey';
import { compileParams, type ParamsSettings } from '../../../events/eventParams';
import { createEventWriter } from '../../../events/eventWriter';
import { createFactCollector } from '../../../events/factCollector';
import { createFieldReaders } from '../../../fields/fieldReader';
import type { RefusedField } from '../../../events/refusedField';
import { compileKeyValue } from '../../../events/keyValue';
import type { MappingFacts } from '../../../events/mappingFacts';
import type { OccurredReader } from '../../../dates/occurred';
import { compileOccurredField } from './occurredField';
import { createParamWriter, type ParamWriterSettings } from '../../../events/paramWriter';

export type { Evaluate } from '../../../fields/engineExpressions';
export type { MappingFacts } from '../../../events/mappingFacts';

/**
 * The parameters of the operation. `eventTypeKey`, `keyValue`, `contactIdentifier`, `occurred`, `params` and `paramsJson` are raw: as
 * `getNodeParameter(name, 0, fallback, { rawExpressions: true })` gives them; the others are resolved.
 */
export interface MappingSettings extends ParamsSettings, ParamWriterSettings {
	readonly eventTypeKey: unknown;
	readonly keyValue: unknown;
	readonly contactIdentifier: unknown;
	readonly occurred: unknown;
	readonly occurredReader: OccurredReader;
	/** The workflow's setting of that name; it changes what `$input.item` means. */
	readonly binaryMode?: string;
	/** How many items will be mapped, as far as is known. */
	readonly itemCount?: number;
}

/** One item, mapped. `event` is there exactly where `problem` is not; the others where they could be made. */
export interface MappedItem {
	readonly eventTypeKey?: string;
	readonly keyValue?: string;
	readonly occurred?: string;
	/** The event as it goes into the request: keys in the order of the vendor's guide, no spaces. */
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
	const out = createEventWriter(settings.itemCount ?? 0);
	const params = createParamWriter(settings, out);
	const facts = createFactCollector();

	const readEventTypeKey = compileEventTypeKey(settings.eventTypeKey, settings.validation, readers);
	const readKeyValue = compileKeyValue(settings, readers);
	const readContactIdentifier = compileContactIdentifier(settings.contactIdentifier, readers);
	if (typeof readContactIdentifier !== 'function') return readContactIdentifier;
	const readOccurred = compileOccurredField(settings.occurred, settings.occurredReader, readers);
	const writeParams = compileParams(settings, readers, params);
	if (typeof writeParams !== 'function') return writeParams;

	const write = (
		json: IDataObject,
		type: ReadEventTypeKey,
		key: string,
		contact: ContactIdentifier,
		occurred: string,
	): EventBytes | Problem => {
		out.begin();
		out.raw(type.start);
		out.quoted(key);
		out.raw(BEFORE_PARAMS);
		params.start(contact);
		const problem = writeParams(json) ?? params.addContact(key);
		if (problem) return problem;
		const marks = params.end();
		out.raw(BEFORE_OCCURRED);
		out.quoted(occurred);
		out.raw(EVENT_END);
		const event = out.end();
		facts.countEvent(type.text ?? '', marks, event);
		return event;
	};

	const mapItem = (json: IDataObject): MappedItem => {
		const type = readEventTypeKey(json);
		const contact = readContactIdentifier(json);
		const key = readKeyValue(json, contact === 'email');
		const occurred = readOccurred(json);
		if (
			type.problem ||
			typeof key !== 'string' ||
			typeof contact !== 'string' ||
			typeof occurred !== 'string'
		) {
			return refused(type, key, contact, occurred);
		}
		const result = write(json, type, key, contact, occurred);
		return 'bytes' in result
			? { eventTypeKey: type.text, keyValue: key, occurred, event: result, problem: undefined }
			: { eventTypeKey: type.text, keyValue: key, occurred, event: undefined, problem: result };
	};

	return {
		map(json, itemIndex) {
			readers.start(itemIndex);
			facts.countItem();
			try {
				return mapItem(json);
			} catch (error) {
				return { event: undefined, problem: unreadable(error) };
			}
		},
		facts: () => facts.facts(readers.evaluated()),
	};
}

/** An item whose type, key or date cannot be used; those that can be made are told all the same. */
function refused(
	type: ReadEventTypeKey,
	key: string | RefusedField,
	contact: ContactIdentifier | Problem,
	occurred: string | RefusedField,
): MappedItem {
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

/** Items may hold objects of other nodes whose own code runs when they are read, such as a `toJSON`. */
function unreadable(error: unknown): Problem {
	return {
		reason: 'PARAM_VALUE_INVALID',
		what: 'A value of the item cannot be read',
		value: quotable(error instanceof Error ? error.message : error),
		advice: 'Turn it into text, a number or a plain object in a node before this one.',
	};
}

const BEFORE_PARAMS = Buffer.from(',"params":[');
const BEFORE_OCCURRED = Buffer.from('],"occurred":');
const EVENT_END = Buffer.from('}');
