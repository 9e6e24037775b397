import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeExecutionHint,
} from 'n8n-workflow';

import type { Clock } from '../delivery/deliver';
import { isProblem, type Problem } from '../problem';
import type { ItemOutcome } from '../report/outcomeItems';
import type { ItemProblem } from '../report/problemGroups';
import { progressTeller } from '../report/progress';
import { describeRun } from '../report/runLog';
import { endedText, rejectedText, runRefusedText, type StopWords } from '../report/stopText';
import type { RunCost } from '../report/summary';
import { systemClock } from './clock';
import { leavingOutcomes, leavingShown, PLAIN_FORM, readOutputForm, type Exit } from './exit';
import { readOnError, stopError } from './onError';
import { forEachIndex } from './eventLoop';
import { dependsOnItem, settingThatDiffers } from './rawParameters';
import type { SecondRun } from './runGuards';
import { keepMark, secondRunProblem } from './secondRun';
import { settingFault } from './setting';
import { dryRun } from './sharedSettings';

/** An operation that turns each item into a record, sends the records, and tells for each item what became of it. */
export interface ItemOperation<Mapped extends MappedItem, Rec> {
	/** What an item becomes, in the singular: `event`. */
	readonly record: string;
	/** Every status that an item can have, in the order in which they are counted. */
	readonly statuses: readonly string[];
	readonly words: StopWords;
	/** Whether one item without any field, which n8n's *Always Output Data* hands over, is nothing to send. */
	readonly isNothing?: (context: IExecuteFunctions) => boolean;
	/** Where one item is rejected nothing at all is sent, and this is told of the others. Without it the others are sent. */
	readonly ifOneIsRejected?: Problem;
	/**
	 * Reads and checks what concerns the whole run.
	 *
	 * @returns a problem where the run is refused; what is thrown is a setting that cannot be read
	 */
	readonly prepare: (
		context: IExecuteFunctions,
	) => Promise<ItemRun<Mapped, Rec> | Problem> | ItemRun<Mapped, Rec> | Problem;
	/** The outcome of an item as it leaves the node. @param mapped what could be made of the item, where it was looked at */
	readonly describe: (outcome: ItemOutcome, mapped: Mapped | undefined) => IDataObject;
}

/** One run of an operation, ready to look at its items. */
export interface ItemRun<Mapped extends MappedItem, Rec> {
	/** Maps and checks one item; never throws, never changes it. @param json empty where the item has none */
	readonly map: (json: IDataObject, item: number) => Mapped;
	/**
	 * What is wrong with an item that has no record; asked when all items are mapped, since all may tell more than one does. Without it:
	 * its `problem`.
	 */
	readonly problemOf?: (mapped: Mapped) => Problem | undefined;
	/** The record of an item that has no problem. */
	readonly recordOf: (mapped: Mapped) => Rec | undefined;
	/** What is wrong with items that only shows beside the others, by item number. */
	readonly compare?: (run: MappedRun<Mapped, Rec>) => ReadonlyMap<number, Problem>;
	/** What the user should know of the items, although no check rejected them. */
	readonly hints?: () => NodeExecutionHint[];
	/** A fault of the whole run that shows in its items. */
	readonly fault?: (run: MappedRun<Mapped, Rec>) => Problem | undefined;
	/** Why the run must not happen a second time, where it must not. */
	readonly onlyOnce?: SecondRun;
	/** In a dry run: what would be sent. */
	readonly show?: (run: MappedRun<Mapped, Rec>) => INodeExecutionData[];
	/** Sends the records; never throws. */
	readonly deliver: (run: MappedRun<Mapped, Rec>, how: Delivering) => Promise<Delivered>;
}

export interface MappedItem {
	/** What is wrong with the item, where it may not be sent. */
	readonly problem?: Problem;
}

/** All items of a run, mapped and checked. */
export interface MappedRun<Mapped, Rec> {
	/** One per input item; fewer where the execution was stopped meanwhile. */
	readonly mapped: readonly Mapped[];
	/** What may be sent. */
	readonly records: Rec[];
	/** For each record the number of its item. */
	readonly itemOf: readonly number[];
	/** The items that may not be sent. */
	readonly rejected: readonly ItemProblem[];
}

/** How the records of a run are to be sent. */
export interface Delivering {
	/** No further request once something is rejected or uncertain. */
	readonly stopOnProblem: boolean;
	readonly clock: Clock;
	/** n8n's Stop button. */
	readonly signal: AbortSignal | undefined;
	/** Into n8n's log, a line each: no payload and no secret. */
	readonly log: (line: string) => void;
	/** To be told of each answer: how many records it settled. The log tells of a long run how far it has come. */
	readonly progress: (settled: number) => void;
}

/** What became of the records, one outcome each, and how many requests that took. */
export interface Delivered {
	readonly outcomes: readonly ItemOutcome[];
	readonly requests: number;
	readonly retries: number;
	/** Where several requests may be in flight: how many were at most, and why fewer were allowed. */
	readonly mostInFlight?: number;
	readonly slowings?: RunCost['slowings'];
	/** The line for n8n's log, where it is not the one that counts the items. */
	readonly logLine?: string;
}

const NOTHING_SENT: RunCost = { requests: 0, retries: 0, durationMs: 0 };

const EMPTY_INPUT: Problem = {
	reason: 'EMPTY_INPUT',
	what: 'The input is one item without any field, so there is nothing to send',
	advice: "If you expected items, look at the node before this one ('Always Output Data').",
};

const CANCELLED: Problem = {
	reason: 'CANCELLED',
	what: 'The execution was stopped before this item was sent',
	advice: 'Send it again.',
};

/**
 * Runs an operation: maps and checks every item first, sends what may be sent, and tells for each item what became of it.
 *
 * @throws {NodeOperationError} under *Stop Workflow* only, where not all went well
 */
export async function runItems<Mapped extends MappedItem, Rec>(
	context: IExecuteFunctions,
	operation: ItemOperation<Mapped, Rec>,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const onError = readOnError(context);
	const stops = onError === 'stop';
	const signal = context.getExecutionCancelSignal();
	const clock = systemClock(signal);
	const started = clock.now();

	const form = await attempt(() => readOutputForm(context));
	const exit: Exit<Mapped> = {
		items,
		hasErrorOutput: onError === 'errorOutput',
		form: isProblem(form) ? PLAIN_FORM : form,
		statuses: operation.statuses,
		describe: operation.describe,
	};
	const refuseAll = async (problem: Problem, mapped: readonly Mapped[] = []) => {
		if (stops) throw stopError(context, runRefusedText(problem));
		return [await leavingOutcomes(exit, mapped, notSent(items, problem), NOTHING_SENT)];
	};

	if (isWithoutField(items) && operation.isNothing?.(context) === true) {
		return [await leavingOutcomes(exit, [], notSent(items, EMPTY_INPUT), NOTHING_SENT)];
	}
	const prepared = await attempt(
		async () => (await dryRunThatDiffers(context, signal)) ?? (await operation.prepare(context)),
	);
	if (isProblem(prepared)) return await refuseAll(prepared);
	if (isProblem(form)) return await refuseAll(form);

	const run = compared(await mapItems(items, prepared, signal), prepared);
	context.addExecutionHints(...(prepared.hints?.() ?? []));
	const fault = prepared.fault?.(run);
	if (fault !== undefined) return await refuseAll(fault, run.mapped);

	const { ifOneIsRejected } = operation;
	const { mapped, rejected } = run;
	const sendsNone = rejected.length > 0 && ifOneIsRejected !== undefined;
	if (stops && rejected.length > 0 && (sendsNone || prepared.show === undefined)) {
		throw stopError(context, rejectedText(rejected, items.length, operation.words));
	}
	if (sendsNone) {
		const outcomes = outcomePerItem(items.length, run, [], notSentFor(ifOneIsRejected));
		return [await leavingOutcomes(exit, mapped, outcomes, NOTHING_SENT)];
	}
	if (prepared.show !== undefined) {
		const shown = prepared.show(run);
		return [
			leavingShown(
				exit,
				mapped,
				shown,
				rejected.map(({ item, problem }) => ({ item, outcome: rejectedFor(problem) })),
			),
		];
	}

	if (prepared.onlyOnce !== undefined && run.records.length > 0) {
		const secondRun = await secondRunProblem(context, prepared.onlyOnce);
		if (secondRun !== undefined) return await refuseAll(secondRun, mapped);
	}
	const log = (line: string) => context.logger.info(line);
	const tell = progressTeller(run.records.length, operation.record, () => clock.now(), log);
	const delivered = await prepared.deliver(run, {
		stopOnProblem: stops,
		clock,
		signal,
		log,
		progress: (settled) => {
			if (settled < run.records.length) keepMark(context);
			tell(settled);
		},
	});
	// Of a million items the records take hundreds of megabytes, and the items that leave need the room.
	run.records.length = 0;
	const outcomes = outcomePerItem(items.length, run, delivered.outcomes, notSentFor(CANCELLED));
	const cost: RunCost = { ...delivered, durationMs: clock.now() - started };
	log(delivered.logLine ?? describeRun(outcomes, cost, operation.record, operation.statuses));
	// n8n throws away what a stopped execution returns or throws; an error would only hide that somebody clicked Stop.
	if (stops && signal?.aborted !== true && outcomes.some(({ problem }) => problem !== undefined)) {
		throw stopError(context, endedText(outcomes, operation.words));
	}
	return [await leavingOutcomes(exit, mapped, outcomes, cost)];
}

/** Under both Continue settings n8n would let the input pass as if all was well, so nothing may be thrown there. */
async function attempt<Value>(work: () => Value | Promise<Value>): Promise<Value | Problem> {
	try {
		return await work();
	} catch (error) {
		return settingFault(error);
	}
}

const DRY_RUN = dryRun({ description: '' });

/** A dry run that is one for some of the items would send the others. Only what names the item is worked out for each. */
async function dryRunThatDiffers(
	context: IExecuteFunctions,
	signal: AbortSignal | undefined,
): Promise<Problem | undefined> {
	if (!dependsOnItem(context, `options.${DRY_RUN.field.name}`)) return undefined;
	return await settingThatDiffers(context, { parameters: [], options: [DRY_RUN] }, signal);
}

function isWithoutField(items: readonly INodeExecutionData[]): boolean {
	return items.length === 1 && Object.keys({ ...items[0].json, ...items[0].binary }).length === 0;
}

function notSent(items: readonly INodeExecutionData[], problem: Problem): ItemOutcome[] {
	const outcome = notSentFor(problem);
	return items.map(() => outcome);
}

function notSentFor(problem: Problem): ItemOutcome {
	return { status: 'notSent', problem };
}

function rejectedFor(problem: Problem): ItemOutcome {
	return { status: 'rejected', problem };
}

async function mapItems<Mapped extends MappedItem, Rec>(
	items: readonly INodeExecutionData[],
	{ map, recordOf, problemOf = ({ problem }) => problem }: ItemRun<Mapped, Rec>,
	signal: AbortSignal | undefined,
): Promise<MappedRun<Mapped, Rec>> {
	const mapped: Mapped[] = [];
	const records: Rec[] = [];
	const itemOf: number[] = [];
	const withoutRecord: number[] = [];
	await forEachIndex(
		items.length,
		(item) => {
			const result = map(jsonOf(items[item]), item);
			mapped.push(result);
			const record = result.problem === undefined ? recordOf(result) : undefined;
			if (record === undefined) {
				withoutRecord.push(item);
				return;
			}
			records.push(record);
			itemOf.push(item);
		},
		signal,
	);
	const rejected: ItemProblem[] = [];
	await forEachIndex(withoutRecord.length, (index) => {
		const item = withoutRecord[index];
		const problem = problemOf(mapped[item]);
		if (problem !== undefined) rejected.push({ item, problem });
	});
	return { mapped, records, itemOf, rejected };
}

/** The run without the records of items that turned out to be wrong beside the others. */
function compared<Mapped extends MappedItem, Rec>(
	run: MappedRun<Mapped, Rec>,
	{ compare }: ItemRun<Mapped, Rec>,
): MappedRun<Mapped, Rec> {
	const problems = compare?.(run);
	if (problems === undefined || problems.size === 0) return run;
	const stays = (item: number) => !problems.has(item);
	const found = [...problems].map(([item, problem]) => ({ item, problem }));
	return {
		mapped: run.mapped,
		records: run.records.filter((_, record) => stays(run.itemOf[record])),
		itemOf: run.itemOf.filter(stays),
		rejected: [...run.rejected, ...found].sort((a, b) => a.item - b.item),
	};
}

/** Nodes that make files may leave an item without json, which n8n's types do not foresee. */
function jsonOf({ json }: Partial<INodeExecutionData>): IDataObject {
	return json ?? {};
}

/** The outcomes of the records at the places of their items, beside those that were rejected before. @param rest of all others */
function outcomePerItem<Mapped, Rec>(
	count: number,
	{ rejected, itemOf }: MappedRun<Mapped, Rec>,
	outcomes: readonly ItemOutcome[],
	rest: ItemOutcome,
): readonly ItemOutcome[] {
	if (outcomes.length === count) return outcomes;
	const all = new Array<ItemOutcome>(count).fill(rest);
	for (const { item, problem } of rejected) all[item] = rejectedFor(problem);
	outcomes.forEach((outcome, record) => (all[itemOf[record]] = outcome));
	return all;
}
