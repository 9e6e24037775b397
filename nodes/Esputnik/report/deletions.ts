import type { IDataObject } from 'n8n-workflow';

import type { Deletion } from '../resources/pastEvent/delete/deletion';
import { problemMessage } from '../problem';
import { formatNumberOf, formatRanges } from './format';
import { describeProblems, type ItemProblem } from './problemGroups';

interface Range {
	readonly from?: string;
	readonly to?: string;
}

const MOST_RANGES = 50;

const TAKEN =
	'eSputnik took the request. Whether it deletes at once is not documented: check in eSputnik before you import again.';

/** The outcome of one deletion as n8n shows it. @param range what could be read of it */
export function deletionJson(deletion: Deletion, { from, to }: Range): IDataObject {
	const bounds = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
	if (deletion.status === 'deleted') return { deleted: true, ...bounds, message: TAKEN };
	const { status, problem } = deletion;
	return {
		deleted: false,
		...bounds,
		status,
		reason: problem.reason,
		message: problemMessage(problem),
	};
}

/** The text under *Stop Workflow* where not every range was deleted. */
export function deletionStoppedMessage(deletions: readonly Deletion[]): string {
	const problems: ItemProblem[] = [];
	const deleted: number[] = [];
	deletions.forEach((deletion, item) => {
		if (deletion.status === 'deleted') deleted.push(item);
		else problems.push({ item, problem: deletion.problem });
	});
	const done =
		deleted.length === 0
			? 'No deletion was confirmed by eSputnik.'
			: `eSputnik took the deletions of ${formatNumberOf(deleted.length, 'item')}: ${formatRanges(deleted, MOST_RANGES)}.`;
	return `${done} ${describeProblems(problems)}`;
}
