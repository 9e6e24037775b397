/** How a request is authenticated: the node's `authentication` parameter. */
export type Authentication = 'apiKey' | 'apiToken' | 'oAuth2';

/**
 * How one HTTP request ended, as far as can be known on this side of the wire: facts, no words of the node and no judgement of what
 * the request carried. No text in it holds a secret.
 */
export type HttpAnswer = StatusAnswer | NotTaken | NoAnswer;

/** A whole answer arrived. */
export interface StatusAnswer {
	readonly kind: 'status';
	readonly status: number;
	/** What the body is. A web page (`html`) was not written by eSputnik's API, whatever the status says. */
	readonly form: 'empty' | 'json' | 'text' | 'html';
	/** The value of a JSON body, with its texts freed of secrets. */
	readonly json?: unknown;
	/**
	 * What the server says, to be quoted, 300 characters at most: a plain text, the `message` of a JSON object, or else the JSON itself.
	 * Empty for a web page and for what is no text.
	 */
	readonly text: string;
	/** The wait that the answer asks for, in milliseconds. */
	readonly retryAfterMs?: number;
}

/** The request was certainly not taken: nothing of it left, or eSputnik answered it with a 401 and n8n could not renew the access. */
export interface NotTaken {
	readonly kind: 'notTaken';
	readonly reason: NotTakenReason;
	/** What the network said (`connect ECONNREFUSED 127.0.0.1:80`); empty where nothing can be quoted. */
	readonly text: string;
	/** The HTTP status of the server for new OAuth2 access, where it answered. Its texts are never told: they may hold the new token. */
	readonly status?: number;
	/** The wait that the answer of that server asks for, in milliseconds. */
	readonly retryAfterMs?: number;
}

export type NotTakenReason =
	/** No connection came about: refused, no such host, a bad certificate, a proxy that broke off. */
	| 'CONNECTION_FAILED'
	/** The server does not speak TLS. */
	| 'NO_HTTPS'
	/** The connection, or its TLS handshake, hung until the time-out. */
	| 'CONNECTION_TIMEOUT'
	/** The server for new OAuth2 access refused: the credential has to be connected again. */
	| 'RENEWAL_REFUSED'
	/** The server for new OAuth2 access gets too many requests (429). */
	| 'RENEWAL_RATE_LIMITED'
	/** The server for new OAuth2 access did not answer, or failed. */
	| 'RENEWAL_FAILED'
	/** n8n itself could not read the credential, or keep the new access. */
	| 'CREDENTIAL_STORE_FAILED'
	/** n8n refused to send the request: its settings forbid the address. */
	| 'FORBIDDEN_BY_N8N';

/** No whole answer arrived, and the request may have been taken. */
export interface NoAnswer {
	readonly kind: 'noAnswer';
	readonly reason: NoAnswerReason;
	/** What the network said; empty where nothing can be quoted. */
	readonly text: string;
}

export type NoAnswerReason =
	/** The connection broke off. */
	| 'CONNECTION_LOST'
	/** The time for a whole answer was over. */
	| 'TIMEOUT'
	/** The user clicked Stop. */
	| 'CANCELLED'
	/** More was sent than any answer of eSputnik has; the rest was not read. */
	| 'ANSWER_TOO_LONG'
	/** n8n failed in a way that does not tell whether the request had left. */
	| 'FAILED_IN_N8N';
