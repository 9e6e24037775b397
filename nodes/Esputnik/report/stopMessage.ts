import type { Outcome } from '../delivery/outcome';
import type { Problem } from '../problem';
import { formatCount, formatNumberOf, formatRanges } from './format';
import { describeProblems, type ItemProblem } from './problemGroups';

const MOST_RANGES = 50;

/**
 * The text under *Stop Workflow* where items were refused before anything was sent.
 *
 * @param problems of the refused items, in input order
 * @param total how many items there were
 */
export function refusedMessage(problems: readonly ItemProblem[], total: number): string {
	return `${formatCount(problems.length)} of ${formatNumberOf(total, 'item')} cannot be sent, so nothing was sent. ${describeProblems(problems)}`;
}

/** The same for deletions: all of them are checked before the first is sent. */
export function deletionRefusedMessage(problems: readonly ItemProblem[], total: number): string {
	return `The ${total === 1 ? 'deletion' : `deletions of ${formatCount(problems.length)} of ${formatNumberOf(total, 'item')}`} cannot be sent, so nothing was deleted. ${describeProblems(problems)}`;
}

/** The text where a fault of the whole run kept anything from being sent. */
export function runRefusedMessage({ what, value, advice }: Problem): string {
	const quoted = value === undefined ? '' : `: '${value}'`;
	return `Nothing was sent. ${what}${quoted}. ${advice}`;
}

/**
 * The text under *Stop Workflow* where a run ended before every event was accepted: what is stored, so that nobody runs those
 * items again, and why the others are not.
 *
 * @param outcomes one per item, in input order
 */
export function stoppedMessage(outcomes: readonly Outcome[]): string {
	const accepted: number[] = [];
	const problems: ItemProblem[] = [];
	for (let item = 0; item < outcomes.length; item++) {
		const outcome = outcomes[item];
		if (outcome.status === 'accepted') accepted.push(item);
		else problems.push({ item, problem: outcome.problem });
	}
	return `${describeStored(accepted, outcomes.length)} ${describeProblems(problems)}`;
}

function describeStored(accepted: readonly number[], total: number): string {
	if (accepted.length === 0)
		return `None of ${formatNumberOf(total, 'event')} is known to be stored.`;
	const stored = `${formatCount(accepted.length)} of ${formatNumberOf(total, 'event')} are stored; do not run these items again`;
	return `${stored}: ${formatRanges(accepted, MOST_RANGES)}.`;
}
