import assert from 'node:assert/strict';
import type { PostgresDatabase, PostgresServer } from '../../../scripts/services/postgres.mts';
import type { Cases } from '../support/cases.mts';
import { create, itemsOf, until } from '../support/runs.mts';
import type { Stage } from '../support/stage.mts';
import { booked, clockIn } from './books.mts';
import {
	finished,
	runOnce,
	saveCredential,
	start,
	template,
	type Preparation,
	type SavedCredential,
} from './template.mts';

const TRIGGER = 'When clicking ‘Execute workflow’';
const ZONE = 'Europe/Kyiv';
const ROWS = 900;
const AT_A_TIME = 150;

/** The rows that eSputnik's rules refuse. */
const BAD = 50;

/** A table of orders: loaded, n8n killed in the middle, loaded on in a process of another time zone. */
export async function sql(cases: Cases, stage: Stage, postgres: PostgresServer): Promise<void> {
	cases.topic('SQL by key');

	const marked = await openSource(stage, postgres, 'timestamp');
	const preparation: Preparation = {
		settings: { rowsAtATime: AT_A_TIME, accountTimezone: ZONE, dryRun: false },
		credentials: { postgres: marked.credential },
	};
	/** What the table says of each row. */
	const marks = async () =>
		new Map(
			(await marked.database.sql`select id, esputnik_outcome as outcome from orders`).map(
				({ id, outcome }) => [String(id), String(outcome)],
			),
		);

	await cases.run('a dry run marks nothing and sends nothing', async () => {
		stage.standin.reset();
		const dry = { ...preparation, settings: { ...preparation.settings, dryRun: true } };
		const run = await runOnce(stage, await template('sql-by-key.json', dry));
		assert.ok(itemsOf(run, 'eSputnik').some(({ json }) => json.method === 'POST'));
		assert.equal(stage.standin.received.requests.length, 0);
		assert.deepEqual([...new Set((await marks()).values())], ['null']);
	});

	await cases.run('a run ends after its turns', async () => {
		const short = { ...preparation, settings: { ...preparation.settings, turns: 2 } };
		await runOnce(stage, await template('sql-by-key.json', short));
		const marked = [...(await marks()).values()].filter((mark) => mark !== 'null');
		assert.equal(marked.length, 2 * AT_A_TIME);
	});

	await cases.run(
		'n8n killed in the middle: each row is sent once or named as doubtful',
		async () => {
			const { id } = await create(stage, await template('sql-by-key.json', preparation));
			await killInTheMiddle(stage, id);
			const middle = await marks();
			const doubtful = [...middle].filter(([, outcome]) => outcome === 'sending');
			assert.equal(doubtful.length, AT_A_TIME);

			const run = await finished(stage, await start(stage, id, TRIGGER));
			const end = await marks();
			const stored = booked(stage).map(({ params }) => String(params.externalOrderId));
			assert.equal(new Set(stored).size, stored.length, 'no row was sent twice');
			for (const [row, outcome] of end) {
				if (outcome === 'accepted') assert.ok(stored.includes(row), `${row} is stored`);
				else assert.ok(['sending', 'rejected'].includes(outcome), `${row} is ${outcome}`);
			}
			const counts = count([...end.values()]);
			assert.equal(counts.sending, AT_A_TIME);
			assert.equal(itemsOf(run, 'Look up first').length, AT_A_TIME);
			assert.equal(itemsOf(run, 'To correct').length, counts.rejected);
		},
	);

	await cases.run('times as the table has them, in processes of both time zones', async () => {
		const source = await marked.database.sql`
			select id, to_char(created_at, 'YYYY-MM-DD"T"HH24:MI') as at, total::float as total from orders`;
		const rows = new Map(source.map(({ id, at, total }) => [String(id), [at, total]]));
		for (const { occurred, params } of booked(stage))
			assert.deepEqual(
				[occurred, Number(params.totalCost)],
				rows.get(String(params.externalOrderId)),
			);
	});

	await cases.run('a corrected row whose outcome is emptied is sent', async () => {
		await marked.database.sql`
			update orders set email = 'right' || id || '@example.com', esputnik_outcome = null
			where esputnik_outcome = 'rejected'`;
		const before = stage.standin.received.count;
		await runOnce(stage, await template('sql-by-key.json', preparation));
		assert.equal(count([...(await marks()).values()]).rejected, undefined);
		assert.ok(stage.standin.received.count > before);
	});

	const source = await openSource(stage, postgres, 'timestamptz');
	await source.database.sql`
		alter database ${source.database.sql(source.database.database)}
		set default_transaction_read_only = on`;
	const ledger = await postgres.createDatabase();
	const readOnly: Preparation = {
		...preparation,
		credentials: {
			postgres: await postgresCredential(stage, ledger),
			'Read the next rows': source.credential,
		},
	};

	await cases.run('a source that is only read: the ledger knows every row', async () => {
		stage.standin.reset();
		const { id } = await create(stage, await template('sql-by-key-read-only.json', readOnly));
		await killInTheMiddle(stage, id);
		await finished(stage, await start(stage, id, TRIGGER));
		const rows = await ledger.sql`select source_id as id, status from esputnik_ledger`;
		assert.equal(rows.length, ROWS);
		const stored = booked(stage).map(({ params }) => String(params.externalOrderId));
		assert.equal(new Set(stored).size, stored.length, 'no row was sent twice');
		for (const { id: row, status } of rows)
			if (status === 'accepted') assert.ok(stored.includes(String(row)), `${row} is stored`);
		const counts = count(rows.map(({ status }) => String(status)));
		assert.equal(counts.sending, AT_A_TIME);
		assert.equal((counts.accepted ?? 0) + (counts.rejected ?? 0), ROWS - AT_A_TIME);
	});

	await cases.run('instants by the clocks of the account', async () => {
		const clock = clockIn(ZONE);
		const instants = await source.database.sql`select id, created_at as at from orders`;
		const rows = new Map(instants.map(({ id, at }) => [String(id), clock(String(at))]));
		for (const { occurred, params } of booked(stage))
			assert.equal(occurred, rows.get(String(params.externalOrderId)));
	});
}

/** A database with a table of orders, and its credential in n8n. */
async function openSource(
	stage: Stage,
	postgres: PostgresServer,
	type: 'timestamp' | 'timestamptz',
): Promise<{ readonly database: PostgresDatabase; readonly credential: SavedCredential }> {
	const database = await postgres.createDatabase();
	const { sql: run } = database;
	await run`create table orders (
		id bigint primary key, email text, created_at ${run.unsafe(type)}, total numeric(10, 2),
		currency text, order_status text
	)`;
	// From the 30th of March 2024 on, every three minutes: over the hour that clocks in Kyiv leave out.
	await run`
		insert into orders
		select n, case when n % ${BAD} = 7 then 'not-an-address' else 'buyer' || n || '@example.com' end,
			${run.unsafe(type)} '2024-03-30T12:00:30' + n * interval '3 minutes', n + 0.5, 'UAH', 'DELIVERED'
		from generate_series(1, ${ROWS}) as n`;
	return { database, credential: await postgresCredential(stage, database) };
}

/** Saves the credential of a database in n8n. */
export async function postgresCredential(
	stage: Stage,
	{ host, port, user, password, database }: PostgresDatabase,
): Promise<SavedCredential> {
	return await saveCredential(stage, 'postgres', {
		host,
		port,
		user,
		password,
		database,
		maxConnections: 5,
		allowUnauthorizedCerts: false,
		ssl: 'disable',
		sshTunnel: false,
	});
}

/** Starts a run, kills n8n while the third request is on its way, and starts n8n again in a process of another time zone. */
async function killInTheMiddle(stage: Stage, workflowId: string): Promise<void> {
	const { standin } = stage;
	const before = standin.received.sends.length;
	standin.configure({ latencyMs: 400 });
	await start(stage, workflowId, TRIGGER);
	await until('the third request', () => standin.received.sends.length === before + 3);
	await stage.server.kill();
	standin.configure({ latencyMs: 0 });
	await stage.restart({ TZ: ZONE });
}

function count(values: readonly string[]): Partial<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
	return counts;
}
