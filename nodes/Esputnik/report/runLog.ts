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
	const items: Record<OutcomeStatus, number[]> = {
		accepted: [],
		rejected: [],
		uncertain: [],
		notSent: [],
	};
	for (let item = 0; item < outcomes.length; item++) items[outcomes[item].status].push(item);
	const parts = STATUSES.filter((status) => items[status].length > 0).map(
		(status) =>
			`${formatNumberOf(items[status].length, 'event')} ${status}: items ${formatRanges(items[status], MOST_RANGES)}`,
	);
	return `eSputnik: ${parts.join('; ')} (${formatNumberOf(cost.requests, 'request')}, ${formatNumberOf(cost.retries, 'repeat')})`;
}
