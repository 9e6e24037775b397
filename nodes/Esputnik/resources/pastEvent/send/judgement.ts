import { ACCEPTED, SERVER_ERROR } from '../../../contract';
import type { Answer } from '../pastEvents';
import { eventProblem } from './eventProblems';
import { accepted, notAccepted } from '../../../delivery/ledger';
import type { Outcome } from '../../../delivery/outcome';
import type { Request } from '../../../delivery/requests';

/** An answer that does not judge each event judges none. */
export function completeAnswer(answer: Answer, events: number): Answer {
	return answer.kind === 'results' && answer.statuses.length !== events
		? { kind: 'unreadable', text: `${answer.statuses.length} results for ${events} events` }
		: answer;
}

/**
 * What became of each event of a request that eSputnik judged.
 *
 * @param statuses one for each event of the request
 * @param retriesLeft whether an event that could not be queued is sent once more
 * @param record told of each event whose outcome is known now; events of one status share one
 * @returns the positions of the events to send once more
 */
export function judgeEvents(
	request: Request,
	statuses: readonly string[],
	retriesLeft: boolean,
	record: (position: number, outcome: Outcome) => void,
): number[] {
	const outcomes = new Map<string, Outcome>();
	const again: number[] = [];
	statuses.forEach((status, index) => {
		const position = request.positions[index];
		if (status === SERVER_ERROR && retriesLeft) {
			again.push(position);
			return;
		}
		const outcome = outcomes.get(status) ?? outcomeOf(request, status);
		outcomes.set(status, outcome);
		record(position, outcome);
	});
	return again;
}

function outcomeOf(request: Request, status: string): Outcome {
	return status === ACCEPTED
		? accepted(request)
		: notAccepted(request, 'rejected', eventProblem(status));
}
