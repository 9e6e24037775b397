import type { IDataObject } from 'n8n-workflow';

import type { FieldReaders } from '../fields/fieldReader';
import { isProblem, type Problem } from '../problem';
import { compileContactIdentifier, type ContactIdentifier } from './contactIdentifier';
import { createEventWriter, type EventBytes } from './eventBytes';
import { compileEventTypeKey, type ReadEventTypeKey } from './eventTypeKey';
import { createFactCollector, type MappingFacts } from './facts';
import { compileKeyValue, type RejectedField } from './keyValue';
import { compileParams, type ParamsSettings } from './params';
import { createParamWriter, type ParamWriterSettings } from './paramWriter';
import { CONTACT_KEY, contactMissing, EVENT_TYPE } from './words';

/**
 * The parameters that past and live events share. `eventTypeKey`, `keyValue`, `contactIdentifier`, `params` and `paramsJson` are raw: as
 * `getNodeParameter(name, 0, fallback, { rawExpressions: true })` gives them; the others are resolved.
 */
export interface EventSettings extends ParamsSettings, ParamWriterSettings {
	readonly eventTypeKey: unknown;
	readonly keyValue: unknown;
	readonly contactIdentifier: unknown;
	/** Whether an item without a contact key is rejected. Without one the contact is found by a parameter. */
	readonly keyIsRequired: boolean;
	/** The workflow's setting of that name; it changes what `$input.item` means. */
	readonly binaryMode?: string;
}

/** The type of an item's event and whose it is; each may be rejected. */
export interface EventHead {
	readonly type: ReadEventTypeKey;
	readonly contact: ContactIdentifier | Problem;
	/** undefined where the item has none and needs none */
	readonly key: string | RejectedField | undefined;
}

/** When a past event occurred. */
export interface EventTime {
	readonly occurred: string;
	/** A parameter that carries the time, too, unless the event has one of that name. */
	readonly param?: TimeParam;
}

export interface TimeParam {
	readonly name: string;
	readonly value: string;
}

/** The parts of events, compiled once for a run. */
export interface EventParts {
	readHead(json: IDataObject): EventHead;
	/**
	 * Writes the event of an item whose head is in order: keys in the order of the vendor's guide, no spaces.
	 *
	 * @param time a past event's
	 * @returns the event, or what is wrong with its parameters
	 */
	write(
		json: IDataObject,
		type: ReadEventTypeKey,
		contact: ContactIdentifier,
		keyValue: string | undefined,
		time?: EventTime,
	): EventBytes | Problem;
	/** By what the event written last finds its contact: its key, else the first parameter that identifies one. */
	contactOfLast(): string | undefined;
	countItem(): void;
	facts(): MappingFacts;
}

/** @returns a Problem where the settings themselves are wrong */
export function compileEventParts(
	settings: EventSettings,
	readers: FieldReaders,
): EventParts | Problem {
	const out = createEventWriter();
	const params = createParamWriter(settings, out);
	const facts = createFactCollector();

	const type = compileEventTypeKey(settings.eventTypeKey, settings.validation, readers);
	const key = compileKeyValue(settings, readers);
	const readContact = compileContactIdentifier(settings.contactIdentifier, readers);
	if (typeof readContact !== 'function') return readContact;
	const eventParams = compileParams(settings, readers, params);
	if (isProblem(eventParams)) return eventParams;

	const isStrict = settings.validation === 'strict';
	let contactOfLast: string | undefined;

	return {
		readHead(json) {
			const contact = readContact(json);
			return { type: type.read(json), contact, key: key.read(json, contact === 'email') };
		},
		write(json, { start, text }, contact, keyValue, time) {
			out.begin();
			out.raw(start);
			if (keyValue !== undefined) {
				out.raw(KEY_VALUE);
				out.quoted(keyValue);
			}
			out.raw(PARAMS);
			params.start(contact);
			const problem =
				eventParams.write(json) ??
				(time?.param && params.addUnlessThere(time.param)) ??
				(keyValue === undefined ? undefined : params.addContact(keyValue));
			if (problem) return problem;
			contactOfLast = keyValue ?? params.contact();
			if (contactOfLast === undefined && isStrict) return contactMissing();
			const marks = params.end();
			out.raw(PARAMS_END);
			if (time !== undefined) {
				out.raw(OCCURRED);
				out.quoted(time.occurred);
			}
			out.raw(EVENT_END);
			const event = out.end();
			facts.countEvent(text ?? '', marks, event);
			return event;
		},
		contactOfLast: () => contactOfLast,
		countItem: facts.countItem,
		facts() {
			out.release();
			return {
				...facts.facts(),
				evaluated: readers.evaluated(),
				unknownFields: eventParams.unknownFields(),
				trimmed: [
					{ label: EVENT_TYPE, items: type.trimmed() },
					{ label: CONTACT_KEY, items: key.trimmed() },
				].filter(({ items }) => items > 0),
			};
		},
	};
}

const KEY_VALUE = Buffer.from(',"keyValue":');
const PARAMS = Buffer.from(',"params":[');
const PARAMS_END = Buffer.from(']');
const OCCURRED = Buffer.from(',"occurred":');
const EVENT_END = Buffer.from('}');
