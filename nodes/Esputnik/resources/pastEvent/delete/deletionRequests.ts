import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readDeletionRange, type DeletionRange, type RefusedRange } from './deletionRange';
import type { Problem } from '../../../problem';
import type { DeleteSettings } from './deleteSettings';
import { forEachIndex } from '../../../n8n/pacing';
import { readParameter } from '../../../n8n/setting';
import { deleteParameters } from './deleteFields';
import { settingFault } from '../../../n8n/settingFault';

const NOT_CONFIRMED: Problem = {
	reason: 'CONFIGURATION',
	what: 'The deletion is not confirmed',
	advice:
		'Switch on the confirmation at the end of the parameters, or add the option Dry Run to see what would be sent.',
};

/** The range that an item asks to delete, or why it may not be deleted. */
export type DeletionRequest = DeletionRange | RefusedRange;

export function isRefused(request: DeletionRequest): request is RefusedRange {
	return 'problem' in request;
}

/** For each item the range that it asks to delete, or why it may not be deleted. Nothing is sent meanwhile. */
export async function readDeletionRequests(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	settings: DeleteSettings,
	signal?: AbortSignal,
): Promise<DeletionRequest[]> {
	const now = Date.now();
	const requests: DeletionRequest[] = [];
	await forEachIndex(
		items.length,
		(item) => requests.push(readRequest(context, item, settings, now)),
		signal,
	);
	return requests;
}

function readRequest(
	context: IExecuteFunctions,
	item: number,
	{ bounds, dryRun }: DeleteSettings,
	now: number,
): DeletionRequest {
	try {
		const range = readParameter(context, deleteParameters.range, item);
		const from: unknown = context.getNodeParameter('from', item, '');
		const to: unknown = context.getNodeParameter('to', item, '');
		const request = readDeletionRange(from, to, { ...bounds, range }, now);
		if (isRefused(request) || dryRun) return request;
		const confirmed: unknown = context.getNodeParameter('confirmDeletion', item, false);
		return confirmed === true ? request : { ...request, problem: NOT_CONFIRMED };
	} catch (error) {
		return { problem: settingFault(error) };
	}
}

/** A range that is sent once, and the items that ask for it. */
export interface DistinctRange {
	readonly range: DeletionRange;
	readonly items: number[];
}

/** Equal ranges are sent once, in the order in which the items name them. */
export function distinctRanges(requests: readonly DeletionRange[]): DistinctRange[] {
	const byRange = new Map<string, DistinctRange>();
	requests.forEach((range, item) => {
		const key = `${range.from} ${range.to}`;
		const known = byRange.get(key);
		if (known === undefined) byRange.set(key, { range, items: [item] });
		else known.items.push(item);
	});
	return [...byRange.values()];
}
