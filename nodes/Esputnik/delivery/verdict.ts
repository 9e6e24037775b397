import type { Problem } from '../problem';

/**
 * What an answer says about the request that it answers: the judgement of the resource.
 *
 * `Fault` is what the resource knows of something that went wrong, as facts; `Receipt` what a taken record is known by.
 */
export type Verdict<Fault, Receipt = unknown> =
	/** Taken and judged record by record, in the order of the request. */
	| { readonly kind: 'judged'; readonly records: ReadonlyArray<RecordVerdict<Fault, Receipt>> }
	/** Certainly not taken; the same request may be taken later. `tooMany`: the server gets too many requests. */
	| {
			readonly kind: 'later';
			readonly fault: Fault;
			readonly retryAfterMs?: number;
			readonly tooMany?: boolean;
	  }
	/**
	 * Certainly not taken as it is; a part of it may be. `cause` is the same for refusals that seem to have the same cause; `tooLarge`: for the
	 * size of the request.
	 */
	| {
			readonly kind: 'refused';
			readonly fault: Fault;
			readonly cause: string;
			readonly tooLarge?: boolean;
	  }
	/** Certainly not taken, and neither will any other request be. */
	| { readonly kind: 'fatal'; readonly fault: Fault }
	/** Nobody can say whether it was taken. */
	| { readonly kind: 'uncertain'; readonly fault: Fault }
	/** The user clicked Stop while it was on its way; nobody can say whether it was taken. */
	| { readonly kind: 'cancelled' };

/** Equal verdicts may share one object; records of a request that do share one outcome. */
export type RecordVerdict<Fault, Receipt = unknown> =
	| { readonly kind: 'accepted'; readonly receipt?: Receipt }
	/** Certainly not taken; that record alone is sent again, and rejected with the fault once the retries are used up. */
	| { readonly kind: 'notQueued'; readonly fault: Fault }
	| { readonly kind: 'rejected'; readonly fault: Fault }
	/** The answer does not tell whether that record was taken. */
	| { readonly kind: 'uncertain'; readonly fault: Fault };

/** Why a record was not accepted. */
export type DeliveryFault<Fault> =
	/** What an answer said of its request or of the record, or why the record was left out. */
	| { readonly kind: 'answer'; readonly fault: Fault }
	/** Sending itself threw, or its verdict was not one for each record: nobody knows what was taken. */
	| { readonly kind: 'broken' }
	/** The user clicked Stop. `inFlight`: while the request was on its way. */
	| { readonly kind: 'cancelled'; readonly inFlight: boolean }
	/** Not sent, because another record was rejected or is uncertain. */
	| { readonly kind: 'stopped' }
	/** Not sent, because so many requests in a row could not be completed. */
	| {
			readonly kind: 'gaveUp';
			readonly requestsInARow: number;
			readonly last: DeliveryFault<Fault>;
	  }
	/** In a refused request, and never tried alone. */
	| { readonly kind: 'notTriedAlone'; readonly refusal: Fault }
	/** Uncertain, sent again, and not accepted then either: what came later does not undo the doubt. */
	| {
			readonly kind: 'stillInDoubt';
			readonly doubt: DeliveryFault<Fault>;
			readonly later: DeliveryFault<Fault>;
	  };

/** The resource's words for what went wrong: the one place where they are made. */
export type Words<Fault> = (fault: DeliveryFault<Fault>) => Problem;
