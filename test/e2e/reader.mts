import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { execa } from 'execa';
import { withNode } from '../../scripts/realN8n/installedN8n.mts';
import type { Cases } from './support/cases.mts';
import type { Props } from './support/stage.mts';

/** The node's reader of parameters against the default expression engine of the installed n8n. */
export async function reader(
	cases: Cases,
	{ n8n, signal }: Pick<Props, 'n8n' | 'signal'>,
): Promise<void> {
	cases.topic("Parameters, read by the node and by n8n's default engine");

	await cases.run('thousands of readings never differ', async () => {
		// …/node_modules/n8n/bin/n8n
		const nodeModules = dirname(dirname(dirname(n8n.bin)));
		const { all, exitCode } = await execa(
			'node',
			['--import', 'tsx', 'test/e2e/readerDifferential.mts', nodeModules, 'vm'],
			{ env: withNode(n8n), all: true, reject: false, cancelSignal: signal },
		);
		assert.equal(exitCode, 0, all);
	});
}
