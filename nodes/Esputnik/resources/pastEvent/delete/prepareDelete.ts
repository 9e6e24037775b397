import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { createClient, type Account } from '../../../api/client';
import { readAccount } from '../../../n8n/account';
import { agentToolProblem, repeatProblem } from '../../../n8n/runGuards';
import type { Delivered, Delivering, ItemRun, MappedRun } from '../../../n8n/runItems';
import { settingThatDiffers } from '../../../n8n/sameForAll';
import { authentication } from '../../../n8n/sharedSettings';
import { isProblem, type Problem } from '../../../problem';
import type { ItemOutcome } from '../../../report/outcomeItems';
import { PAST_EVENT_WORDS, pastEventsPath } from '../pastEvents';
import { deleteOptions, deleteParameters } from './deleteFields';
import { readDeleteSettings } from './deleteSettings';
import { deliverDeletions } from './deletion';
import type { DeletionRange, RefusedRange } from './deletionRange';
import { describeDeletions } from './deletionReport';
import { distinctRanges, readRequest, type DistinctRange } from './deletionRequests';

const PATH = pastEventsPath('v1');

/** A time-out that no option changes: a deletion is one small request. */
const TIMEOUT_MS = 60_000;

/** The range that an item asks to delete, or why it may not be deleted. */
type MappedDeletion = RefusedRange | (DeletionRange & { readonly problem?: undefined });

/**
 * Reads and checks what concerns the whole run.
 *
 * @throws {ConfigurationError} and whatever n8n throws where a parameter or the credential cannot be read
 */
export async function prepareDelete(
	context: IExecuteFunctions,
): Promise<ItemRun<MappedDeletion, DeletionRange> | Problem> {
	const agent = agentToolProblem(
		context,
		'An AI agent may not delete past events',
		"Choose 'Send Past Events', or run the deletion as a node of the workflow.",
	);
	if (agent !== undefined) return agent;
	const differing = await settingThatDiffers(
		context,
		{
			parameters: [authentication, ...Object.values(deleteParameters)],
			options: Object.values(deleteOptions),
		},
		context.getExecutionCancelSignal(),
	);
	if (differing !== undefined) return differing;
	const settings = readDeleteSettings(context);
	if (isProblem(settings)) return settings;
	const repeat = settings.dryRun
		? undefined
		: repeatProblem(context, {
				harm: 'it would also delete what was imported into the range meanwhile',
				insteadOfRetryOnFail: 'The node repeats by itself what eSputnik certainly did not take.',
				insteadOfRetry:
					'Look in eSputnik what is left in the range, then run the workflow anew if need be.',
				allowRetry: false,
			});
	if (repeat !== undefined) return repeat;

	const account = await readAccount(context);
	const now = Date.now();
	return {
		map: (_, item) => readRequest(context, item, settings, now),
		recordOf: (mapped) => (mapped.problem === undefined ? mapped : undefined),
		fault: ({ refused }) =>
			refused.find(({ problem }) => problem.reason === 'ACCOUNT_TIMEZONE_REQUIRED')?.problem,
		show: settings.dryRun
			? (run) => distinctRanges(run).map((range) => shownRequest(range, account))
			: undefined,
		deliver: async (run, how) => await deleteRanges(context, account, run, how),
	};
}

function shownRequest({ range, items }: DistinctRange, { baseUrl }: Account): INodeExecutionData {
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

async function deleteRanges(
	context: IExecuteFunctions,
	account: Account,
	run: MappedRun<MappedDeletion, DeletionRange>,
	{ clock, signal, log }: Delivering,
): Promise<Delivered> {
	const client = createClient(context, {
		account,
		timeoutMs: TIMEOUT_MS,
		spared: PAST_EVENT_WORDS,
	});
	const distinct = distinctRanges(run);
	const ranges = distinct.map(({ range }) => range);
	const { authentication } = account;
	const report = await deliverDeletions(ranges, client, authentication, log, clock, signal);
	const deletions = report.outcomes;
	const ofItem = new Map<number, ItemOutcome>();
	distinct.forEach(({ items }, index) => {
		for (const item of items) ofItem.set(item, deletions[index]);
	});
	return {
		outcomes: run.itemOf.flatMap((item) => ofItem.get(item) ?? []),
		requests: report.requests,
		retries: report.retries,
		logLine: describeDeletions(ranges, deletions),
	};
}
