import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { execa } from 'execa';
import getPort from 'get-port';
import { n8nEnvironment, type InstanceSettings } from './environment.mts';
import { withNode, type InstalledN8n } from './installedN8n.mts';

/** What is the same for every command and server of one user folder. */
export interface Instance extends Pick<InstanceSettings, 'userFolder' | 'filesFolder' | 'extra'> {
	readonly n8n: InstalledN8n;
	/** Ends what runs. */
	readonly signal?: AbortSignal;
}

export interface CommandResult {
	readonly exitCode: number | undefined;
	/** Standard output, where it did not go to a file, and error output. */
	readonly output: string;
}

/**
 * Runs one command of n8n's command line, such as `['execute', '--id=1']`, and waits for its end. Large output needs
 * `outputFile`: n8n exits before a pipe is drained.
 */
export async function runCommand(
	instance: Instance,
	parameters: readonly string[],
	outputFile?: string,
): Promise<CommandResult> {
	const env = {
		...withNode(instance.n8n),
		...n8nEnvironment({ ...instance, brokerPort: await getPort() }),
	};
	const options = {
		env,
		reject: false,
		stdin: 'ignore',
		cancelSignal: instance.signal,
	} as const;
	if (outputFile === undefined) {
		const { exitCode, all } = await execa(instance.n8n.bin, parameters, { ...options, all: true });
		return { exitCode, output: all };
	}
	const file = createWriteStream(outputFile);
	await once(file, 'open');
	const { exitCode, stderr } = await execa(instance.n8n.bin, parameters, {
		...options,
		stdout: file,
	});
	return { exitCode, output: stderr };
}
