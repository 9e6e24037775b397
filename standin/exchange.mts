import { STATUS_CODES } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Backstage } from './backstage.mts';
import type { Fault } from './faults.mts';
import { Refusal } from './refusal.mts';
import { spoil } from './spoil.mts';

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
		const record = requests.start(request.method, path, request.headers);
		request.record = record;
		meet(request, faults.takeByHeaders(record));
		if (met.get(request)?.kind === 'resetBeforeReading') {
			requests.end(record, 0);
			return reset(request, reply);
		}
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
			return await reply.redirect(fault.location ?? '/elsewhere', fault.status ?? 302);
		}
		if (fault.kind === 'status') return await answerByStatus(reply, fault);
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
	return kind !== 'redirect' && kind !== 'resetBeforeReading' && kind !== 'resetAfterReading';
}

function answerByStatus(reply: FastifyReply, fault: Fault): FastifyReply {
	const { status = 500, text = STATUS_CODES[status] ?? '', contentType, retryAfter } = fault;
	if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
	return reply
		.code(status)
		.type(contentType ?? 'text/plain; charset=utf-8')
		.send(text);
}

function reset(request: FastifyRequest, reply: FastifyReply): FastifyReply {
	reply.hijack();
	request.raw.socket.resetAndDestroy();
	return reply;
}
