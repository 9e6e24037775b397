import { SUPPORT_EMAIL } from '../contract';
import type { Problem } from '../problem';
import type { Ending } from './attempts';
import { cancelled } from './problems';

/**
 * What became of the deletion that one item asked for. `deleted` means that eSputnik took the request; the others as in
 * {@link Outcome}.
 */
export type Deletion =
	| { readonly status: 'deleted' }
	| { readonly status: 'rejected' | 'uncertain' | 'notSent'; readonly problem: Problem };

const NOT_ENABLED = `If deletion has not been enabled for your account, write to ${SUPPORT_EMAIL}.`;

const AFTER_ANOTHER: Problem = {
	reason: 'STOPPED',
	what: 'This range was not sent, because the deletion before it was refused or is uncertain',
	advice: 'Look at that one first, then run this item again.',
};

/**
 * The end of a deletion request in words. A deletion cannot be undone, so an uncertain one is never repeated.
 *
 * @param isCancelled whether the user clicked Stop
 */
export function deletionOf(ending: Ending, isCancelled: boolean): Deletion {
	switch (ending.kind) {
		case 'judged':
			return { status: 'deleted' };
		case 'refused':
			return { status: 'rejected', problem: refused(ending.problem) };
		case 'fatal':
			return ending.problem.reason === 'UNAUTHORIZED'
				? { status: 'notSent', problem: ending.problem }
				: { status: 'rejected', problem: refused(ending.problem) };
		case 'later':
			return { status: 'notSent', problem: ending.problem };
		case 'uncertain':
		case 'cancelled':
			return { status: 'uncertain', problem: inDoubt(ending.problem) };
		case 'stopped':
			return { status: 'notSent', problem: isCancelled ? cancelled : AFTER_ANOTHER };
	}
}

function refused(problem: Problem): Problem {
	return { ...problem, what: 'eSputnik refused the deletion', advice: NOT_ENABLED };
}

function inDoubt(problem: Problem): Problem {
	return {
		...problem,
		advice:
			'The deletion may or may not have happened, and it is not repeated: look in eSputnik first.',
	};
}
