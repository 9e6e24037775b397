import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Cases } from './support/cases.mts';
import { createDataTable, type DataTable } from './support/dataTable.mts';
import { emailOf, occurredAt } from './support/files.mts';
import { postToWebhook, executionsOf, publish, until } from './support/runs.mts';
import type { Stage } from './support/stage.mts';
import { CREDENTIAL, ESPUTNIK, webhook, type WorkflowJson } from './support/workflows.mts';

const RECIPE = 'examples/backfill-that-survives-a-crash.json';
const COLUMNS = ['order_id', 'email', 'created_at', 'total_cost', 'outcome'];
const ROWS = 400;
const CHUNK = 100;

/** n8n killed during a run, started again, and the run completed by the recipe of the README. */
export async function killed(cases: Cases, stage: Stage): Promise<void> {
	cases.topic('n8n killed during a run');
	const { standin } = stage;
	standin.reset();
	const table = await createDataTable(stage, 'orders_to_load', COLUMNS, orders());
	const recipe = await publish(stage, await recipeByWebhook('resume'));

	await cases.run('each row knows whether it is stored, or may be', async () => {
		standin.configure({ latencyMs: 400 });
		await postToWebhook(stage, 'resume', {});
		await until('the second request being read', () => standin.received.sends.length === 2);
		await stage.server.kill();
		standin.configure({ latencyMs: 0 });
		await stage.restart();

		const outcomes = await countOutcomes(table);
		assert.deepEqual(outcomes, { accepted: CHUNK, sending: CHUNK, '': ROWS - 2 * CHUNK });
		const stored = new Set(standin.received.events.map(({ keyValue }) => keyValue));
		for (const { email, outcome } of await table.rows()) {
			if (outcome === 'accepted') assert.ok(stored.has(String(email)));
			if (outcome === '' || outcome === null) assert.ok(!stored.has(String(email)));
		}
	});

	await cases.run('n8n marks the execution as crashed', async () => {
		await until('the execution being marked', async () =>
			(await executionsOf(stage, recipe.id)).some(({ status }) => status === 'crashed'),
		);
	});

	await cases.run('the next run sends the rest and nothing twice', async () => {
		await postToWebhook(stage, 'resume', {});
		await until(
			'every row having an outcome',
			async () => {
				const outcomes = await countOutcomes(table);
				return outcomes.accepted === ROWS - CHUNK;
			},
			60,
		);
		assert.deepEqual(await countOutcomes(table), { accepted: ROWS - CHUNK, sending: CHUNK });
		const keys = standin.received.events.map(({ keyValue }) => keyValue);
		assert.equal(new Set(keys).size, keys.length);
		assert.ok(keys.length === ROWS || keys.length === ROWS - CHUNK);
	});

	await recipe.unpublish();
}

const Recipe = z.object({
	name: z.string(),
	nodes: z.array(z.object({ name: z.string(), type: z.string() }).passthrough()),
	connections: z.record(z.unknown()),
	settings: z.record(z.unknown()),
});

/** The recipe as it stands in examples/, but with the credential of this run and started by a webhook. */
async function recipeByWebhook(path: string): Promise<WorkflowJson> {
	const parsed: unknown = JSON.parse(await readFile(RECIPE, 'utf8'));
	const { nodes, ...recipe } = Recipe.parse(parsed);
	const trigger = webhook(path);
	return {
		...recipe,
		nodes: nodes.map((node) => {
			if (node.type === ESPUTNIK) return { ...node, credentials: { esputnikApi: CREDENTIAL } };
			if (node.type !== 'n8n-nodes-base.manualTrigger') return node;
			const parameters = { ...trigger.parameters, responseMode: 'onReceived' };
			return { ...node, ...trigger, name: node.name, parameters };
		}),
	};
}

function orders(): Record<string, string>[] {
	return Array.from({ length: ROWS }, (_, index) => ({
		order_id: `A-${index}`,
		email: emailOf(index),
		created_at: occurredAt(index),
		total_cost: '10.50',
		outcome: '',
	}));
}

async function countOutcomes(table: DataTable): Promise<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const { outcome } of await table.rows()) {
		const text = typeof outcome === 'string' ? outcome : '';
		counts[text] = (counts[text] ?? 0) + 1;
	}
	return counts;
}
