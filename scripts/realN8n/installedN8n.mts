import { delimiter } from 'node:path';

/** An n8n that can be run. */
export interface InstalledN8n {
	/** The n8n executable. */
	readonly bin: string;
	/** Folder of the Node that runs it; undefined for an existing n8n named by `N8N_BIN`, which finds its own. */
	readonly nodeFolder: string | undefined;
}

/** The environment with the Node of an installation first in PATH. */
export function withNode(
	{ nodeFolder }: InstalledN8n,
	environment: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
	if (nodeFolder === undefined) return environment;
	return { ...environment, PATH: [nodeFolder, environment.PATH].join(delimiter) };
}
