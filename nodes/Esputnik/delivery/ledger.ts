import type { Problem } from '../problem';
import type { Outcome } from './outcome';
import { stillInDoubt } from './problems';
import type { Request } from './requests';

const UNSENT: Outcome = Object.freeze({
	status: 'notSent',
	problem: Object.freeze({ reason: 'STOPPED', what: 'Not sent', advice: '' }),
});

/** What became of each event, kept while it becomes known. */
export class Ledger {
	private readonly outcomes: Outcome[] = [];

	constructor(events: number) {
		for (let position = 0; position < events; position++) this.outcomes.push(UNSENT);
	}

	write(position: number, outcome: Outcome): void {
		this.outcomes[position] = outcome;
	}

	/** @param rest what became of all events that no request carried */
	close(rest: Outcome): Outcome[] {
		const { outcomes } = this;
		for (let position = 0; position < outcomes.length; position++) {
			if (outcomes[position] === UNSENT) outcomes[position] = rest;
		}
		return outcomes;
	}
}

export function accepted(request: Request): Outcome {
	return Object.freeze({ status: 'accepted', request: request.number });
}

/**
 * What became of events of a request that were not accepted. Where an attempt before this end may have stored them, they stay
 * uncertain: eSputnik may also refuse an event because it has it.
 */
export function notAccepted(
	request: Pick<Request, 'number' | 'doubt'>,
	status: 'rejected' | 'uncertain' | 'notSent',
	problem: Problem,
): Outcome {
	const { number, doubt } = request;
	const outcome =
		doubt === undefined
			? { status, problem }
			: { status: 'uncertain' as const, problem: stillInDoubt(doubt, problem) };
	return Object.freeze(number === 0 ? outcome : { ...outcome, request: number });
}
