import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { createClient, type Account } from '../../../api/client';
import { compileDateReader } from '../../../dates/dateReader';
import { dateSettingProblem } from '../../../dates/words';
import { readAccount } from '../../../n8n/account';
import type { Operation } from '../../../n8n/nodeTable';
import { settingThatDiffers } from '../../../n8n/rawParameters';
import { agentToolProblem, repeatProblem, type SecondRun } from '../../../n8n/runGuards';
import {
	runItems,
	type Delivered,
	type Delivering,
	type ItemRun,
	type MappedRun,
} from '../../../n8n/runItems';
import { readOptions, readParameter, settingFault } from '../../../n8n/setting';
import { authentication, timeout } from '../../../n8n/sharedSettings';
import { isProblem, type Problem } from '../../../problem';
import type { ItemOutcome } from '../../../report/outcomeItems';
import { PAST_EVENT_WORDS, pastEventsPath } from '../pastEvents';
import { deleteFields, deleteOptions, deleteParameters } from './deleteFields';
import { deliverDeletions } from './deletion';
import {
	distinctRanges,
	readDeletionRange,
	type DeletionRange,
	type DeletionRangeSettings,
	type DistinctRange,
	type RejectedRange,
} from './deletionRange';
import {
	ANOTHER_REJECTED,
	DELETION_STATUSES,
	DELETION_WORDS,
	deletionJson,
	describeDeletions,
} from './deletionReport';

/**
 * Checks the ranges of all items first, then sends each distinct range once, in input order; after a refusal or an uncertain answer
 * the rest are not sent.
 */
export const deleteOperation: Operation = {
	value: 'delete',
	name: 'Delete Past Events',
	action: 'Delete past events',
	description: 'Delete every event that occurred in a range of time',
	hiddenFromAgents: true,
	fields: deleteFields,
	execute: async (context) =>
		await runItems(context, {
			record: 'deletion',
			statuses: DELETION_STATUSES,
			words: DELETION_WORDS,
			ifOneIsRejected: ANOTHER_REJECTED,
			prepare: prepareDelete,
			describe: deletionJson,
		}),
};

const PATH = pastEventsPath('v1');

const NOT_CONFIRMED: Problem = {
	reason: 'CONFIGURATION',
	what: 'The deletion is not confirmed',
	advice:
		'Switch on the confirmation at the end of the parameters, or add the option Dry Run to see what would be sent.',
};

const SECOND_RUN: SecondRun = {
	harm: 'it would also delete what was imported into the range meanwhile',
	insteadOfRetryOnFail: 'The node repeats by itself what eSputnik certainly did not take.',
	insteadOfRetry:
		'Look in eSputnik what is left in the range, then run the workflow anew if need be.',
	allowRetry: false,
};

/** The parameters that hold for the whole run: all but the range itself. */
interface DeleteSettings {
	readonly bounds: DeletionRangeSettings;
	readonly dryRun: boolean;
	/** Also where none is needed. */
	readonly isConfirmed: boolean;
}

/** The range that an item asks to delete, or why it may not be deleted. */
type MappedDeletion = RejectedRange | (DeletionRange & { readonly problem?: undefined });

async function prepareDelete(
	context: IExecuteFunctions,
): Promise<ItemRun<MappedDeletion, DeletionRange> | Problem> {
	const agent = agentToolProblem(
		context,
		'An AI agent may not delete past events',
		"Choose 'Send Past Events', or run the deletion as a node of the workflow.",
	);
	if (agent !== undefined) return agent;
	const settings = await readDeleteSettings(context);
	if (isProblem(settings)) return settings;
	const repeat = settings.dryRun ? undefined : repeatProblem(context, SECOND_RUN);
	if (repeat !== undefined) return repeat;

	const account = await readAccount(context);
	const now = Date.now();
	return {
		map: (_, item) => readRequest(context, item, settings, now),
		recordOf: (mapped) => (mapped.problem === undefined ? mapped : undefined),
		fault: ({ rejected }) =>
			rejected.find(({ problem }) => problem.reason === 'ACCOUNT_TIMEZONE_REQUIRED')?.problem ??
			// A wrong range is told before: nobody should confirm what was not looked at.
			(rejected.length === 0 && !settings.isConfirmed ? NOT_CONFIRMED : undefined),
		show: settings.dryRun
			? (run) => distinctRanges(run).map((range) => shownRequest(range, account))
			: undefined,
		onlyOnce: SECOND_RUN,
		deliver: async (run, how) => await deleteRanges(context, account, run, how),
	};
}

/**
 * @returns which setting differs from item to item, or why the zone cannot be used
 * @throws {ConfigurationError} where another value cannot be used
 */
async function readDeleteSettings(context: IExecuteFunctions): Promise<DeleteSettings | Problem> {
	const given = readOptions(context);
	const dryRun = deleteOptions.dryRun.read(given);
	const { confirmDeletion, ...needed } = deleteParameters;
	const differing = await settingThatDiffers(
		context,
		{
			parameters: [authentication, ...Object.values(needed), ...(dryRun ? [] : [confirmDeletion])],
			options: Object.values(deleteOptions),
		},
		context.getExecutionCancelSignal(),
	);
	if (differing !== undefined) return differing;
	const accountTimezone = readParameter(context, deleteParameters.accountTimezone);
	const dates = compileDateReader({
		format: 'auto',
		customFormat: '',
		locale: '',
		accountTimezone,
		sourceTimezone: '',
		offsetHandling: 'convert',
	});
	if ('kind' in dates) return dateSettingProblem(dates);
	return {
		bounds: {
			range: readParameter(context, deleteParameters.range),
			maxRangeDays: deleteOptions.maxRangeDays.read(given),
			readDate: dates.read,
			accountTimezone,
		},
		dryRun,
		isConfirmed: dryRun || readParameter(context, confirmDeletion),
	};
}

/** @param now milliseconds since 1970 */
function readRequest(
	context: IExecuteFunctions,
	item: number,
	{ bounds }: DeleteSettings,
	now: number,
): MappedDeletion {
	try {
		const from: unknown = context.getNodeParameter('from', item, '');
		const to: unknown = context.getNodeParameter('to', item, '');
		return readDeletionRange(from, to, bounds, now);
	} catch (error) {
		return { problem: settingFault(error) };
	}
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
		timeoutMs: timeout.read({}),
		spared: PAST_EVENT_WORDS,
	});
	const distinct = distinctRanges(run);
	const ranges = distinct.map(({ range }) => range);
	const report = await deliverDeletions(ranges, client, account.authentication, log, clock, signal);
	const ofItem = new Map<number, ItemOutcome>();
	distinct.forEach(({ items }, index) => {
		for (const item of items) ofItem.set(item, report.outcomes[index]);
	});
	return {
		outcomes: run.itemOf.flatMap((item) => ofItem.get(item) ?? []),
		requests: report.requests,
		retries: report.retries,
		logLine: describeDeletions(ranges, report.outcomes),
	};
}
