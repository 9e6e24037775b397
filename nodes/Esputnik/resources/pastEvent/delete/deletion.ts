import type { Authentication, HttpAnswer, StatusAnswer } from '../../../api/answer';
import type { Client } from '../../../api/client';
import { DELETE_REQUESTS_PER_SECOND, SUPPORT_EMAIL } from '../../../contract';
import { deliver, noteText, type Clock } from '../../../delivery/deliver';
import type { DeliverySettings } from '../../../delivery/settings';
import type { Verdict, Words } from '../../../delivery/verdict';
import { maxRetries } from '../../../n8n/sharedSettings';
import type { Problem } from '../../../problem';
import type { ItemOutcome } from '../../../report/outcomeItems';
import {
	isPageOfAnother,
	isTaken,
	verdictOnFault,
	type RequestFault,
} from '../../../requests/requestFault';
import {
	deliveryWords,
	problem,
	requestProblem,
	type RequestTerms,
} from '../../../requests/requestWords';
import { deletionBody, pastEventsPath } from '../pastEvents';
import type { DeletionRange } from './deletionRange';

/**
 * One after another, and none after one that was not taken. A deletion cannot be undone, so an uncertain one is never repeated. What no
 * option changes is the default of the other operations.
 */
const SETTINGS: DeliverySettings = {
	batchSize: 1,
	parallelRequests: 1,
	requestsPerSecond: DELETE_REQUESTS_PER_SECOND,
	maxRetries: maxRetries.read({}),
	onUncertain: 'report',
	stopOnProblem: true,
	giveUpAfter: 1,
};

/**
 * Sends deletions, each once, in their order. Never throws.
 *
 * @param log told what happens, a line each: no payload and no secret
 * @returns what became of each; `deleted` means that eSputnik took the request
 */
export async function deliverDeletions(
	ranges: readonly DeletionRange[],
	client: Client,
	authentication: Authentication,
	log: (line: string) => void,
	clock: Clock,
	signal?: AbortSignal,
): Promise<{ outcomes: ItemOutcome[]; requests: number; retries: number }> {
	const path = pastEventsPath('v1');
	const report = await deliver(
		{
			records: ranges.length,
			send: async ([position]) =>
				judgeDeletion(
					await client({ method: 'DELETE', path, body: deletionBody(ranges[position]) }),
				),
			words: deletionWords(authentication),
			observe: (note) => log(noteText(note)),
		},
		SETTINGS,
		clock,
		signal,
	);
	const outcomes = report.outcomes.map(
		(outcome): ItemOutcome => (outcome.status === 'accepted' ? { status: 'deleted' } : outcome),
	);
	return { ...report, outcomes };
}

/**
 * Statuses that refuse this deletion, although no other kind of request is refused by them for a reason of its own. With a web page they
 * refuse all.
 */
const REFUSE_DELETION: ReadonlySet<number> = new Set([402, 403, 404, 405, 415, 451]);

function judgeDeletion(answer: HttpAnswer): Verdict<RequestFault> {
	if (isTaken(answer)) return { kind: 'judged', records: [{ kind: 'accepted' }] };
	const isRefused =
		answer.kind === 'status' && REFUSE_DELETION.has(answer.status) && !isPageOfAnother(answer);
	return isRefused
		? { kind: 'refused', fault: answer, cause: String(answer.status) }
		: verdictOnFault(answer);
}

/** What can go wrong with a deletion, in words. @param authentication what the credential of the run holds */
export function deletionWords(authentication: Authentication): Words<RequestFault> {
	const terms: RequestTerms = {
		authentication,
		one: 'deletion',
		many: 'deletions',
		right: 'delete events',
		access: 'events',
		api: 'past events API',
		lookFirst:
			'The deletion may or may not have happened, and it is not repeated: look in eSputnik first.',
		ifSlow: '',
		ifCrowded: '',
		ifMissing: IF_NOT_ENABLED,
	};
	const words = deliveryWords<RequestFault>(terms, (fault) =>
		fault.kind === 'status' && refusesDeletion(fault)
			? problem(
					fault.status === 403 ? 'FORBIDDEN' : 'REQUEST_REJECTED',
					'eSputnik refused the deletion',
					fault.text,
					IF_NOT_ENABLED,
				)
			: requestProblem(fault, terms),
	);
	return (fault) =>
		fault.kind === 'stopped' || fault.kind === 'gaveUp' ? AFTER_ANOTHER : words(fault);
}

/** Statuses 4xx with a cause of their own; 404 and 405 may mean an account without deletion, or an address without the API. */
const OTHER_CAUSES: ReadonlySet<number> = new Set([
	401, 402, 404, 405, 407, 408, 413, 415, 429, 451,
]);

/** What eSputnik answers to an account without deletion is not documented: 403 or another 4xx. */
function refusesDeletion(answer: StatusAnswer): boolean {
	const { status } = answer;
	const isRefusal = status >= 400 && status <= 499 && !OTHER_CAUSES.has(status);
	return isRefusal && !isPageOfAnother(answer);
}

const IF_NOT_ENABLED = `If deletion has not been enabled for your account, write to ${SUPPORT_EMAIL}.`;

const AFTER_ANOTHER: Problem = {
	reason: 'STOPPED',
	what: 'This range was not sent, because the deletion before it was refused or is uncertain',
	advice: 'Look at that one first, then run this item again.',
};
