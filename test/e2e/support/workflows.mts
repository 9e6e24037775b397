import { randomUUID } from 'node:crypto';

export const ESPUTNIK = 'n8n-nodes-esputnik.esputnik';

/** The id that the credential for the stand-in is imported with. */
export const CREDENTIAL = { id: 'e2eEsputnikKey01', name: 'eSputnik stand-in' } as const;

/** A node as the editor saves it, without its place. */
export interface NodeJson {
	readonly name: string;
	readonly type: string;
	readonly typeVersion: number;
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly credentials?: Readonly<Record<string, unknown>>;
	readonly webhookId?: string;
	readonly onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	readonly retryOnFail?: boolean;
}

export interface PlacedNode extends NodeJson {
	readonly id: string;
	readonly position: readonly [x: number, y: number];
}

export interface WorkflowJson {
	readonly name: string;
	readonly nodes: readonly unknown[];
	readonly connections: Readonly<Record<string, unknown>>;
	readonly settings: Readonly<Record<string, unknown>>;
}

/** Parameters of Send Past Events that fit the rows of the CSV files of this run. */
export const SEND = {
	eventTypeKey: { __rl: true, mode: 'list', value: 'orderCreated' },
	keyValue: '={{ $json.email }}',
	occurred: '={{ $json.created_at }}',
	paramsMode: 'autoMapInputData',
} as const;

/** An eSputnik node with the credential for the stand-in. */
export function esputnik(
	parameters: Readonly<Record<string, unknown>>,
	settings: Pick<NodeJson, 'onError' | 'retryOnFail'> = {},
): NodeJson {
	return {
		name: 'eSputnik',
		type: ESPUTNIK,
		typeVersion: 1,
		parameters,
		credentials: { esputnikApi: CREDENTIAL },
		...settings,
	};
}

export function manualTrigger(): NodeJson {
	return { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} };
}

/** A webhook that answers with the items of the last node when all is done. */
export function webhook(path: string): NodeJson {
	return {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: randomUUID(),
		parameters: {
			httpMethod: 'POST',
			path,
			responseMode: 'lastNode',
			responseData: 'allEntries',
			options: {},
		},
	};
}

export function schedule(seconds: number): NodeJson {
	return {
		name: 'Schedule',
		type: 'n8n-nodes-base.scheduleTrigger',
		typeVersion: 1.2,
		parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: seconds }] } },
	};
}

/** Two nodes that read a CSV file into items. */
export function readCsv(file: string): NodeJson[] {
	return [
		{
			name: 'Read File',
			type: 'n8n-nodes-base.readWriteFile',
			typeVersion: 1,
			parameters: { operation: 'read', fileSelector: file, options: {} },
		},
		{
			name: 'Orders',
			type: 'n8n-nodes-base.extractFromFile',
			typeVersion: 1,
			parameters: { operation: 'csv', options: {} },
		},
	];
}

/** A node that passes items on unchanged, to end a branch that has a name of its own. */
export function end(name: string): NodeJson {
	return { name, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
}

/**
 * A workflow of nodes in a row, each connected to the next. Nodes of `branches` are connected to the outputs of the last one:
 * the first to its first output, the second to its second.
 */
export function workflow(
	name: string,
	row: readonly NodeJson[],
	branches: readonly NodeJson[] = [],
): WorkflowJson {
	return fork(name, row.slice(0, -1), [{ node: row[row.length - 1], ends: branches }]);
}

/** One of the nodes that get the same items, and the nodes at its outputs. */
export interface Tine {
	readonly node: NodeJson;
	readonly ends?: readonly NodeJson[];
}

/** A workflow of nodes in a row, the last of which gives its items to several nodes. */
export function fork(name: string, row: readonly NodeJson[], tines: readonly Tine[]): WorkflowJson {
	const nodes: PlacedNode[] = [];
	const connections: Record<string, unknown> = {};
	const place = (node: NodeJson, x: number, y: number) =>
		nodes.push({ ...node, id: randomUUID(), position: [x * 220, y * 180] });
	row.forEach((node, x) => {
		place(node, x, 0);
		const next = row.slice(x + 1, x + 2);
		const targets = next.length > 0 ? next : tines.map((tine) => tine.node);
		connections[node.name] = { main: [targets.map(to)] };
	});
	let y = 0;
	for (const { node, ends = [] } of tines) {
		place(node, row.length, y);
		ends.forEach((one, index) => place(one, row.length + 1, y + index));
		if (ends.length > 0) connections[node.name] = { main: ends.map((one) => [to(one)]) };
		y += Math.max(1, ends.length);
	}
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}

function to(node: NodeJson): { node: string; type: 'main'; index: number } {
	return { node: node.name, type: 'main', index: 0 };
}
