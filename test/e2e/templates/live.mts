import assert from 'node:assert/strict';
import type { Cases } from '../support/cases.mts';
import { itemsOf, postToWebhook, publish, until, type Execution } from '../support/runs.mts';
import type { Stage } from '../support/stage.mts';
import { booked, clockIn } from './books.mts';
import { executionIds, finished, template } from './template.mts';

const FILE = 'new-orders-live.json';
const ZONE = 'Europe/Kyiv';

const ORDER = {
	id: 5001,
	email: 'live@example.com',
	total: 199.9,
	currency: 'UAH',
	created_at: '2026-03-29T22:15:30-04:00',
};

/** The orders that a shop sends by a webhook while they happen. */
export async function newOrdersLive(cases: Cases, stage: Stage): Promise<void> {
	cases.topic('New orders, as they happen');
	const { standin } = stage;

	await cases.run('a dry run shows the event and starts no workflow', async () => {
		standin.reset();
		const [run] = await call(stage, true, [ORDER]);
		assert.equal(itemsOf(run, 'Accepted')[0].json.method, 'POST');
		assert.equal(standin.received.requests.length, 0);
	});

	await cases.run('each call becomes one live event, which starts its workflow', async () => {
		standin.reset();
		const runs = await call(stage, false, [ORDER, { ...ORDER, id: 5002, test: true }]);
		assert.equal(itemsOf(runs[0], 'Accepted')[0].json.status, 'accepted');
		assert.equal(itemsOf(runs[1], 'Left out').length, 1);

		const date = `${clockIn(ZONE)(ORDER.created_at)}:30`;
		assert.deepEqual(
			booked(stage).map(({ keyValue, params }) => ({ keyValue, params })),
			[
				{
					keyValue: ORDER.email,
					params: {
						externalOrderId: '5001',
						totalCost: '199.9',
						currency: 'UAH',
						status: 'INITIALIZED',
						date,
						email: ORDER.email,
					},
				},
			],
		);
		assert.deepEqual(
			standin.received.workflowStarts.map(({ eventTypeKey }) => eventTypeKey),
			['orderCreated'],
		);
		assert.deepEqual(
			standin.received.requests.map(({ path }) => path),
			['/api/v1/event'],
		);
	});

	await cases.run('what eSputnik refuses and what may have been taken are told apart', async () => {
		standin.reset();
		standin.configure({ requiredParams: { orderCreated: ['store'] } });
		const [refused] = await call(stage, false, [ORDER]);
		standin.configure({ requiredParams: {} });
		const [{ json: correct }] = itemsOf(refused, 'To correct');
		assert.match(String(correct.message), /should have the following params: \[store\]/);

		standin.faults.push({ kind: 'resetAfterAccepting' });
		const [uncertain] = await call(stage, false, [ORDER]);
		assert.equal(itemsOf(uncertain, 'Look up first').length, 1);
		assert.equal(standin.received.workflowStarts.length, 1);
	});
}

/** Publishes the workflow, calls its webhook with one order after another, and gives what its nodes gave. */
async function call(
	stage: Stage,
	dryRun: boolean,
	orders: readonly object[],
): Promise<Execution[]> {
	const published = await publish(
		stage,
		await template(FILE, { settings: { dryRun, accountTimezone: ZONE } }),
	);
	const runs: Execution[] = [];
	for (const order of orders) {
		const before = await executionIds(stage, published.id);
		await postToWebhook(stage, 'new-order', order);
		let started: string | undefined;
		await until('the execution of the webhook', async () => {
			started = (await executionIds(stage, published.id)).find((id) => !before.includes(id));
			return started !== undefined;
		});
		runs.push(await finished(stage, started ?? ''));
	}
	await published.unpublish();
	return runs;
}
