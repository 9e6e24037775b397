import { readFile } from 'node:fs/promises';
import { parse } from 'flatted';
import { z } from 'zod';
import { fetchAnew } from '../../../scripts/realN8n/fetchAnew.mts';
import { create, until, Execution } from '../support/runs.mts';
import type { Stage } from '../support/stage.mts';
import { CREDENTIAL, ESPUTNIK, type WorkflowJson } from '../support/workflows.mts';

const Template = z.object({
	name: z.string(),
	nodes: z.array(
		z
			.object({ name: z.string(), type: z.string(), parameters: z.record(z.unknown()) })
			.passthrough(),
	),
	connections: z.record(z.unknown()),
	settings: z.record(z.unknown()),
});

const Assignments = z.object({
	assignments: z.array(z.object({ name: z.string(), value: z.unknown() }).passthrough()),
});

/** A credential that is saved in n8n. */
export interface SavedCredential {
	readonly id: string;
	readonly name: string;
}

/** What somebody does with a template after importing it. */
export interface Preparation {
	/** Values of the fields in *Settings*. */
	readonly settings?: Readonly<Record<string, string | number | boolean>>;
	/** The credential of each type; that of eSputnik is chosen by itself. A node's name instead of a type is for that node alone. */
	readonly credentials?: Readonly<Record<string, SavedCredential>>;
	/** Parameters that are changed, by the node's name. */
	readonly parameters?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
	/** Whole nodes that are put in the place of others, by name: a webhook for a schedule. */
	readonly nodes?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The credential type of a node of n8n's own, where it is not named by the node. */
const CREDENTIAL_TYPES: ReadonlyMap<string, string> = new Map([
	[ESPUTNIK, 'esputnikApi'],
	['n8n-nodes-base.postgres', 'postgres'],
	['n8n-nodes-base.googleBigQuery', 'googleApi'],
	['n8n-nodes-base.wooCommerce', 'wooCommerceApi'],
]);

/** A workflow of examples/, prepared to run. */
export async function template(file: string, preparation: Preparation): Promise<WorkflowJson> {
	const { settings = {}, parameters = {}, nodes: others = {} } = preparation;
	const credentials = new Map<string, SavedCredential>(
		Object.entries({ esputnikApi: CREDENTIAL, ...preparation.credentials }),
	);
	const parsed: unknown = JSON.parse(await readFile(`examples/${file}`, 'utf8'));
	const { nodes, ...workflow } = Template.parse(parsed);
	return {
		...workflow,
		nodes: nodes.map((node) => {
			const changed = { ...node.parameters, ...parameters[node.name] };
			if (node.name === 'Settings') changed.assignments = filled(changed.assignments, settings);
			const named = z.string().safeParse(node.parameters.nodeCredentialType).data;
			const type = named ?? CREDENTIAL_TYPES.get(node.type);
			const credential = credentials.get(node.name) ?? credentials.get(type ?? '');
			return {
				...node,
				parameters: changed,
				...(type === undefined || credential === undefined
					? {}
					: { credentials: { [type]: credential } }),
				...others[node.name],
			};
		}),
	};
}

/** @throws where a setting is not there */
function filled(assignments: unknown, settings: Readonly<Record<string, unknown>>): unknown {
	const rows = Assignments.parse(assignments).assignments;
	const unknown = Object.keys(settings).filter((key) => !rows.some(({ name }) => name === key));
	if (unknown.length > 0) throw new Error(`There is no setting ${unknown.join(', ')}`);
	return {
		assignments: rows.map((row) =>
			row.name in settings ? { ...row, value: settings[row.name] } : row,
		),
	};
}

const Created = z.object({ id: z.string() });

/** Saves a credential in n8n. */
export async function saveCredential(
	stage: Pick<Stage, 'api'>,
	type: string,
	data: Readonly<Record<string, unknown>>,
): Promise<SavedCredential> {
	const name = `${type} of this run`;
	const body = { name, type, data };
	const { id } = Created.parse(await stage.api.request('POST', '/credentials', body));
	return { id, name };
}

const Started = z.object({ executionId: z.string() });

const Stored = z.object({ status: z.string(), data: z.string() });

/** The statuses of an execution that goes on. */
const UNFINISHED = ['new', 'running', 'waiting', 'unknown'];

/** Saves a workflow and runs it by the button, as the editor does. Gives what its nodes gave. */
export async function runOnce(
	stage: Stage,
	workflow: WorkflowJson,
	trigger = 'When clicking ‘Execute workflow’',
): Promise<Execution> {
	const { id } = await create(stage, workflow);
	return await finished(stage, await start(stage, id, trigger));
}

/** Starts a saved workflow by the button; gives the id of the execution. */
export async function start(
	stage: Pick<Stage, 'api'>,
	workflowId: string,
	trigger: string,
): Promise<string> {
	const body = { triggerToStartFrom: { name: trigger } };
	const answer = await stage.api.request('POST', `/workflows/${workflowId}/run`, body);
	return Started.parse(answer).executionId;
}

/** Waits for the end of an execution and gives what its nodes gave. */
export async function finished(stage: Pick<Stage, 'api'>, executionId: string): Promise<Execution> {
	let stored: z.infer<typeof Stored> | undefined;
	await until(
		`the end of execution ${executionId}`,
		async () => {
			stored = Stored.parse(await stage.api.request('GET', `/executions/${executionId}`));
			return !UNFINISHED.includes(stored.status);
		},
		120,
	);
	const data: unknown = parse(stored?.data ?? '');
	return Execution.parse({ ...stored, data });
}

const WithFile = z.object({
	binary: z.record(z.object({ id: z.string().optional(), data: z.string() })),
});

/** The text of the file that an item carries. */
export async function fileText(stage: Stage, item: unknown): Promise<string> {
	return (await fileOf(stage, item)).toString('utf8');
}

/** The file that an item carries in its field `data`. */
export async function fileOf(stage: Stage, item: unknown): Promise<Buffer> {
	const { id, data } = WithFile.parse(item).binary.data;
	if (id === undefined) return Buffer.from(data, 'base64');
	const answer = await fetchAnew(
		`${stage.server.url}/rest/binary-data?id=${encodeURIComponent(id)}&action=download`,
		{ headers: { Cookie: stage.api.cookie } },
	);
	if (!answer.ok) throw new Error(`The file ${id}: ${answer.status} ${await answer.text()}`);
	return Buffer.from(await answer.arrayBuffer());
}

/** Sends a file by the form of a published workflow, as a browser does, and gives the finished execution. */
export async function uploadByForm(
	stage: Stage,
	workflowId: string,
	path: string,
	file: { readonly name: string; readonly content: string | Buffer },
): Promise<Execution> {
	const before = await executionIds(stage, workflowId);
	const body = new FormData();
	body.append('field-0', new Blob([new Uint8Array(Buffer.from(file.content))]), file.name);
	const url = `${stage.server.url}/form/${path}`;
	await until('the form being there', async () => (await fetchAnew(url)).ok);
	const answer = await fetchAnew(url, { method: 'POST', body });
	if (!answer.ok) throw new Error(`The form answered ${answer.status}: ${await answer.text()}`);
	let started: string | undefined;
	await until('the execution of the form', async () => {
		started = (await executionIds(stage, workflowId)).find((id) => !before.includes(id));
		return started !== undefined;
	});
	return await finished(stage, started ?? '');
}

const ExecutionList = z.object({ results: z.array(z.object({ id: z.string() })) });

/** The executions of a workflow, newest first. */
export async function executionIds(
	stage: Pick<Stage, 'api'>,
	workflowId: string,
): Promise<string[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const list = await stage.api.request('GET', `/executions?filter=${filter}&limit=20`);
	return ExecutionList.parse(list).results.map(({ id }) => id);
}

const FormNode = z.object({ type: z.literal('n8n-nodes-base.formTrigger'), webhookId: z.string() });

/** The last part of the address of a workflow's form. */
export function formPath(nodes: readonly unknown[]): string {
	const found = nodes.map((node) => FormNode.safeParse(node).data).find((node) => node);
	if (found === undefined) throw new Error('The workflow has no form');
	return found.webhookId;
}
