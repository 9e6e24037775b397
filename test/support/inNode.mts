import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';
import type { Standin } from '../../standin/server.mts';
import { runWorkflow } from './engine.mts';
import type { CredentialData } from './engineCredentials.mts';
import { ITEMS_NODE, input, node, SOURCE } from './workflowJson.mts';

const PROBE = 'test.probe';

/**
 * Runs a function as the `execute` of a node in n8n's engine, with a credential for the stand-in: n8n's own HTTP helper is there as in
 * a real run.
 *
 * @param parameters of the node, texts
 * @param credentials what the node has; the API key of the stand-in unless told
 * @throws what the function throws
 */
export async function inNode(
	{ apiKey, baseUrl }: Pick<Standin, 'apiKey' | 'baseUrl'>,
	work: (context: IExecuteFunctions) => Promise<void>,
	credentials: CredentialData = { esputnikApi: { apiKey, baseUrl } },
	parameters: INodeParameters = {},
): Promise<void> {
	const probe: INodeType = {
		description: {
			displayName: 'Probe',
			name: 'probe',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Probe' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: Object.keys(credentials).map((name) => ({ name, required: true })),
			properties: Object.keys(parameters).map((name) => ({
				displayName: name,
				name,
				type: 'string',
				default: '',
			})),
		},
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			await work(this);
			return [[]];
		},
	};
	const run = await runWorkflow({
		workflow: {
			nodes: [ITEMS_NODE, node({ name: 'Probe', type: PROBE, parameters })],
			connections: { [SOURCE]: { main: [[input('Probe')]] } },
		},
		items: [{}],
		nodeTypes: new Map([[PROBE, probe]]),
		credentials,
	});
	if (run.error !== undefined) throw run.error;
}
