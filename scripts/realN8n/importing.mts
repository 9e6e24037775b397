import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand, type Instance } from './command.mts';
import { Advice } from './problems.mts';

/** A credential as `n8n import:credentials` reads it; n8n encrypts plain `data`. */
export interface Credential {
	readonly id: string;
	readonly name: string;
	readonly type: string;
	readonly data: Readonly<Record<string, unknown>>;
}

/** A workflow as the editor exports it. One with the same id is replaced. */
export interface Workflow {
	readonly id: string;
	readonly name: string;
	readonly nodes: readonly unknown[];
	readonly connections: Readonly<Record<string, unknown>>;
	readonly settings?: Readonly<Record<string, unknown>>;
}

/** Imports credentials by n8n's command line. */
export async function importCredentials(
	instance: Instance,
	credentials: readonly Credential[],
): Promise<void> {
	await importList(instance, 'credentials', credentials);
}

/** Imports workflows by n8n's command line, not published. */
export async function importWorkflows(
	instance: Instance,
	workflows: readonly Workflow[],
): Promise<void> {
	await importList(
		instance,
		'workflow',
		// n8n 2.0 cannot import one without a version.
		workflows.map((workflow) => ({ ...workflow, active: false, versionId: randomUUID() })),
	);
}

async function importList(
	instance: Instance,
	kind: 'credentials' | 'workflow',
	entries: readonly unknown[],
): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-import-'));
	try {
		const file = join(folder, `${kind}.json`);
		await writeFile(file, JSON.stringify(entries), { mode: 0o600 });
		const { exitCode, output } = await runCommand(instance, [`import:${kind}`, `--input=${file}`]);
		// n8n ends with 0 even where it imported nothing.
		if (exitCode !== 0 || !output.includes(`Successfully imported ${entries.length}`))
			throw new Advice(`n8n could not import the ${kind}:\n${output}`);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
