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

/** A running n8n. */
export interface N8nServer {
	/** Address of the editor. */
	readonly url: string;
	readonly port: number;
	/** Everything n8n wrote since this start. */
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

/**
 * Starts n8n with its editor and waits until it is ready to use.
 *
 * @param port of the editor, must be free; any free one where it is left out.
 * @throws {Advice} with the end of n8n's log where it does not come up.
 */
export async function startServer(instance: Instance, port?: number): Promise<N8nServer> {
	const chosen = port ?? (await getPort());
	await mkdir(instance.userFolder, { recursive: true });
	const logFile = join(instance.userFolder, 'n8n.log');
	const logStream = createWriteStream(logFile);

	const child = execa(instance.n8n.bin, ['start'], {
		env: {
			...withNode(instance.n8n),
			...n8nEnvironment({ ...instance, port: chosen, brokerPort: await getPort() }),
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

	const server: N8nServer = {
		url: `http://localhost:${chosen}`,
		port: chosen,
		log: () => readFile(logFile, 'utf8'),
		logTail: async () => (await server.log()).trim().split('\n').slice(-20).join('\n'),
		stop: () => end('SIGTERM'),
		kill: () => end('SIGKILL'),
		ended,
	};
	async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
		child.kill(signal);
		await ended;
	}

	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await isReady(chosen))) {
		if (state.ended || Date.now() > deadline) {
			await server.kill();
			throw new Advice(`n8n did not start. The end of its log:\n${await server.logTail()}`);
		}
		await wait(200);
	}
	return server;
}

/** Whether it takes calls: n8n 1 says that it is ready before its editor can make any. */
async function isReady(port: number): Promise<boolean> {
	try {
		for (const path of ['/healthz/readiness', '/rest/settings']) {
			const answer = await fetch(`http://127.0.0.1:${port}${path}`);
			await answer.body?.cancel();
			if (!answer.ok) return false;
		}
		return true;
	} catch {
		return false;
	}
}
