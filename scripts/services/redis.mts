import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { execa } from 'execa';
import getPort from 'get-port';
import { Advice } from '../realN8n/problems.mts';
import { findOrInstall, firstThere } from './debian.mts';

/** A Redis for one run. */
export interface RedisServer {
	/** Undefined where it was not started here. */
	readonly pid?: number;
	readonly host: string;
	readonly port: number;
	/** Empty where it asks for none. */
	readonly username: string;
	readonly password: string;
	/** Number of the database. */
	readonly database: number;
	/** Ends it where it was started here. */
	readonly stop: () => Promise<void>;
}

const START_TIMEOUT_MS = 30_000;

/**
 * A Redis for one run: the server that `REDIS_URL` names, else one of the run's own on a free port of the loopback interface, which keeps nothing
 * on the disk, from the installed program or Debian's package.
 *
 * @throws {Advice} where there is none and none can be installed, or where it does not start
 */
export async function startRedis(environment = process.env): Promise<RedisServer> {
	const named = environment.REDIS_URL;
	if (named) {
		const { hostname, port, username, password, pathname } = new URL(named);
		return {
			host: hostname,
			port: Number(port || 6379),
			username: decodeURIComponent(username),
			password: decodeURIComponent(password),
			database: Number(pathname.slice(1) || 0),
			stop: () => Promise.resolve(),
		};
	}
	const program = await findOrInstall({
		title: 'Redis',
		debianPackage: 'redis-server',
		find: () =>
			firstThere((process.env.PATH ?? '').split(':').map((folder) => join(folder, 'redis-server'))),
		otherwise:
			'Install it (Debian: apt-get install redis-server) or name a server by REDIS_URL (redis://host:port).',
	});
	return await startOwn(program);
}

async function startOwn(program: string): Promise<RedisServer> {
	const folder = await mkdtemp(join(tmpdir(), 'esputnik-redis-'));
	const port = await getPort();
	const host = '127.0.0.1';
	const settings = ['--bind', host, '--port', String(port), '--save', '', '--appendonly', 'no'];
	const server = execa(program, settings, {
		cwd: folder,
		stdin: 'ignore',
		all: true,
		reject: false,
	});
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await answers(host, port))) {
		if (server.exitCode !== null || Date.now() > deadline) {
			server.kill('SIGKILL');
			throw new Advice(`Redis did not start:\n${(await server).all.slice(-2000)}`);
		}
		await wait(100);
	}
	return {
		pid: server.pid,
		host,
		port,
		username: '',
		password: '',
		database: 0,
		async stop() {
			server.kill('SIGTERM');
			await server;
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** Whether a Redis there says PONG. */
async function answers(host: string, port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect({ host, port });
		const settle = (yes: boolean) => {
			socket.destroy();
			resolve(yes);
		};
		socket.once('connect', () => socket.write('PING\r\n'));
		socket.once('data', (data) => settle(data.toString().startsWith('+PONG')));
		socket.once('error', () => settle(false));
	});
}
