import type { INodeExecutionData } from 'n8n-workflow';

import type { EventBytes } from '../../../events/eventBytes';
import { SET_ACCOUNT_TIMEZONE } from '../../../dates/occurred';
import type { MappedItem, Mapping } from './pastEvent';
import type { Problem } from '../../../problem';
import { formatNumberOf } from '../../../report/format';
import type { ItemProblem } from '../../../report/problemGroups';
import { forEachIndex } from '../../../n8n/pacing';

/** All items of a run, mapped and checked. */
export interface MappedRun {
	/** One per input item; fewer where the execution was stopped meanwhile. */
	readonly mapped: readonly MappedItem[];
	/** The JSON of each event that may be sent. */
	readonly events: readonly EventBytes[];
	/** For each event the number of its item. */
	readonly itemOfEvent: readonly number[];
	/** The items that may not be sent. */
	readonly refused: readonly ItemProblem[];
}

/** Maps every item before the first one is sent. The items are only read. */
export async function mapItems(
	items: readonly INodeExecutionData[],
	mapping: Mapping,
	signal?: AbortSignal,
): Promise<MappedRun> {
	const mapped: MappedItem[] = [];
	const events: EventBytes[] = [];
	const itemOfEvent: number[] = [];
	const refused: ItemProblem[] = [];
	await forEachIndex(
		items.length,
		(item) => {
			const result = mapping.map(items[item].json, item);
			mapped.push(result);
			if (result.problem !== undefined) refused.push({ item, problem: result.problem });
			else if (result.event !== undefined) {
				events.push(result.event);
				itemOfEvent.push(item);
			}
		},
		signal,
	);
	return { mapped, events, itemOfEvent, refused };
}

/**
 * The fault of a run in which a date names an instant while nobody said in which zone the account reads times: eSputnik takes
 * local times only, n8n's own default zone is New York, and stored events cannot be moved.
 */
export function zoneProblem(refused: readonly ItemProblem[]): Problem | undefined {
	const unplaced = refused.filter(({ problem }) => problem.reason === 'ACCOUNT_TIMEZONE_REQUIRED');
	if (unplaced.length === 0) return undefined;
	const { what, value = '', advice } = unplaced[0].problem;
	const values = formatNumberOf(unplaced.length, 'value');
	const reason = 'ACCOUNT_TIMEZONE_REQUIRED';
	const cannot = `${values} cannot be written without the account's time zone`;
	if (unplaced.some(({ problem }) => problem.what !== what)) {
		return { reason, what: `${cannot}, e.g. ${value}`, advice: `${SET_ACCOUNT_TIMEZONE}.` };
	}
	const why = what.endsWith(NAMES_AN_OFFSET)
		? `${values} ${unplaced.length === 1 ? 'names' : 'name'} an offset`
		: `${cannot}: ${what}`;
	return { reason, what: `${why}, e.g. ${value}`, advice };
}

const NAMES_AN_OFFSET = 'names an offset';
