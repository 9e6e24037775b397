import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDemo } from '../../scripts/demo/check.mts';
import { summarize } from '../../scripts/demo/summary.mts';
import { ordersCsv, sampleOrders } from '../../scripts/sample/orders.mts';
import { startStandin, type Standin } from '../../standin/server.mts';
import { runWorkflow, type RunResult } from '../support/engine.mts';
import {
	ACCEPTED,
	ESPUTNIK,
	readWorkflow,
	TO_CORRECT,
	withParameters,
} from '../support/workflowJson.mts';

const ORDERS = 1200;

describe('examples/orders-to-esputnik.json', () => {
	const sample = sampleOrders(ORDERS, 3);
	let folder: string;
	let standin: Standin;
	let run: RunResult;

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'orders-'));
		const fileSelector = join(folder, 'orders.csv');
		writeFileSync(fileSelector, ordersCsv(sample.rows));
		standin = await startStandin({ port: 0 });
		run = await runWorkflow({
			workflow: withParameters(
				readWorkflow('examples/orders-to-esputnik.json'),
				'Read orders.csv',
				{
					fileSelector,
				},
			),
			credentials: { esputnikApi: { apiKey: standin.apiKey, baseUrl: standin.baseUrl } },
		});
	});

	afterAll(async () => {
		await standin.close();
		rmSync(folder, { recursive: true });
	});

	test('accounts for every order, as the sample was made and as eSputnik counted', () => {
		const summary = summarize(run.output(ESPUTNIK, 0), run.output(ESPUTNIK, 1), {
			requests: standin.received.sends.length,
			durationMs: 0,
		});
		expect(run.status).toBe('success');
		expect(checkDemo(summary, sample, standin.received.counts().byStatus)).toEqual([]);
		expect(summary.refused.length).toBeGreaterThan(3);
	});

	test('leads every order to "Accepted" or "To correct"', () => {
		expect(run.output(ACCEPTED).length + run.output(TO_CORRECT).length).toBe(ORDERS);
		expect(run.output(ACCEPTED)).toHaveLength(run.output(ESPUTNIK, 0).length);
	});

	test('keeps the order beside the reason on "To correct"', () => {
		for (const { json } of run.output(TO_CORRECT)) {
			expect(json.order_id).toMatch(/^1\d{5}$/);
			expect(json.error).toMatch(/^[A-Z_]+$/);
			expect(json.message).toMatch(/\.$/);
		}
	});

	test('sends the line items as text, the contact by its address and no offset in the time', () => {
		const { keyValue, occurred, params } = standin.received.events[0];
		const byName = Object.fromEntries(params.map(({ name, value }) => [name, value]));
		const order = sample.rows.find(({ order_id }) => order_id === byName.externalOrderId);
		expect(byName).toMatchObject({
			email: order?.email,
			items: order?.items,
			totalCost: order?.total_cost,
			currency: order?.currency,
			date: order?.order_date,
		});
		expect(keyValue).toBe(order?.email);
		expect(occurred).toBe(order?.order_date.slice(0, 'YYYY-MM-DDTHH:mm'.length));
	});
});
