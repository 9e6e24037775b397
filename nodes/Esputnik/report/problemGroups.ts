import type { Problem } from '../problem';
import { formatCount, formatNumberOf } from './format';

const EXAMPLES = 3;

/** As many groups are written out: texts of n8n's engine and of eSputnik may differ from item to item. */
const MOST_GROUPS = 10;

/** What befell items because of others: told after the cause, however many they are. */
const CONSEQUENCES: ReadonlySet<string> = new Set(['STOPPED', 'GAVE_UP', 'CANCELLED']);

/** A problem and the number of the item that has it. */
export interface ItemProblem {
	readonly item: number;
	readonly problem: Problem;
}

interface Group {
	readonly first: Problem;
	readonly examples: ItemProblem[];
	count: number;
}

/** The problems of a run in words. */
export interface DescribedProblems {
	/** What happened, where it is one thing beside its consequences: `'Occurred' could not be read.` */
	readonly cause?: string;
	/**
	 * A line for each thing that happened, the most frequent first, what was only a consequence last:
	 * `'Occurred' could not be read (2,990): '12/05/2024' [item 0] … Choose 'Date Format'.`
	 */
	readonly lines: readonly string[];
}

/** @param problems in input order */
export function describeProblems(problems: Iterable<ItemProblem>): DescribedProblems {
	const groups = new Map<string, Group>();
	for (const entry of problems) {
		const { reason, what } = entry.problem;
		const key = `${reason} ${what}`;
		const group = groups.get(key);
		if (group === undefined) {
			groups.set(key, { first: entry.problem, examples: [entry], count: 1 });
			continue;
		}
		group.count++;
		if (group.examples.length < EXAMPLES && isNewExample(group, entry)) group.examples.push(entry);
	}
	const sorted = [...groups.values()].sort(
		(a, b) => isConsequence(a) - isConsequence(b) || b.count - a.count,
	);
	const shown = sorted.slice(0, MOST_GROUPS).map(describeGroup);
	const causes = sorted.filter((group) => isConsequence(group) === 0);
	return {
		cause: causes.length === 1 ? `${causes[0].first.what}.` : undefined,
		lines: [...shown, ...describeRest(sorted.slice(MOST_GROUPS))],
	};
}

function describeRest(groups: readonly Group[]): string[] {
	if (groups.length === 0) return [];
	const items = groups.reduce((total, { count }) => total + count, 0);
	return [`… and ${formatNumberOf(items, 'item')} with other problems.`];
}

/** Another item with the same value shows nothing new; without a value every item does. */
function isNewExample(group: Group, { problem }: ItemProblem): boolean {
	return (
		problem.value === undefined ||
		group.examples.every((example) => example.problem.value !== problem.value)
	);
}

function isConsequence({ first }: Group): number {
	return CONSEQUENCES.has(first.reason) ? 1 : 0;
}

function describeGroup({ first, examples, count }: Group): string {
	const more = count > examples.length ? ' …' : '';
	return `${first.what} (${formatCount(count)}): ${list(examples)}${more === '' ? '.' : more} ${first.advice}`;
}

function list(examples: readonly ItemProblem[]): string {
	if (examples[0].problem.value === undefined) {
		const numbers = examples.map(({ item }) => formatCount(item)).join(', ');
		return `${examples.length === 1 ? 'item' : 'items'} ${numbers}`;
	}
	return examples
		.map(({ item, problem }) =>
			problem.value === undefined
				? `[item ${formatCount(item)}]`
				: `'${problem.value}' [item ${formatCount(item)}]`,
		)
		.join(', ');
}
