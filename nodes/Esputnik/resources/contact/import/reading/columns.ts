/** A column of *Import Contacts*: what the user maps, and where it stands in a contact of the API. */
export interface Column {
	/** As saved in workflows: `email`, `field:15867`. */
	readonly id: string;
	/** In the panel. */
	readonly label: string;
	/** Its value of `contactFields`; an additional field and the contact's own id have none. */
	readonly contactField?: string;
	/** The id of an additional field of the account, for `customFieldsIDs`. */
	readonly fieldId?: number;
	/** Names by which *Map Automatically* finds the item's field besides the column's own, in the form of {@link nameKey}. */
	readonly otherNames: readonly string[];
}

/** Contract: a contact's own fields, with their values of `contactFields`. */
export const FIXED_COLUMNS: readonly Column[] = [
	{
		id: 'email',
		label: 'Email',
		contactField: 'email',
		otherNames: ['emailaddress', 'useremail', 'contactemail', 'mail'],
	},
	{
		id: 'phone',
		label: 'Phone',
		contactField: 'sms',
		otherNames: ['phonenumber', 'sms', 'mobile', 'mobilephone', 'telephone', 'tel', 'cellphone'],
	},
	{
		id: 'externalCustomerId',
		label: 'External Customer ID',
		contactField: 'externalCustomerId',
		otherNames: ['externalid'],
	},
	{ id: 'id', label: 'Contact ID', otherNames: ['contactid'] },
	{
		id: 'firstName',
		label: 'First Name',
		contactField: 'firstName',
		otherNames: ['givenname'],
	},
	{
		id: 'lastName',
		label: 'Last Name',
		contactField: 'lastName',
		otherNames: ['surname', 'familyname'],
	},
	{
		id: 'languageCode',
		label: 'Language Code',
		contactField: 'languageCode',
		otherNames: ['language', 'lang'],
	},
	{ id: 'timeZone', label: 'Time Zone', contactField: 'timeZone', otherNames: ['tz'] },
	{
		id: 'region',
		label: 'Region',
		contactField: 'region',
		otherNames: ['state', 'province'],
	},
	{ id: 'town', label: 'Town', contactField: 'town', otherNames: ['city'] },
	{
		id: 'address',
		label: 'Address',
		contactField: 'address',
		otherNames: ['street', 'address1', 'addressline1', 'streetaddress'],
	},
	{
		id: 'postcode',
		label: 'Postcode',
		contactField: 'postcode',
		otherNames: ['zip', 'zipcode', 'postalcode'],
	},
];

const ADDITIONAL = /^field:([1-9]\d{0,15})$/;

/**
 * The column of an id as saved.
 *
 * @param label of an additional field, where the account's list is known
 * @returns undefined where there is no such column
 */
export function columnOf(id: string, label = id): Column | undefined {
	const fixed = FIXED_COLUMNS.find((column) => column.id === id);
	if (fixed !== undefined) return fixed;
	const fieldId = ADDITIONAL.exec(id)?.[1];
	if (fieldId === undefined) return undefined;
	return { id, label, fieldId: Number(fieldId), otherNames: label === id ? [] : [nameKey(label)] };
}

/** A name as names are compared: `Phone Number`, `phone_number` and `phoneNumber` are one. */
export function nameKey(name: string): string {
	return name.toLowerCase().replace(/[\s_-]+/g, '');
}
