import { readFileSync } from 'node:fs';
import type { IConnections, INode, INodeParameters, IWorkflowSettings } from 'n8n-workflow';
import { ITEMS } from './engineNodes.mts';
import { property } from './property.mts';

/** What a workflow exported from n8n's editor holds, as far as the engine needs it. */
export interface WorkflowJson {
	readonly name?: string;
	readonly nodes: INode[];
	readonly connections: IConnections;
	readonly settings?: IWorkflowSettings;
}

/** The names of the nodes in the workflows made by {@link itemsToEsputnik}. */
export const SOURCE = 'Items';
export const ESPUTNIK = 'eSputnik';
export const ACCEPTED = 'Accepted';
export const TO_CORRECT = 'To correct';

/**
 * Items → eSputnik → "Accepted", and "To correct" on the error branch.
 *
 * @param parameters of the eSputnik node, as in a workflow's JSON; whatever is absent has its default
 * @param settings of the node: On Error, Retry On Fail, Always Output Data …
 */
export function itemsToEsputnik(
	parameters: INodeParameters,
	settings: Partial<INode> = {},
): WorkflowJson {
	return {
		nodes: [
			ITEMS_NODE,
			node({ name: ESPUTNIK, type: 'n8n-nodes-esputnik.esputnik', parameters, ...settings }),
			node({ name: ACCEPTED, type: 'n8n-nodes-base.noOp' }),
			node({ name: TO_CORRECT, type: 'n8n-nodes-base.noOp' }),
		],
		connections: {
			[SOURCE]: { main: [[input(ESPUTNIK)]] },
			[ESPUTNIK]: { main: [[input(ACCEPTED)], [input(TO_CORRECT)]] },
		},
	};
}

/** A node with everything that n8n's editor would fill in. */
export function node(given: Partial<INode> & Pick<INode, 'name' | 'type'>): INode {
	return { id: given.name, typeVersion: 1, position: [0, 0], parameters: {}, ...given };
}

/** The node that emits the items handed to `runWorkflow`. */
export const ITEMS_NODE = node({ name: SOURCE, type: ITEMS });

/** A connection to the first input of a node. */
export function input(name: string): { node: string; type: 'main'; index: number } {
	return { node: name, type: 'main', index: 0 };
}

/** Reads a workflow that was exported from n8n's editor. */
export function readWorkflow(file: string): WorkflowJson {
	const workflow: unknown = JSON.parse(readFileSync(file, 'utf8'));
	if (!isWorkflow(workflow)) throw new Error(`${file} is not a workflow`);
	return workflow;
}

/** The workflow with some parameters of one node replaced. */
export function withParameters(
	workflow: WorkflowJson,
	name: string,
	parameters: INodeParameters,
): WorkflowJson {
	if (!workflow.nodes.some((candidate) => candidate.name === name)) {
		throw new Error(`The workflow has no node "${name}"`);
	}
	return {
		...workflow,
		nodes: workflow.nodes.map((candidate) =>
			candidate.name === name
				? { ...candidate, parameters: { ...candidate.parameters, ...parameters } }
				: candidate,
		),
	};
}

function isWorkflow(value: unknown): value is WorkflowJson {
	const nodes = property(value, 'nodes');
	return Array.isArray(nodes) && typeof property(value, 'connections') === 'object';
}
