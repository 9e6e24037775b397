import { NodeOperationError, UserError } from 'n8n-workflow';

import type { NoAnswer, NotTaken } from './answer';
import { isRecord } from './json';
import { parseRetryAfter } from './readAnswer';

/** Codes of Node.js that mean: no connection came about, so nothing was sent. */
const BEFORE_SENDING = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EAI_FAIL',
	'EAI_NODATA',
	'EHOSTUNREACH',
	'EHOSTDOWN',
	'ENETUNREACH',
	'ENETDOWN',
	'EADDRNOTAVAIL',
	'ERR_INVALID_URL',
	'ERR_INVALID_CHAR',
	'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Codes of OpenSSL for a certificate that Node.js refuses: the handshake ends before the request is written. */
const CERTIFICATE_REFUSED =
	/^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA)/;

/**
 * Texts of Node.js and OpenSSL for a TLS handshake that failed, where the code alone (ECONNRESET, EPROTO) does not tell. Node 24 finds
 * the packets too long of a server that does not speak TLS, where Node 20 and 22 find a wrong version. Once the handshake is over,
 * Node.js tells OpenSSL's errors by codes that begin with ERR_SSL_.
 */
const HANDSHAKE_FAILED =
	/before secure TLS connection was established|wrong version number|packet length too long|handshake failure|protocol version|unsupported protocol|unknown protocol|no protocols available|unrecognized name/i;

const TIMEOUTS = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

interface NetworkError {
	readonly isAxiosError: true;
	readonly message: string;
	readonly code?: string;
	readonly syscall?: string;
	/** The request of Node.js, with the socket that it got. */
	readonly request?: unknown;
	readonly response?: { readonly status?: number; readonly headers?: unknown };
	readonly cause?: unknown;
}

/**
 * What an exception of n8n's HTTP helper says about the request: whether it certainly did not leave, or may have been taken. The helper
 * may wrap the error of its HTTP client (axios) in another.
 *
 * @param quote takes secrets out of a text
 */
export function readFailure(error: unknown, quote: (text: string) => string): NotTaken | NoAnswer {
	const network = inChain(error, isNetworkError);
	if (network === undefined) {
		const text = quote(firstLine(error));
		// n8n's own errors for a user are thrown before anything is sent, such as that of its protection of inner networks.
		return inChain(error, isUserError) === undefined
			? { kind: 'noAnswer', reason: 'FAILED_IN_N8N', text }
			: { kind: 'notTaken', reason: 'FORBIDDEN_BY_N8N', text };
	}
	const { code = '', message } = network;
	const timedOut = code === 'ERR_CANCELED' || TIMEOUTS.has(code);
	const text = code === 'ERR_CANCELED' ? '' : quote(firstLine(network));
	if (!neverLeft(network)) {
		return { kind: 'noAnswer', reason: timedOut ? 'TIMEOUT' : 'CONNECTION_LOST', text };
	}
	// The system itself gives up connecting after minutes, and says to whom.
	if (timedOut && syscallOf(network) !== 'connect') {
		return { kind: 'notTaken', reason: 'CONNECTION_TIMEOUT', text: '' };
	}
	return /EPROTO|SSL routines/.test(message)
		? { kind: 'notTaken', reason: 'NO_HTTPS', text: '' }
		: { kind: 'notTaken', reason: 'CONNECTION_FAILED', text };
}

/** Codes of OAuth 2.0 (RFC 6749, section 5.2) for a grant or a client that is no good, now or later. */
const REFUSALS_OF_OAUTH = new Set([
	'invalid_grant',
	'invalid_client',
	'invalid_request',
	'invalid_scope',
	'invalid_token',
	'unauthorized_client',
	'unsupported_grant_type',
	'access_denied',
]);

/**
 * What an exception of the renewal of an OAuth2 access says. Nothing of an answer but its status is told: n8n quotes the answer in its
 * error, and the new access may stand in it.
 */
export function readRenewalFailure(error: unknown): NotTaken {
	const network = inChain(error, isNetworkError);
	if (network !== undefined) {
		const { status, headers } = network.response ?? {};
		return renewalFailed(status, parseRetryAfter(headers));
	}
	// n8n words a grant that was revoked as an error of the node.
	if (inChain(error, isNodeError) !== undefined) return notRenewed('RENEWAL_REFUSED');
	const answer = inChain(error, isOAuthError);
	if (answer === undefined) {
		// n8n 1.x reads what the server answers without a catch.
		const isUnreadable = error instanceof Error && error.name === 'SyntaxError';
		return notRenewed(isUnreadable ? 'RENEWAL_FAILED' : 'CREDENTIAL_STORE_FAILED');
	}
	const code = isRecord(answer.body) ? answer.body.error : undefined;
	return typeof code === 'string' && REFUSALS_OF_OAUTH.has(code)
		? notRenewed('RENEWAL_REFUSED')
		: renewalFailed(answer.status);
}

function renewalFailed(status?: number, retryAfterMs?: number): NotTaken {
	const facts = {
		...(status !== undefined && { status }),
		...(retryAfterMs !== undefined && { retryAfterMs }),
	};
	if (status === 429) return { ...notRenewed('RENEWAL_RATE_LIMITED'), ...facts };
	const isRefused = status === 400 || status === 401 || status === 403;
	return { ...notRenewed(isRefused ? 'RENEWAL_REFUSED' : 'RENEWAL_FAILED'), ...facts };
}

function notRenewed(reason: NotTaken['reason']): NotTaken {
	return { kind: 'notTaken', reason, text: '' };
}

/** Whether the request certainly was not sent: no connection came about, or its TLS handshake failed. */
function neverLeft(error: NetworkError): boolean {
	const { code = '', message } = error;
	const handshakeFailed = HANDSHAKE_FAILED.test(message) && !code.startsWith('ERR_SSL_');
	if (hasNoConnection(error) || CERTIFICATE_REFUSED.test(code) || handshakeFailed) return true;
	switch (syscallOf(error)) {
		case 'connect':
			return true;
		case 'read':
		case 'write':
			// A network that breaks off under an open connection has the codes of one that cannot be reached (EHOSTUNREACH).
			return false;
		default:
			return BEFORE_SENDING.has(code);
	}
}

/**
 * Node.js writes nothing of a request before it has a socket, which a proxy may refuse (`socket` is null then), nor before the
 * handshake of a TLS socket has ended, however that fails.
 */
function hasNoConnection({ request }: NetworkError): boolean {
	if (!isRecord(request)) return false;
	const { socket } = request;
	return socket === null || (isRecord(socket) && socket.secureConnecting === true);
}

/** Where a host has several addresses Node.js tries them in turn and puts the failures into one error. */
function syscallOf({ syscall, cause }: NetworkError): unknown {
	if (syscall !== undefined || !isRecord(cause)) return syscall;
	const [first]: unknown[] = Array.isArray(cause.errors) ? cause.errors : [cause];
	return isRecord(first) ? first.syscall : undefined;
}

/** The first error of a chain of causes that fits. */
function inChain<E>(error: unknown, fits: (error: object) => error is E & object): E | undefined {
	let current = error;
	for (let depth = 0; depth < 5 && typeof current === 'object' && current !== null; depth++) {
		if (fits(current)) return current;
		current = 'cause' in current ? current.cause : undefined;
	}
	return undefined;
}

function isNetworkError(error: object): error is NetworkError {
	return 'isAxiosError' in error && error.isAxiosError === true && 'message' in error;
}

function isUserError(error: object): error is UserError {
	return error instanceof UserError;
}

function isNodeError(error: object): error is NodeOperationError {
	return error instanceof NodeOperationError;
}

/** An answer of the server for new access that n8n could not use: a code of OAuth 2.0 in its body, or no body that n8n can read. */
interface OAuthError {
	readonly status?: number;
	readonly body: unknown;
}

function isOAuthError(error: object): error is OAuthError {
	return 'body' in error && 'code' in error && (error.code === 'EAUTH' || error.code === 'ESTATUS');
}

function firstLine(error: unknown): string {
	const message = isRecord(error) ? String(error.message) : String(error);
	return message.split('\n', 1)[0].trim();
}
