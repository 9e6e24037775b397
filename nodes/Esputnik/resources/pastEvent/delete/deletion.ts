import { SUPPORT_EMAIL } from '../../../contract';
import type { Problem } from '../../../problem';
import type { Ending } from '../../../delivery/attempts';
import { cancelled } from '../../../delivery/problems';

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
 * The ends of deletion requests in words, in their order. A deletion cannot be undone, so an uncertain one is never repeated. What
 * is wrong with the credential holds for the requests after it, too.
 *
 * @param isCancelled whether the user clicked Stop
 */
export function deletionsOf(endings: readonly Ending[], isCancelled: boolean): Deletion[] {
	const [wrongCredential = AFTER_ANOTHER] = endings.flatMap((ending) =>
		ending.kind === 'fatal' && isOfCredential(ending.problem) ? [ending.problem] : [],
	);
	return endings.map((ending) => deletionOf(ending, isCancelled ? cancelled : wrongCredential));
}

/** @param stopped why requests were not sent after another */
function deletionOf(ending: Ending, stopped: Problem): Deletion {
	switch (ending.kind) {
		case 'judged':
			return { status: 'deleted' };
		case 'refused':
			return { status: 'rejected', problem: refused(ending.problem) };
		case 'fatal':
			return isOfCredential(ending.problem)
				? { status: 'notSent', problem: ending.problem }
				: { status: 'rejected', problem: refused(ending.problem) };
		case 'later':
			return { status: 'notSent', problem: later(ending.problem) };
		case 'uncertain':
		case 'cancelled':
			return { status: 'uncertain', problem: inDoubt(ending.problem) };
		case 'stopped':
			return { status: 'notSent', problem: stopped };
	}
}

/** A key that eSputnik does not know, or an address that sends requests on: nothing that concerns deletion. */
function isOfCredential({ reason }: Problem): boolean {
	return reason === 'UNAUTHORIZED' || reason === 'REDIRECTED';
}

/** The limit of deletions is eSputnik's own; no option lowers it. */
function later(problem: Problem): Problem {
	return problem.reason === 'RATE_LIMITED'
		? { ...problem, advice: 'Run these items again later.' }
		: problem;
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
