import auth from '@fastify/auth';
import basicAuth from '@fastify/basic-auth';
import bearerAuth from '@fastify/bearer-auth';
import rateLimit from '@fastify/rate-limit';
import type {
	FastifyInstance,
	FastifyReply,
	FastifyRequest,
	HookHandlerDoneFunction,
	onRequestAsyncHookHandler,
} from 'fastify';
import type { Backstage } from '../backstage.mts';
import type { Switches } from '../options.mts';
import { Refusal } from '../http/refusal.mts';
import type { CredentialKind } from '../http/requestLog.mts';

export type Right = 'events' | 'contacts' | 'readContacts';

/** The rights of the kinds of API keys. */
const RIGHTS: Readonly<Record<Switches['keyRights'], readonly Right[]>> = {
	full: ['events', 'contacts', 'readContacts'],
	events: ['events'],
	eventsAndContacts: ['events', 'contacts', 'readContacts'],
	eventsAndAddingContacts: ['events', 'contacts'],
	messages: [],
};

/** What an address asks of those who call it. */
export interface Access {
	/** The right that a credential needs there; account/info, auth/token and addressbooks need none. */
	readonly right: Right | 'none';
	readonly accepts: (kind: CredentialKind) => boolean;
	readonly limit: onRequestAsyncHookHandler;
}

/** Registers the plugins that the hooks of `guard` stand on. */
export async function registerGuards(app: FastifyInstance, backstage: Backstage): Promise<void> {
	const { settings, tokens, oauth } = backstage;
	await app.register(auth);
	await app.register(basicAuth, {
		validate: (_user, password, request, _reply, done) => {
			const isGood = password === settings.apiKey;
			if (isGood) setCredential(request, 'apiKey');
			done(isGood ? undefined : new Refusal(401, 'Unauthorized'));
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
		(request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction) => {
			done(objection(switches, access, request.record?.credential));
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

/** Why this credential may not call this address; undefined where it may. */
function objection(
	switches: Switches,
	{ right, accepts }: Access,
	kind: CredentialKind | undefined,
): Refusal | undefined {
	if (kind === undefined) return undefined;
	if (kind === 'apiKey' && switches.keyDisabled) {
		return new Refusal(401, 'The API key is disabled');
	}
	if (kind !== 'apiKey' && !accepts(kind)) {
		return new Refusal(switches.tokenRefusedStatus, 'This token is not accepted for this method');
	}
	if (right === 'none' || hasRight(switches, kind, right)) return undefined;
	return right === 'events'
		? new Refusal(403, 'Forbidden: the API key has no access to events')
		: new Refusal(switches.contactsForbiddenStatus, 'Forbidden: no access to contacts');
}

function hasRight(
	{ keyRights, oauthContacts }: Switches,
	kind: CredentialKind,
	right: Right,
): boolean {
	if (kind === 'apiKey') return RIGHTS[keyRights].includes(right);
	return right === 'events' || oauthContacts;
}

function setCredential(request: FastifyRequest, kind: CredentialKind): void {
	if (request.record !== undefined) request.record.credential = kind;
}
