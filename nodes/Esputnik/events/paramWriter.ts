import {
	CONTACT_IDENTIFIERS,
	MAX_PARAM_NAME_LENGTH,
	PREDEFINED_EVENT_TYPES,
	REVENUE_STATUS,
	type ApiVersion,
} from '../contract';
import { isNested, UnusableValue, valueText } from '../fields/jsonText';
import { isLongerThan, keyText } from '../fields/keyText';
import type { Problem } from '../problem';
import type { ContactIdentifier } from './contactIdentifier';
import type { EventWriter } from './eventBytes';
import {
	paramNameDuplicate,
	paramNameNotText,
	paramNameRequired,
	paramNameTooLong,
	paramUnusable,
} from './words';

export interface ParamWriterSettings {
	readonly apiVersion: ApiVersion;
	readonly nestedValues: 'json' | 'flatten';
	readonly emptyValues: 'skip' | 'send';
	readonly validation: 'strict' | 'server';
}

/** A parameter's name, prepared once: most events of a run have the same. */
interface ParamName {
	readonly name: string;
	/** `{"name":"cost","value":` */
	readonly first: Uint8Array;
	/** The same after another parameter: `},{"name":"cost","value":` */
	readonly next: Uint8Array;
	/** What the contract has against the name. */
	readonly problem?: Problem;
	/** The {@link REMARKABLE} names that this one is. */
	readonly marks: number;
	/** To find the contact identifier, in any case. */
	readonly lowerCase: string;
	/** The event that used it last, to find a second use. */
	lastEvent: number;
}

/** Writes the `params` of one event after another, `{"name":"cost","value":"999"},…`. */
export interface ParamWriter {
	/** Begins the parameters of the next event, whose contact is found by the given one. */
	start(contactIdentifier: ContactIdentifier): void;
	/** @returns what is wrong with the parameter; nothing of it is written then */
	add(name: unknown, value: unknown): Problem | undefined;
	/** Adds a parameter, unless the event has one of that name. */
	addUnlessThere(param: { readonly name: string; readonly value: string }): Problem | undefined;
	/** Adds the key value as the contact identifier, unless the event has a parameter of that name, in any case. */
	addContact(keyValue: string): Problem | undefined;
	/** The value of the first parameter by which eSputnik finds the contact. */
	contact(): string | undefined;
	/** Ends them. @returns the marks of the parameters written */
	end(): number;
}

const lowerCaseIdentifiers = new Set(CONTACT_IDENTIFIERS.map((name) => name.toLowerCase()));

/** Names that the hints after a run look for, each a bit: those that predefined event types require. */
const REMARKABLE = [
	...new Set(PREDEFINED_EVENT_TYPES.flatMap(({ requiredParams }) => requiredParams)),
];

/** Set where a parameter by which eSputnik finds the contact was written. */
export const CONTACT_MARK = 1 << REMARKABLE.length;
/** Set where the parameter `status` says that an order counts as revenue. */
export const REVENUE_MARK = CONTACT_MARK << 1;

/** The mark of a name that predefined event types require. */
export function markOf(name: string): number {
	const index = REMARKABLE.indexOf(name);
	return index < 0 ? 0 : 1 << index;
}

const STATUS_MARK = markOf('status');

const PARAM_END = Buffer.from('}');

/** As many names are kept prepared; beyond that they are made anew, since names may come from the items. */
const MOST_NAMES = 5_000;

export function createParamWriter(settings: ParamWriterSettings, out: EventWriter): ParamWriter {
	const { apiVersion, nestedValues, emptyValues, validation } = settings;
	const isStrict = validation === 'strict';
	const valueForm = apiVersion === 'v1' ? 'text' : 'json';
	const names = new Map<string, ParamName>();
	let event = 0;
	let isFirst = true;
	let marks = 0;
	let contact: ContactIdentifier = 'none';
	let lowerCaseContact = '';
	let hasContact = false;
	let contactValue: string | undefined;

	const nameOf = (name: string): ParamName => {
		let prepared = names.get(name);
		if (!prepared) {
			prepared = prepareName(name, validation);
			names.set(name, prepared);
		}
		return prepared;
	};

	const write = (name: ParamName, text: string, isText: boolean): Problem | undefined => {
		if (name.problem) return name.problem;
		if (name.lastEvent === event && isStrict) return paramNameDuplicate(name.name);
		name.lastEvent = event;
		marks |= name.marks;
		if (name.marks & STATUS_MARK && text === REVENUE_STATUS) marks |= REVENUE_MARK;
		hasContact ||= name.lowerCase === lowerCaseContact;
		if (name.marks & CONTACT_MARK) contactValue ??= text;
		out.raw(isFirst ? name.first : name.next);
		isFirst = false;
		if (isText) out.quoted(text);
		else out.json(text);
		return undefined;
	};

	const addLeaf = (name: ParamName, value: unknown): Problem | undefined => {
		const text = valueText(value, valueForm);
		if (typeof text !== 'string') return paramUnusable(name.name, value, text);
		if (text !== '') return write(name, text, apiVersion === 'v1' || typeof value === 'string');
		return emptyValues === 'send' ? write(name, '', true) : undefined;
	};

	const addFlattened = (
		name: string,
		value: object,
		ancestors: readonly object[],
	): Problem | undefined => {
		if (ancestors.includes(value) || ancestors.length > MAX_PARAM_NAME_LENGTH) {
			return paramUnusable(
				name,
				value,
				new UnusableValue('refers to itself or is nested too deep'),
			);
		}
		const path = [...ancestors, value];
		for (const [key, child] of Object.entries(value)) {
			const childName = `${name}.${key}`;
			const problem = isNested(child)
				? addFlattened(childName, child, path)
				: addLeaf(nameOf(childName), child);
			if (problem) return problem;
		}
		return undefined;
	};

	const add = (name: unknown, value: unknown): Problem | undefined => {
		const text = name === null || name === undefined ? '' : keyText(name);
		if (text === undefined) return paramNameNotText(name);
		return nestedValues === 'flatten' && isNested(value)
			? addFlattened(text, value, [])
			: addLeaf(nameOf(text), value);
	};

	return {
		start(contactIdentifier) {
			contact = contactIdentifier;
			lowerCaseContact = contact.toLowerCase();
			if (names.size > MOST_NAMES) names.clear();
			event++;
			isFirst = true;
			marks = 0;
			hasContact = false;
			contactValue = undefined;
		},
		add,
		addUnlessThere({ name, value }) {
			const prepared = nameOf(name);
			return prepared.lastEvent === event ? undefined : addLeaf(prepared, value);
		},
		addContact: (keyValue) =>
			contact === 'none' || hasContact ? undefined : addLeaf(nameOf(contact), keyValue),
		contact: () => contactValue,
		end() {
			if (!isFirst) out.raw(PARAM_END);
			return marks;
		},
	};
}

function prepareName(name: string, validation: ParamWriterSettings['validation']): ParamName {
	const lowerCase = name.toLowerCase();
	const start = `{"name":${JSON.stringify(name)},"value":`;
	return {
		name,
		first: Buffer.from(start),
		next: Buffer.from(`},${start}`),
		problem: validation === 'strict' ? problemOfName(name) : undefined,
		marks: markOf(name) | (lowerCaseIdentifiers.has(lowerCase) ? CONTACT_MARK : 0),
		lowerCase,
		lastEvent: 0,
	};
}

function problemOfName(name: string): Problem | undefined {
	if (name.trim() === '') return paramNameRequired();
	return isLongerThan(name, MAX_PARAM_NAME_LENGTH) ? paramNameTooLong(name) : undefined;
}
