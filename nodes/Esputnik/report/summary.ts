import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Outcome } from '../delivery/outcome';
import { problemMessage } from '../problem';
import { tally } from './tally';

const MOST_PROBLEMS = 10;

/** What a run cost: bodies sent, attempts beyond the first, and the time from mapping to the last answer. */
export interface RunCost {
	readonly requests: number;
	readonly retries: number;
	readonly durationMs: number;
}

/** The one item of `output: summary`, paired to every input item. */
export function summaryItem(outcomes: readonly Outcome[], cost: RunCost): INodeExecutionData {
	const { reasons, ...counts } = tally(outcomes);
	const seconds = cost.durationMs / 1000;
	return {
		json: {
			...counts,
			requests: cost.requests,
			retries: cost.retries,
			durationMs: Math.round(cost.durationMs),
			eventsPerSecond: seconds > 0 ? Math.round(counts.accepted / seconds) : counts.accepted,
			reasons: { ...reasons },
			firstProblems: firstProblems(outcomes),
		},
		pairedItem: outcomes.map((_, item) => ({ item })),
	};
}

function firstProblems(outcomes: readonly Outcome[]): IDataObject[] {
	const problems: IDataObject[] = [];
	for (let item = 0; item < outcomes.length && problems.length < MOST_PROBLEMS; item++) {
		const outcome = outcomes[item];
		if (outcome.status === 'accepted') continue;
		const { status, problem } = outcome;
		problems.push({ item, status, reason: problem.reason, message: problemMessage(problem) });
	}
	return problems;
}
