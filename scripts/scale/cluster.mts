import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStandinProcess, type StandinProcess } from '../../standin/process.mts';
import type { Instance } from '../realN8n/command.mts';
import { installCommunityPackage } from '../realN8n/communityPackage.mts';
import type { InstalledN8n } from '../realN8n/installedN8n.mts';
import { signInAsOwner, type EditorApi } from '../realN8n/rest.mts';
import { startServer, startWorker, type N8nProcess, type N8nServer } from '../realN8n/server.mts';
import { startPostgres, type PostgresDatabase } from '../services/postgres.mts';
import { startRedis } from '../services/redis.mts';
import { Processes } from './processes.mts';

/** n8n in queue mode, the local eSputnik, Postgres and Redis, on this computer. */
export interface Cluster {
	readonly server: N8nServer;
	readonly api: EditorApi;
	readonly standin: StandinProcess;
	/** The database of whoever uses n8n, with the orders; n8n's own is another one. */
	readonly source: PostgresDatabase;
	readonly n8nDatabase: PostgresDatabase;
	readonly processes: Processes;
	/** Starts another worker; its name stands in `esputnik_chunks`. */
	readonly startWorker: (name: string) => Promise<N8nProcess>;
	readonly close: () => Promise<void>;
}

/** What a cluster is started with. */
export interface ClusterSettings {
	readonly n8n: InstalledN8n;
	/** How many chunks a worker works on at once. */
	readonly concurrency: number;
	readonly signal: AbortSignal;
}

/** Every event is looked at and its key kept; answers take 50 ms; 100 requests a second. */
const STANDIN = ['--keep', 'keys', '--keep-bodies', '0', '--latency-ms', '50'];

/** n8n's settings for many large executions, as docs/scale.md explains them. */
const FOR_MANY = {
	EXECUTIONS_MODE: 'queue',
	EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none',
	N8N_LOG_LEVEL: 'info',
	// No workflow here has a Code node, so that no process needs a task runner beside it.
	N8N_RUNNERS_MODE: 'external',
	N8N_RUNNERS_AUTH_TOKEN: 'nobody-connects',
};

/**
 * Starts everything but the workers: Postgres and Redis (`POSTGRES_URL`, `REDIS_URL`, else of this run's own), the local eSputnik, and n8n's main
 * process with the packed package. `npm run build` has to have run.
 *
 * @throws {Advice} where one of them does not start
 */
export async function startCluster(settings: ClusterSettings): Promise<Cluster> {
	const { n8n, concurrency, signal } = settings;
	/** What ends it again, the last first. */
	const endings: (() => Promise<void>)[] = [];
	const close = async () => {
		for (const end of endings.splice(0).reverse()) await end();
	};
	try {
		const processes = new Processes();
		endings.push(() => processes.stop());
		const userFolder = await mkdtemp(join(tmpdir(), 'esputnik-scale-'));
		endings.push(() => rm(userFolder, { recursive: true, force: true }));
		const postgres = await startPostgres();
		endings.push(() => postgres.stop());
		const redis = await startRedis();
		endings.push(() => redis.stop());
		const standin = await startStandinProcess(STANDIN);
		endings.push(() => standin.stop());
		await installCommunityPackage(process.cwd(), userFolder);

		const own = await postgres.createDatabase();
		const instance: Instance = {
			n8n,
			userFolder,
			filesFolder: userFolder,
			signal,
			extra: {
				...FOR_MANY,
				DB_TYPE: 'postgresdb',
				DB_POSTGRESDB_HOST: own.host,
				DB_POSTGRESDB_PORT: String(own.port),
				DB_POSTGRESDB_DATABASE: own.database,
				DB_POSTGRESDB_USER: own.user,
				DB_POSTGRESDB_PASSWORD: own.password,
				QUEUE_BULL_REDIS_HOST: redis.host,
				QUEUE_BULL_REDIS_PORT: String(redis.port),
				QUEUE_BULL_REDIS_USERNAME: redis.username,
				QUEUE_BULL_REDIS_PASSWORD: redis.password,
				QUEUE_BULL_REDIS_DB: String(redis.database),
			},
		};
		const server = await startServer(instance);
		endings.push(() => server.stop());
		processes.watch('Postgres', postgres.pid);
		processes.watch('Redis', redis.pid);
		processes.watch('local eSputnik', standin.pid);
		processes.watch('n8n main', server.pid);
		return {
			server,
			api: await signInAsOwner(server.url),
			standin,
			source: await postgres.createDatabase(),
			n8nDatabase: own,
			processes,
			async startWorker(name) {
				const worker = await startWorker(instance, name, concurrency);
				processes.watch(name, worker.pid);
				endings.push(() => worker.stop());
				return worker;
			},
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
