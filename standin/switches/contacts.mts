import { choice, count, flag, httpStatus, list, text, texts } from './kinds.mts';

/** POST contacts: who may, and what is taken. Texts match a contact of which any value contains them. */
export const contacts = {
	contactsForbiddenStatus: httpStatus(
		403,
		'What a credential without the right to contacts gets for contacts, importstatus and groups.',
	),
	oauthContacts: flag(true, 'Whether the OAuth app has the scope of contacts.'),
	contactsPerSecond: count(
		0,
		'Requests a second to POST contacts, in the place of the shared limit. 0: the shared limit.',
	),
	tooManyContacts: choice(
		['request', 'failed', 'cut'],
		'More than 3,000 contacts: 400, or the surplus stands in failedContacts, or is left out without a word.',
	),
	contactWithoutChannel: choice(
		['request', 'failed'],
		'A contact without a channel: 400 for the whole request, or it stands in failedContacts.',
	),
	nameLength: choice(
		['40', '60'],
		'How many characters firstName and lastName may have; a longer one fails the contact.',
	),
	externalIdWins: choice(
		['contact', 'request', 'never'],
		'Where dedupeOn is ignored because externalCustomerId is searched first: for the contacts that have one, for all of a request of which one has, or never.',
	),
	contactErrorFor: texts('Text → error: contacts that the text matches fail with it.'),
	contactsMissing: list(
		'Contacts that one of these texts matches are neither stored nor told of anywhere.',
	),
	deletedContacts: list(
		'Contacts that one of these texts matches count as deleted until one with restoreDeleted brings them back.',
	),
	deletedContact: choice(
		['silent', 'failed'],
		'A deleted contact without restoreDeleted: skipped without a word, or in failedContacts.',
	),
	duplicateImport: choice(
		['accept', 'refuse'],
		'The same body again within a minute: taken again, or 409 "Duplicated request".',
	),
};

/** The answer to POST contacts. */
export const importAnswer = {
	failedContacts: choice(
		['array', 'object'],
		'failedContacts: always a list, or the bare object where it is one.',
	),
	failedContactChannels: choice(
		['sent', 'normalized'],
		'The channels of a failed contact: as they were sent, or in lower case and digits only.',
	),
	failedContactExternalId: flag(
		false,
		'Whether a failed contact brings its externalCustomerId, which the schema does not have.',
	),
	allFailedSession: choice(
		['present', 'absent'],
		'Whether there is a session where every contact failed.',
	),
	importErrorMessage: text('', 'errorMessage of the answer, as of a full account. Empty: none.'),
	importErrorMessagePlace: choice(
		['beside', 'instead'],
		'errorMessage stands beside the session, or instead of it, and nothing is stored.',
	),
	importAnswerId: flag(false, 'Whether the answer also has "id": 0.'),
};

/** GET importstatus. */
export const importStatus = {
	importMs: count(
		500,
		'Milliseconds from POST contacts to the end of its session; contacts are stored at its end.',
	),
	importUneven: flag(
		false,
		'Every other import, from the first on, takes twice as long, so that requests are processed in another order.',
	),
	importEnd: choice(
		['FINISHED', 'ERROR', 'never'],
		'How sessions end; "never" stay IMPORTING, and nothing is stored.',
	),
	importErrorStores: choice(
		['nothing', 'part'],
		'What a session that ends in ERROR has stored: nothing, or the first half.',
	),
	importWord: text('', 'The word of a session under way. Empty: STARTED, then IMPORTING.'),
	importWordCase: choice(['upper', 'lower'], 'The words of sessions in upper or lower case.'),
	importNotFoundMs: count(0, 'Milliseconds after POST contacts in which its session is not found.'),
	unknownSession: choice(
		['404', '400', '200'],
		'A session that is unknown or expired: 404, 400 with text, or 200 without a status.',
	),
	sessionLifetimeMs: count(
		0,
		'Milliseconds after its end in which a session is known. 0: for ever.',
	),
	mapping: choice(
		['all', 'cut', 'absent'],
		'mapping of a finished session: all stored contacts, the first half of them, or none at all.',
	),
	mappingForm: choice(
		['array', 'object'],
		'mapping: always a list, or the bare object where it is one.',
	),
	mappingDedupeValue: choice(
		['sent', 'normalized', 'externalId'],
		'dedupeValue: the value as it was sent; in lower case or digits only; the external id where that one found the contact.',
	),
	mappingContactId: choice(['number', 'text'], 'contactId: a number or text.'),
};

/** GET addressbooks and GET groups. */
export const contactLists = {
	addressBookForm: choice(
		['collapsed', 'arrays'],
		'addressbooks: lists of one are the bare element, or always lists.',
	),
	addressBookSize: choice(
		['several', 'one', 'none'],
		'How many additional fields the account has: one of each type in two groups, one, or none.',
	),
	addressBookScalars: choice(
		['json', 'text'],
		'Numbers and booleans of addressbooks as such, or as text.',
	),
	addressBookTypes: choice(['upper', 'lower'], 'The types of fields in upper or lower case.'),
	groupsForm: choice(['array', 'object'], 'groups: a list, or { "groups": [] }.'),
};
