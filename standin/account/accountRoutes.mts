import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { onRequestAsyncHookHandler } from 'fastify';
import type { Backstage } from '../backstage.mts';
import { guard } from './credentials.mts';

/** `GET /v1/account/info` and `POST /v1/auth/token`. */
export const accountRoutes: FastifyPluginCallbackTypebox<{
	backstage: Backstage;
	shared: onRequestAsyncHookHandler;
}> = (app, { backstage, shared }, done) => {
	const { switches, tokens } = backstage;

	app.get(
		'/v1/account/info',
		{
			onRequest: guard(app, backstage, {
				right: 'none',
				accepts: (kind) => kind === 'oAuth2' || switches.accountInfoTakesTokens,
				limit: shared,
			}),
		},
		() => ({
			userEmail: 'owner@example.com',
			organisationName: 'Local eSputnik',
			orgId: 1,
		}),
	);

	app.post(
		'/v1/auth/token',
		{ onRequest: guard(app, backstage, { right: 'none', accepts: () => false, limit: shared }) },
		(_request, reply) => {
			const token = tokens.issue(switches.tokenLifetimeSeconds);
			return reply.type('application/json; charset=utf-8').send(JSON.stringify(token));
		},
	);
	done();
};
