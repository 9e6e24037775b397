import { Type, type Static } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { CONTACT_FIELDS } from './contactStore.mts';

/** Reference page "Add / update contacts": the most contacts in one request. */
export const MAX_CONTACTS = 3000;

const maybeText = Type.Optional(Type.Union([Type.String(), Type.Null()]));

/** A contact in a body. What its values may be is looked at later, and is told for each contact. */
export const SentContact = Type.Object({
	id: Type.Optional(Type.Union([Type.Integer(), Type.String(), Type.Null()])),
	channels: Type.Optional(
		Type.Array(Type.Object({ type: Type.String({ minLength: 1 }), value: Type.String() })),
	),
	firstName: maybeText,
	lastName: maybeText,
	contactKey: maybeText,
	externalCustomerId: maybeText,
	languageCode: maybeText,
	timeZone: maybeText,
	address: Type.Optional(
		Type.Object({
			region: maybeText,
			town: maybeText,
			address: maybeText,
			postcode: maybeText,
		}),
	),
	fields: Type.Optional(Type.Array(Type.Object({ id: Type.Integer(), value: Type.Unknown() }))),
});
export type SentContact = Static<typeof SentContact>;

const dedupeOn = Type.Union(
	(['email', 'sms', 'email_or_sms', 'id', 'externalCustomerId', 'fieldId', 'push'] as const).map(
		(name) => Type.Literal(name),
	),
);

/** The body of POST contacts. */
export const ImportBody = Type.Object({
	contacts: Type.Array(SentContact, { minItems: 1 }),
	dedupeOn,
	fieldId: Type.Optional(Type.Integer()),
	contactFields: Type.Optional(
		Type.Array(Type.Union(CONTACT_FIELDS.map((name) => Type.Literal(name)))),
	),
	customFieldsIDs: Type.Optional(Type.Array(Type.Integer())),
	groupNames: Type.Optional(Type.Array(Type.String())),
	groupNamesExclude: Type.Optional(Type.Array(Type.String())),
	restoreDeleted: Type.Optional(Type.Boolean()),
	eventKeyForNewContacts: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
});
export type ImportBody = Static<typeof ImportBody>;

const compiled = TypeCompiler.Compile(ImportBody);

/** @returns the body, or what is wrong with it, as in "contacts.3.channels Expected array" */
export function readImportBody(body: unknown): ImportBody | string {
	if (compiled.Check(body)) return body;
	const error = compiled.Errors(body).First();
	return `${error?.path.slice(1).replaceAll('/', '.') ?? ''} ${error?.message ?? ''}`.trim();
}

/** A contact of a request, with what is looked at of it. */
export interface ReadContact {
	readonly sent: SentContact;
	/** By the names of `contactFields`; of several channels of a type the first. '' says nothing. */
	readonly values: Readonly<Partial<Record<string, string>>>;
	/** What it is looked for by `dedupeOn`, as it was sent; undefined where it has none. */
	readonly dedupeValue: string | undefined;
}

export function readContact(
	sent: SentContact,
	body: Pick<ImportBody, 'dedupeOn' | 'fieldId'>,
): ReadContact {
	const values = valuesOf(sent);
	return { sent, values, dedupeValue: dedupeValueOf(sent, values, body) };
}

const OWN_FIELDS = [
	'firstName',
	'lastName',
	'contactKey',
	'externalCustomerId',
	'languageCode',
	'timeZone',
] as const;
const ADDRESS_FIELDS = ['region', 'town', 'address', 'postcode'] as const;

export function valuesOf(contact: SentContact): Partial<Record<string, string>> {
	const values: Partial<Record<string, string>> = {};
	const set = (name: string, value: string | null | undefined) => {
		if (value && values[name] === undefined) values[name] = value;
	};
	for (const name of OWN_FIELDS) set(name, contact[name]);
	for (const name of ADDRESS_FIELDS) set(name, contact.address?.[name]);
	for (const { type, value } of contact.channels ?? []) set(type, value);
	return values;
}

function dedupeValueOf(
	{ id, fields }: SentContact,
	values: ReadContact['values'],
	{ dedupeOn, fieldId }: Pick<ImportBody, 'dedupeOn' | 'fieldId'>,
): string | undefined {
	switch (dedupeOn) {
		case 'email':
		case 'sms':
		case 'externalCustomerId':
			return values[dedupeOn];
		case 'email_or_sms':
			return values.email ?? values.sms;
		case 'push':
			return values.mobilepush ?? values.webpush;
		case 'id':
			return id === undefined || id === null ? undefined : String(id);
		case 'fieldId': {
			const value = fields?.find((field) => field.id === fieldId)?.value;
			return typeof value === 'string' && value !== '' ? value : undefined;
		}
	}
}
