import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Logger } from 'n8n-workflow';
import { core, Expression, InstanceSettings, LoggerProxy } from './n8n.mts';
import { property } from './property.mts';

/** One line of n8n's log, as a node or the engine wrote it. */
export interface LogLine {
	readonly level: 'error' | 'warn' | 'info' | 'debug';
	readonly message: string;
	readonly metadata?: unknown;
}

type Service<T> = abstract new (...parameters: never[]) => T;

interface ServiceContainer {
	get<T>(type: Service<T>): T;
}

const running = new AsyncLocalStorage<(line: LogLine) => void>();
let prepared: Promise<void> | undefined;

/** Gives n8n's engine, once per process, what n8n's server gives it at its start: keys, a log, an expression engine. */
export function prepareEngine(): Promise<void> {
	return (prepared ??= prepare());
}

/** Runs `work` and hands every log line written on its behalf to `onLog`, also where several runs go on at once. */
export function withLog<T>(onLog: (line: LogLine) => void, work: () => Promise<T>): Promise<T> {
	return running.run(onLog, work);
}

/** Runs `work` as in an n8n whose owner forbids requests to inner networks, this computer among them. */
export async function withProtectionOfInnerNetworks(work: () => Promise<void>): Promise<void> {
	const type = property(besideN8nCore('@n8n/config'), 'SsrfProtectionConfig');
	if (!isService(type)) throw new Error('n8n-core has changed: no protection of inner networks');
	const protection = n8nContainer().get(type);
	Reflect.set(protection, 'enabled', true);
	try {
		await work();
	} finally {
		Reflect.set(protection, 'enabled', false);
	}
}

async function prepare(): Promise<void> {
	const container = n8nContainer();
	useInstanceKey(container);
	useRunLog(container);
	endTimer(container);
	await useExpressionEngine();
}

/** n8n 2 encrypts credentials with a key from its database; here it is the instance's own key, as it always is in n8n 1. */
function useInstanceKey(container: ServiceContainer): void {
	if (!('EncryptionKeyProxy' in core)) return;
	const { Cipher, EncryptionKeyProxy } = core;
	const { encryptionKey } = container.get(InstanceSettings);
	const key = {
		id: 'instance',
		value: container.get(Cipher).encryptDEKWithInstanceKey(encryptionKey),
		algorithm: 'aes-256-cbc',
		format: 'no-prefix' as const,
	};
	container.get(EncryptionKeyProxy).setProvider({
		getActiveKey: () => Promise.resolve(key),
		getKeyById: () => Promise.resolve(key),
		getLegacyKey: () => Promise.resolve(key),
	});
}

/** Sends what nodes and the engine log to the run that they belong to. */
function useRunLog(container: ServiceContainer): void {
	const write = (level: LogLine['level']) => (message: string, metadata?: unknown) => {
		running.getStore()?.({ level, message, metadata });
	};
	const log: Logger = {
		error: write('error'),
		warn: write('warn'),
		info: write('info'),
		debug: write('debug'),
	};
	const logger = container.get(loggerClass());
	Object.assign(logger, log, { scoped: () => logger });
	LoggerProxy.init(log);
}

/** n8n 1 keeps the process running by the timer of a service that no test needs. */
function endTimer(container: ServiceContainer): void {
	const manager = property(
		besideN8nCore('n8n-core/dist/execution-engine/ssh-clients-manager.js'),
		'SSHClientsManager',
	);
	if (!isService(manager)) throw new Error('n8n-core has changed: no SSH clients');
	const end = property(container.get(manager), 'onShutdown');
	if (typeof end === 'function') Reflect.apply(end, container.get(manager), []);
}

/** `N8N_EXPRESSION_ENGINE` chooses as in n8n; the default here is the one that runs on every Node. */
async function useExpressionEngine(): Promise<void> {
	const engine = process.env.N8N_EXPRESSION_ENGINE;
	if (engine !== 'vm' && engine !== 'quickjs') return;
	Expression.setExpressionEngine(engine);
	await Expression.initExpressionEngine({
		engine,
		bridgeTimeout: 5000,
		bridgeMemoryLimit: 128,
		poolSize: 1,
		maxCodeCacheSize: 1024,
	});
}

/** n8n-core has packages of its own beside it, not always those at the top of node_modules. */
function besideN8nCore(name: string): unknown {
	const here = createRequire(join(process.cwd(), 'package.json'));
	return createRequire(here.resolve('n8n-core'))(name);
}

function n8nContainer(): ServiceContainer {
	const container = property(besideN8nCore('@n8n/di'), 'Container');
	if (!isContainer(container)) throw new Error('n8n-core has changed: no service container');
	return container;
}

function loggerClass(): Service<object> {
	const logger = property(besideN8nCore('@n8n/backend-common'), 'Logger');
	if (!isService(logger)) throw new Error('n8n-core has changed: no logger');
	return logger;
}

function isContainer(value: unknown): value is ServiceContainer {
	return typeof property(value, 'get') === 'function';
}

function isService(value: unknown): value is Service<object> {
	return typeof value === 'function';
}
