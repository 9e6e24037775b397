import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { runCommand } from '../../../scripts/realN8n/command.mts';
import { fetchAnew } from '../../../scripts/realN8n/fetchAnew.mts';
import type { Stage } from './stage.mts';
import type { WorkflowJson } from './workflows.mts';

/** An item that a node gave. */
export interface Item {
	readonly json: Readonly<Record<string, unknown>>;
	readonly pairedItem?: unknown;
}

/** The items of each output of a node. There may be hundreds of thousands, which a schema for each would copy. */
const Outputs = z.custom<readonly (readonly Item[] | null)[]>(
	(value) =>
		Array.isArray(value) &&
		value.every((items) => items === null || (Array.isArray(items) && items.every(isItem))),
);

function isItem(value: unknown): value is Item {
	return (
		typeof value === 'object' &&
		value !== null &&
		'json' in value &&
		typeof value.json === 'object' &&
		value.json !== null
	);
}

const NodeRun = z.object({
	executionStatus: z.string().optional(),
	error: z.object({ message: z.string() }).passthrough().optional(),
	hints: z.array(z.object({ message: z.string() })).optional(),
	data: z.object({ main: Outputs }).optional(),
});

export const Execution = z.object({
	status: z.string(),
	data: z.object({ resultData: z.object({ runData: z.record(z.array(NodeRun)) }) }),
});

/** An execution as n8n keeps it. */
export type Execution = z.infer<typeof Execution>;

/** The items of one output of a node's only run. */
export function itemsOf(execution: Execution, node: string, output = 0): readonly Item[] {
	const run = execution.data.resultData.runData[node].at(0);
	if (run?.data === undefined)
		throw new Error(`"${node}" gave nothing: ${run?.error?.message ?? ''}`);
	return run.data.main[output] ?? [];
}

/** How many items have each status. */
export function countStatuses(items: readonly Item[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { json } of items) {
		const status = String(json.status);
		counts[status] = (counts[status] ?? 0) + 1;
	}
	return counts;
}

/** Executes an imported workflow by n8n's command line. */
export async function runByCommand(
	stage: Pick<Stage, 'instance'>,
	workflowId: string,
): Promise<Execution> {
	const file = join(stage.instance.userFolder, `${workflowId}.output.json`);
	const { exitCode, output } = await runCommand(
		stage.instance,
		['execute', `--id=${workflowId}`, '--rawOutput'],
		file,
	);
	const text = await readFile(file, 'utf8');
	if (exitCode !== 0) throw new Error(`n8n execute ended with ${exitCode}:\n${output}\n${text}`);
	// Lines of the log stand before and after the JSON, even with --rawOutput; in a debug log a time stands before it.
	const parsed: unknown = JSON.parse(text.slice(text.search(/\{$/m), text.lastIndexOf('\n}') + 2));
	return Execution.parse(parsed);
}

/** A workflow that runs on its own, by its webhook or schedule. */
export interface Published {
	readonly id: string;
	readonly unpublish: () => Promise<void>;
}

const Created = z.object({ id: z.string(), versionId: z.string() });

/** Saves a workflow, as the editor does. */
export async function create(
	stage: Pick<Stage, 'api'>,
	workflow: WorkflowJson,
): Promise<z.infer<typeof Created>> {
	return Created.parse(await stage.api.request('POST', '/workflows', workflow));
}

/** Saves a workflow and publishes it, as the editor does. */
export async function publish(
	stage: Pick<Stage, 'api'>,
	workflow: WorkflowJson,
): Promise<Published> {
	const { id, versionId } = await create(stage, workflow);
	await stage.api.request('POST', `/workflows/${id}/activate`, {
		versionId,
		name: '',
		description: '',
	});
	return {
		id,
		async unpublish() {
			await stage.api.request('POST', `/workflows/${id}/deactivate`, {});
		},
	};
}

/** Calls a production webhook and gives its answer, the items of the workflow's last node. */
export async function callWebhook(
	stage: Stage,
	path: string,
	body: unknown,
): Promise<Record<string, unknown>[]> {
	const parsed: unknown = JSON.parse(await postToWebhook(stage, path, body));
	return z.array(z.record(z.unknown())).parse(parsed);
}

/** Calls a production webhook and gives its answer as text. n8n registers the webhook a moment after it was published. */
export async function postToWebhook(stage: Stage, path: string, body: unknown): Promise<string> {
	const call = async () =>
		await fetchAnew(`${stage.server.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(body),
		});
	let answer = await call();
	for (let attempt = 1; answer.status === 404 && attempt < 100; attempt++) {
		await sleep(100);
		answer = await call();
	}
	const text = await answer.text();
	if (!answer.ok) throw new Error(`The webhook answered ${answer.status}: ${text}`);
	return text;
}

const ExecutionList = z.object({
	results: z.array(z.object({ id: z.string(), status: z.string(), mode: z.string() })),
});

/** The executions of a workflow, newest first. */
export async function executionsOf(
	stage: Stage,
	workflowId: string,
): Promise<z.infer<typeof ExecutionList>['results']> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const list = await stage.api.request('GET', `/executions?filter=${filter}&limit=20`);
	return ExecutionList.parse(list).results;
}

/** Waits until something holds; fails with a sentence that says what did not come. */
export async function until(
	what: string,
	holds: () => boolean | Promise<boolean>,
	seconds = 30,
): Promise<void> {
	const deadline = Date.now() + seconds * 1000;
	while (!(await holds())) {
		if (Date.now() > deadline) throw new Error(`Waited ${seconds} s in vain: ${what}`);
		await sleep(50);
	}
}

const SavedWorkflow = z.object({
	nodes: z.array(z.object({ name: z.string(), parameters: z.record(z.unknown()) }).passthrough()),
});

/** The parameters of a node as n8n has saved them; waits until the editor has saved what the condition asks for. */
export async function savedParameters(
	stage: Stage,
	workflowId: string,
	node: string,
	condition: (parameters: Record<string, unknown>) => boolean,
): Promise<Record<string, unknown>> {
	let saved: Record<string, unknown> = {};
	await until(`"${node}" being saved as expected`, async () => {
		const workflow = SavedWorkflow.parse(
			await stage.api.request('GET', `/workflows/${workflowId}`),
		);
		saved = workflow.nodes.find(({ name }) => name === node)?.parameters ?? {};
		return condition(saved);
	});
	return saved;
}
