import type * as N8nWorkflow from 'n8n-workflow';
import type { IDataObject, INodeType } from 'n8n-workflow';

import type { Evaluate } from '../../nodes/Esputnik/fields/engineExpressions.ts';

const NODE_NAME = 'Esputnik';

const nodeType: INodeType = {
	description: {
		displayName: NODE_NAME,
		name: 'esputnik',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
};

/** n8n's expression engine as a node sees it, for items that have just arrived. */
export interface ExpressionEngine {
	/** `this.evaluateExpression` of a node. */
	readonly evaluate: Evaluate;
	/** What `this.getNodeParameter` makes of a raw parameter before it looks at the parameter's type. */
	readonly resolve: (raw: string, itemIndex: number) => unknown;
	/** Has to be called before the `vm` engine is asked. */
	readonly acquire: () => Promise<unknown>;
	readonly release: () => Promise<void>;
}

/**
 * @param library the n8n-workflow whose engine is to be asked: the one in node_modules, or that of a real n8n
 * @param items the json of the items; they are not copied
 */
export function createExpressionEngine(
	library: typeof N8nWorkflow,
	items: readonly IDataObject[],
): ExpressionEngine {
	const workflow = new library.Workflow({
		id: 'workflow',
		nodes: [
			{
				id: 'node',
				name: NODE_NAME,
				type: 'esputnik',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
		],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
		settings: { timezone: 'Europe/Kyiv' },
	});
	const input = items.map((json) => ({ json }));
	const run = library.createEmptyRunExecutionData();
	const resolve = (raw: string, itemIndex: number): unknown =>
		workflow.expression.getParameterValue(
			raw,
			run,
			0,
			itemIndex,
			NODE_NAME,
			input,
			'manual',
			{},
			undefined,
		);
	return {
		resolve,
		evaluate: (expression, itemIndex) => resolve(`=${expression}`, itemIndex),
		acquire: async () => await workflow.expression.acquireIsolate(),
		release: async () => await workflow.expression.releaseIsolate(),
	};
}
