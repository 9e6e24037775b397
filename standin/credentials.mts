import auth from '@fastify/auth';
import basicAuth from '@fastify/basic-auth';
import bearerAuth from '@fastify/bearer-auth';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { Backstage } from './backstage.mts';
import type { Switches } from './options.mts';
import { Refusal } from './refusal.mts';
import type { CredentialKind } from './requestLog.mts';

/** What an address asks of those who call it. */
export interface Access {
	/** The right that an API key needs there; account/info and auth/token need none. */
	readonly right: 'events' | 'none';
	readonly accepts: (kind: CredentialKind) => boolean;
	readonly limit: onRequestAsyncHookHandler;
}

/** Registers the plugins that the hooks of `guard` stand on. */
export async function registerGuards(app: FastifyInstance, backstage: Backstage): Promise<void> {
	const { settings, tokens, oauth } = backstage;
	await app.register(auth);
	await app.register(basicAuth, {
		validate: async (_user, password, request) => {
			if (password !== settings.apiKey) throw new Refusal(401, 'Unauthorized');
			setCredential(request, 'apiKey');
		},
	});
	await app.register(bearerAuth, {
		keys: [],
		addHook: false,
		auth: (token, request) => {
			const isApiToken = tokens.isGood(token);
			if (!isApiToken && !oauth.isGood(token)) return false;
			setCredential(request, isApiToken ? 'apiToken' : 'oAuth2');
			return true;
		},
	});
	await app.register(rateLimit, {
		global: false,
		addHeadersOnExceeding: NO_HEADERS,
		addHeaders: { ...NO_HEADERS, 'retry-after': false },
	});
}

/** The hooks that a request passes before its body is read: who sends it, may they, and not too often. */
export function guard(app: FastifyInstance, { switches }: Backstage, access: Access) {
	if (app.verifyBearerAuth === undefined) throw new Error('registerGuards comes first');
	return [
		app.auth([app.basicAuth, app.verifyBearerAuth]),
		async (request: FastifyRequest) => {
			const kind = request.record?.credential;
			if (kind === 'apiKey') checkKey(switches, access.right);
			else if (kind !== undefined && !access.accepts(kind)) {
				throw new Refusal(
					switches.tokenRefusedStatus,
					'This token is not accepted for this method',
				);
			}
		},
		access.limit,
	];
}

/**
 * A limit on requests within one second, shared by all addresses that are given the same one.
 * @param perSecond the present limit; 0: none
 */
export function limiter(
	app: FastifyInstance,
	switches: Switches,
	perSecond: () => number,
): onRequestAsyncHookHandler {
	return app.rateLimit({
		max: perSecond,
		timeWindow: 1000,
		keyGenerator: () => 'account',
		allowList: () => perSecond() === 0,
		errorResponseBuilder: (_request, { ttl }) =>
			new Refusal(429, 'Too Many Requests', retryAfter(switches, ttl)),
	});
}

/** The plugin's own headers are none of eSputnik's. */
const NO_HEADERS = {
	'x-ratelimit-limit': false,
	'x-ratelimit-remaining': false,
	'x-ratelimit-reset': false,
};

function retryAfter({ retryAfter: form }: Switches, milliseconds: number): Record<string, string> {
	if (form === 'none') return {};
	const seconds = Math.ceil(milliseconds / 1000);
	const value =
		form === 'seconds' ? String(seconds) : new Date(Date.now() + seconds * 1000).toUTCString();
	return { 'retry-after': value };
}

function checkKey({ keyDisabled, keyRights }: Switches, right: Access['right']): void {
	if (keyDisabled) throw new Refusal(401, 'The API key is disabled');
	if (right === 'events' && keyRights === 'messages') {
		throw new Refusal(403, 'Forbidden: the API key has no access to events');
	}
}

function setCredential(request: FastifyRequest, kind: CredentialKind): void {
	if (request.record !== undefined) request.record.credential = kind;
}
