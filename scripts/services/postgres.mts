import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { execa } from 'execa';
import getPort from 'get-port';
import postgres, { type Sql } from 'postgres';
import { Advice } from '../realN8n/problems.mts';
import { findOrInstall, firstThere } from './debian.mts';

/** How a program reaches a database. */
export interface PostgresAddress {
	readonly host: string;
	readonly port: number;
	readonly user: string;
	readonly password: string;
	readonly database: string;
}

/** A database of one's own on a {@link PostgresServer}. */
export interface PostgresDatabase extends PostgresAddress {
	/** Runs SQL in it, as a tagged template: `` await sql`select 1` ``. */
	readonly sql: Sql;
}

/** A Postgres for one run. */
export interface PostgresServer {
	/** Its main process, whose children serve connections; undefined where it was not started here. */
	readonly pid?: number;
	/** Makes an empty database. */
	readonly createDatabase: () => Promise<PostgresDatabase>;
	/** Drops the databases that were made here, and ends the server where it was started here. */
	readonly stop: () => Promise<void>;
}

const START_TIMEOUT_MS = 60_000;

/** Where Debian keeps the programs of each version of Postgres. */
const DEBIAN = '/usr/lib/postgresql';

/**
 * A Postgres for one run: the server that `POSTGRES_URL` names (its user must be allowed to make databases), else one of the run's own with
 * a temporary data folder and a free port of the loopback interface, from the installed programs or Debian's package.
 *
 * @throws {Advice} where there is none and none can be installed, or where it does not start
 */
export async function startPostgres(environment = process.env): Promise<PostgresServer> {
	const named = environment.POSTGRES_URL;
	if (named) return await databasesOf(addressOf(named), () => Promise.resolve());
	const programs = await findOrInstall({
		title: 'Postgres',
		debianPackage: 'postgresql',
		find: findPrograms,
		otherwise:
			'Install it (Debian: apt-get install postgresql) or name a server by POSTGRES_URL (postgres://user:password@host:port/database).',
	});
	return await startOwn(programs);
}

function addressOf(url: string): PostgresAddress {
	const { hostname, port, username, password, pathname } = new URL(url);
	return {
		host: hostname,
		port: Number(port || 5432),
		user: decodeURIComponent(username),
		password: decodeURIComponent(password),
		database: pathname.slice(1) || 'postgres',
	};
}

/** The folder with `initdb` and `postgres`: of Debian's newest version, else one in PATH. */
function findPrograms(): string | undefined {
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
	const newestFirst = [...versions].sort((one, other) => Number(other) - Number(one));
	const folders = [
		...newestFirst.map((version) => join(DEBIAN, version, 'bin')),
		...(process.env.PATH ?? '').split(':'),
	];
	const initdb = firstThere(folders.map((folder) => join(folder, 'initdb')));
	return initdb === undefined ? undefined : join(initdb, '..');
}

async function startOwn(programs: string): Promise<PostgresServer> {
	const folder = await mkdtemp(join(tmpdir(), 'esputnik-postgres-'));
	const data = join(folder, 'data');
	const port = await getPort();
	const address = {
		host: '127.0.0.1',
		port,
		user: 'postgres',
		password: randomUUID(),
		database: 'postgres',
	};
	// Postgres refuses to run as root.
	const owner = process.getuid?.() === 0 ? await userIds('postgres') : undefined;
	const options = { ...owner, cwd: folder, stdin: 'ignore', all: true, reject: false } as const;
	const passwordFile = join(folder, 'password');
	await writeFile(passwordFile, address.password, { mode: 0o600 });
	if (owner !== undefined)
		for (const file of [folder, passwordFile]) await chown(file, owner.uid, owner.gid);

	const made = await execa(
		join(programs, 'initdb'),
		[
			`--pgdata=${data}`,
			`--username=${address.user}`,
			`--pwfile=${passwordFile}`,
			'--auth=scram-sha-256',
			'--encoding=UTF8',
			'--locale=C',
			'--no-sync',
		],
		options,
	);
	if (made.exitCode !== 0) throw new Advice(`Postgres could not be set up:\n${made.all}`);
	const settings = {
		listen_addresses: address.host,
		port,
		unix_socket_directories: '',
		// The data end with the run.
		fsync: 'off',
		max_connections: 200,
	};
	const server = execa(
		join(programs, 'postgres'),
		[
			'-D',
			data,
			...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
		],
		options,
	);
	const stop = async () => {
		// SIGINT is Postgres's fast shutdown: it does not wait for those who are connected.
		server.kill('SIGINT');
		await server;
		await rm(folder, { recursive: true, force: true });
	};
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await answers(address))) {
		if (server.exitCode !== null || Date.now() > deadline) {
			server.kill('SIGKILL');
			throw new Advice(`Postgres did not start:\n${(await server).all.slice(-2000)}`);
		}
		await wait(100);
	}
	return { ...(await databasesOf(address, stop)), pid: server.pid };
}

async function userIds(name: string): Promise<{ readonly uid: number; readonly gid: number }> {
	const id = async (flag: string) => Number((await execa('id', [flag, name])).stdout);
	return { uid: await id('-u'), gid: await id('-g') };
}

function connect(address: PostgresAddress): Sql {
	const { user, ...rest } = address;
	return postgres({ ...rest, username: user, max: 4, onnotice: () => undefined });
}

async function answers(address: PostgresAddress): Promise<boolean> {
	const sql = connect(address);
	try {
		await sql`select 1`;
		return true;
	} catch {
		return false;
	} finally {
		await sql.end();
	}
}

/** @throws {Advice} where the server does not let its user in */
async function databasesOf(
	server: PostgresAddress,
	stop: () => Promise<void>,
): Promise<PostgresServer> {
	const admin = connect(server);
	try {
		await admin`select 1`;
	} catch (error) {
		await admin.end();
		throw new Advice(`Postgres at ${server.host}:${server.port} refuses: ${String(error)}`);
	}
	const made: PostgresDatabase[] = [];
	return {
		async createDatabase() {
			const database = `esputnik_${randomUUID().replaceAll('-', '')}`;
			await admin`create database ${admin(database)}`;
			const address = { ...server, database };
			const one = { ...address, sql: connect(address) };
			made.push(one);
			return one;
		},
		async stop() {
			for (const { sql, database } of made) {
				await sql.end();
				await admin`drop database ${admin(database)} with (force)`;
			}
			await admin.end();
			await stop();
		},
	};
}
