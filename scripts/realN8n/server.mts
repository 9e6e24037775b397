import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { execa } from 'execa';
import getPort from 'get-port';
import type { Instance } from './command.mts';
import { n8nEnvironment } from './environment.mts';
import { withNode } from './installedN8n.mts';
import { Advice } from './problems.mts';

const START_TIMEOUT_MS = 120_000;

/** A process of n8n. */
export interface N8nProcess {
	readonly pid: number;
	/** Everything it wrote since this start. */
	readonly log: () => Promise<string>;
	/** The last 20 lines of it. */
	readonly logTail: () => Promise<string>;
	/** Ends it as Ctrl-C does and waits for that. */
	readonly stop: () => Promise<void>;
	/** Kills it (SIGKILL), as a crash or a power failure would. */
	readonly kill: () => Promise<void>;
	/** Settles when the process has ended, whoever ended it. */
	readonly ended: Promise<void>;
}

/** A running n8n with its editor. */
export interface N8nServer extends N8nProcess {
	/** Address of the editor. */
	readonly url: string;
	readonly port: number;
}

/**
 * Starts n8n with its editor and waits until it is ready to use.
 *
 * @param port of the editor, must be free; any free one where it is left out.
 * @throws {Advice} with the end of n8n's log where it does not come up.
 */
export async function startServer(instance: Instance, port?: number): Promise<N8nServer> {
	const chosen = port ?? (await getPort());
	const started = await startProcess(instance, {
		name: 'n8n',
		parameters: ['start'],
		port: chosen,
		isReady: () => isServerReady(chosen),
	});
	return { ...started, url: `http://localhost:${chosen}`, port: chosen };
}

/**
 * Starts a worker of n8n's queue mode and waits until it takes jobs.
 *
 * @param instance as of the server, with the variables of queue mode
 * @param name of its connections to Postgres (`application_name`) and of its log
 * @param concurrency how many jobs it works on at once
 * @throws {Advice} with the end of its log where it does not come up.
 */
export async function startWorker(
	instance: Instance,
	name: string,
	concurrency: number,
): Promise<N8nProcess> {
	const health = await getPort();
	const extra = {
		...instance.extra,
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(health),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		PGAPPNAME: name,
	};
	return await startProcess(
		{ ...instance, extra },
		{
			name,
			parameters: ['worker', `--concurrency=${concurrency}`],
			isReady: () => answersWell(`http://127.0.0.1:${health}/healthz/readiness`),
		},
	);
}

interface Starting {
	/** Of its log. */
	readonly name: string;
	readonly parameters: readonly string[];
	/** Of the editor, where it has one. */
	readonly port?: number;
	readonly isReady: () => Promise<boolean>;
}

async function startProcess(
	instance: Instance,
	{ name, parameters, port, isReady }: Starting,
): Promise<N8nProcess> {
	await mkdir(instance.userFolder, { recursive: true });
	const logFile = join(instance.userFolder, `${name}.log`);
	const logStream = createWriteStream(logFile);

	const child = execa(instance.n8n.bin, parameters, {
		env: {
			...withNode(instance.n8n),
			...n8nEnvironment({ ...instance, port, brokerPort: await getPort() }),
		},
		reject: false,
		stdin: 'ignore',
		buffer: false,
		all: true,
		cancelSignal: instance.signal,
		forceKillAfterDelay: 5000,
	});
	child.all.pipe(logStream);
	const state = { ended: false };
	const ended = child.then(() => {
		state.ended = true;
	});
	async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
		child.kill(signal);
		await ended;
	}

	const started: N8nProcess = {
		pid: child.pid ?? 0,
		log: () => readFile(logFile, 'utf8'),
		logTail: async () => (await started.log()).trim().split('\n').slice(-20).join('\n'),
		stop: () => end('SIGTERM'),
		kill: () => end('SIGKILL'),
		ended,
	};
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await isReady())) {
		if (state.ended || Date.now() > deadline) {
			await started.kill();
			throw new Advice(`n8n did not start. The end of its log:\n${await started.logTail()}`);
		}
		await wait(200);
	}
	return started;
}

/** Whether it takes calls: n8n 1 says that it is ready before its editor can make any. */
async function isServerReady(port: number): Promise<boolean> {
	const url = `http://127.0.0.1:${port}`;
	return (
		(await answersWell(`${url}/healthz/readiness`)) && (await answersWell(`${url}/rest/settings`))
	);
}

async function answersWell(url: string): Promise<boolean> {
	try {
		const answer = await fetch(url);
		await answer.body?.cancel();
		return answer.ok;
	} catch {
		return false;
	}
}
