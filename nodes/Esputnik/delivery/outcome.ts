import type { Problem } from '../problem';

/**
 * What became of one event. The requests are numbered from 1 by first sending; `request` is the last that carried the event
 * and is absent where none did.
 *
 * - `accepted`: eSputnik answered ACCEPTED
 * - `rejected`: refused by the node's checks or by eSputnik; send it again after a correction
 * - `uncertain`: a request carried it and nobody can say whether eSputnik took it
 * - `notSent`: eSputnik certainly did not take it, and the node stopped trying
 *
 * Events of one request may share one object: it is never changed.
 */
export type Outcome =
	| { readonly status: 'accepted'; readonly request: number }
	| {
			readonly status: 'rejected' | 'uncertain' | 'notSent';
			readonly request?: number;
			readonly problem: Problem;
	  };

export type OutcomeStatus = Outcome['status'];
