import { homedir } from 'node:os';
import { join } from 'node:path';
import { N8N_VERSION, NODE_VERSION } from './versions.mts';

/** Names another cache folder than the usual one. */
export const CACHE_VARIABLE = 'N8N_NODES_ESPUTNIK_CACHE';

/** Where the scripts keep what is too large for the repository and slow to fetch. Each part is keyed by its versions. */
export interface Cache {
	readonly folder: string;
	/** npm project that holds nothing but Node. */
	readonly node: string;
	/** npm project that holds nothing but n8n. */
	readonly n8n: string;
	/** Data of the n8n that `npm start` runs (`N8N_USER_FOLDER`): owner, credentials, workflows, executions. */
	readonly startData: string;
}

/** The cache folder and what it holds for one version of n8n: `N8N_NODES_ESPUTNIK_CACHE`, else `n8n-nodes-esputnik` below `XDG_CACHE_HOME` or `~/.cache`. */
export function findCache(
	environment: NodeJS.ProcessEnv = process.env,
	version = N8N_VERSION,
): Cache {
	const folder =
		filled(environment[CACHE_VARIABLE]) ??
		join(filled(environment.XDG_CACHE_HOME) ?? join(homedir(), '.cache'), 'n8n-nodes-esputnik');
	return {
		folder,
		node: join(folder, `node-${NODE_VERSION}`),
		n8n: join(folder, `n8n-${version}-node-${NODE_VERSION}`),
		startData: join(folder, `start-n8n-${version}`),
	};
}

function filled(value: string | undefined): string | undefined {
	return value === undefined || value === '' ? undefined : value;
}
