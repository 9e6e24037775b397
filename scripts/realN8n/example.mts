import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Credential, Workflow } from './importing.mts';

const EXAMPLE = 'examples/orders-to-esputnik.json';

/** The id under which the example is imported, and so its address in the editor. */
export const EXAMPLE_ID = 'esputnikExample1';

/** How the example names the credential that {@link standinCredential} makes. */
export const STANDIN_CREDENTIAL = {
	id: 'esputnikStandin1',
	name: 'eSputnik on this computer',
} as const;

const Example = z.object({
	name: z.string(),
	nodes: z.array(z.object({ type: z.string(), parameters: z.record(z.unknown()) }).passthrough()),
	connections: z.record(z.unknown()),
	settings: z.record(z.unknown()),
});

/** The example workflow, ready to run: it reads the given CSV file and uses the given credential. */
export async function exampleWorkflow(
	csvFile: string,
	credential: { readonly id: string; readonly name: string },
): Promise<Workflow> {
	const parsed: unknown = JSON.parse(await readFile(EXAMPLE, 'utf8'));
	const example = Example.parse(parsed);
	const nodes = example.nodes.map((node) => {
		if (node.type === 'n8n-nodes-base.readWriteFile')
			return { ...node, parameters: { ...node.parameters, fileSelector: csvFile } };
		if (node.type === 'n8n-nodes-esputnik.esputnik')
			return { ...node, credentials: { esputnikApi: credential } };
		return node;
	});
	return { ...example, id: EXAMPLE_ID, nodes };
}

/** The credential for a stand-in. */
export function standinCredential(standin: {
	readonly apiKey: string;
	readonly baseUrl: string;
}): Credential {
	const { apiKey, baseUrl } = standin;
	return { ...STANDIN_CREDENTIAL, type: 'esputnikApi', data: { apiKey, baseUrl } };
}
