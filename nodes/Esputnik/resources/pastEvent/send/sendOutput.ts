import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Outcome } from '../../../delivery/outcome';
import {
	errorItem,
	outcomeItem,
	outcomeJson,
	type EventIdentity,
} from '../../../report/outcomeItems';
import { summaryItem, type RunCost } from '../../../report/summary';
import { leavingItems } from '../../../n8n/leavingItems';
import type { OnError } from '../../../n8n/onError';
import { forEachIndex } from '../../../n8n/pacing';
import { readOptions } from '../../../n8n/setting';
import { sendOptions } from './sendOptions';

export interface OutputSettings {
	readonly output: 'events' | 'summary';
	readonly includeInputFields: readonly string[];
}

/**
 * The options that say how the outcomes leave.
 *
 * @throws {ConfigurationError} where a value cannot be used
 */
export function readOutputSettings(context: IExecuteFunctions): OutputSettings {
	const given = readOptions(context);
	return {
		output: sendOptions.output.read(given),
		includeInputFields: sendOptions.includeInputFields.read(given),
	};
}

/** The same for a run that is refused: what is wrong with the settings is told already. */
export function outputOfRefusedRun(context: IExecuteFunctions): OutputSettings {
	try {
		return readOutputSettings(context);
	} catch {
		return { output: 'events', includeInputFields: [] };
	}
}

const UNKNOWN_EVENT: EventIdentity = {};

/**
 * The items that leave the node: one per outcome or one summary. With the error output, items that were not accepted leave one by
 * one in the form that n8n moves to the error branch.
 *
 * @param items the input, one for each outcome
 * @param events what could be made of each item; may be shorter than the input
 */
export async function sendOutput(
	items: readonly INodeExecutionData[],
	events: readonly EventIdentity[],
	outcomes: readonly Outcome[],
	cost: RunCost,
	{ output, includeInputFields }: OutputSettings,
	onError: OnError,
): Promise<INodeExecutionData[][]> {
	const isSummary = output === 'summary';
	const leaving = leavingItems(onError);
	if (isSummary) leaving.push(summaryItem(outcomes, cost));

	await forEachIndex(outcomes.length, (item) => {
		const outcome = outcomes[item];
		const toErrorBranch = onError === 'errorOutput' && outcome.status !== 'accepted';
		if (isSummary && !toErrorBranch) return;
		const input = items[item].json;
		const json = outcomeJson(outcome, events[item] ?? UNKNOWN_EVENT, input, includeInputFields);
		leaving.push(toErrorBranch ? errorItem(json, item, input) : outcomeItem(json, item));
	});
	return [leaving];
}
