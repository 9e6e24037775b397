import type { Column } from '../reading/columns';

/** The values of one contact, one for each column of the run; undefined or '' where it has none. */
export type Values = ReadonlyArray<string | undefined>;

/** A contact as `POST v1/contacts` takes it; what it lacks is left out. */
export interface ApiContact {
	/** A contact's own fields beside these: `firstName`, `externalCustomerId`, … */
	[own: string]: unknown;
	channels: Array<{ type: string; value: string }>;
	id?: number | string;
	address?: Record<string, string>;
	fields?: Array<{ id: number; value: string }>;
}

const CHANNELS: Readonly<Record<string, string>> = { email: 'email', phone: 'sms' };

const ADDRESS = new Set(['region', 'town', 'address', 'postcode']);

/** Makes contacts of values that stand in these columns: `{ channels: [{ type: 'email', value: 'a@b.c' }], firstName: 'Ann', … }`. */
export function contactMaker(columns: readonly Column[]): (values: Values) => ApiContact {
	const writers = columns.map(writerOf);
	return (values) => {
		const contact: ApiContact = { channels: [] };
		for (let place = 0; place < writers.length; place++) {
			const value = values[place];
			if (isFilled(value)) writers[place](contact, value);
		}
		return contact;
	};
}

function writerOf({ id, fieldId }: Column): (contact: ApiContact, value: string) => void {
	if (fieldId !== undefined) {
		return (contact, value) => (contact.fields ??= []).push({ id: fieldId, value });
	}
	if (Object.hasOwn(CHANNELS, id)) {
		const type = CHANNELS[id];
		return ({ channels }, value) => channels.push({ type, value });
	}
	if (ADDRESS.has(id)) return (contact, value) => ((contact.address ??= {})[id] = value);
	if (id === 'id') return (contact, value) => (contact.id = contactId(value));
	return (contact, value) => (contact[id] = value);
}

/** eSputnik's ids are numbers; one that JavaScript cannot hold, or that is none, goes as it is. */
function contactId(text: string): number | string {
	const id = Number(text);
	return Number.isSafeInteger(id) && String(id) === text ? id : text;
}

export function isFilled(value: string | undefined): value is string {
	return value !== undefined && value !== '';
}
