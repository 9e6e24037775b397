import { formatNumberOf } from './format';
import type { ItemOutcome } from './outcomeItems';
import { itemRanges } from './stopText';
import type { RunCost } from './summary';

/**
 * One line for n8n's log at the end of a run: the counts, and which items they are. It is all that is left where n8n discards
 * the outcomes, as it does after a click on Stop. No payload, no secret.
 *
 * @param record what an item becomes, in the singular: `event`
 * @param statuses every status that an item can have, in the order in which they are told
 */
export function describeRun(
	outcomes: readonly ItemOutcome[],
	cost: RunCost,
	record: string,
	statuses: readonly string[],
): string {
	const items = new Map<string, number[]>(statuses.map((status) => [status, []]));
	outcomes.forEach(({ status }, item) => items.get(status)?.push(item));
	const parts = [...items]
		.filter(([, numbers]) => numbers.length > 0)
		.map(
			([status, numbers]) =>
				`${formatNumberOf(numbers.length, record)} ${status}: items ${itemRanges(numbers)}`,
		);
	const told = [
		formatNumberOf(cost.requests, 'request'),
		formatNumberOf(cost.retries, 'repeat'),
		...inFlight(cost),
	];
	return `eSputnik: ${parts.join('; ')} (${told.join(', ')})`;
}

function inFlight({ mostInFlight = 0, slowings = {} }: RunCost): string[] {
	if (mostInFlight <= 1) return [];
	const why = Object.entries(slowings).map(([slowing, times]) => `${slowing} ${times}`);
	const fewer = why.length === 0 ? '' : `; fewer because of: ${why.join(', ')}`;
	return [`${mostInFlight} in flight at most${fewer}`];
}
