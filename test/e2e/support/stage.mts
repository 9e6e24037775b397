import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instance } from '../../../scripts/realN8n/command.mts';
import {
	installCommunityPackage,
	type Tarball,
} from '../../../scripts/realN8n/communityPackage.mts';
import {
	importCredentials,
	importWorkflows,
	type Workflow,
} from '../../../scripts/realN8n/importing.mts';
import { installN8n } from '../../../scripts/realN8n/install.mts';
import { signInAsOwner, type EditorApi } from '../../../scripts/realN8n/rest.mts';
import { startServer, type N8nServer } from '../../../scripts/realN8n/server.mts';
import { startStandin, type Standin } from '../../../standin/server.mts';
import { CREDENTIAL } from './workflows.mts';

/** What every topic needs: a real n8n with the packed package, the stand-in, and a folder for files. */
export interface Stage {
	readonly instance: Instance;
	readonly tarball: Tarball;
	readonly standin: Standin;
	/** Folder that n8n may read; outputs of the command line go there, too. */
	readonly files: string;
	/** Changes when the server is restarted. */
	server: N8nServer;
	api: EditorApi;
	/** Starts n8n again after it was ended. */
	readonly restart: () => Promise<void>;
	readonly close: () => Promise<void>;
}

/**
 * Sets everything up from nothing: a fresh user folder, the package as n8n's installer leaves it, the credential and the given
 * workflows imported by the command line, the server started and the owner made.
 */
export async function setStage(
	workflows: (files: string) => Promise<readonly Workflow[]>,
	prepareFiles: (files: string) => Promise<void>,
	say: (line: string) => void,
	signal: AbortSignal,
): Promise<Stage> {
	const n8n = await installN8n(say, signal);
	const folder = await mkdtemp(join(tmpdir(), 'esputnik-e2e-'));
	const files = join(folder, 'files');
	await mkdir(files);
	await prepareFiles(files);
	const instance: Instance = {
		n8n,
		userFolder: folder,
		filesFolder: files,
		extra: { N8N_LOG_LEVEL: 'info' },
		signal,
	};
	const standin = await startStandin();
	const tarball = await installCommunityPackage(process.cwd(), folder);
	await importCredentials(instance, [
		{
			...CREDENTIAL,
			type: 'esputnikApi',
			data: { apiKey: standin.apiKey, baseUrl: standin.baseUrl },
		},
	]);
	await importWorkflows(instance, await workflows(files));
	const server = await startServer(instance);
	const stage: Stage = {
		instance,
		tarball,
		standin,
		files,
		server,
		api: await signInAsOwner(server.url),
		async restart() {
			stage.server = await startServer(instance, server.port);
			stage.api = await signInAsOwner(stage.server.url);
		},
		async close() {
			await stage.server.stop();
			await standin.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
	return stage;
}
