import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { copyInputFields, errorItem, outcomeItem, type ItemOutcome } from '../report/outcomeItems';
import { summaryItem, type RunCost } from '../report/summary';
import { forEachIndex } from './eventLoop';
import { readOptions } from './setting';
import { includeInputFields, output } from './sharedSettings';

/** The options that say how outcomes leave the node. */
export interface OutputForm {
	readonly isSummary: boolean;
	/** Fields of the input that are copied into each outcome. */
	readonly copied: readonly string[];
}

export const PLAIN_FORM: OutputForm = { isSummary: false, copied: [] };

/** Reads them; an operation that does not offer them has the plain form. @throws {ConfigurationError} */
export function readOutputForm(context: IExecuteFunctions): OutputForm {
	const given = readOptions(context);
	return {
		isSummary: output({ record: '' }).read(given) === 'summary',
		copied: includeInputFields.read(given),
	};
}

/** How outcomes become the items that leave the node. */
export interface Exit<Mapped> {
	readonly items: readonly INodeExecutionData[];
	readonly hasErrorOutput: boolean;
	readonly form: OutputForm;
	readonly statuses: readonly string[];
	readonly describe: (outcome: ItemOutcome, mapped: Mapped | undefined) => IDataObject;
}

/**
 * One item per outcome, or one summary. With the error output, items with a problem leave one by one in the form that n8n moves to the
 * error branch.
 *
 * @param mapped what could be made of each item; may be shorter than the input
 * @param outcomes one per item
 */
export async function leavingOutcomes<Mapped>(
	exit: Exit<Mapped>,
	mapped: readonly Mapped[],
	outcomes: readonly ItemOutcome[],
	cost: RunCost,
): Promise<INodeExecutionData[]> {
	const { isSummary } = exit.form;
	const leaving = leavingItems(exit.hasErrorOutput);
	if (isSummary) leaving.push(summaryItem(outcomes, cost, exit.statuses));
	await forEachIndex(outcomes.length, (item) => {
		const toErrorBranch = exit.hasErrorOutput && outcomes[item].problem !== undefined;
		if (isSummary && !toErrorBranch) return;
		leaving.push(leavingItem(exit, item, outcomes[item], mapped[item]));
	});
	return leaving;
}

/** What a dry run shows: what would be sent, and the items that would be rejected. */
export function leavingShown<Mapped>(
	exit: Exit<Mapped>,
	mapped: readonly Mapped[],
	shown: readonly INodeExecutionData[],
	rejected: ReadonlyArray<{ readonly item: number; readonly outcome: ItemOutcome }>,
): INodeExecutionData[] {
	const leaving = leavingItems(exit.hasErrorOutput);
	leaving.push(...shown);
	for (const { item, outcome } of rejected) {
		leaving.push(leavingItem(exit, item, outcome, mapped[item]));
	}
	return leaving;
}

function leavingItem<Mapped>(
	{ items, hasErrorOutput, form, describe }: Exit<Mapped>,
	item: number,
	outcome: ItemOutcome,
	mapped: Mapped | undefined,
): INodeExecutionData {
	const json = describe(outcome, mapped);
	copyInputFields(json, items[item], form.copied);
	return hasErrorOutput && outcome.problem !== undefined
		? errorItem(json, item, items[item])
		: outcomeItem(json, item);
}

/** An empty array for the items that leave the node. */
function leavingItems(hasErrorOutput: boolean): INodeExecutionData[] {
	return hasErrorOutput ? new QuicklyEmptied() : [];
}

/**
 * Where a node has an error output n8n empties its array by `shift`, item by item, and JavaScript moves all the others each time: 0.7 s
 * for 100,000 items, a minute for a million. Here the first `shift` turns the array round, and each takes from the end.
 */
class QuicklyEmptied extends Array<INodeExecutionData> {
	#isTurned = false;

	static override get [Symbol.species](): ArrayConstructor {
		return Array;
	}

	override shift(): INodeExecutionData | undefined {
		if (!this.#isTurned) this.reverse();
		this.#isTurned = true;
		return this.pop();
	}
}
