import assert from 'node:assert/strict';
import { z } from 'zod';
import type { PostgresServer } from '../../../scripts/services/postgres.mts';
import type { Cases } from '../support/cases.mts';
import { openDataTable } from '../support/dataTable.mts';
import { postToWebhook, publish, until } from '../support/runs.mts';
import type { Stage } from '../support/stage.mts';
import { webhook } from '../support/workflows.mts';
import { booked, clockIn } from './books.mts';
import { serve } from './pages.mts';
import { postgresCredential } from './sql.mts';
import { executionIds, finished, runOnce, template, type Preparation } from './template.mts';

const FILE = 'nightly-increment.json';
const ZONE = 'Europe/Kyiv';
const DAY = 24 * 3600_000;

/** The first night; orders come every hour from four days before. */
const FIRST = Date.UTC(2024, 3, 1);

const Message = z.object({ text: z.string() });

/** Nights of a shop whose orders are in Postgres: good ones, one on which eSputnik is away, one on which n8n is killed. */
export async function nightly(cases: Cases, stage: Stage, postgres: PostgresServer): Promise<void> {
	cases.topic('Nightly increment');
	const { standin } = stage;
	const told: string[] = [];
	const chat = await serve((app) => {
		app.post('/hook', (request) => {
			told.push(Message.parse(request.body).text);
			return 'ok';
		});
	});
	const database = await postgres.createDatabase();
	const { sql } = database;
	await sql`create table orders (
		order_id text, email text, created_at timestamptz, total numeric, currency text, order_status text
	)`;
	await sql`
		insert into orders
		select 'A-' || n, case when n = 60 then 'not-an-address' else 'buyer' || n || '@example.com' end,
			timestamptz '2024-03-28T00:30:15Z' + n * interval '1 hour', n + 0.25, 'UAH', 'DELIVERED'
		from generate_series(0, 400) as n`;
	const credentials = { postgres: await postgresCredential(stage, database) };
	const prepared = (night: number, dryRun = false): Preparation => ({
		settings: {
			since: '2024-03-28T00:00:00Z',
			until: new Date(FIRST + night * DAY).toISOString(),
			accountTimezone: ZONE,
			chatWebhook: `${chat.url}/hook`,
			dryRun,
		},
		credentials,
	});
	/** A night as n8n runs it when nobody looks; `during` may disturb it. */
	const runNight = async (night: number, during?: () => Promise<void>) => {
		const trigger = webhook(`night-${night}-${told.length}`);
		const parameters = { ...trigger.parameters, responseMode: 'onReceived' };
		const nodes = { 'Every night': { ...trigger, name: 'Every night', parameters } };
		const published = await publish(stage, await template(FILE, { ...prepared(night), nodes }));
		await postToWebhook(stage, String(trigger.parameters.path), {});
		if (during) await during();
		else {
			let ids: string[] = [];
			await until('the run being there', async () => {
				ids = await executionIds(stage, published.id);
				return ids.length > 0;
			});
			await finished(stage, ids[ids.length - 1]);
		}
		await published.unpublish();
	};
	/** The orders of the source after one night and up to another, by number and minute. */
	const ordersBetween = async (after: number, upTo: number) => {
		const clock = clockIn(ZONE);
		const rows = await sql`
			select order_id, created_at from orders
			where created_at > ${new Date(after)} and created_at <= ${new Date(upTo)}`;
		return rows.map(
			({ order_id, created_at }) => `${String(order_id)} ${clock(String(created_at))}`,
		);
	};
	const stored = () =>
		booked(stage).map(({ occurred, params }) => `${String(params.externalOrderId)} ${occurred}`);
	const waiting = async () =>
		(await (await openDataTable(stage, 'esputnik_waiting')).rows()).map(
			({ order_id, outcome }) => `${String(order_id)} ${String(outcome)}`,
		);

	await cases.run('a dry run sends nothing and moves nothing', async () => {
		standin.reset();
		const run = await runOnce(stage, await template(FILE, prepared(0, true)));
		assert.equal(run.status, 'success');
		assert.equal(standin.received.requests.length, 0);
		assert.deepEqual(await (await openDataTable(stage, 'esputnik_nightly')).rows(), []);
	});

	await cases.run(
		'the first night: everything once; what was refused waits, and a human is told',
		async () => {
			await runNight(0);
			const expected = (await ordersBetween(0, FIRST)).filter((one) => !one.startsWith('A-60 '));
			assert.deepEqual(stored().sort(), expected.sort());
			assert.deepEqual(await waiting(), ['A-60 rejected']);
			await until('the message', () => told.length === 1);
			assert.match(told[0], /95 orders were accepted, 1 rejected, 0 uncertain, 0 not sent/);
		},
	);

	await cases.run(
		'where eSputnik is away, the orders wait and are sent first by the next night',
		async () => {
			standin.reset();
			standin.faults.push({ kind: 'status', status: 401, times: 5 });
			await runNight(1);
			assert.equal(standin.received.count, 0);
			assert.equal((await waiting()).filter((one) => one.endsWith(' notSent')).length, 24);
			await until('the message', () => told.length === 2);
			assert.match(told[1], /0 orders were accepted, 0 rejected, 0 uncertain, 24 not sent/);

			standin.faults.clear();
			await runNight(2);
			const expected = await ordersBetween(FIRST, FIRST + 2 * DAY);
			assert.deepEqual(stored(), expected, 'in the order in which they happened');
			assert.deepEqual(await waiting(), ['A-60 rejected']);
			assert.equal(told.length, 2);
		},
	);

	await cases.run('what may be stored waits, and is not sent again by itself', async () => {
		standin.reset();
		standin.faults.push({ kind: 'status', status: 500 });
		await runNight(3);
		assert.equal((await waiting()).filter((one) => one.endsWith(' uncertain')).length, 24);
		await runNight(4);
		assert.deepEqual(stored(), await ordersBetween(FIRST + 3 * DAY, FIRST + 4 * DAY));
	});

	await cases.run('n8n killed during a night: the next one sends nothing and says so', async () => {
		standin.reset();
		standin.configure({ latencyMs: 1000 });
		await runNight(5, async () => {
			await until('the request being read', () => standin.received.sends.length === 1);
			await stage.server.kill();
			standin.configure({ latencyMs: 0 });
			await stage.restart({ TZ: ZONE });
		});
		const sends = standin.received.sends.length;
		await runNight(6);
		// n8n may tell of the crash itself, too.
		await until('the message', () =>
			told.some((text) => /The run up to 2024-04-06T00:00:00.000Z did not end/.test(text)),
		);
		assert.equal(standin.received.sends.length, sends);
	});

	await chat.close();
}
