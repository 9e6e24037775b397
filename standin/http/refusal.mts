import { randomBytes, randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Switches } from '../options.mts';
import { echoesOf } from './echo.mts';

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

/** Turns whatever was thrown into eSputnik's kind of refusal: plain text, JSON or nothing, by the switch `errorBody`. */
export function refusalHandler(switches: Switches) {
	return (error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply): void => {
		const { status, text, headers } = describe(error);
		if (request.record !== undefined) request.record.refusal = text;
		void reply.headers(headers);
		refuse(switches, request, reply, status, text);
	};
}

/** Answers a refusal. @param form how its body is written, where that is not for the switch `errorBody` to say */
export function refuse(
	switches: Switches,
	request: FastifyRequest,
	reply: FastifyReply,
	status: number,
	text: string,
	form = switches.errorBody,
): void {
	void reply.code(status).headers(ofProxy(status));
	const message = remarked(text, switches, request);
	if (form === 'json') void reply.send({ status, message });
	else void reply.type('text/plain; charset=utf-8').send(form === 'empty' ? '' : message);
}

/** Answers a status with its usual text, as something in between would. */
export function answerStatus(
	switches: Switches,
	request: FastifyRequest,
	reply: FastifyReply,
	status: number,
	text = STATUS_CODES[status] ?? '',
	contentType = 'text/plain; charset=utf-8',
): FastifyReply {
	return reply
		.code(status)
		.headers(ofProxy(status))
		.type(contentType)
		.send(remarked(text, switches, request));
}

/** The text of a refusal, with what the switches `echo` and `refusalId` put behind it. */
function remarked(
	text: string,
	{ echo, echoOf, echoIn, refusalId }: Switches,
	request: FastifyRequest,
): string {
	const echoed =
		echo !== 'none' && echoIn === 'refusals'
			? echoesOf(request.headers.authorization, echoOf, echo).join(' and ')
			: '';
	const parts = [text];
	if (echoed !== '') parts.push(`(credential ${echoed})`);
	if (refusalId !== 'none') parts.push(`(request ${nextId(refusalId)})`);
	return parts.join(' ');
}

let running = 0;

function nextId(form: Exclude<Switches['refusalId'], 'none'>): string {
	running++;
	switch (form) {
		case 'number':
			return String(running);
		case 'uuid':
			return randomUUID();
		case 'hex':
			return randomBytes(8).toString('hex');
		case 'time':
			return new Date().toISOString();
	}
}

function ofProxy(status: number): Record<string, string> {
	return status === 407 ? { 'proxy-authenticate': 'Basic realm="proxy"' } : {};
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
