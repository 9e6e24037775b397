import type { Problem } from '../problem';
import { formatCount, formatNumberOf, formatRanges } from './format';
import { describeProblems, type ItemProblem } from './problemGroups';

const MOST_RANGES = 50;

/** The text under *Stop Workflow*: what happened in one sentence, and the reasons, a line each. */
export interface StopText {
	readonly headline: string;
	readonly reasons: readonly string[];
}

/** How an operation tells under *Stop Workflow* what became of its items. */
export interface StopWords {
	/** Items were rejected before anything was sent. */
	readonly rejected: (rejected: number, total: number) => string;
	/**
	 * The run ended before all was done.
	 *
	 * @param done the numbers of the items that went well, ascending
	 */
	readonly ended: (done: readonly number[], total: number) => string;
}

/** The words of an operation that stores a record for each item. @param record in the singular: `event` */
export function storingWords(record: string): StopWords {
	return {
		rejected: (rejected, total) =>
			`${formatCount(rejected)} of ${formatNumberOf(total, 'item')} cannot be sent, so nothing was sent.`,
		ended: (done, total) =>
			done.length === 0
				? `None of ${formatNumberOf(total, record)} is known to be stored.`
				: `${formatCount(done.length)} of ${formatNumberOf(total, record)} are stored; do not run these items again: ${itemRanges(done)}.`,
	};
}

/** Item numbers as ranges, 50 at most. */
export function itemRanges(items: readonly number[]): string {
	return formatRanges(items, MOST_RANGES);
}

/** Where a fault of the whole run kept anything from being sent. */
export function runRefusedText({ what, value, advice }: Problem): StopText {
	const quoted = value === undefined ? '' : `: '${value}'`;
	return { headline: `Nothing was sent. ${what}${quoted}. ${advice}`, reasons: [] };
}

/** Where items were rejected before anything was sent. @param problems of the rejected items, in input order */
export function rejectedText(
	problems: readonly ItemProblem[],
	total: number,
	words: StopWords,
): StopText {
	return withReasons(words.rejected(problems.length, total), problems);
}

/**
 * Where a run ended before all was done: what was done, so that nobody runs those items again, and why the others were not.
 *
 * @param outcomes one per item, in input order
 */
export function endedText(
	outcomes: ReadonlyArray<{ readonly problem?: Problem }>,
	words: StopWords,
): StopText {
	const done: number[] = [];
	const problems: ItemProblem[] = [];
	outcomes.forEach(({ problem }, item) => {
		if (problem === undefined) done.push(item);
		else problems.push({ item, problem });
	});
	return withReasons(words.ended(done, outcomes.length), problems);
}

/** n8n shows the headline alone in many places, so it also names the cause where there is one. */
function withReasons(headline: string, problems: readonly ItemProblem[]): StopText {
	const { cause, lines } = describeProblems(problems);
	return { headline: cause === undefined ? headline : `${headline} ${cause}`, reasons: lines };
}
