import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Switches } from './options.mts';

/** An answer other than 2xx: HTTP status, the text that says why, and headers that belong to it. */
export class Refusal extends Error {
	constructor(
		readonly statusCode: number,
		message: string,
		readonly headers: Readonly<Record<string, string>> = {},
	) {
		super(message);
	}
}

/** Turns whatever was thrown into eSputnik's kind of refusal: plain text, or JSON by the switch `errorBody`. */
export function refusalHandler(switches: Switches) {
	return (error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply): void => {
		const { status, text, headers } = describe(error);
		if (request.record !== undefined) request.record.refusal = text;
		void reply.code(status).headers(headers);
		if (switches.errorBody === 'json') void reply.send({ status, message: text });
		else void reply.type('text/plain; charset=utf-8').send(text);
	};
}

function describe(error: FastifyError | Refusal): {
	status: number;
	text: string;
	headers: Readonly<Record<string, string>>;
} {
	if (error instanceof Refusal) {
		return { status: error.statusCode, text: error.message, headers: error.headers };
	}
	const status = error.statusCode ?? 500;
	if (status === 401) return { status, text: 'Unauthorized', headers: {} };
	if (error.validation !== undefined) {
		return { status: 400, text: `Bad Request: ${error.message}`, headers: {} };
	}
	return { status, text: error.message, headers: {} };
}
