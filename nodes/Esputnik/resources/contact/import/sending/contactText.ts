import type { Column } from '../reading/columns';

/** The values of one contact, one for each column of the run; undefined or '' where it has none. */
export type Values = ReadonlyArray<string | undefined>;

const CHANNELS: Readonly<Record<string, string>> = { email: 'email', phone: 'sms' };

const ADDRESS = new Set(['region', 'town', 'address', 'postcode']);

/** Makes the JSON of contacts with these columns: `{"channels":[{"type":"email","value":"a@b.c"}],"firstName":"Ann",…}`. */
export function contactWriter(columns: readonly Column[]): (values: Values) => string {
	const places = columns.map((column, index) => ({ column, index }));
	const channels = places
		.filter(({ column }) => Object.hasOwn(CHANNELS, column.id))
		.map(({ column, index }) => ({
			index,
			start: `{"type":"${CHANNELS[column.id]}","value":`,
		}));
	const address = named(places.filter(({ column }) => ADDRESS.has(column.id)));
	const fields = places
		.filter(({ column }) => column.fieldId !== undefined)
		.map(({ column, index }) => ({ index, start: `{"id":${column.fieldId},"value":` }));
	const own = named(
		places.filter(
			({ column }) =>
				column.id !== 'id' &&
				column.fieldId === undefined &&
				!ADDRESS.has(column.id) &&
				!Object.hasOwn(CHANNELS, column.id),
		),
	);
	const contactId = columns.findIndex(({ id }) => id === 'id');

	return (values) => {
		const parts = [`"channels":[${listed(values, channels, '}')}]`];
		const id = contactId < 0 ? undefined : values[contactId];
		if (isFilled(id)) parts.push(`"id":${id}`);
		const text = listed(values, own, '');
		if (text !== '') parts.push(text);
		const addressText = listed(values, address, '');
		if (addressText !== '') parts.push(`"address":{${addressText}}`);
		const fieldText = listed(values, fields, '}');
		if (fieldText !== '') parts.push(`"fields":[${fieldText}]`);
		return `{${parts.join(',')}}`;
	};
}

interface Place {
	readonly index: number;
	/** What stands before the value. */
	readonly start: string;
}

function named(
	places: ReadonlyArray<{ readonly column: Column; readonly index: number }>,
): Place[] {
	return places.map(({ column, index }) => ({ index, start: `"${column.id}":` }));
}

function listed(values: Values, places: readonly Place[], end: string): string {
	let text = '';
	for (const { index, start } of places) {
		const value = values[index];
		if (!isFilled(value)) continue;
		text += `${text === '' ? '' : ','}${start}${JSON.stringify(value)}${end}`;
	}
	return text;
}

export function isFilled(value: string | undefined): value is string {
	return value !== undefined && value !== '';
}
