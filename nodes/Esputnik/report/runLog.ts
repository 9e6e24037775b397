import type { Outcome, OutcomeStatus } from '../delivery/outcome';
import { formatNumberOf, formatRanges } from './format';
import type { RunCost } from './summary';

const MOST_RANGES = 50;
const STATUSES: readonly OutcomeStatus[] = ['accepted', 'rejected', 'uncertain', 'notSent'];

/**
 * One line for n8n's log at the end of a run: the counts, and which items they are. It is all that is left where n8n discards
 * the outcomes, as it does after a click on Stop. No payload, no secret.
 */
export function describeRun(outcomes: readonly Outcome[], cost: RunCost): string {
	const parts = STATUSES.flatMap((status) => {
		const items = itemsWith(outcomes, status);
		return items.length === 0
			? []
			: [
					`${formatNumberOf(items.length, 'event')} ${status}: items ${formatRanges(items, MOST_RANGES)}`,
				];
	});
	return `eSputnik: ${parts.join('; ')} (${formatNumberOf(cost.requests, 'request')}, ${formatNumberOf(cost.retries, 'repeat')})`;
}

function itemsWith(outcomes: readonly Outcome[], status: OutcomeStatus): number[] {
	const items: number[] = [];
	for (let item = 0; item < outcomes.length; item++) {
		if (outcomes[item].status === status) items.push(item);
	}
	return items;
}
