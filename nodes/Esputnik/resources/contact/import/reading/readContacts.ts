import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { FailedExpression } from '../../../../fields/engineExpressions';
import { keyText } from '../../../../fields/keyText';
import { expressionFailed } from '../../../../fields/words';
import { quotable, type Problem } from '../../../../problem';
import type { AdditionalField } from './additionalFields';
import {
	checkAdditional,
	checkContactId,
	checkEmail,
	checkName,
	checkPhone,
	type Check,
} from './checks';
import type { Column } from './columns';
import type { ColumnSource } from './columnsOfRun';
import { isFilled, type Values } from '../sending/apiContact';
import { DEDUPE_COLUMNS, type DedupeOn } from '../sending/fieldSets';

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

/** Makes what reads the items of a run, one after another. */
export function createContactReader(
	source: ColumnSource,
	settings: ContactSettings,
): ContactReader {
	const { dedupeOn, phoneFormat, validation, additionalFields } = settings;
	const { columns } = source;
	const isStrict = validation === 'strict';
	const checks: Array<Check | undefined> = [];
	let changedPhones = 0;

	const checkAt = (place: number): Check | undefined => {
		if (!isStrict) return undefined;
		while (checks.length <= place) checks.push(checkOf(columns[checks.length], additionalFields));
		return checks[place];
	};

	const valueOf = (column: Column, value: unknown, place: number): string | undefined | Problem => {
		if (value instanceof FailedExpression) return expressionFailed(`'${column.label}'`, value);
		if (value === undefined || value === null) return undefined;
		const text = (isList(column, value) ? listText(value) : textOf(value))?.trim();
		if (text === undefined) return notText(column, value);
		if (text === '') return undefined;
		const checked = checkAt(place)?.(text) ?? text;
		if (column.id !== 'phone' || phoneFormat === 'asIs' || typeof checked !== 'string') {
			return checked;
		}
		const digits = checked.replace(DECIMALS_OF_WHOLE, '').replace(/\D/g, '');
		if (digits !== checked) changedPhones++;
		return digits === '' ? undefined : digits;
	};

	// Columns that are found out while items are read are additional fields, so these places stay.
	const places = new Map(columns.map(({ id }, place) => [id, place]));
	const filled = (values: Values, id: string): boolean => {
		const place = places.get(id);
		return place !== undefined && isFilled(values[place]);
	};

	return {
		read(json) {
			const values: Array<string | undefined> = [];
			let problem = source.open(json);
			if (problem !== undefined) return { values, problem };
			for (let place = 0; place < columns.length; place++) {
				const value = valueOf(columns[place], source.read(json, place), place);
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

/** Programs that take phone numbers for numbers write `380501234567.0`. */
const DECIMALS_OF_WHOLE = /(?<=^\d{7,15})\.0+$/;

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

/** Databases give what was ticked of several as a list; eSputnik takes it with commas between (contract). */
function isList({ fieldId }: Column, value: unknown): value is unknown[] {
	return fieldId !== undefined && Array.isArray(value);
}

function listText(list: readonly unknown[]): string | undefined {
	const texts = list.map(textOf);
	return texts.includes(undefined) ? undefined : texts.join(',');
}

/** A value as text: dates, which databases give and expressions make, as the ISO text that n8n shows. */
function textOf(value: unknown): string | undefined {
	const isDate = value instanceof Date || DateTime.isDateTime(value);
	return isDate ? (value.toJSON() ?? undefined) : keyText(value);
}

function notText({ label }: Column, value: unknown): Problem {
	return {
		reason: 'PARAM_VALUE_INVALID',
		what: `'${label}' is neither a text nor a number`,
		value: quotable(value),
		advice: 'Map a field that holds a text, a number, or true or false.',
	};
}
