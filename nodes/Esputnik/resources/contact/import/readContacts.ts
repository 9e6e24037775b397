import type { IDataObject } from 'n8n-workflow';

import { FailedExpression } from '../../../fields/engineExpressions';
import type { FieldReaders } from '../../../fields/fieldReader';
import { keyText } from '../../../fields/keyText';
import { quotable, type Problem } from '../../../problem';
import type { AdditionalField } from './additionalFields';
import {
	checkAdditional,
	checkContactId,
	checkEmail,
	checkName,
	checkPhone,
	type Check,
} from './checks';
import { FIXED_COLUMNS, nameKey, type Column } from './columns';
import type { Values } from './contactText';
import { DEDUPE_COLUMNS, type DedupeOn } from './fieldSets';

export interface ContactSettings {
	readonly dedupeOn: DedupeOn;
	/** `digits`: everything else is taken out of a phone number. */
	readonly phoneFormat: 'digits' | 'asIs';
	readonly validation: 'strict' | 'server';
	/** The account's additional fields; empty where the list cannot be had. */
	readonly additionalFields: readonly AdditionalField[];
}

/** One item as a contact: its values by the columns of the run, as far as they could be read. `problem`: why it may not be sent. */
export interface ReadContact {
	readonly values: Values;
	readonly problem?: Problem;
}

export interface ContactReader {
	/** The item must have been started in the readers. */
	read(json: IDataObject): ReadContact;
	/** Phones that were changed by `phoneFormat` so far. */
	changedPhones(): number;
}

/** Reads the value of a column from an item; a FailedExpression where the engine raised. */
export type ReadColumn = (json: IDataObject) => unknown;

/** A column of the run with the way to its value. */
export interface MappedColumn {
	readonly column: Column;
	readonly read: ReadColumn;
}

/** Columns mapped one by one: the raw values of the resourceMapper, of which expressions begin with `=`. */
export function compileColumns(
	columns: ReadonlyArray<{ readonly column: Column; readonly raw: unknown }>,
	readers: FieldReaders,
): MappedColumn[] {
	return columns.map(({ column, raw }) => {
		const reader = readers.compile(`'${column.label}'`, raw);
		return { column, read: (json) => reader.read(json) };
	});
}

/**
 * *Map Automatically*: each column takes the item's field of its name, whatever the case, or of a usual other name. An object or a list
 * is no value of a contact, so a field that holds one is passed over.
 *
 * @param columns without the contact's own id unless contacts are found by it: `id` is the shop's own in most sources
 */
export function automaticColumns(columns: readonly Column[]): MappedColumn[] {
	/** The items of a run have the same fields, as a rule: how they are named is worked out once for each shape. */
	let lastNames: readonly string[] = [];
	let fields = new Map<string, string>();
	const fieldsOf = (json: IDataObject): ReadonlyMap<string, string> => {
		const names = Object.keys(json);
		const isSame =
			names.length === lastNames.length && names.every((name, index) => name === lastNames[index]);
		if (isSame) return fields;
		lastNames = names;
		fields = new Map();
		for (const name of names) {
			const key = nameKey(name);
			if (!fields.has(key)) fields.set(key, name);
		}
		return fields;
	};
	return columns.map((column) => {
		const wanted = [nameKey(column.id), ...column.otherNames];
		return {
			column,
			read: (json) => {
				const known = fieldsOf(json);
				for (const key of wanted) {
					const name = known.get(key);
					const value = name === undefined ? undefined : json[name];
					if (value !== null && value !== undefined && value !== '' && typeof value !== 'object') {
						return value;
					}
				}
				return undefined;
			},
		};
	});
}

/** The columns that *Map Automatically* looks for. */
export function automaticChoice(
	dedupeOn: DedupeOn,
	additional: readonly Column[],
): readonly Column[] {
	const fixed = FIXED_COLUMNS.filter(({ id }) => id !== 'id' || dedupeOn === 'id');
	return [...fixed, ...additional];
}

/** Makes what reads the items of a run, one after another. */
export function createContactReader(
	columns: readonly MappedColumn[],
	settings: ContactSettings,
): ContactReader {
	const { dedupeOn, phoneFormat, validation } = settings;
	let changedPhones = 0;
	const isStrict = validation === 'strict';
	const checks = columns.map(({ column }) =>
		isStrict ? checkOf(column, settings.additionalFields) : undefined,
	);
	const places = new Map(columns.map(({ column }, index) => [column.id, index]));

	const readValue = (
		{ column, read }: MappedColumn,
		check: Check | undefined,
		json: IDataObject,
	): string | undefined | Problem => {
		const value = read(json);
		if (value instanceof FailedExpression) return expressionFailed(column, value);
		if (value === undefined || value === null) return undefined;
		const text = keyText(value)?.trim();
		if (text === undefined) return notText(column, value);
		if (text === '') return undefined;
		if (column.id !== 'phone' || phoneFormat === 'asIs') return check ? check(text) : text;
		const digits = text.replace(/\D/g, '');
		if (digits !== text) changedPhones++;
		return check ? check(digits === '' ? text : digits) : digits;
	};

	const filled = (values: Values, id: string): boolean => {
		const place = places.get(id);
		const value = place === undefined ? undefined : values[place];
		return value !== undefined && value !== '';
	};

	return {
		read(json) {
			const values: Array<string | undefined> = [];
			let problem: Problem | undefined;
			for (let index = 0; index < columns.length; index++) {
				const value = readValue(columns[index], checks[index], json);
				if (value === undefined || typeof value === 'string') values.push(value);
				else {
					values.push(undefined);
					problem ??= value;
				}
			}
			return { values, problem: problem ?? problemOfWhole(values, filled, dedupeOn, isStrict) };
		},
		changedPhones: () => changedPhones,
	};
}

function checkOf(
	{ id, label, fieldId }: Column,
	additionalFields: readonly AdditionalField[],
): Check | undefined {
	switch (id) {
		case 'email':
			return checkEmail;
		case 'phone':
			return checkPhone;
		case 'id':
			return checkContactId;
		case 'firstName':
		case 'lastName':
			return checkName(label);
	}
	const field = additionalFields.find((candidate) => candidate.id === fieldId);
	return field && checkAdditional(field);
}

/** Whether the contact can be found, and whether it has a channel, without which eSputnik takes none (contract). */
function problemOfWhole(
	values: Values,
	filled: (values: Values, id: string) => boolean,
	dedupeOn: DedupeOn,
	isStrict: boolean,
): Problem | undefined {
	// An external id is searched first, whatever `dedupeOn` says (contract).
	const canBeFound =
		DEDUPE_COLUMNS[dedupeOn].some((id) => filled(values, id)) ||
		(dedupeOn !== 'id' && filled(values, 'externalCustomerId'));
	if (!canBeFound) return NOT_FOUND_BY[dedupeOn];
	const hasChannel = filled(values, 'email') || filled(values, 'phone');
	return hasChannel || !isStrict ? undefined : WITHOUT_CHANNEL;
}

const WITHOUT_CHANNEL: Problem = {
	reason: 'CONTACT_WITHOUT_CHANNEL',
	what: 'The contact has neither an email address nor a phone number, and eSputnik takes none without',
	advice: "Map 'Email' or 'Phone'.",
};

const NOT_FOUND_BY: Readonly<Record<DedupeOn, Problem>> = {
	email: {
		reason: 'CONTACT_WITHOUT_CHANNEL',
		what: "'Email' is empty, and contacts are found by it",
		advice: "Map the field with the address, or choose another way under 'Find Contacts By'.",
	},
	sms: {
		reason: 'CONTACT_WITHOUT_CHANNEL',
		what: "'Phone' is empty, and contacts are found by it",
		advice: "Map the field with the number, or choose another way under 'Find Contacts By'.",
	},
	email_or_sms: {
		...WITHOUT_CHANNEL,
		what: "'Email' and 'Phone' are empty, and contacts are found by them",
	},
	externalCustomerId: {
		reason: 'KEY_VALUE_REQUIRED',
		what: "'External Customer ID' is empty, and contacts are found by it",
		advice: "Map the field with the id, or choose another way under 'Find Contacts By'.",
	},
	id: {
		reason: 'KEY_VALUE_REQUIRED',
		what: "'Contact ID' is empty, and contacts are found by it",
		advice: "Map the field with eSputnik's id, or choose another way under 'Find Contacts By'.",
	},
};

function notText({ label }: Column, value: unknown): Problem {
	return {
		reason: 'PARAM_VALUE_INVALID',
		what: `'${label}' is neither a text nor a number`,
		value: quotable(value),
		advice: 'Map a field that holds a text, a number, or true or false.',
	};
}

function expressionFailed({ label }: Column, { text }: FailedExpression): Problem {
	return {
		reason: 'EXPRESSION_FAILED',
		what: `n8n could not work out '${label}': ${text.replace(/\.$/, '')}`,
		advice: 'Correct the expression, or drag the field from the input into its place.',
	};
}
