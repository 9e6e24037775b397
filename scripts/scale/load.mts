import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { create, itemsOf, publish, until } from '../../test/e2e/support/runs.mts';
import {
	finished,
	saveCredential,
	start,
	template,
	type SavedCredential,
} from '../../test/e2e/templates/template.mts';
import { ESPUTNIK } from '../../test/e2e/support/workflows.mts';
import type { PostgresDatabase } from '../services/postgres.mts';
import type { Cluster } from './cluster.mts';

const TRIGGER = 'When clicking ‘Execute workflow’';
const FOLDER = 'million-events';

/** Of the webhook of the chunk workflow. */
const PATH = 'esputnik-chunk';

/** One row in so many has no email that eSputnik would take. */
const BAD = 1000;

/** How the workflows of examples/million-events are set for a run. */
export interface LoadSettings {
	readonly rowsPerChunk: number;
	readonly rowsAtATime: number;
	readonly chunksPerWorker: number;
	readonly requestsPerSecond: number;
	/** After so long a worker that wrote nothing counts as dead. */
	readonly silentSeconds: number;
}

/** A range of keys. */
export interface Range {
	readonly firstKey: number;
	readonly lastKey: number;
}

/** What the watcher tells of the chunk of a dead worker. */
const DeadChunk = z.object({
	chunk: z.coerce.number(),
	worker: z.string(),
	doubtful: z.number(),
	doubtful_from: z.coerce.number(),
	doubtful_to: z.coerce.number(),
	certainly_not_sent: z.number(),
});
export type DeadChunk = z.infer<typeof DeadChunk>;

/** What a dispatch may have otherwise. */
interface Otherwise {
	/** Of the webhook of a copy of the chunk workflow. */
	readonly path?: string;
	readonly rowsPerChunk?: number;
}

/** What a copy of the chunk workflow has otherwise. */
interface Changes {
	/** Of the workflow. */
	readonly settings?: Readonly<Record<string, unknown>>;
	/** Options of the node *eSputnik*. */
	readonly options?: Readonly<Record<string, unknown>>;
}

/** The workflows of examples/million-events in a cluster, and the table that they load. */
export interface Load {
	/** Executes the dispatcher for a range of keys. */
	readonly dispatch: (range: Range, workers: number, other?: Otherwise) => Promise<void>;
	/** Publishes a copy of the chunk workflow; gives its id and the path of its webhook. */
	readonly publishCopy: (
		changes: Changes,
	) => Promise<{ readonly id: string; readonly path: string }>;
	/** Executes the watcher once the workers have been silent for long enough, and publishes it; gives what it tells. */
	readonly findDead: () => Promise<readonly DeadChunk[]>;
	/** Waits until no row of these chunks is doubtful any more. @throws Error after a minute */
	readonly untilKnown: (chunks: readonly DeadChunk[]) => Promise<void>;
	/** Waits until so many rows have an outcome and this worker has others on their way. */
	readonly untilBusy: (worker: string, rows: number) => Promise<void>;
	/** Waits until every chunk is done. @throws Error where one has stopped, or nothing happens for five minutes */
	readonly untilDone: () => Promise<void>;
	/** Seconds between the first claim and the last close of the chunks of a range. */
	readonly seconds: (range: Range) => Promise<number>;
}

const EsputnikNode = z.object({
	type: z.literal(ESPUTNIK),
	name: z.string(),
	parameters: z.object({ options: z.record(z.unknown()) }),
});

/** Makes the table of orders in the source's database, the credentials and the workflows in n8n. */
export async function prepareLoad(
	cluster: Cluster,
	rows: number,
	settings: LoadSettings,
): Promise<Load> {
	const { source, server } = cluster;
	await makeOrders(source, rows);
	const credentials = await saveCredentials(cluster);
	const chunk = await template(`${FOLDER}/chunk.json`, {
		credentials,
		settings: { dryRun: false },
	});
	await publish(cluster, chunk);
	const { silentSeconds, ...cut } = settings;

	return {
		async dispatch({ firstKey, lastKey }, workers, { path = PATH, ...other } = {}) {
			const chunkAddress = `${server.url}/webhook/${path}`;
			const dispatcher = await template(`${FOLDER}/dispatcher.json`, {
				credentials,
				settings: { ...cut, ...other, firstKey, lastKey, workers, chunkAddress, dryRun: false },
			});
			const { id } = await create(cluster, dispatcher);
			const { status } = await finished(cluster, await start(cluster, id, TRIGGER));
			if (status !== 'success') throw new Error(`The dispatcher ended with "${status}"`);
		},
		async publishCopy(changes) {
			const path = `${PATH}-${randomUUID()}`;
			const [node] = chunk.nodes.flatMap((one) => EsputnikNode.safeParse(one).data ?? []);
			const options = { ...node.parameters.options, ...changes.options };
			const copy = await template(`${FOLDER}/chunk.json`, {
				credentials,
				settings: { dryRun: false },
				parameters: { 'A chunk is to be sent': { path }, [node.name]: { options } },
				nodes: { 'A chunk is to be sent': { webhookId: randomUUID() } },
			});
			const settings = { ...copy.settings, ...changes.settings };
			const { id } = await publish(cluster, { ...copy, settings });
			return { id, path };
		},
		async findDead() {
			await wait(silentSeconds * 1000);
			const watcher = await template(`${FOLDER}/watcher.json`, {
				credentials,
				settings: { silentSeconds, dryRun: false },
			});
			const { id } = await create(cluster, watcher);
			const run = await finished(cluster, await start(cluster, id, TRIGGER));
			await publish(cluster, watcher);
			return itemsOf(run, 'Find chunks of dead workers').flatMap(({ json }) =>
				'chunk' in json ? [DeadChunk.parse(json)] : [],
			);
		},
		async untilKnown(chunks) {
			await until(
				'the outcomes of the rows that were doubtful',
				async () => {
					const counts = chunks.map(
						async ({ doubtful_from, doubtful_to }) =>
							await source.sql`
						select from orders
						where id between ${doubtful_from} and ${doubtful_to} and esputnik_outcome = 'doubtful'`,
					);
					return (await Promise.all(counts)).every((rows) => rows.length === 0);
				},
				60,
			);
		},
		async untilBusy(worker, wanted) {
			await keepLooking(
				source,
				({ rows: have, sending }) => have >= wanted && sending.includes(worker),
			);
		},
		async untilDone() {
			await keepLooking(source, ({ chunks, done }) => done === chunks);
		},
		async seconds({ firstKey, lastKey }) {
			const [row] = await source.sql`
				select extract(epoch from max(closed_at) - min(claimed_at))::float as seconds
				from esputnik_chunks where first_id between ${firstKey} and ${lastKey}`;
			return Number(row.seconds);
		},
	};
}

async function makeOrders({ sql }: PostgresDatabase, rows: number): Promise<void> {
	await sql`create table orders (
		id bigint primary key, email text, created_at timestamp, total numeric(10, 2), currency text, order_status text
	)`;
	await sql`
		insert into orders
		select n, case when n % ${BAD} = 7 then 'not-an-address' else 'buyer' || n || '@example.com' end,
			timestamp '2020-01-01T00:00:30' + n * interval '1 minute', n % 1000 + 0.5, 'UAH', 'DELIVERED'
		from generate_series(1, ${rows}) as n`;
	await sql`vacuum analyze orders`;
}

async function saveCredentials(
	cluster: Cluster,
): Promise<Readonly<Record<string, SavedCredential>>> {
	const { host, port, user, password, database } = cluster.source;
	const { apiKey, baseUrl } = cluster.standin;
	return {
		postgres: await saveCredential(cluster, 'postgres', {
			...{ host, port, user, password, database },
			maxConnections: 10,
			allowUnauthorizedCerts: false,
			ssl: 'disable',
			sshTunnel: false,
		}),
		esputnikApi: await saveCredential(cluster, 'esputnikApi', { apiKey, baseUrl }),
	};
}

/** The ledger, added up. */
interface Progress {
	readonly chunks: number;
	readonly done: number;
	readonly stopped: number;
	/** Rows with an outcome. */
	readonly rows: number;
	/** The workers that have rows on their way. */
	readonly sending: readonly string[];
}

async function progressOf({ sql }: PostgresDatabase): Promise<Progress> {
	const [row] = await sql`
		select count(*) as chunks, count(*) filter (where state = 'done') as done,
			count(*) filter (where state = 'stopped') as stopped,
			coalesce(sum(accepted + rejected + uncertain), 0) as rows,
			array_agg(worker) filter (where state = 'running' and sending_from is not null) as sending
		from esputnik_chunks`;
	return {
		chunks: Number(row.chunks),
		done: Number(row.done),
		stopped: Number(row.stopped),
		rows: Number(row.rows),
		sending: z.array(z.string()).parse(row.sending ?? []),
	};
}

const PATIENCE_MS = 300_000;

/** Looks at the ledger until something holds. */
async function keepLooking(
	source: PostgresDatabase,
	holds: (now: Progress) => boolean,
): Promise<void> {
	let last: Progress | undefined;
	let moved = Date.now();
	for (;;) {
		const now = await progressOf(source);
		if (holds(now)) return;
		if (now.stopped > 0) throw new Error(`${now.stopped} chunks have stopped`);
		if (now.rows !== last?.rows || now.done !== last.done) moved = Date.now();
		if (Date.now() - moved > PATIENCE_MS)
			throw new Error(`Nothing moves any more: ${JSON.stringify(now)}`);
		last = now;
		await wait(50);
	}
}
