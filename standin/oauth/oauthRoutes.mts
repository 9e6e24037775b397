import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from '@sinclair/typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Backstage } from '../backstage.mts';
import { markup, page } from '../page/html.mts';
import type { OAuthAnswer, OAuthParameters } from './oauth.mts';

const Parameters = Type.Record(Type.String(), Type.String());

/** `/uaa/oauth/authorize` and `/uaa/oauth/token`. */
export const oauthRoutes: FastifyPluginCallbackTypebox<{ backstage: Backstage }> = (
	app,
	{ backstage },
	done,
) => {
	const { oauth, switches } = backstage;

	app.get('/oauth/authorize', { schema: { querystring: Parameters } }, async (request, reply) => {
		const objection = oauth.objection(request.query);
		if (objection !== undefined) return reply.code(400).type('text/plain').send(objection);
		if (switches.oauthConsent === 'auto') return send(reply, await oauth.authorize(request.query));
		return reply.type('text/html; charset=utf-8').send(consentPage(request.query));
	});

	app.post('/oauth/authorize', { schema: { body: Parameters } }, async (request, reply) => {
		const objection = oauth.objection(request.body);
		if (objection !== undefined) return reply.code(400).type('text/plain').send(objection);
		return send(reply, await oauth.authorize(request.body));
	});

	app.post('/oauth/token', { schema: { body: Parameters } }, async (request, reply) => {
		const headers: Record<string, string> = {};
		for (const name of ['authorization', 'content-type', 'content-length']) {
			const value = request.headers[name];
			if (typeof value === 'string') headers[name] = value;
		}
		if (request.body.grant_type === 'refresh_token') {
			return await answerRefresh(backstage, request, reply, headers);
		}
		return send(reply, await oauth.token(headers, request.body));
	});
	done();
};

/** A refresh, answered by the switches `oauthRefreshDelayMs` and `oauthRefreshAnswer`. */
async function answerRefresh(
	{ oauth, switches, requests, settings }: Backstage,
	{ body, record }: FastifyRequest<{ Body: OAuthParameters }>,
	reply: FastifyReply,
	headers: Record<string, string>,
): Promise<FastifyReply> {
	const { oauthRefreshAnswer: form, oauthRefreshDelayMs } = switches;
	const text = (status: number, words: string, type = 'text/plain') =>
		reply.code(status).type(`${type}; charset=utf-8`).send(words);
	if (oauthRefreshDelayMs > 0) await sleep(oauthRefreshDelayMs, undefined, { ref: false });
	if (form === 'rateLimited') return text(429, 'Too Many Requests');
	if (form === 'serverError') return text(500, 'Internal Server Error');
	if (form === 'echo') {
		const { oauthClientId, oauthClientSecret } = settings;
		const app = `${oauthClientId}:${oauthClientSecret}`;
		return text(400, `The app ${app} has no refresh token ${body.refresh_token}`);
	}
	const answer = await oauth.token(headers, body);
	if (answer.status !== 200 || form === 'tokens') return send(reply, answer);
	switch (form) {
		case 'hang':
			if (record !== undefined) requests.end(record, 0);
			return reply.hijack();
		case 'brokenJson':
			return text(200, JSON.stringify(answer.body).slice(0, -1), 'application/json');
		case 'html':
			return text(200, '<!doctype html><html><body>Please sign in</body></html>', 'text/html');
		case 'empty':
			return text(200, '');
	}
}

function send(reply: FastifyReply, { status, headers, body }: OAuthAnswer): FastifyReply {
	return reply.code(status).headers(headers).send(body);
}

function consentPage(parameters: OAuthParameters): string {
	const title = 'Allow access?';
	const hidden = Object.entries(parameters).map(
		([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`,
	);
	return page(
		title,
		markup`<section>
<h1>${title}</h1>
<p>The app <strong>${parameters.client_id}</strong> asks for access to your account at the local eSputnik.</p>
<form method="post" action="/uaa/oauth/authorize">
${hidden}
<button name="allowed" value="true">Allow</button>
<button class="plain" name="allowed" value="false">Deny</button>
</form>
</section>`,
		true,
	);
}
