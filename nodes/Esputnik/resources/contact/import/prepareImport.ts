import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { createClient, type Account, type Client } from '../../../api/client';
import { isRecord } from '../../../api/json';
import { eventTypeKeyProblem } from '../../../events/eventTypeKey';
import { createFieldReaders } from '../../../fields/fieldReader';
import { itemUnreadable } from '../../../fields/words';
import { readAccount } from '../../../n8n/account';
import { settingThatDiffers } from '../../../n8n/rawParameters';
import { agentToolProblem, repeatProblem, type SecondRun } from '../../../n8n/runGuards';
import { readBinaryMode } from '../../../n8n/setting';
import { authentication } from '../../../n8n/sharedSettings';
import type { ItemRun, MappedRun } from '../../../n8n/runItems';
import { isProblem, type Problem } from '../../../problem';
import { dryRunSummary, SHOWN_REQUESTS } from '../../../report/summary';
import {
	additionalFieldsIn,
	ADDRESS_BOOKS_PATH,
	type AdditionalField,
} from './reading/additionalFields';
import { columnsOfRun, type ColumnSource } from './reading/columnsOfRun';
import type { NameKind } from './sending/answers';
import type { Values } from './sending/apiContact';
import { distinctContacts, type ContactToSend, type DistinctContacts } from './reading/duplicates';
import {
	canBeEmptied,
	createFieldSets,
	DEDUPE_COLUMNS,
	type FieldSet,
	type FieldSets,
} from './sending/fieldSets';
import { CONTACTS_PATH, importBodies } from './sending/importBody';
import { importContacts, nameReader } from './sending/importContacts';
import { importOptions, importParameters } from './importFields';
import { importHints } from './importHints';
import { readImportSettings, type ImportSettings } from './importSettings';
import { duplicate } from './sending/importWords';
import type { Named } from './sending/matching';
import { createContactReader } from './reading/readContacts';

/** One item as a contact, as far as it could be read. */
export class MappedContact {
	constructor(
		readonly values: Values,
		readonly problem: Problem | undefined,
		private readonly namesOf: (values: Values) => Named,
	) {}

	get names(): Named {
		return this.namesOf(this.values);
	}
}

/** The words of answers about contacts: one of them stays as it is even where a key is that word. */
const IMPORT_WORDS: ReadonlySet<string> = new Set([
	'asyncSessionId',
	'failedContacts',
	'errorMessage',
	'status',
	'STARTED',
	'IMPORTING',
	'FINISHED',
	'ERROR',
	'mapping',
	'dedupeValue',
	'contactId',
]);

/**
 * Reads and checks what concerns the whole run.
 *
 * @throws {ConfigurationError} and whatever n8n throws where a parameter or the credential cannot be read
 */
export async function prepareImport(
	context: IExecuteFunctions,
): Promise<ItemRun<MappedContact, Values> | Problem> {
	const settings = readImportSettings(context);
	const refusal = refusalOf(context, settings);
	if (refusal !== undefined) return refusal;
	const differing = await settingThatDiffers(
		context,
		{
			parameters: [authentication, ...Object.values(importParameters)],
			options: Object.values(importOptions),
		},
		context.getExecutionCancelSignal(),
	);
	if (differing !== undefined) return differing;
	const wrongKey = newContactsKeyProblem(settings);
	if (wrongKey !== undefined) return wrongKey;
	const account = await readAccount(context);
	if (account.authentication === 'apiToken') return TOKEN_SERVES_EVENTS;

	const { timeoutMs, dryRun } = settings;
	const client = createClient(context, { account, timeoutMs, spared: IMPORT_WORDS });
	const additionalFields =
		dryRun || !namesAdditionalFields(settings) ? [] : await readAdditionalFields(client);
	const readers = createFieldReaders(
		(expression, item) => context.evaluateExpression(expression, item),
		readBinaryMode(context),
	);
	const source = columnsOfRun(settings, additionalFields, readers);
	if (isProblem(source)) return source;
	const reader = createContactReader(source, { ...settings, additionalFields });
	const sets = createFieldSets(source.columns, settings.dedupeOn, settings.clearEmptyFields);

	const namesOf = nameReader(source.columns);
	const read = (json: IDataObject): MappedContact => {
		const { values, problem } = reader.read(json);
		if (problem === undefined) sets.of(values).contacts++;
		return new MappedContact(values, problem, namesOf);
	};
	let last: { readonly records: readonly Values[]; readonly found: DistinctContacts } | undefined;
	const contactsOf = ({ records }: MappedRun<MappedContact, Values>): DistinctContacts => {
		if (last?.records !== records) {
			last = { records, found: distinctOf(records, source, settings) };
		}
		return last.found;
	};

	return {
		map(json, item) {
			readers.start(item);
			try {
				return read(json);
			} catch (error) {
				return new MappedContact([], itemUnreadable(error), namesOf);
			}
		},
		recordOf: ({ values }) => values,
		compare: (run) => duplicatesIn(run, contactsOf(run)),
		hints: () =>
			importHints({
				sets: sets.all(),
				changedPhones: reader.changedPhones(),
				evaluated: readers.evaluated(),
			}),
		onlyOnce: settings.eventKeyForNewContacts === '' ? undefined : SECOND_RUN,
		show: dryRun
			? (run) => shownRequests(run, contactsOf(run).contacts, { settings, account, source, sets })
			: undefined,
		async deliver(run, how) {
			const { contacts } = contactsOf(run);
			const delivered = await importContacts(
				{
					contacts,
					setOf: ({ values }) => sets.of(values),
					columns: source.columns,
					settings,
					authentication: account.authentication,
				},
				client,
				how,
			);
			const outcomes = new Array<(typeof delivered.outcomes)[number]>(run.records.length);
			contacts.forEach(({ items }, contact) => {
				for (const record of items) outcomes[record] = delivered.outcomes[contact];
			});
			return { ...delivered, outcomes };
		},
	};
}

const TOKEN_SERVES_EVENTS: Problem = {
	reason: 'CONFIGURATION',
	what: 'An API token serves events only, and contacts are imported here',
	advice: 'Choose a credential with an API key that may add and update contacts, or OAuth2.',
};

const SECOND_RUN: SecondRun = {
	harm: "with 'Event for New Contacts' it could start the workflows of that event a second time",
	insteadOfRetryOnFail: "The node repeats failed requests by itself: see 'Max Retries'.",
	insteadOfRetry: "Run the workflow anew, without 'Event for New Contacts'.",
	allowRetry: false,
};

/** The same contacts may come again without harm, unless each new one starts workflows. */
function refusalOf(
	context: IExecuteFunctions,
	{ eventKeyForNewContacts, dryRun, contact }: ImportSettings,
): Problem | undefined {
	const startsWorkflows = eventKeyForNewContacts !== '' && !dryRun;
	const repeat = startsWorkflows ? repeatProblem(context, SECOND_RUN) : undefined;
	const isAutomatic = isRecord(contact.raw) && contact.raw.mappingMode === 'autoMapInputData';
	if (repeat !== undefined || !isAutomatic) return repeat;
	return agentToolProblem(
		context,
		'An AI agent may not send every field: the columns are mapped automatically',
		'Map each column, or use JSON.',
	);
}

function newContactsKeyProblem({
	eventKeyForNewContacts,
	validation,
}: ImportSettings): Problem | undefined {
	const { displayName } = importOptions.eventKeyForNewContacts.field;
	return validation === 'strict'
		? eventTypeKeyProblem(eventKeyForNewContacts, `'${displayName}'`)
		: undefined;
}

function namesAdditionalFields({ contact, validation }: ImportSettings): boolean {
	const isAutomatic = isRecord(contact.raw) && contact.raw.mappingMode === 'autoMapInputData';
	return isAutomatic || (validation === 'strict' && JSON.stringify(contact.raw).includes('field:'));
}

/** The account's additional fields; none where the list cannot be had: then their values are eSputnik's to judge. */
async function readAdditionalFields(client: Client): Promise<AdditionalField[]> {
	const answer = await client({ method: 'GET', path: ADDRESS_BOOKS_PATH });
	return answer.kind === 'status' && answer.status === 200 ? additionalFieldsIn(answer.json) : [];
}

/** The contacts of a run, each once; `items` are positions among its records. */
function distinctOf(
	records: readonly Values[],
	{ columns }: ColumnSource,
	{ dedupeOn, clearEmptyFields }: ImportSettings,
): DistinctContacts {
	// An external id is searched first, whatever `dedupeOn` says (contract).
	const kinds = new Set<NameKind>(['externalCustomerId', ...DEDUPE_COLUMNS[dedupeOn]]);
	const identity = [...kinds]
		.map((kind) => ({ kind, place: columns.findIndex((column) => column.id === kind) }))
		.filter(({ place }) => place >= 0);
	const isEmptied = (place: number) => clearEmptyFields && canBeEmptied(columns[place]);
	return distinctContacts(records, identity, isEmptied);
}

function duplicatesIn(
	run: MappedRun<MappedContact, Values>,
	{ superseded }: DistinctContacts,
): ReadonlyMap<number, Problem> {
	const problems = new Map<number, Problem>();
	for (const [record, later] of superseded) {
		const item = run.itemOf[record];
		const { externalCustomerId, email, phone, id } = run.mapped[item].names;
		const name = externalCustomerId ?? email ?? phone ?? id ?? '';
		problems.set(item, duplicate(name, run.itemOf[later]));
	}
	return problems;
}

/** What a dry run shows: the first three requests, and one summary with the counts. Nothing is sent. */
function shownRequests(
	run: MappedRun<MappedContact, Values>,
	contacts: readonly ContactToSend[],
	{
		settings,
		account,
		source,
		sets,
	}: {
		readonly settings: ImportSettings;
		readonly account: Account;
		readonly source: ColumnSource;
		readonly sets: FieldSets;
	},
): INodeExecutionData[] {
	const bodyOf = importBodies(source.columns, settings);
	const shown: INodeExecutionData[] = [];
	const bySet = new Map<FieldSet, ContactToSend[]>();
	for (const contact of contacts) {
		const set = sets.of(contact.values);
		const together = bySet.get(set);
		if (together === undefined) bySet.set(set, [contact]);
		else together.push(contact);
	}
	let requests = 0;
	for (const [set, together] of bySet) {
		requests += Math.ceil(together.length / settings.batchSize);
		for (let start = 0; start < together.length; start += settings.batchSize) {
			if (shown.length === SHOWN_REQUESTS) break;
			const batch = together.slice(start, start + settings.batchSize);
			const body: unknown = JSON.parse(
				bodyOf(
					batch.map(({ values }) => values),
					set,
				).toString(),
			);
			shown.push({
				json: {
					method: 'POST',
					url: `${account.baseUrl}${CONTACTS_PATH}`,
					contacts: batch.length,
					body: isRecord(body) ? body : {},
				},
				pairedItem: batch.flatMap(({ items }) =>
					items.map((record) => ({ item: run.itemOf[record] })),
				),
			});
		}
	}
	const summary = dryRunSummary({
		total: run.mapped.length,
		wouldBeSent: contacts.length,
		requests,
		rejected: run.rejected,
	});
	return [...shown, summary];
}
