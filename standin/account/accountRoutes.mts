import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { Backstage } from '../backstage.mts';
import { guard, limiter } from './credentials.mts';

/** `GET /v1/account/info` and `POST /v1/auth/token`. */
export const accountRoutes: FastifyPluginCallbackTypebox<{ backstage: Backstage }> = (
	app,
	{ backstage },
	done,
) => {
	const { switches, tokens } = backstage;
	const limit = limiter(app, switches, () => switches.otherPerSecond);

	app.get(
		'/v1/account/info',
		{
			onRequest: guard(app, backstage, {
				right: 'none',
				accepts: (kind) => kind === 'oAuth2' || switches.accountInfoTakesTokens,
				limit,
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
		{ onRequest: guard(app, backstage, { right: 'none', accepts: () => false, limit }) },
		(_request, reply) => {
			const token = tokens.issue(switches.tokenLifetimeSeconds);
			return reply.type('application/json; charset=utf-8').send(JSON.stringify(token));
		},
	);
	done();
};
