import type { Problem } from '../problem';

/**
 * What became of one record. The requests are numbered from 1 by first sending; `request` is the last that carried the record
 * and is absent where none did.
 *
 * - `accepted`: taken; `receipt` is what the answer gave to know it by, where it gave anything
 * - `rejected`: refused by the node's checks or by the server; send it again after a correction
 * - `uncertain`: a request carried it and nobody can say whether it was taken
 * - `notSent`: certainly not taken, and the node stopped trying
 *
 * Records of one request may share one object: it is never changed.
 */
export type Outcome<Receipt = unknown> =
	| { readonly status: 'accepted'; readonly request: number; readonly receipt?: Receipt }
	| {
			readonly status: 'rejected' | 'uncertain' | 'notSent';
			readonly request?: number;
			readonly problem: Problem;
	  };
