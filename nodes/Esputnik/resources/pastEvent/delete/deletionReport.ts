import type { IDataObject } from 'n8n-workflow';

import { problemMessage, type Problem } from '../../../problem';
import { formatCount, formatNumberOf } from '../../../report/format';
import type { ItemOutcome } from '../../../report/outcomeItems';
import { itemRanges, type StopWords } from '../../../report/stopText';
import type { DeletionRange } from './deletionRange';

/** What can become of a deletion; `deleted` means that eSputnik took the request. */
export const DELETION_STATUSES = ['deleted', 'rejected', 'uncertain', 'notSent'];

export const ANOTHER_REJECTED: Problem = {
	reason: 'STOPPED',
	what: 'Another item was refused, so nothing was deleted',
	advice: 'Correct that item and run all of them again.',
};

export const DELETION_WORDS: StopWords = {
	rejected: (rejected, total) =>
		total === 1
			? 'The deletion cannot be sent, so nothing was deleted.'
			: `The deletions of ${formatCount(rejected)} of ${formatNumberOf(total, 'item')} cannot be sent, so nothing was deleted.`,
	ended: (done) =>
		done.length === 0
			? 'No deletion was confirmed by eSputnik.'
			: `eSputnik took the deletions of ${formatNumberOf(done.length, 'item')}: ${itemRanges(done)}.`,
};

const TAKEN =
	'eSputnik took the request. Whether it deletes at once is not documented: check in eSputnik before you import again.';

/** The outcome of one deletion as n8n shows it. @param range what could be read of it */
export function deletionJson(
	{ status, problem }: ItemOutcome,
	{ from, to }: Partial<DeletionRange> = {},
): IDataObject {
	const bounds = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
	if (problem === undefined) return { deleted: true, ...bounds, message: TAKEN };
	return {
		deleted: false,
		...bounds,
		status,
		reason: problem.reason,
		message: problemMessage(problem),
	};
}

const MOST_LOGGED = 50;

/**
 * One line for n8n's log at the end of a run: which ranges eSputnik was asked to delete, and what is known of each. It is all that is
 * left after a click on Stop.
 */
export function describeDeletions(
	ranges: readonly DeletionRange[],
	outcomes: readonly ItemOutcome[],
): string {
	const parts = DELETION_STATUSES.flatMap((status) => {
		const named = ranges
			.filter((_, index) => outcomes[index].status === status)
			.map(({ from, to }) => `${from} to ${to}`);
		if (named.length === 0) return [];
		const more = named.length - MOST_LOGGED;
		const rest = more > 0 ? ` … and ${formatNumberOf(more, 'more range')}` : '';
		const listed = `${named.slice(0, MOST_LOGGED).join(', ')}${rest}`;
		return [`${formatNumberOf(named.length, 'range')} ${status}: ${listed}`];
	});
	return `eSputnik: ${parts.join('; ')}`;
}
