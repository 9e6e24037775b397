import type {
	ExecutionError,
	ExecutionStatus,
	INode,
	INodeExecutionData,
	INodeType,
	IRun,
	ITaskData,
	IWorkflowExecuteAdditionalData,
	NodeExecutionHint,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { CredentialStore, type CredentialData } from './engineCredentials.mts';
import { surroundingNodes } from './engineNodes.mts';
import { loadSources, type LoadedPackage } from './enginePackage.mts';
import { prepareEngine, withLog, type LogLine } from './engineServices.mts';
import { EngineTypes, type NodeClock } from './engineTypes.mts';
import {
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	Workflow,
	WorkflowExecute,
} from './n8n.mts';
import type { WorkflowJson } from './workflowJson.mts';

export interface RunOptions {
	readonly workflow: WorkflowJson;
	/** What the node of type `test.items` emits: n8n items, known by `json` or `binary`, or plain objects that become their json. */
	readonly items?: readonly object[];
	/** What the user typed, by credential type; or a store that lasts over several runs. */
	readonly credentials?: CredentialData | CredentialStore;
	/** The package to run; the sources by default. */
	readonly package?: LoadedPackage;
	/** More node types by full name. */
	readonly nodeTypes?: ReadonlyMap<string, INodeType>;
	/** How the execution was started: by hand (`manual`, the default), by a trigger, by `retry` … */
	readonly mode?: WorkflowExecuteMode;
	/** The id of the execution: the same again where n8n runs one a second time. */
	readonly executionId?: string;
	/** Aborting it is n8n's Stop button. */
	readonly signal?: AbortSignal;
	readonly onLog?: (line: LogLine) => void;
	/** Called when a node starts; the earlier ones have finished. */
	readonly onNode?: (name: string) => void;
}

export interface RunResult {
	/** `success`, `error` or `canceled`. */
	readonly status: ExecutionStatus;
	/** What stopped the workflow. */
	readonly error?: ExecutionError;
	/** The items that left a node by one of its outputs (0, or 1 for the error branch); empty where it did not run. */
	output(node: string, branch?: number): INodeExecutionData[];
	/** The hints that a node showed. */
	hints(node: string): NodeExecutionHint[];
	/** How often a node's `execute` was called, and how long it took in all, without the engine's work around it. */
	calls(node: string): number;
	durationMs(node: string): number;
	readonly logs: readonly LogLine[];
	/** Everything that the engine kept, as n8n stores it with the execution. */
	readonly raw: IRun;
}

/**
 * Runs a workflow in n8n's own engine: expressions, credentials, HTTP, On Error and Retry On Fail are n8n's, the node is
 * this project's. It starts at the trigger, or else at the first node.
 */
export async function runWorkflow(options: RunOptions): Promise<RunResult> {
	await prepareEngine();
	const { workflow: json, mode = 'manual', executionId = '1', signal, onLog, onNode } = options;
	const loaded = options.package ?? loadSources();
	const items = (options.items ?? []).map(toItem);
	const types = new EngineTypes(
		new Map([...loaded.nodes, ...surroundingNodes(items), ...(options.nodeTypes ?? [])]),
	);
	const credentials =
		options.credentials instanceof CredentialStore
			? options.credentials
			: await CredentialStore.of(loaded.credentials, options.credentials ?? {});
	const workflow = new Workflow({
		id: 'workflow',
		name: json.name ?? 'Workflow',
		nodes: structuredClone(json.nodes).map((node) => {
			const { credentials: used = [] } = types.getByNameAndVersion(node.type).description;
			const stored = used.filter(({ name }) => credentials.has(name));
			return {
				...node,
				credentials: Object.fromEntries(
					stored.map(({ name }) => [name, { id: credentials.idOf(name), name }]),
				),
			};
		}),
		connections: structuredClone(json.connections),
		active: false,
		nodeTypes: types,
		settings: { executionOrder: 'v1', ...json.settings },
	});
	const hooks = new ExecutionLifecycleHooks(mode, executionId, {
		id: 'workflow',
		name: workflow.name ?? '',
		active: false,
		isArchived: false,
		createdAt: new Date(),
		updatedAt: new Date(),
		activeVersionId: null,
		nodes: Object.values(workflow.nodes),
		connections: workflow.connectionsBySourceNode,
	});
	hooks.addHandler('nodeExecuteBefore', (name) => onNode?.(name));

	const logs: LogLine[] = [];
	const keep = (line: LogLine) => {
		logs.push(line);
		onLog?.(line);
	};
	const run = await withLog(keep, async () => {
		const execute = new WorkflowExecute(additionalData(credentials, hooks, executionId), mode);
		const execution = start(execute, workflow);
		const stop = () => execution.cancel();
		signal?.addEventListener('abort', stop, { once: true });
		try {
			return await execution;
		} finally {
			signal?.removeEventListener('abort', stop);
		}
	});
	return resultOf(run, workflow, types.clock, logs);
}

function resultOf(
	run: IRun,
	workflow: Workflow,
	clock: NodeClock,
	logs: readonly LogLine[],
): RunResult {
	const { runData, error } = run.data.resultData;
	const lastTask = (name: string): ITaskData | undefined => {
		if (!workflow.getNode(name)) throw new Error(`The workflow has no node "${name}"`);
		return Object.hasOwn(runData, name) ? runData[name].at(-1) : undefined;
	};
	return {
		status: run.status,
		...(error ? { error } : {}),
		output: (name, branch = 0) => lastTask(name)?.data?.main[branch] ?? [],
		hints: (name) => lastTask(name)?.hints ?? [],
		calls: (name) => clock.get(name)?.calls ?? 0,
		durationMs: (name) => clock.get(name)?.ms ?? 0,
		logs,
		raw: run,
	};
}

/** n8n 1 takes what n8n 2 takes as properties as parameters. */
function start(execute: WorkflowExecute, workflow: Workflow): ReturnType<WorkflowExecute['run']> {
	const run: unknown = execute.run.bind(execute);
	return takesParameters(run)
		? run(workflow, startNode(workflow))
		: execute.run({ workflow, startNode: startNode(workflow) });
}

function takesParameters(
	run: unknown,
): run is (workflow: Workflow, startNode?: INode) => ReturnType<WorkflowExecute['run']> {
	return typeof run === 'function' && run.length > 1;
}

function startNode(workflow: Workflow) {
	return (
		workflow.getStartNode() ??
		Object.values(workflow.nodes).find(({ name }) => workflow.getParentNodes(name).length === 0)
	);
}

function toItem(item: object): INodeExecutionData {
	return isItem(item) ? item : { json: { ...item } };
}

function isItem(item: object): item is INodeExecutionData {
	if ('binary' in item) return true;
	return 'json' in item && typeof item.json === 'object' && item.json !== null;
}

function additionalData(
	credentialsHelper: CredentialStore,
	hooks: ExecutionLifecycleHooks,
	executionId: string,
): IWorkflowExecuteAdditionalData {
	const url = 'http://localhost:5678/';
	const absent = () => Promise.reject(new Error('Not part of this engine'));
	return {
		credentialsHelper,
		hooks,
		executeWorkflow: absent,
		getRunExecutionData: () => Promise.resolve(undefined),
		getRuntimeCredential: () => Promise.resolve(undefined),
		startRunnerTask: absent,
		logAiEvent: () => undefined,
		externalSecretsProxy: new ExternalSecretsProxy(),
		executionId,
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: url,
		instanceBaseUrl: url,
		formBaseUrl: url,
		formWaitingBaseUrl: url,
		formTestBaseUrl: url,
		webhookBaseUrl: url,
		webhookWaitingBaseUrl: url,
		webhookTestBaseUrl: url,
		mcpBaseUrl: url,
		mcpTestBaseUrl: url,
	};
}
