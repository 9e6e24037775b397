import {
	esputnik,
	manualTrigger,
	workflow,
	type NodeJson,
	type WorkflowJson,
} from '../../test/e2e/support/workflows.mts';
import { PARAMS } from '../nodes/orders.mts';
import { BENCH_PACKAGE } from './benchPackage.mts';
import { ALL_FIELDS, DRAGGED, NO_LIMIT, SEND } from './parameters.mts';

/** One way to bring orders into eSputnik. */
export interface Contestant {
	readonly id: string;
	readonly label: string;
	/** Its nodes; their times are added up. */
	readonly nodes: readonly string[];
	/** Not run with more items than this. */
	readonly mostItems?: number;
	/** So slow that one round has to do. */
	readonly once?: boolean;
	/** Whether its items arrive at the stand-in; they do unless this is false. */
	readonly sends?: false;
	readonly workflow: (count: number, target: Target) => WorkflowJson;
}

/** Where requests go. */
export interface Target {
	readonly baseUrl: string;
	readonly apiKey: string;
}

/** The credential of the HTTP Request node for the stand-in. */
export const BASIC_AUTH = { id: 'benchBasicAuth01', name: 'Stand-in, basic auth' } as const;

/** In the order in which they run: those that are compared most run one after the other. */
export const CONTESTANTS: readonly Contestant[] = [
	{
		id: 'a',
		label: '(a) this node, dragged fields',
		nodes: ['eSputnik'],
		workflow: (count) => fromOrders(count, [sendDragged()]),
	},
	{
		id: 'f',
		label: '(f) the floor: objects by the HTTP helper',
		nodes: ['Floor'],
		workflow: (count, target) => fromOrders(count, [floor('objects', target)]),
	},
	{
		id: 'aError',
		label: '(a) with the error output',
		nodes: ['eSputnik'],
		workflow: (count) =>
			fromOrders(count, [sendDragged({}, { onError: 'continueErrorOutput' as const })]),
	},
	{
		id: 'b',
		label: '(b) this node, all fields',
		nodes: ['eSputnik'],
		workflow: (count) => fromOrders(count, [esputnik({ ...ALL_FIELDS, options: NO_LIMIT })]),
	},
	{
		id: 'c',
		label: '(c) a node with one getNodeParameter per field',
		nodes: ['Parameter per Field'],
		once: true,
		workflow: (count, target) =>
			fromOrders(count, [
				benchNode('parameterPerField', 'Parameter per Field', {
					...address(target),
					eventTypeKey: 'orderCreated',
					keyValue: SEND.keyValue,
					occurred: SEND.occurred,
					...Object.fromEntries(PARAMS.map(([name, field]) => [name, `={{ $json.${field} }}`])),
				}),
			]),
	},
	{
		id: 'd',
		label: '(d) Code in chunks + HTTP Request',
		nodes: ['Code', 'HTTP Request'],
		workflow: (count, target) => fromOrders(count, [code(CHUNKS), httpRequest(target)]),
	},
	{
		id: 'e',
		label: '(e) Loop Over Items 500 + Code + HTTP Request',
		nodes: ['Loop Over Items', 'Code', 'HTTP Request'],
		mostItems: 10_000,
		workflow: loopOverItems,
	},
	{
		id: 'fBuffers',
		label: "(f') the floor with Buffers",
		nodes: ['Floor'],
		workflow: (count, target) => fromOrders(count, [floor('buffers', target)]),
	},
];

/** For the peak of memory: the node with `summary` output, and a node that does nothing in its place. */
export const SUMMARY: Contestant = {
	id: 'summary',
	label: 'this node, summary output',
	nodes: ['eSputnik'],
	workflow: (count) => fromOrders(count, [sendDragged({ output: 'summary' })]),
};

export const NO_OPERATION: Contestant = {
	id: 'noOp',
	label: 'No Operation in its place',
	nodes: ['No Operation'],
	sends: false,
	workflow: (count) =>
		fromOrders(count, [
			{ name: 'No Operation', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
		]),
};

function sendDragged(
	options: Readonly<Record<string, unknown>> = {},
	settings: Pick<NodeJson, 'onError'> = {},
): NodeJson {
	return esputnik({ ...DRAGGED, options: { ...NO_LIMIT, ...options } }, settings);
}

/** Executions are not stored: that costs the same memory for all. */
function fromOrders(count: number, row: readonly NodeJson[]): WorkflowJson {
	const orders = benchNode('orders', 'Orders', { count });
	const made = workflow('Benchmark', [manualTrigger(), orders, ...row]);
	return { ...made, settings: { ...made.settings, saveDataSuccessExecution: 'none' } };
}

function loopOverItems(count: number, target: Target): WorkflowJson {
	const loop: NodeJson = {
		name: 'Loop Over Items',
		type: 'n8n-nodes-base.splitInBatches',
		typeVersion: 3,
		parameters: { batchSize: 500, options: {} },
	};
	const made = fromOrders(count, [loop, code(CHUNKS), httpRequest(target)]);
	const into = (node: string) => [{ node, type: 'main', index: 0 }];
	return {
		...made,
		connections: {
			...made.connections,
			'Loop Over Items': { main: [[], into('Code')] },
			'HTTP Request': { main: [into('Loop Over Items')] },
		},
	};
}

function floor(bodies: string, target: Target): NodeJson {
	return benchNode('floor', 'Floor', { ...address(target), bodies });
}

function address({ baseUrl, apiKey }: Target): { url: string; apiKey: string } {
	return { url: `${baseUrl}/v1/past_events`, apiKey };
}

function benchNode(
	type: string,
	name: string,
	parameters: Readonly<Record<string, unknown>>,
): NodeJson {
	return { name, type: `${BENCH_PACKAGE}.${type}`, typeVersion: 1, parameters };
}

function code(jsCode: string): NodeJson {
	return { name: 'Code', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode } };
}

function httpRequest({ baseUrl }: Target): NodeJson {
	return {
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method: 'POST',
			url: `${baseUrl}/v1/past_events`,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpBasicAuth',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ $json }}',
			options: {},
		},
		credentials: { httpBasicAuth: BASIC_AUTH },
	};
}

/** What people write into a Code node to have 500 events in each request. */
const CHUNKS = `const events = $input.all().map(({ json }) => ({
  eventTypeKey: 'orderCreated',
  keyValue: json.email,
  params: [
${PARAMS.map(([name, field]) => `    { name: '${name}', value: String(json.${field}) },`).join('\n')}
  ],
  occurred: DateTime.fromISO(json.created_at, { zone: 'Europe/Kyiv' }).toFormat("yyyy-MM-dd'T'HH:mm"),
}));
const requests = [];
for (let start = 0; start < events.length; start += 500) {
  requests.push({ json: { events: events.slice(start, start + 500) } });
}
return requests;`;
