import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { z } from 'zod';
import { communityFolder } from '../../scripts/realN8n/environment.mts';

/** The package of the nodes that only the benchmark uses. */
export const BENCH_PACKAGE = 'n8n-nodes-esputnik-bench';

const NODES = ['Orders', 'Floor', 'ParameterPerField'];

const Installed = z.object({ dependencies: z.record(z.string(), z.string()) }).passthrough();

/**
 * Compiles the benchmark's own nodes and puts them beside the project's package, as one more community package.
 *
 * @param userFolder of n8n, with the project's package in it
 * @returns the file of the external hook that records executions
 */
export async function installBenchPackage(userFolder: string): Promise<string> {
	const nodes = communityFolder(userFolder);
	const target = join(nodes, 'node_modules', BENCH_PACKAGE);
	const sources = join(process.cwd(), 'bench', 'nodes');
	await mkdir(target, { recursive: true });
	await build({
		entryPoints: [
			...NODES.map((name) => ({ in: join(sources, `${name}.node.mts`), out: `${name}.node` })),
			{ in: join(sources, 'recordRun.mts'), out: 'recordRun' },
		],
		outdir: target,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		external: ['n8n-workflow', 'luxon'],
		logLevel: 'error',
	});
	await writeFile(
		join(target, 'package.json'),
		JSON.stringify({
			name: BENCH_PACKAGE,
			version: '1.0.0',
			n8n: { n8nNodesApiVersion: 1, nodes: NODES.map((name) => `${name}.node.js`) },
		}),
	);
	await addToInstalled(join(nodes, 'package.json'));
	return join(target, 'recordRun.js');
}

async function addToInstalled(file: string): Promise<void> {
	const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
	const installed = Installed.parse(parsed);
	const dependencies = { ...installed.dependencies, [BENCH_PACKAGE]: '1.0.0' };
	await writeFile(file, JSON.stringify({ ...installed, dependencies }, undefined, 2));
}
