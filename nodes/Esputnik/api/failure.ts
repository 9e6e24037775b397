import type { HttpAnswer, NoAnswerReason } from './answer';
import { isRecord } from './json';
import { responseText } from './responseText';
import { parseRetryAfter } from './retryAfter';

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

/** Stands for Node's text of a handshake with a server that speaks no TLS: a line of OpenSSL's source code. */
export const NO_HTTPS = 'no https connection came about';

const TIMEOUTS = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

interface NetworkError {
	readonly isAxiosError: true;
	readonly message: string;
	readonly code?: string;
	readonly syscall?: string;
	readonly config?: { readonly url?: string };
	/** The request of Node.js, with the socket that it got. */
	readonly request?: unknown;
	readonly response?: {
		readonly status?: number;
		readonly data?: unknown;
		readonly headers?: unknown;
	};
	readonly cause?: unknown;
}

/**
 * What an exception of n8n's HTTP helper says about the request. The helper wraps everything in a NodeApiError whose cause is
 * the error of the HTTP client (axios).
 *
 * An error without one in its chain was raised before the request left, or by the renewal of a token after a definite 401: the
 * credential could not be used. It is told as a 401 with its text.
 *
 * @param renewalUrl where n8n renews the access of this credential, after a 401 only
 */
export function readFailure(error: unknown, renewalUrl?: string): HttpAnswer {
	const network = findNetworkError(error);
	if (network === undefined) return { kind: 'status', status: 401, text: messageOf(error) };
	if (renewalUrl !== undefined && network.config?.url === renewalUrl) {
		return { kind: 'noAnswer', reason: 'NOT_RENEWED', text: textOf(network) };
	}

	const { response } = network;
	if (response?.status !== undefined) {
		return {
			kind: 'status',
			status: response.status,
			text: responseText(response.status, response.data ?? brokenOff(network)),
			retryAfterMs: parseRetryAfter(response.headers),
		};
	}
	return { kind: 'noAnswer', reason: reasonOf(network), text: textOf(network) };
}

/** Why an answer has no body: an answer 200 that says nothing would be taken for one that came empty. */
function brokenOff(error: NetworkError): string {
	return error.response?.status === 200 ? messageOf(error) : '';
}

function reasonOf(error: NetworkError): NoAnswerReason {
	const { code = '' } = error;
	if (code === 'ERR_CANCELED') return 'CANCELLED';
	if (neverLeft(error)) return 'CONNECTION_FAILED';
	return TIMEOUTS.has(code) ? 'TIMEOUT' : 'CONNECTION_LOST';
}

function textOf({ message }: NetworkError): string {
	return /EPROTO|SSL routines/.test(message) ? NO_HTTPS : messageOf({ message });
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

function findNetworkError(error: unknown): NetworkError | undefined {
	let current = error;
	for (let depth = 0; depth < 5 && isRecord(current); depth++) {
		if (isNetworkError(current)) return current;
		current = current.cause;
	}
	return undefined;
}

function isNetworkError(
	error: Record<string, unknown>,
): error is Record<string, unknown> & NetworkError {
	return error.isAxiosError === true && typeof error.message === 'string';
}

/** The first line of an error's message. */
function messageOf(error: unknown): string {
	const message = isRecord(error) ? String(error.message) : String(error);
	return message.split('\n', 1)[0].slice(0, 200).trim();
}
