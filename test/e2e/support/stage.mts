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
import type { InstalledN8n } from '../../../scripts/realN8n/installedN8n.mts';
import { signInAsOwner, type EditorApi } from '../../../scripts/realN8n/rest.mts';
import { startServer, type N8nServer } from '../../../scripts/realN8n/server.mts';
import { startStandin, type Standin } from '../../../standin/server.mts';
import { CREDENTIAL } from './workflows.mts';

/** What every topic needs: n8n's command line with the packed package, the stand-in, and a folder for files. */
export interface CommandStage {
	readonly instance: Instance;
	readonly tarball: Tarball;
	readonly standin: Standin;
	/** Folder that n8n may read; outputs of the command line go there, too. */
	readonly files: string;
	readonly close: () => Promise<void>;
}

/** The same with n8n's server running, and its owner signed in. */
export interface Stage extends CommandStage {
	/** Changes when the server is restarted. */
	server: N8nServer;
	api: EditorApi;
	/** Starts n8n again after it was ended. */
	readonly restart: () => Promise<void>;
}

/** What a stage is set up with. */
export interface Props {
	readonly n8n: InstalledN8n;
	/** Writes the files that the workflows read. */
	readonly prepareFiles: (files: string) => Promise<void>;
	readonly workflows: (files: string) => readonly Workflow[] | Promise<readonly Workflow[]>;
	readonly signal: AbortSignal;
}

/**
 * Sets up a stage from nothing: a fresh user folder, the package as n8n's installer leaves it, the credential and the given workflows
 * imported by the command line.
 */
export async function setCommandStage(props: Props): Promise<CommandStage> {
	const folder = await mkdtemp(join(tmpdir(), 'esputnik-e2e-'));
	const files = join(folder, 'files');
	await mkdir(files);
	await props.prepareFiles(files);
	const instance: Instance = {
		n8n: props.n8n,
		userFolder: folder,
		filesFolder: files,
		extra: { N8N_LOG_LEVEL: 'info' },
		signal: props.signal,
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
	await importWorkflows(instance, await props.workflows(files));
	return {
		instance,
		tarball,
		standin,
		files,
		async close() {
			await standin.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** Sets up a stage, starts the server on it and makes the owner. */
export async function setStage(props: Props): Promise<Stage> {
	const commandStage = await setCommandStage(props);
	const { instance } = commandStage;
	const server = await startServer(instance);
	const stage: Stage = {
		...commandStage,
		server,
		api: await signInAsOwner(server.url),
		async restart() {
			stage.server = await startServer(instance, server.port);
			stage.api = await signInAsOwner(stage.server.url);
		},
		async close() {
			await stage.server.stop();
			await commandStage.close();
		},
	};
	return stage;
}
