import formbody from '@fastify/formbody';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyInstance } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import { accountRoutes } from './account/accountRoutes.mts';
import { ApiTokens } from './account/apiTokens.mts';
import type { Backstage } from './backstage.mts';
import { controlRoutes } from './controlRoutes.mts';
import { limiter, registerGuards } from './account/credentials.mts';
import { deleteRoute } from './events/deleteRoute.mts';
import { ContactStore } from './contacts/contactStore.mts';
import { Groups } from './contacts/groups.mts';
import { importRoutes } from './contacts/importRoutes.mts';
import { importStatusRoute } from './contacts/importStatusRoute.mts';
import { Imports } from './contacts/imports.mts';
import { listRoutes } from './contacts/listRoutes.mts';
import { EventStore } from './events/eventStore.mts';
import { Connections } from './http/connections.mts';
import { recordAndDisturb } from './http/exchange.mts';
import { KeyTally } from './events/keyTally.mts';
import { WorkflowStarts } from './events/workflowStarts.mts';
import { FaultQueue } from './faults.mts';
import { parseJsonBodies } from './http/jsonBody.mts';
import { Listener } from './http/listener.mts';
import { liveEventRoutes } from './events/liveEventRoutes.mts';
import { OAuth } from './oauth/oauth.mts';
import { oauthRoutes } from './oauth/oauthRoutes.mts';
import { changeSwitches, resolveOptions, type StandinOptions, type Switches } from './options.mts';
import { Received, type Deletion } from './received.mts';
import { Refusal, refusalHandler } from './http/refusal.mts';
import { RequestLog } from './http/requestLog.mts';
import { sendRoutes } from './events/sendRoutes.mts';

/** A running local eSputnik. */
export interface Standin {
	readonly port: number;
	/** `http://127.0.0.1:PORT`: the page; OAuth 2.0 is at `/uaa/oauth/authorize` and `/uaa/oauth/token` below it. */
	readonly url: string;
	/** `url` and `/api`: the base URL for a credential. */
	readonly baseUrl: string;
	readonly apiKey: string;
	/** The API token that is good from the start. */
	readonly token: string;
	readonly tokens: ApiTokens;
	readonly oauth: OAuth;
	readonly oauthClient: { readonly id: string; readonly secret: string };
	/** What it received so far; changes with each request. */
	readonly received: Received;
	readonly faults: FaultQueue;
	/** The contacts of the account, for tests that want some from the start. */
	readonly contacts: ContactStore;
	/** The switches as they stand; `configure` changes them. */
	readonly switches: Readonly<Switches>;
	/** @throws Error naming the switch where it is unknown or its value is not allowed */
	configure(patch: Partial<Switches>): void;
	/** Forgets events, contacts, requests, faults and tokens; switches stay. */
	reset(): void;
	/** Ends every connection and refuses new ones; what was received stays. */
	pause(): Promise<void>;
	/** Listens again, on the same port. */
	resume(): Promise<void>;
	/** `pause`, and `resume` after so many milliseconds. */
	restart(downMs: number): Promise<void>;
	close(): Promise<void>;
}

/** The largest body that is read at all, in bytes. */
const BODY_LIMIT = 256 * 1024 * 1024;

/**
 * Starts a local eSputnik: past events, live events and contacts, on a loopback port.
 * @throws Error where an option is not allowed or the port is taken
 */
export async function startStandin(options: Partial<StandinOptions> = {}): Promise<Standin> {
	const resolved = resolveOptions(options);
	const { port, host, apiKey, token, oauthClientId, oauthClientSecret, ...switches } = resolved;
	const settings = { port, host, apiKey, token, oauthClientId, oauthClientSecret };
	const deletions: Deletion[] = [];
	const backstage: Backstage = {
		settings,
		switches,
		deletions,
		events: new EventStore(),
		keys: new KeyTally(),
		contacts: new ContactStore(),
		groups: new Groups(),
		imports: new Imports(),
		workflowStarts: new WorkflowStarts(),
		requests: new RequestLog(),
		serverErrors: new Map(),
		faults: new FaultQueue(),
		tokens: new ApiTokens(token),
		oauth: new OAuth(settings, switches),
	};
	const app = Fastify({ bodyLimit: BODY_LIMIT });
	const connections = new Connections(app.server, backstage.faults);
	const listener = new Listener(app.server, connections, host, port);
	const standin = new RunningStandin(app, listener, connections, backstage);
	await assemble(app, backstage, standin);
	await app.ready();
	await listener.start();
	return standin;
}

async function assemble(
	app: FastifyInstance,
	backstage: Backstage,
	standin: Standin,
): Promise<void> {
	app.setValidatorCompiler(TypeBoxValidatorCompiler);
	app.decorateRequest('record', undefined);
	await app.register(formbody);
	await app.register(controlRoutes, { standin });
	await app.register(
		async (api) => {
			recordAndDisturb(api, backstage);
			parseJsonBodies(api, backstage);
			api.setErrorHandler(refusalHandler(backstage.switches));
			api.setNotFoundHandler(() => {
				throw new Refusal(404, 'Not Found');
			});
			await registerGuards(api, backstage);
			await api.register(sendRoutes, { backstage });
			await api.register(liveEventRoutes, { backstage });
			await api.register(deleteRoute, { backstage });
			const { switches } = backstage;
			const shared = limiter(api, switches, () => switches.otherPerSecond);
			await api.register(accountRoutes, { backstage, shared });
			await api.register(importRoutes, { backstage, shared });
			await api.register(importStatusRoute, { backstage, shared });
			await api.register(listRoutes, { backstage, shared });
		},
		{ prefix: '/api' },
	);
	await app.register(
		async (uaa) => {
			recordAndDisturb(uaa, backstage);
			await uaa.register(oauthRoutes, { backstage });
		},
		{ prefix: '/uaa' },
	);
}

class RunningStandin implements Standin {
	readonly apiKey: string;
	readonly token: string;
	readonly tokens: ApiTokens;
	readonly oauth: OAuth;
	readonly oauthClient: { readonly id: string; readonly secret: string };
	readonly received: Received;
	readonly faults: FaultQueue;
	readonly contacts: ContactStore;
	readonly #closing = new AbortController();
	readonly #app: FastifyInstance;
	readonly #listener: Listener;
	readonly #backstage: Backstage;

	constructor(
		app: FastifyInstance,
		listener: Listener,
		connections: Connections,
		backstage: Backstage,
	) {
		const { settings, tokens, oauth, faults } = backstage;
		this.#app = app;
		this.#listener = listener;
		this.#backstage = backstage;
		this.apiKey = settings.apiKey;
		this.token = settings.token;
		this.tokens = tokens;
		this.oauth = oauth;
		this.oauthClient = { id: settings.oauthClientId, secret: settings.oauthClientSecret };
		this.received = new Received(backstage, connections);
		this.faults = faults;
		this.contacts = backstage.contacts;
	}

	get port(): number {
		return this.#listener.port;
	}

	get url(): string {
		const { host } = this.#backstage.settings;
		return `http://${host.includes(':') ? `[${host}]` : host}:${this.port}`;
	}

	get baseUrl(): string {
		return `${this.url}/api`;
	}

	get switches(): Readonly<Switches> {
		return this.#backstage.switches;
	}

	configure(patch: Partial<Switches>): void {
		changeSwitches(this.#backstage.switches, patch);
	}

	reset(): void {
		const { events, requests, deletions, serverErrors, faults, tokens, oauth } = this.#backstage;
		const { keys, contacts, groups, imports, workflowStarts } = this.#backstage;
		for (const kept of [
			events,
			keys,
			requests,
			serverErrors,
			faults,
			contacts,
			groups,
			imports,
			workflowStarts,
		]) {
			kept.clear();
		}
		deletions.length = 0;
		tokens.reset();
		oauth.reset();
	}

	async pause(): Promise<void> {
		await this.#listener.stop();
	}

	async resume(): Promise<void> {
		if (!this.#closing.signal.aborted) await this.#listener.start();
	}

	async restart(downMs: number): Promise<void> {
		await this.pause();
		// A stand-in that is closed meanwhile need not be waited for.
		await sleep(downMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
		await this.resume();
	}

	async close(): Promise<void> {
		this.#closing.abort();
		this.#backstage.imports.clear();
		await this.#listener.stop();
		await this.#app.close();
	}
}
