import { readFailure } from '../../nodes/Esputnik/api/failure.ts';

interface NodeError {
	readonly code: string;
	readonly syscall?: string;
	readonly message?: string;
	readonly errors?: readonly NodeError[];
}

/** An error of Node.js as n8n's HTTP helper throws it. */
function thrown(cause: NodeError, request: object = {}): Error {
	const { code, syscall = '', message = `${syscall} ${code}`.trim() } = cause;
	const axios = Object.assign(new Error(message), { isAxiosError: true, code, request, cause });
	return new Error('The service is not available', { cause: axios });
}

const quote = (text: string) => text;

describe('an error of the network', () => {
	test.each<[name: string, error: NodeError, reason: string]>([
		['a refused port', { code: 'ECONNREFUSED', syscall: 'connect' }, 'CONNECTION_FAILED'],
		['an unknown host', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'CONNECTION_FAILED'],
		['no way to the host', { code: 'EHOSTUNREACH', syscall: 'connect' }, 'CONNECTION_FAILED'],
		['no answer to the knock', { code: 'ETIMEDOUT', syscall: 'connect' }, 'CONNECTION_FAILED'],
		['a certificate that is not trusted', { code: 'CERT_HAS_EXPIRED' }, 'CONNECTION_FAILED'],
		[
			'several addresses of which none answered',
			{
				code: 'ETIMEDOUT',
				errors: [
					{ code: 'ETIMEDOUT', syscall: 'connect' },
					{ code: 'ECONNREFUSED', syscall: 'connect' },
				],
			},
			'CONNECTION_FAILED',
		],
		['a reset', { code: 'ECONNRESET', syscall: 'read' }, 'CONNECTION_LOST'],
		['a pipe that broke', { code: 'EPIPE', syscall: 'write' }, 'CONNECTION_LOST'],
		['a way that was lost', { code: 'EHOSTUNREACH', syscall: 'read' }, 'CONNECTION_LOST'],
		['a network that went down', { code: 'ENETDOWN', syscall: 'write' }, 'CONNECTION_LOST'],
		['silence under an open connection', { code: 'ETIMEDOUT', syscall: 'read' }, 'TIMEOUT'],
	])('%s', (_, error, reason) => {
		expect(readFailure(thrown(error), quote)).toMatchObject({ reason });
	});

	test('before the handshake of TLS has ended nothing was sent, whatever it is', () => {
		const reset = { code: 'ECONNRESET', syscall: 'read' };
		const during = (secureConnecting: boolean) =>
			readFailure(thrown(reset, { socket: { secureConnecting } }), quote);
		expect(during(true)).toMatchObject({ reason: 'CONNECTION_FAILED' });
		expect(during(false)).toMatchObject({ reason: 'CONNECTION_LOST' });
	});
});
