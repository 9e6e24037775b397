import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { PostgresServer } from '../../../scripts/services/postgres.mts';
import type { Cases } from '../support/cases.mts';
import { itemsOf, publish, type Execution } from '../support/runs.mts';
import type { Stage } from '../support/stage.mts';
import { booked } from './books.mts';
import { postgresCredential } from './sql.mts';
import { fileText, formPath, runOnce, template, uploadByForm } from './template.mts';

const Rows = z.array(z.record(z.string()));

/** Orders of four people; one of them has an address that nobody can have. */
const ORDERS = [
	row(1, 'ann@example.com', 'Ann'),
	row(2, ' Ann@Example.com', 'Ann'),
	row(3, 'bob@example.com', 'Bob'),
	row(4, 'not-an-address', 'Eve'),
	row(5, 'dan@example.com', 'Dan'),
	row(6, 'not-an-address', 'Eve'),
];

/** People first, then what they bought; and what arrived, compared with an export. */
export async function contacts(
	cases: Cases,
	stage: Stage,
	postgres: PostgresServer,
): Promise<void> {
	cases.topic('Contacts, then orders; the check of what arrived');
	const { standin } = stage;
	const upload = async (rows: readonly object[], dryRun: boolean): Promise<Execution> => {
		const workflow = await template('contacts-then-orders.json', { settings: { dryRun } });
		const published = await publish(stage, workflow);
		const execution = await uploadByForm(stage, published.id, formPath(workflow.nodes), {
			name: 'orders.csv',
			content: stringify([...rows], { header: true }),
		});
		await published.unpublish();
		return execution;
	};
	const stored = () => booked(stage).map(({ params }) => String(params.externalOrderId));
	let correctable = '';

	await cases.run('a dry run shows both kinds of requests and sends nothing', async () => {
		standin.reset();
		const run = await upload(ORDERS, true);
		for (const node of ['Import contacts', 'Orders to eSputnik'])
			assert.ok(
				itemsOf(run, node).some(({ json }) => json.method === 'POST'),
				node,
			);
		assert.equal(standin.received.requests.length, 0);
	});

	await cases.run('people first, each once; then the orders of those who are there', async () => {
		const run = await upload(ORDERS, false);
		assert.deepEqual(
			standin.contacts.all.map(({ values }) => [values.email, values.firstName, values.town]),
			[
				['ann@example.com', 'Ann', 'Kyiv'],
				['bob@example.com', 'Bob', 'Kyiv'],
				['dan@example.com', 'Dan', 'Kyiv'],
			],
		);
		assert.deepEqual(stored(), ['N-1', 'N-2', 'N-3', 'N-5']);
		const refused = await fileText(stage, itemsOf(run, 'contacts-to-look-at.csv')[0]);
		const [{ email, error }] = Rows.parse(parse(refused, { columns: true, bom: true }));
		assert.deepEqual([email, error], ['not-an-address', 'EMAIL_INVALID']);
		correctable = await fileText(stage, itemsOf(run, 'to-correct.csv')[0]);
	});

	await cases.run('the list, corrected, brings the person and the orders', async () => {
		const rows = Rows.parse(parse(correctable, { columns: true, bom: true }));
		await upload(
			rows.map((one) => ({ ...one, email: 'eve@example.com' })),
			false,
		);
		assert.deepEqual(stored(), ['N-1', 'N-2', 'N-3', 'N-5', 'N-4', 'N-6']);
		assert.equal(standin.contacts.all.length, 4);
	});

	await cases.run('the export shows what is missing, doubled, of nobody, or unknown', async () => {
		const database = await postgres.createDatabase();
		const { sql } = database;
		await sql`create table orders (id bigint, email text, created_at timestamp, total numeric)`;
		await sql`create table events (contact_id text, params json)`;
		await sql`
			insert into orders
			select n, 'buyer' || n || '@example.com', timestamp '2024-05-01' + n * interval '1 day', n
			from generate_series(1, 6) as n`;
		await sql`
			insert into events
			select case when n = 4 then null else 'c' || n end, json_build_object('externalOrderId', n::text)
			from unnest(array[1, 2, 3, 3, 4, 99]) as n`;
		const credential = await postgresCredential(stage, database);
		const run = await runOnce(
			stage,
			await template('check-what-arrived.json', {
				credentials: { postgres: credential },
				nodes: {
					// The export lies in BigQuery, which is not here.
					'Events of the export': {
						type: 'n8n-nodes-base.postgres',
						typeVersion: 2.6,
						credentials: { postgres: credential },
						parameters: {
							operation: 'executeQuery',
							query: `select params->>'externalOrderId' as "externalOrderId", count(*) as copies,
								max(contact_id) as "contactId" from events group by 1 order by 1`,
							options: {},
						},
					},
				},
			}),
		);
		const ids = (node: string) => itemsOf(run, node).map(({ json }) => json.externalOrderId);
		assert.deepEqual(ids('As it should be'), ['1', '2']);
		assert.deepEqual(ids('Stored twice'), ['3']);
		assert.deepEqual(ids('Without a contact'), ['4']);
		assert.deepEqual(ids('Missing'), ['5', '6']);
		assert.deepEqual(ids('Not among the orders'), ['99']);
		const again = await fileText(stage, itemsOf(run, 'to-load-again.csv')[0]);
		assert.match(again, /buyer5@example\.com/);
	});
}

function row(number: number, email: string, name: string) {
	return {
		order_id: `N-${number}`,
		email,
		phone: '',
		first_name: name,
		last_name: 'Bee',
		city: 'Kyiv',
		created_at: `2024-05-0${number}T10:11:12`,
		total_cost: '10.50',
		currency: 'UAH',
		status: 'DELIVERED',
		items: '',
	};
}
