import type { IExecuteFunctions } from 'n8n-workflow';

import { readDeletionRange, type DeletionRange, type RefusedRange } from './deletionRange';
import type { Problem } from '../../../problem';
import type { DeleteSettings } from './deleteSettings';
import { settingFault } from '../../../n8n/settingFault';

const NOT_CONFIRMED: Problem = {
	reason: 'CONFIGURATION',
	what: 'The deletion is not confirmed',
	advice:
		'Switch on the confirmation at the end of the parameters, or add the option Dry Run to see what would be sent.',
};

/** The range that the item asks to delete, or why it may not be deleted. Nothing is sent meanwhile. @param now milliseconds since 1970 */
export function readRequest(
	context: IExecuteFunctions,
	item: number,
	{ bounds, dryRun }: DeleteSettings,
	now: number,
): DeletionRange | RefusedRange {
	try {
		const from: unknown = context.getNodeParameter('from', item, '');
		const to: unknown = context.getNodeParameter('to', item, '');
		const request = readDeletionRange(from, to, bounds, now);
		if ('problem' in request || dryRun) return request;
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
export function distinctRanges({
	records,
	itemOf,
}: {
	readonly records: readonly DeletionRange[];
	readonly itemOf: readonly number[];
}): DistinctRange[] {
	const byRange = new Map<string, DistinctRange>();
	records.forEach((range, record) => {
		const item = itemOf[record];
		const key = `${range.from} ${range.to}`;
		const known = byRange.get(key);
		if (known === undefined) byRange.set(key, { range, items: [item] });
		else known.items.push(item);
	});
	return [...byRange.values()];
}
