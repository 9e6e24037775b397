import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { createClient, type Account } from '../../../api/client';
import { deletionBody, PAST_EVENT_WORDS, pastEventsPath, readDeletionAnswer } from '../pastEvents';
import { DELETE_REQUESTS_PER_SECOND } from '../../../contract';
import { deletionsOf, type Deletion } from './deletion';
import { deliverInTurn } from '../../../delivery/deliverInTurn';
import { noteText } from '../../../delivery/notes';
import { isProblem, type Problem } from '../../../problem';
import { deletionJson, deletionStoppedMessage } from '../../../report/deletions';
import { errorItem, outcomeItem } from '../../../report/outcomeItems';
import { deletionRefusedMessage, runRefusedMessage } from '../../../report/stopMessage';
import { systemClock } from '../../../n8n/clock';
import {
	distinctRanges,
	isRefused,
	readDeletionRequests,
	type DeletionRequest,
	type DistinctRange,
} from './deletionRequests';
import { readOnError, stopError, type OnError } from '../../../n8n/onError';
import type { Operation } from '../../../n8n/nodeTable';
import { deleteFields } from './deleteFields';
import { prepareDelete } from './prepareDelete';

const PATH = pastEventsPath('v1');

/** A time-out that no option changes: a deletion is one small request. */
const TIMEOUT_MS = 60_000;

const MAX_RETRIES = 5;

const OTHER_REFUSED: Problem = {
	reason: 'STOPPED',
	what: 'Another item was refused, so nothing was deleted',
	advice: 'Correct that item and run all of them again.',
};

export const deleteOperation: Operation = {
	value: 'delete',
	name: 'Delete Past Events',
	action: 'Delete past events',
	description: 'Delete every event that occurred in a range of time',
	hiddenFromAgents: true,
	fields: deleteFields,
	execute: deletePastEvents,
};

/**
 * Delete Past Events: checks the ranges of all items first, then sends each distinct range once, in input order; after a refusal or
 * an uncertain answer the rest are not sent.
 *
 * @throws {NodeOperationError} under *Stop Workflow* only, where not every deletion was taken
 */
async function deletePastEvents(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const onError = readOnError(context);

	const refuseAll = (problem: Problem, requests: readonly DeletionRequest[]) => {
		if (onError === 'stop') throw stopError(context, runRefusedMessage(problem));
		const all: Deletion[] = items.map(() => ({ status: 'notSent', problem }));
		return deletionOutput(items, requests, all, onError);
	};

	const prepared = await prepareDelete(context);
	if (isProblem(prepared)) return refuseAll(prepared, []);

	const signal = context.getExecutionCancelSignal();
	const requests = await readDeletionRequests(context, items, prepared.settings, signal);
	const refused = requests.flatMap((request, item) =>
		isRefused(request) ? [{ item, problem: request.problem }] : [],
	);
	const withoutZone = refused.find(({ problem }) => problem.reason === 'ACCOUNT_TIMEZONE_REQUIRED');
	if (withoutZone !== undefined) return refuseAll(withoutZone.problem, requests);
	if (refused.length > 0) {
		if (onError === 'stop') throw stopError(context, deletionRefusedMessage(refused, items.length));
		return deletionOutput(items, requests, refusedDeletions(requests), onError);
	}

	const ranges = distinctRanges(
		requests.flatMap((request) => (isRefused(request) ? [] : [request])),
	);
	if (prepared.settings.dryRun) return [ranges.map((range) => dryRunItem(range, prepared.account))];

	const deletions = await sendDeletions(context, prepared.account, ranges, items.length, signal);
	if (onError === 'stop' && deletions.some(({ status }) => status !== 'deleted')) {
		throw stopError(context, deletionStoppedMessage(deletions));
	}
	return deletionOutput(items, requests, deletions, onError);
}

function refusedDeletions(requests: readonly DeletionRequest[]): Deletion[] {
	return requests.map((request) =>
		isRefused(request)
			? { status: 'rejected', problem: request.problem }
			: { status: 'notSent', problem: OTHER_REFUSED },
	);
}

function dryRunItem({ range, items }: DistinctRange, { baseUrl }: Account): INodeExecutionData {
	return {
		json: {
			method: 'DELETE',
			url: `${baseUrl}${PATH}`,
			body: { from: range.from, to: range.to },
			items,
		},
		pairedItem: items.map((item) => ({ item })),
	};
}

async function sendDeletions(
	context: IExecuteFunctions,
	account: Account,
	ranges: readonly DistinctRange[],
	itemCount: number,
	signal: AbortSignal | undefined,
): Promise<Deletion[]> {
	const client = createClient(context, {
		account,
		timeoutMs: TIMEOUT_MS,
		spared: PAST_EVENT_WORDS,
	});
	const endings = await deliverInTurn(
		ranges.map(
			({ range }) =>
				async () =>
					readDeletionAnswer(
						await client({ method: 'DELETE', path: PATH, body: deletionBody(range) }),
						account.authentication,
					),
		),
		{ requestsPerSecond: DELETE_REQUESTS_PER_SECOND, maxRetries: MAX_RETRIES },
		systemClock(signal),
		signal,
		(note) => context.logger.info(noteText(note)),
	);
	const deletions = new Array<Deletion>(itemCount);
	const ofRanges = deletionsOf(endings, signal?.aborted ?? false);
	ranges.forEach(({ items }, index) => {
		for (const item of items) deletions[item] = ofRanges[index];
	});
	return deletions;
}

function deletionOutput(
	items: readonly INodeExecutionData[],
	requests: readonly DeletionRequest[],
	deletions: readonly Deletion[],
	onError: OnError,
): INodeExecutionData[][] {
	const leaving: INodeExecutionData[] = [];
	deletions.forEach((deletion, item) => {
		const json: IDataObject = deletionJson(deletion, requests[item] ?? {});
		const toErrorBranch = onError === 'errorOutput' && deletion.status !== 'deleted';
		leaving.push(toErrorBranch ? errorItem(json, item, items[item].json) : outcomeItem(json, item));
	});
	return [leaving];
}
