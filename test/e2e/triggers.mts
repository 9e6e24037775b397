import assert from 'node:assert/strict';
import type { Cases } from './support/cases.mts';
import { callWebhook, executionsOf, publish, until } from './support/runs.mts';
import type { Stage } from './support/stage.mts';
import { SEND, esputnik, readCsv, schedule, webhook, workflow } from './support/workflows.mts';

/** Published workflows: what runs when nobody looks. */
export async function triggers(cases: Cases, stage: Stage): Promise<void> {
	cases.topic('Published workflows');
	const { standin } = stage;

	await cases.run('a webhook call becomes one past event', async () => {
		standin.reset();
		const sending = esputnik({
			...SEND,
			keyValue: '={{ $json.body.email }}',
			occurred: '={{ $json.body.at }}',
			paramsMode: 'json',
			paramsJson: '={{ $json.body.params }}',
		});
		const published = await publish(
			stage,
			workflow('By webhook', [webhook('past-order'), sending]),
		);
		const outcomes = await callWebhook(stage, 'past-order', {
			email: 'hook@example.com',
			at: '2024-02-29T23:59:58',
			params: { externalOrderId: 'A-1', items: [{ sku: 1 }] },
		});
		await published.unpublish();
		assert.deepEqual(outcomes, [
			{
				status: 'accepted',
				eventTypeKey: 'orderCreated',
				keyValue: 'hook@example.com',
				occurred: '2024-02-29T23:59',
				request: 1,
			},
		]);
		const [event] = standin.received.events;
		assert.equal(standin.received.count, 1);
		assert.equal(event.occurred, '2024-02-29T23:59');
		assert.deepEqual(Object.fromEntries(event.params.map(({ name, value }) => [name, value])), {
			externalOrderId: 'A-1',
			items: '[{"sku":1}]',
			email: 'hook@example.com',
		});
	});

	await cases.run('a schedule sends the rows of a file by itself', async () => {
		standin.reset();
		const published = await publish(
			stage,
			workflow('By schedule', [
				schedule(2),
				...readCsv(`${stage.files}/orders.csv`),
				esputnik(SEND),
			]),
		);
		await until('events of the schedule', () => standin.received.count >= 30);
		await published.unpublish();
		await until('the end of the execution', async () =>
			(await executionsOf(stage, published.id)).every(({ status }) => status === 'success'),
		);
		const runs = await executionsOf(stage, published.id);
		assert.ok(runs.length >= 1);
		assert.ok(runs.every(({ mode }) => mode === 'trigger'));
		assert.equal(standin.received.count, 30 * runs.length);
	});
}
