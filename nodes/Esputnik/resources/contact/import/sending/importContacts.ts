import type { Authentication } from '../../../../api/answer';
import type { Client } from '../../../../api/client';
import { deliverThrough, noteText } from '../../../../delivery/deliver';
import type { Outcome } from '../../../../delivery/outcome';
import { Traffic } from '../../../../delivery/traffic';
import type { Delivered, Delivering } from '../../../../n8n/runItems';
import { formatCount, formatNumberOf } from '../../../../report/format';
import type { ItemOutcome } from '../../../../report/outcomeItems';
import { requestProblem, type RequestTerms } from '../../../../requests/requestWords';
import type { Column } from '../reading/columns';
import { isFilled, type Values } from './apiContact';
import type { ContactToSend } from '../reading/duplicates';
import type { FieldSet } from './fieldSets';
import { importBodies, CONTACTS_PATH } from './importBody';
import type { ImportSettings } from '../importSettings';
import {
	cannotAsk,
	importWords,
	notConfirmed,
	saidOfImport,
	waitEnded,
	withoutSession,
} from './importWords';
import { importedIn, type Imported } from './imported';
import { judgeImport, type ImportFault, type ImportReceipt } from './judgement';
import type { Named } from './matching';
import { waitForSessions, type SessionEnd } from './sessions';

/** As many sessions are named in the log. */
const MOST_NAMED = 50;

/** Contacts that were read and checked, and how they are to be sent. */
export interface ContactsConsignment {
	readonly contacts: readonly ContactToSend[];
	/** The fields of each contact. */
	readonly setOf: (contact: ContactToSend) => FieldSet;
	readonly columns: readonly Column[];
	readonly settings: ImportSettings;
	readonly authentication: Authentication;
}

/**
 * Imports contacts, those with the same fields together, and waits until eSputnik has finished where that is wanted. Never throws.
 *
 * @returns one outcome for each contact, in their order
 */
export async function importContacts(
	{ contacts, setOf, columns, settings, authentication }: ContactsConsignment,
	client: Client,
	{ stopOnProblem, clock, signal, log, progress }: Delivering,
): Promise<Delivered> {
	const traffic = new Traffic(clock, settings.requestsPerSecond, signal);
	const body = importBodies(columns, settings);
	const sets = contacts.map(setOf);
	const order = inOrderOfSets(sets);
	const namesOf = nameReader(columns);
	const nameAt = (position: number) => namesOf(contacts[order[position]].values);
	const startsWorkflows = settings.eventKeyForNewContacts !== '';
	try {
		const report = await deliverThrough<ImportFault, ImportReceipt>(
			traffic,
			{
				records: contacts.length,
				batchKey: (position) => sets[order[position]],
				send: async (positions) => {
					const sent = positions.map((position) => contacts[order[position]].values);
					const answer = await client({
						method: 'POST',
						path: CONTACTS_PATH,
						body: body(sent, sets[order[positions[0]]]),
					});
					const verdict = judgeImport(answer, sent.length, (at) => namesOf(sent[at]));
					if (verdict.kind === 'judged') progress(sent.length);
					return verdict;
				},
				words: importWords(authentication, startsWorkflows),
				observe: (note) => log(noteText(note, 'contacts')),
			},
			{
				batchSize: settings.batchSize,
				parallelRequests: 1,
				requestsPerSecond: settings.requestsPerSecond,
				maxRetries: settings.maxRetries,
				// An import is an upsert: the same again changes nothing, unless new contacts make an event.
				onUncertain: startsWorkflows ? 'report' : 'resend',
				stopOnProblem,
			},
		);
		const sessions = distinctSessions(report.outcomes);
		const ends = await waitForSessions(sessions, client, traffic, settings.maxWaitMs);
		if (settings.maxWaitMs > 0 || traffic.cancelled) tellOfOpen(sessions, ends, log);
		const named = namedContacts(report.outcomes, ends, nameAt);
		const outcomes = new Array<ItemOutcome>(contacts.length);
		report.outcomes.forEach((outcome, position) => {
			outcomes[order[position]] = finalOutcome(
				outcome,
				(session) => named.get(session)?.(nameAt(position)),
				ends,
				settings,
				authentication,
			);
		});
		return { outcomes, requests: report.requests, retries: report.retries };
	} finally {
		traffic.close();
	}
}

/** The indexes of contacts, those of a set one after another. */
function inOrderOfSets(sets: readonly FieldSet[]): number[] {
	const bySet = new Map<FieldSet, number[]>();
	sets.forEach((set, index) => {
		const indexes = bySet.get(set);
		if (indexes === undefined) bySet.set(set, [index]);
		else indexes.push(index);
	});
	return [...bySet.values()].flat();
}

/** Reads by what eSputnik may name a contact. @param columns of the run; those that come later are additional fields */
export function nameReader(columns: readonly Column[]): (values: Values) => Named {
	const place = (id: string) => columns.findIndex((column) => column.id === id);
	const [email, phone, externalCustomerId, id] = [
		place('email'),
		place('phone'),
		place('externalCustomerId'),
		place('id'),
	];
	return (values) => ({
		email: filledAt(values, email),
		phone: filledAt(values, phone),
		externalCustomerId: filledAt(values, externalCustomerId),
		id: filledAt(values, id),
	});
}

function filledAt(values: Values, place: number): string | undefined {
	const value = values[place];
	return isFilled(value) ? value : undefined;
}

function distinctSessions(outcomes: ReadonlyArray<Outcome<ImportReceipt>>): string[] {
	return [...new Set(outcomes.flatMap((outcome) => sessionOf(outcome) ?? []))];
}

function sessionOf(outcome: Outcome<ImportReceipt>): string | undefined {
	return outcome.status === 'accepted' ? outcome.receipt?.session : undefined;
}

/** n8n throws away the outcomes of a stopped execution, so the log alone says where to look. */
function tellOfOpen(
	sessions: readonly string[],
	ends: ReadonlyMap<string, SessionEnd>,
	log: (line: string) => void,
): void {
	const open = sessions.filter((session) => {
		const kind = ends.get(session)?.kind;
		return kind !== 'finished' && kind !== 'failed';
	});
	if (open.length === 0) return;
	const named = open.slice(0, MOST_NAMED).join(', ');
	const more =
		open.length > MOST_NAMED ? ` … and ${formatCount(open.length - MOST_NAMED)} more` : '';
	log(
		`eSputnik: ${formatNumberOf(open.length, 'import')} not seen to its end, session ${named}${more}; eSputnik goes on with what it took`,
	);
}

/** For each import that ended: tells whether eSputnik names a contact of it. */
function namedContacts(
	outcomes: ReadonlyArray<Outcome<ImportReceipt>>,
	ends: ReadonlyMap<string, SessionEnd>,
	nameAt: (position: number) => Named,
): ReadonlyMap<string, ReturnType<typeof importedIn>> {
	const contacts = new Map<string, Named[]>();
	outcomes.forEach((outcome, position) => {
		const session = sessionOf(outcome);
		if (session === undefined) return;
		const known = contacts.get(session);
		if (known === undefined) contacts.set(session, [nameAt(position)]);
		else known.push(nameAt(position));
	});
	const named = new Map<string, ReturnType<typeof importedIn>>();
	for (const [session, end] of ends) {
		if ('mapping' in end) named.set(session, importedIn(end.mapping, contacts.get(session) ?? []));
	}
	return named;
}

function finalOutcome(
	outcome: Outcome<ImportReceipt>,
	named: (session: string) => Imported | undefined,
	ends: ReadonlyMap<string, SessionEnd>,
	{ maxWaitMs }: ImportSettings,
	authentication: Authentication,
): ItemOutcome {
	if (outcome.status !== 'accepted') return outcome;
	const { request, receipt } = outcome;
	const { session, said = '' } = receipt ?? {};
	if (session === undefined) {
		return { status: 'unconfirmed', request, problem: withoutSession(said) };
	}
	const given = { session };
	if (maxWaitMs === 0) return { status: 'queued', request, given, note: saidOfImport(said) };
	const end = ends.get(session) ?? { kind: 'stillWorking' };
	switch (end.kind) {
		case 'stillWorking':
			return { status: 'queued', request, given, note: waitEnded(maxWaitMs) };
		case 'cannotAsk': {
			const note = cannotAsk(requestProblem(end.fault, askingTerms(authentication)));
			return { status: 'queued', request, given, note };
		}
		case 'finished':
		case 'failed': {
			const known = named(session);
			if (known !== undefined) {
				return { status: 'imported', request, given: { ...known, session } };
			}
			const description = end.kind === 'failed' ? end.description : undefined;
			return { status: 'unconfirmed', request, given, problem: notConfirmed(description, said) };
		}
	}
}

/** For the question how an import stands. */
function askingTerms(authentication: Authentication): RequestTerms {
	return {
		authentication,
		one: 'contact',
		many: 'contacts',
		right: 'read the state of an import',
		access: 'contacts',
		api: 'state of imports',
		lookFirst: '',
		ifSlow: '',
		ifCrowded: '',
	};
}
