/**
 * Compares the node's reader of parameters with the expression engine of an installed n8n. Run by the Node of that n8n:
 *
 *   node --import tsx test/e2e/readerDifferential.mts <folder of n8n's node_modules> [vm|legacy|quickjs]
 *
 * Ends with 0 where they never differ.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type * as N8nWorkflow from 'n8n-workflow';

import { compareReaderWithEngine } from '../support/readerDifferential.mts';

const CASES = 200;
const SEED = 2024;

/** The n8n-workflow that an installed n8n uses. */
function n8nWorkflowOf(nodeModules: string): typeof N8nWorkflow {
	const load = createRequire(join(nodeModules, 'n8n', 'package.json'));
	const library: unknown = load('n8n-workflow');
	if (!isN8nWorkflow(library)) throw new Error(`no n8n-workflow below ${nodeModules}`);
	return library;
}

function isN8nWorkflow(library: unknown): library is typeof N8nWorkflow {
	return typeof library === 'object' && library !== null && 'Expression' in library;
}

async function main(nodeModules: string, engine: string): Promise<void> {
	const library = n8nWorkflowOf(nodeModules);
	if (engine === 'vm' || engine === 'quickjs') {
		await library.Expression.initExpressionEngine({
			engine,
			bridgeTimeout: 5_000,
			bridgeMemoryLimit: 128,
			maxCodeCacheSize: 1_024,
			poolSize: 1,
		});
	}
	const used = library.Expression.getActiveImplementation();
	const { compared, direct, differences } = await compareReaderWithEngine(library, CASES, SEED);
	await library.Expression.disposeExpressionEngine();
	for (const difference of differences.slice(0, 10)) console.log(inspect(difference, { depth: 6 }));
	console.log(
		`engine ${used}: ${compared} readings compared, ${direct} of them without the engine, ${differences.length} differ`,
	);
	process.exitCode = differences.length === 0 && used === engine ? 0 : 1;
}

await main(process.argv[2] ?? 'node_modules', process.argv[3] ?? 'vm');
