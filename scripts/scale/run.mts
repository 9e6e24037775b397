import { compareBooks, type Books } from './books.mts';
import { startCluster, type Cluster, type ClusterSettings } from './cluster.mts';
import { prepareLoad, type DeadChunk, type Load, type LoadSettings, type Range } from './load.mts';
import { profileChunk, type ChunkProfile } from './profile.mts';
import type { Usage } from './processes.mts';
import { watchStorage, type Storage } from './storage.mts';

/** How large a run is. */
export interface ScaleSettings extends Omit<ClusterSettings, 'concurrency'> {
	readonly rows: number;
	/** Rows that are loaded by one worker, and as many by two, to compare them. 0: no comparison. */
	readonly speedRows: number;
	readonly load: LoadSettings;
	readonly say: (line: string) => void;
}

/** How fast so many workers were. */
export interface Speed {
	readonly workers: number;
	readonly rows: number;
	readonly seconds: number;
	/** Processor seconds by process. */
	readonly cpuSeconds: ReadonlyMap<string, number>;
}

/** Batches so small that there are as many requests as the account may have. */
export interface Limit {
	readonly requests: number;
	/** Those that were answered 429. */
	readonly limited: number;
	readonly seconds: number;
}

/** Chunks for each worker before it is measured: what is done for the first time takes longer. */
const WARM_CHUNKS = 2;

const LIMIT_ROWS = 20_000;
const LIMIT_BATCH = 10;
const LIMIT_CHUNK = 1000;

/** What a run has shown. */
export interface ScaleResult {
	readonly books: Books;
	/** Chunks that the killed worker left, as the watcher told them. */
	readonly dead: readonly DeadChunk[];
	/** The most rows that can have been in flight at a worker when it was killed. */
	readonly inFlight: number;
	/** From the first claim to the last close of the part with the killed worker: rows and seconds. */
	readonly killedPart: { readonly rows: number; readonly seconds: number };
	readonly speeds: readonly Speed[];
	readonly profile?: ChunkProfile;
	readonly limit?: Limit;
	readonly storage: Storage;
	readonly usage: ReadonlyMap<string, Usage>;
	readonly requests: number;
	readonly limited: number;
}

/**
 * Loads rows by the workflows of examples/million-events with two workers, kills one of them when a third of the rows is done, starts another
 * one, and compares the books in the end.
 */
export async function runScale(settings: ScaleSettings): Promise<ScaleResult> {
	const { rows, speedRows, load: loadSettings, say } = settings;
	const { rowsPerChunk, rowsAtATime, chunksPerWorker } = loadSettings;
	say('Starting Postgres, Redis, the local eSputnik and n8n in queue mode …');
	const cluster = await startCluster({ ...settings, concurrency: chunksPerWorker });
	try {
		say(`Making ${rows.toLocaleString('en')} orders …`);
		const load = await prepareLoad(cluster, rows, loadSettings);
		const storageSince = await watchStorage(cluster);
		const speeds: Speed[] = [];
		let profile: ChunkProfile | undefined;
		let next = 1;
		/** The next rows that are not sent yet. */
		const range = (count: number): Range => {
			const firstKey = next;
			next += count;
			return { firstKey, lastKey: next - 1 };
		};

		await cluster.startWorker('worker-1');
		if (speedRows > 0) {
			say('One worker …');
			await warmUp(load, range(rowsPerChunk * WARM_CHUNKS), 1);
			speeds.push(await measureSpeed(cluster, load, range(speedRows), 1));
			say('One chunk alone …');
			profile = await profileChunk(cluster, load, range(rowsPerChunk));
		}
		const killed = await cluster.startWorker('worker-2');
		let limit: Limit | undefined;
		if (speedRows > 0) {
			say('Two workers …');
			await warmUp(load, range(2 * rowsPerChunk * WARM_CHUNKS), 2);
			speeds.push(await measureSpeed(cluster, load, range(speedRows), 2));
			say('Two workers, as many requests as eSputnik allows …');
			limit = await meetLimit(cluster, load, range(LIMIT_ROWS));
		}

		say('Two workers, one of which will be killed …');
		const done = next - 1;
		const rest = range(rows - done);
		await load.dispatch(rest, 2);
		await load.untilBusy('worker-2', Math.max(rows / 3, done + rowsPerChunk));
		await killed.kill();
		say('worker-2 is killed; worker-3 starts …');
		await cluster.startWorker('worker-3');
		const dead = await load.findDead();
		say(`The watcher has found ${dead.length} chunks. The rest …`);
		await load.untilDone();
		await load.untilKnown(dead.filter(({ worker }) => worker === 'worker-1'));

		say('Comparing the books row by row …');
		const books = await compareBooks(cluster);
		const { byHttpStatus, requests } = await cluster.standin.counts();
		await cluster.processes.refresh();
		return {
			storage: await storageSince(),
			...{ books, dead, speeds, profile, limit, requests },
			killedPart: { rows: rows - done, seconds: await load.seconds(rest) },
			inFlight: chunksPerWorker * rowsAtATime,
			usage: cluster.processes.usage(),
			limited: byHttpStatus['429'] ?? 0,
		};
	} finally {
		await cluster.close();
	}
}

async function warmUp(load: Load, range: Range, workers: number): Promise<void> {
	await load.dispatch(range, workers);
	await load.untilDone();
}

async function meetLimit({ standin }: Cluster, load: Load, range: Range): Promise<Limit> {
	const { path } = await load.publishCopy({ options: { batchSize: LIMIT_BATCH } });
	const before = await standin.counts();
	await load.dispatch(range, 2, { path, rowsPerChunk: LIMIT_CHUNK });
	await load.untilDone();
	const { requests, byHttpStatus } = await standin.counts();
	return {
		requests: requests - before.requests,
		limited: (byHttpStatus['429'] ?? 0) - (before.byHttpStatus['429'] ?? 0),
		seconds: await load.seconds(range),
	};
}

async function measureSpeed(
	{ processes }: Cluster,
	load: Load,
	range: Range,
	workers: number,
): Promise<Speed> {
	await processes.refresh();
	const before = processes.usage();
	await load.dispatch(range, workers);
	await load.untilDone();
	await processes.refresh();
	const seconds = await load.seconds(range);
	const cpuSeconds = [...processes.usage()].map(
		([name, usage]) => [name, usage.cpuSeconds - (before.get(name)?.cpuSeconds ?? 0)] as const,
	);
	return {
		...{ workers, seconds },
		rows: range.lastKey - range.firstKey + 1,
		cpuSeconds: new Map(cpuSeconds),
	};
}

/** What is not as it has to be, one sentence each. */
export function problemsOf({ books, inFlight, requests, limited, limit }: ScaleResult): string[] {
	const { lost, doubled, wrong, doubtful } = books;
	const problems: string[] = [];
	if (lost > 0) problems.push(`${lost} rows are lost`);
	if (doubled > 0) problems.push(`${doubled} events are stored twice`);
	if (wrong > 0) problems.push(`${wrong} rows are told wrongly`);
	if (doubtful > inFlight)
		problems.push(`${doubtful} rows are doubtful, more than the ${inFlight} that were in flight`);
	if (limited > requests / 100) problems.push(`${limited} of ${requests} requests met a 429`);
	if (limit !== undefined && limit.limited > limit.requests / 100)
		problems.push(`at the limit ${limit.limited} of ${limit.requests} requests met a 429`);
	return problems;
}
