import type { Authentication } from '../../../../api/answer';
import type { Client } from '../../../../api/client';
import { deliverThrough, noteText } from '../../../../delivery/deliver';
import type { Outcome } from '../../../../delivery/outcome';
import { Traffic } from '../../../../delivery/traffic';
import type { Delivered, Delivering } from '../../../../n8n/runItems';
import type { ItemOutcome } from '../../../../report/outcomeItems';
import { requestProblem, type RequestTerms } from '../../../../requests/requestWords';
import { comparable, type ContactIds } from './answers';
import type { Column } from '../reading/columns';
import { isFilled, type Values } from './contactText';
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
import { judgeImport, type ImportFault, type ImportReceipt } from './judgement';
import type { Named } from './matching';
import { waitForSessions, type SessionEnd } from './sessions';

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
	const names = contacts.map(({ values }) => namesOf(values));
	const isAlone = aloneAmong(names.flatMap(({ externalCustomerId }) => externalCustomerId ?? []));
	const startsWorkflows = settings.eventKeyForNewContacts !== '';
	try {
		const report = await deliverThrough<ImportFault, ImportReceipt>(
			traffic,
			{
				records: contacts.length,
				batchKey: (position) => sets[order[position]],
				send: async (positions) => {
					const indexes = positions.map((position) => order[position]);
					const answer = await client({
						method: 'POST',
						path: CONTACTS_PATH,
						body: body(
							indexes.map((index) => contacts[index].values),
							sets[indexes[0]],
						),
					});
					const verdict = judgeImport(
						answer,
						indexes.map((index) => names[index]),
					);
					if (verdict.kind === 'judged') progress(indexes.length);
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
		const outcomes = new Array<ItemOutcome>(contacts.length);
		report.outcomes.forEach((outcome, position) => {
			const index = order[position];
			outcomes[index] = finalOutcome(
				outcome,
				names[index],
				ends,
				settings,
				authentication,
				isAlone,
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
	const sessions = new Set<string>();
	for (const outcome of outcomes) {
		if (outcome.status !== 'accepted') continue;
		const session = outcome.receipt?.session;
		if (session !== undefined) sessions.add(session);
	}
	return [...sessions];
}

function finalOutcome(
	outcome: Outcome<ImportReceipt>,
	contact: Named,
	ends: ReadonlyMap<string, SessionEnd>,
	{ maxWaitMs }: ImportSettings,
	authentication: Authentication,
	isAlone: (externalCustomerId: string) => boolean,
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
			const contactId = contactIdOf(contact, end.mapping, isAlone);
			if (contactId !== undefined) {
				return { status: 'imported', request, given: { contactId, session } };
			}
			const description = end.kind === 'failed' ? end.description : undefined;
			return { status: 'unconfirmed', request, given, problem: notConfirmed(description, said) };
		}
	}
}

/**
 * eSputnik names a contact by what it found it by: its external id where that won, else a channel (contract).
 *
 * @param isAlone whether no other external id of the run is the same but for the case
 */
function contactIdOf(
	{ externalCustomerId, email, phone, id }: Named,
	{ asWritten, comparable: known }: ContactIds,
	isAlone: (externalCustomerId: string) => boolean,
): string | undefined {
	if (externalCustomerId !== undefined) {
		const contactId =
			asWritten.get(externalCustomerId) ??
			(isAlone(externalCustomerId) ? known.get(comparable(externalCustomerId)) : undefined);
		if (contactId !== undefined) return contactId;
	}
	for (const value of [email, phone, id]) {
		const contactId = value === undefined ? undefined : known.get(comparable(value));
		if (contactId !== undefined) return contactId;
	}
	return undefined;
}

/** Tells external ids that no other has in the form of {@link comparable}. */
function aloneAmong(externalIds: Iterable<string>): (externalCustomerId: string) => boolean {
	const seen = new Map<string, string | undefined>();
	for (const id of externalIds) {
		const form = comparable(id);
		seen.set(form, seen.has(form) && seen.get(form) !== id ? undefined : id);
	}
	return (id) => seen.get(comparable(id)) === id;
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
