/** How one request to eSputnik ended, as far as can be known on this side of the wire. Texts hold no secret. */
export type HttpAnswer =
	/** A whole answer arrived. `text` is its body as text, `retryAfterMs` the wait it asked for. */
	| {
			readonly kind: 'status';
			readonly status: number;
			readonly text: string;
			readonly retryAfterMs?: number;
	  }
	/** No whole answer arrived. `CONNECTION_FAILED`: the request certainly did not leave; the others: it may have been taken. */
	| {
			readonly kind: 'noAnswer';
			readonly reason: 'CONNECTION_FAILED' | 'CONNECTION_LOST' | 'TIMEOUT' | 'CANCELLED';
			readonly text: string;
	  };

/** How one request of past events ended: an answer 200 is read as far as its results, event by event. */
export type Answer =
	| HttpAnswer
	/** HTTP 200 with one status for each event sent, at the same position. */
	| { readonly kind: 'results'; readonly statuses: readonly string[] }
	/** HTTP 200 whose body is empty, not JSON, or whose results differ in number from what was sent. */
	| { readonly kind: 'unreadable'; readonly text: string };
