import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { problemMessage } from '../problem';
import type { ItemOutcome } from './outcomeItems';
import type { ItemProblem } from './problemGroups';

const MOST_PROBLEMS = 10;

/** Beyond it an item is paired to the first and the last: a million pairs would be 16 MB of JSON. */
const MOST_PAIRS = 10_000;

/** What a run cost: bodies sent, attempts beyond the first, and the time from mapping to the last answer. */
export interface RunCost {
	readonly requests: number;
	readonly retries: number;
	/** The most requests that were in flight at once. */
	readonly mostInFlight?: number;
	/** Why fewer were allowed than before, and how often. */
	readonly slowings?: Readonly<Partial<Record<string, number>>>;
	readonly durationMs: number;
}

/**
 * The one item of `output: summary`.
 *
 * @param statuses every status that an item can have; each is counted, also where it is none's
 */
export function summaryItem(
	outcomes: readonly ItemOutcome[],
	cost: RunCost,
	statuses: readonly string[],
): INodeExecutionData {
	const counts: Record<string, number> = Object.fromEntries(statuses.map((status) => [status, 0]));
	// A status that eSputnik made up may be the name of something that every object has.
	const reasons = new Map<string, number>();
	let done = 0;
	for (const { status, problem } of outcomes) {
		counts[status]++;
		if (problem === undefined) done++;
		else reasons.set(problem.reason, (reasons.get(problem.reason) ?? 0) + 1);
	}
	const seconds = cost.durationMs / 1000;
	return {
		json: {
			total: outcomes.length,
			...counts,
			requests: cost.requests,
			retries: cost.retries,
			...inFlight(cost),
			durationMs: Math.round(cost.durationMs),
			eventsPerSecond: seconds > 0 ? Math.round(done / seconds) : done,
			reasons: Object.fromEntries(reasons),
			firstProblems: firstProblems(outcomes),
		},
		pairedItem: pairsOfAll(outcomes.length),
	};
}

/** How many requests were in flight at most, and why it went down: only where it did. */
function inFlight({ mostInFlight, slowings = {} }: RunCost): IDataObject {
	if (mostInFlight === undefined) return {};
	return Object.keys(slowings).length === 0
		? { mostInFlight }
		: { mostInFlight, slowedBy: { ...slowings } };
}

/** A dry run shows so many requests whole. */
export const SHOWN_REQUESTS = 3;

/** What a dry run counts. */
export interface DryRunCounts {
	/** Input items. */
	readonly total: number;
	/** Records that would be sent, and in how many requests. */
	readonly wouldBeSent: number;
	readonly requests: number;
	/** The items that would be rejected. */
	readonly rejected: readonly ItemProblem[];
	/** What else is told. */
	readonly more?: IDataObject;
}

/** The last item of a dry run: the counts, and why items would be rejected. */
export function dryRunSummary(counts: DryRunCounts): INodeExecutionData {
	const { total, wouldBeSent, requests, rejected, more } = counts;
	const reasons: Record<string, number> = {};
	for (const { problem } of rejected) reasons[problem.reason] = (reasons[problem.reason] ?? 0) + 1;
	return {
		json: {
			summary: { total, wouldBeSent, rejected: rejected.length, requests, reasons, ...more },
		},
		pairedItem: pairsOfAll(total),
	};
}

/** The pairs of an item that stands for all input items. */
export function pairsOfAll(count: number): Array<{ item: number }> {
	if (count > MOST_PAIRS) return [{ item: 0 }, { item: count - 1 }];
	return Array.from({ length: count }, (_, item) => ({ item }));
}

function firstProblems(outcomes: readonly ItemOutcome[]): IDataObject[] {
	const problems: IDataObject[] = [];
	for (let item = 0; item < outcomes.length && problems.length < MOST_PROBLEMS; item++) {
		const { status, problem } = outcomes[item];
		if (problem === undefined) continue;
		problems.push({ item, status, reason: problem.reason, message: problemMessage(problem) });
	}
	return problems;
}
