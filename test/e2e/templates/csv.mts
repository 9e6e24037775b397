import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { ordersCsv } from '../../../scripts/sample/orders.mts';
import type { Cases } from '../support/cases.mts';
import { SAMPLE } from '../support/files.mts';
import { itemsOf, publish, type Execution, type Published } from '../support/runs.mts';
import type { Stage } from '../support/stage.mts';
import { manualTrigger, workflow } from '../support/workflows.mts';
import { booked } from './books.mts';
import { SHARED_DATA } from './pages.mts';
import {
	fileOf,
	fileText,
	formPath,
	runOnce,
	template,
	uploadByForm,
	type Preparation,
} from './template.mts';

const FILE = 'csv-or-sheet.json';

/** Real invoices that are no part of the repository. */
const INVOICES = 'online-retail-invoices.csv';

const Rows = z.array(z.record(z.string()));

/** A file of orders, once, by the form. */
export async function csvOrSheet(cases: Cases, stage: Stage): Promise<void> {
	cases.topic('CSV or sheet, once');
	const { standin } = stage;
	let correctable = '';

	await cases.run('a dry run shows the requests and sends nothing', async () => {
		standin.reset();
		const form = await publishForm(stage, {});
		const run = await form.upload('orders.csv', ordersCsv(SAMPLE.rows));
		await form.unpublish();
		assert.ok(itemsOf(run, 'eSputnik').some(({ json }) => json.method === 'POST'));
		assert.equal(standin.received.requests.length, 0);
	});

	await cases.run('each order is stored or stands in to-correct.csv with its reason', async () => {
		const form = await publishForm(stage, { settings: { dryRun: false } });
		const run = await form.upload('orders.csv', ordersCsv(SAMPLE.rows));
		await form.unpublish();
		correctable = await fileText(stage, itemsOf(run, 'to-correct.csv')[0]);
		const refused = Rows.parse(parse(correctable, { columns: true, bom: true }));
		const reasons: Record<string, number> = {};
		for (const { error } of refused) reasons[error] = (reasons[error] ?? 0) + 1;
		assert.deepEqual(reasons, SAMPLE.refusals);
		assert.equal(standin.received.count + refused.length, SAMPLE.rows.length);
		const source = new Map(SAMPLE.rows.map((row) => [row.order_id, row]));
		for (const { keyValue, params } of booked(stage)) {
			const row = source.get(String(params.externalOrderId));
			assert.equal(keyValue, row?.email);
			assert.equal(params.totalCost ?? '', row?.total_cost);
			assert.equal(params.items ?? '', row?.items);
		}
	});

	await cases.run('the list, corrected, is loaded by the same form', async () => {
		const before = standin.received.count;
		const rows = Rows.parse(parse(correctable, { columns: true, bom: true }));
		const corrected = rows.map((row, index) => ({
			...row,
			email: `corrected${index}@example.com`,
			created_at: '2024-05-12 10:11',
		}));
		const form = await publishForm(stage, { settings: { dryRun: false } });
		const run = await form.upload('corrected.csv', stringify(corrected, { header: true }));
		await form.unpublish();
		assert.equal(itemsOf(run, 'eSputnik', 0).length, rows.length);
		assert.equal(standin.received.count - before, rows.length);
	});

	await cases.run('what may be stored stands in a list of its own', async () => {
		standin.reset();
		standin.faults.push({ kind: 'status', status: 500 });
		const form = await publishForm(stage, { settings: { dryRun: false } });
		const run = await form.upload('two.csv', ordersCsv(goodRows().slice(0, 2)));
		await form.unpublish();
		const doubtful = await fileText(stage, itemsOf(run, 'look-up-first.csv')[0]);
		const rows = Rows.parse(parse(doubtful, { columns: true, bom: true }));
		assert.deepEqual(
			rows.map(({ order_id, error }) => [order_id, error]),
			goodRows()
				.slice(0, 2)
				.map(({ order_id }) => [order_id, 'HTTP_5XX']),
		);
	});

	await cases.run('the serial numbers of a sheet become its dates', async () => {
		standin.reset();
		const content = await sheet(stage, [
			{ order_id: 'S-1', email: 'sheet1@example.com', created_at: 45424.425, total_cost: 10.5 },
			{ order_id: 'S-2', email: 'sheet2@example.com', created_at: 45425, total_cost: 7 },
		]);
		const form = await publishForm(stage, { settings: { dryRun: false } });
		await form.upload('orders.xlsx', content);
		await form.unpublish();
		assert.deepEqual(
			booked(stage).map(({ keyValue, occurred }) => [keyValue, occurred]),
			[
				['sheet1@example.com', '2024-05-12T10:12'],
				['sheet2@example.com', '2024-05-13'],
			],
		);
	});

	const invoices = join(SHARED_DATA, INVOICES);
	if (!existsSync(invoices)) {
		console.log(`  Left out: the real invoices, since ../shared/data/${INVOICES} is not here`);
		return;
	}
	await cases.run('18,532 real invoices, each stored once as it stands', async () => {
		standin.reset();
		const text = await readFile(invoices, 'utf8');
		const form = await publishForm(stage, {
			settings: { dryRun: false },
			parameters: {
				eSputnik: {
					keyValue: '={{ $json.CustomerID }}',
					contactIdentifier: 'externalCustomerId',
					occurred: '={{ $json.InvoiceDate }}',
					params: assignments({
						externalOrderId: '={{ $json.InvoiceNo }}',
						totalCost: '={{ $json.TotalPrice }}',
						status: 'DELIVERED',
					}),
				},
			},
		});
		const run = await form.upload('invoices.csv', text);
		await form.unpublish();
		const rows = Rows.parse(parse(text, { columns: true }));
		assert.equal(itemsOf(run, 'eSputnik', 0).length, rows.length);
		const expected = rows.map(
			(row) => `${row.InvoiceNo} ${row.CustomerID} ${row.InvoiceDate} ${row.TotalPrice}`,
		);
		const stored = booked(stage).map(
			({ keyValue, occurred, params }) =>
				`${String(params.externalOrderId)} ${keyValue} ${occurred} ${String(params.totalCost)}`,
		);
		assert.deepEqual(stored.sort(), expected.sort());
	});
}

/** Rows of *Parameters*, as the panel saves them. */
function assignments(values: Readonly<Record<string, string>>) {
	const rows = Object.entries(values).map(([name, value]) => ({
		id: name,
		name,
		value,
		type: 'string',
	}));
	return { assignments: rows };
}

interface PublishedForm extends Published {
	readonly upload: (name: string, content: string | Buffer) => Promise<Execution>;
}

async function publishForm(stage: Stage, preparation: Preparation): Promise<PublishedForm> {
	const workflow = await template(FILE, preparation);
	const published = await publish(stage, workflow);
	const path = formPath(workflow.nodes);
	return {
		...published,
		upload: async (name, content) =>
			await uploadByForm(stage, published.id, path, { name, content }),
	};
}

function goodRows() {
	return SAMPLE.rows.filter(({ email, created_at }) => email.includes('@') && created_at !== '');
}

/** A sheet made by n8n itself. */
async function sheet(stage: Stage, rows: readonly Record<string, unknown>[]): Promise<Buffer> {
	const made = await runOnce(
		stage,
		workflow('A sheet', [
			manualTrigger(),
			{
				name: 'List',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				parameters: { mode: 'raw', jsonOutput: JSON.stringify({ rows }), options: {} },
			},
			{
				name: 'Rows',
				type: 'n8n-nodes-base.splitOut',
				typeVersion: 1,
				parameters: { fieldToSplitOut: 'rows', options: {} },
			},
			{
				name: 'Sheet',
				type: 'n8n-nodes-base.convertToFile',
				typeVersion: 1.1,
				parameters: { operation: 'xlsx', binaryPropertyName: 'data', options: {} },
			},
		]),
		'Start',
	);
	return await fileOf(stage, itemsOf(made, 'Sheet')[0]);
}
