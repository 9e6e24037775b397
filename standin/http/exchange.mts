import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Backstage } from '../backstage.mts';
import type { Fault } from '../faults.mts';
import { echoesOf } from './echo.mts';
import type { Switches } from '../options.mts';
import { answerStatus, Refusal } from './refusal.mts';
import { spoil } from './spoil.mts';

/** What a portal, or a page for maintenance, answers in the place of eSputnik. */
const PORTAL_PAGE = '<!doctype html><html><body><h1>Please sign in</h1></body></html>';

/** Records every request that comes to this part of the server, and lets it meet the fault that waits for it. */
export function recordAndDisturb(app: FastifyInstance, backstage: Backstage): void {
	const { faults, requests, switches } = backstage;
	const met = new WeakMap<FastifyRequest, Fault>();

	const meet = (request: FastifyRequest, fault: Fault | undefined) => {
		if (fault === undefined) return;
		met.set(request, fault);
		if (request.record !== undefined) request.record.fault = fault.kind;
	};

	app.addHook('onRequest', async (request, reply) => {
		const path = request.url.replace(/\?.*$/, '');
		const record = requests.start(path, request.raw);
		request.record = record;
		reply.raw.once('close', () => {
			record.abandoned = !reply.raw.writableFinished;
		});
		meet(request, faults.takeByHeaders(record));
		const fault = met.get(request);
		if (fault?.kind === 'resetBeforeReading') {
			requests.end(record, 0);
			return reset(request, reply);
		}
		if (fault?.kind === 'early') {
			return await answerByStatus(switches, request, reply, { status: 413, ...fault });
		}
		const between = answerInBetween(switches, request, reply, path);
		if (between !== undefined) return await between;
		const { hosts, wrongHostStatus } = switches;
		if (path.startsWith('/api/') && hosts.length > 0 && !hosts.includes(request.hostname)) {
			throw new Refusal(wrongHostStatus, 'Unauthorized');
		}
	});

	app.addHook('preHandler', async (request, reply) => {
		const { record } = request;
		if (record === undefined) return;
		if (!met.has(request) && faults.looksAtBodies) {
			const { number, method, path, body = '' } = record;
			meet(request, faults.takeByBody({ number, method, path, body }));
		}
		const fault = met.get(request);
		if (fault === undefined || isServed(fault)) return;
		if (fault.kind === 'redirect') {
			return await redirect(switches, request, reply, fault);
		}
		if (fault.kind === 'status') return await answerByStatus(switches, request, reply, fault);
		requests.end(record, 0);
		if (fault.kind !== 'hang') return reset(request, reply);
		reply.hijack();
	});

	app.addHook('onSend', async (request, reply, payload) => {
		const { record } = request;
		if (record === undefined) return payload;
		if (switches.latencyMs > 0) await sleep(switches.latencyMs, undefined, { ref: false });
		const fault = met.get(request);
		const sent =
			fault !== undefined && isServed(fault)
				? await spoil(fault, typeof payload === 'string' ? payload : '', request, reply)
				: { payload, whole: true };
		requests.end(record, sent.whole ? reply.statusCode : 0);
		return sent.payload;
	});
}

/** Whether the events are stored before the fault shows. */
function isServed({ kind, stored }: Fault): boolean {
	if (kind === 'status') return stored === true;
	if (kind === 'hang') return stored !== false;
	return !['redirect', 'early', 'resetBeforeReading', 'resetAfterReading'].includes(kind);
}

/** The answer of something that stands before eSputnik, by the switches `htmlInstead` and `statusInstead`. */
function answerInBetween(
	switches: Switches,
	request: FastifyRequest,
	reply: FastifyReply,
	path: string,
): FastifyReply | undefined {
	const { htmlInstead, statusInstead } = switches;
	const line = `${request.method} ${path}`;
	if (htmlInstead.some((text) => line.includes(text))) {
		return reply.code(200).type('text/html; charset=utf-8').send(PORTAL_PAGE);
	}
	const found = Object.entries(statusInstead).find(([text]) => line.includes(text));
	return found && answerStatus(switches, request, reply, found[1]);
}

function answerByStatus(
	switches: Switches,
	request: FastifyRequest,
	reply: FastifyReply,
	{ status = 500, text, contentType, retryAfter }: Fault,
): FastifyReply {
	if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
	return answerStatus(switches, request, reply, status, text, contentType);
}

function redirect(
	{ echo, echoOf, echoIn }: Switches,
	{ headers }: FastifyRequest,
	reply: FastifyReply,
	{ location = '/elsewhere', status = 302 }: Fault,
): FastifyReply {
	const echoes =
		echo !== 'none' && echoIn === 'location' ? echoesOf(headers.authorization, echoOf, echo) : [];
	return reply.redirect([location, ...echoes].join('?'), status);
}

function reset(request: FastifyRequest, reply: FastifyReply): FastifyReply {
	reply.hijack();
	request.raw.socket.resetAndDestroy();
	return reply;
}
