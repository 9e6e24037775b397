import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from '@sinclair/typebox';
import type { FastifyError } from 'fastify';
import { SentContact, valuesOf } from './contacts/importBody.mts';
import { Fault } from './faults.mts';
import { Switches } from './options.mts';
import { overview } from './page/overview.mts';
import type { Standin } from './server.mts';

const Page = Type.Object({
	offset: Type.Optional(Type.String({ pattern: '^\\d{1,9}$' })),
	limit: Type.Optional(Type.String({ pattern: '^\\d{1,6}$' })),
	/** Bodies are large, so they come only when asked for. */
	bodies: Type.Optional(Type.Literal('true')),
});
const RestartAfter = Type.Object({ downMs: Type.Integer({ minimum: 0, maximum: 600_000 }) });

/** The stand-in's own addresses, for people (`GET /`) and for tests in other processes (`/_…`). They need no credential and show none. */
export const controlRoutes: FastifyPluginCallbackTypebox<{ standin: Standin }> = (
	app,
	{ standin },
	done,
) => {
	app.setErrorHandler((error: FastifyError, _request, reply) => {
		void reply.code(error.statusCode ?? 400).send({ error: error.message });
	});

	app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(overview(standin)));

	app.get('/_received', { schema: { querystring: Page } }, ({ query }) => {
		const { received, oauth } = standin;
		const offset = Number(query.offset ?? 0);
		const limit = Number(query.limit ?? 100);
		const requests = received.requests.slice(limit === 0 ? received.requests.length : -limit);
		return {
			nowMs: received.nowMs,
			counts: received.counts(),
			connections: received.connections,
			oauth: oauth.counts,
			deletions: received.deletions,
			imports: received.imports.slice(limit === 0 ? received.imports.length : -limit),
			workflowStarts: received.workflowStarts.slice(
				limit === 0 ? received.workflowStarts.length : -limit,
			),
			requests: query.bodies === 'true' ? requests : requests.map((request) => request.summary()),
			offset,
			limit,
			events: received.page(offset, limit),
		};
	});

	app.get('/_keys', () => standin.received.counts().keys);

	app.post('/_keys', { schema: { body: Type.String() } }, ({ body }, reply) => {
		const lines = body.split('\n').filter((line) => line !== '');
		void reply.type('text/plain; charset=utf-8');
		return standin.received
			.keysOf(lines)
			.map((count) => `${count}\n`)
			.join('');
	});

	app.get('/_contacts', { schema: { querystring: Page } }, ({ query }) => {
		const { contacts } = standin;
		const page = contacts.page(Number(query.offset ?? 0), Number(query.limit ?? 100));
		return {
			count: contacts.count,
			contacts: page.map(({ additional, groups, ...contact }) => ({
				...contact,
				additional: Object.fromEntries(additional),
				groups: [...groups],
			})),
		};
	});

	app.post('/_contacts', { schema: { body: Type.Array(SentContact) } }, ({ body }) => {
		for (const sent of body) standin.contacts.create({ values: valuesOf(sent) });
		return { count: standin.contacts.count };
	});

	app.post('/_configure', { schema: { body: Type.Partial(Switches) } }, ({ body }) => {
		standin.configure(body);
		return standin.switches;
	});

	app.post('/_faults', { schema: { body: Type.Union([Type.Array(Fault), Fault]) } }, ({ body }) => {
		standin.faults.push(...(Array.isArray(body) ? body : [body]));
		return { waiting: standin.faults.waiting };
	});

	app.post('/_reset', () => {
		standin.reset();
		return { reset: true };
	});

	app.post('/_restart', { schema: { body: RestartAfter } }, ({ body }, reply) => {
		reply.raw.once('finish', () => void standin.restart(body.downMs));
		return { downMs: body.downMs };
	});

	app.post('/_oauth/expire', () => {
		standin.oauth.expireAccessTokens();
		return { expired: true };
	});
	done();
};
