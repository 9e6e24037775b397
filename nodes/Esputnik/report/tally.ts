import type { Outcome, OutcomeStatus } from '../delivery/outcome';

/** How many items had which outcome, and why. */
export interface Tally {
	readonly total: number;
	readonly accepted: number;
	readonly rejected: number;
	readonly uncertain: number;
	readonly notSent: number;
	/** Reason code → number of items. */
	readonly reasons: Readonly<Record<string, number>>;
}

/** Counts the outcomes of a run, one per item. */
export function tally(outcomes: readonly Outcome[]): Tally {
	const counts: Record<OutcomeStatus, number> = {
		accepted: 0,
		rejected: 0,
		uncertain: 0,
		notSent: 0,
	};
	// A status that eSputnik made up may be the name of something that every object has.
	const reasons = new Map<string, number>();
	for (const outcome of outcomes) {
		counts[outcome.status]++;
		if (outcome.status === 'accepted') continue;
		const { reason } = outcome.problem;
		reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
	}
	return { total: outcomes.length, ...counts, reasons: Object.fromEntries(reasons) };
}
