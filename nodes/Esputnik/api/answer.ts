/** How a request is authenticated: the node's `authentication` parameter. */
export type Authentication = 'apiKey' | 'apiToken' | 'oAuth2';

/** How one request to eSputnik ended, as far as can be known on this side of the wire. */
export type HttpAnswer =
	/** A whole answer arrived. `text` is its body as text, `retryAfterMs` the wait it asked for, `authentication` what it may object to. */
	| {
			readonly kind: 'status';
			readonly status: number;
			readonly text: string;
			readonly retryAfterMs?: number;
			readonly authentication?: Authentication;
	  }
	/**
	 * No whole answer arrived. `CONNECTION_FAILED`: the request certainly did not leave; `NOT_RENEWED`: it was certainly not taken, because
	 * its OAuth2 access had expired and the server for new ones failed; the others: it may have been taken.
	 */
	| {
			readonly kind: 'noAnswer';
			readonly reason: NoAnswerReason;
			readonly text: string;
	  };

export type NoAnswerReason =
	| 'CONNECTION_FAILED'
	| 'NOT_RENEWED'
	| 'CONNECTION_LOST'
	| 'TIMEOUT'
	| 'CANCELLED';

/** How one request of past events ended: an answer 200 is read as far as its results, event by event. */
export type Answer =
	| HttpAnswer
	/** HTTP 200 with one status for each event sent, at the same position. */
	| { readonly kind: 'results'; readonly statuses: readonly string[] }
	/** HTTP 200 whose body is empty, not JSON, or whose results differ in number from what was sent. */
	| { readonly kind: 'unreadable'; readonly text: string };
