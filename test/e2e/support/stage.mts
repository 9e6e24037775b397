import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
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

/**
 * No workflow of this run has a Code node. With a runner of its own for these, which nobody starts here, n8n spares each process
 * another one.
 */
const WITHOUT_TASK_RUNNER = {
	N8N_RUNNERS_MODE: 'external',
	N8N_RUNNERS_AUTH_TOKEN: 'nobody-connects',
};

/** What a stage is set up with. */
export interface Props {
	readonly n8n: InstalledN8n;
	/** Writes the files that the workflows read. */
	readonly prepareFiles: (files: string) => Promise<void>;
	readonly workflows: (files: string) => readonly Workflow[] | Promise<readonly Workflow[]>;
	readonly signal: AbortSignal;
}

/** What all stages begin with. */
export interface Backdrop {
	readonly instance: Instance;
	readonly tarball: Tarball;
	/** Folder that n8n may read. */
	readonly files: string;
	readonly close: () => Promise<void>;
}

/** What every topic needs: n8n's command line and server with the packed package, its owner signed in, and a stand-in. */
export interface Stage extends Omit<Backdrop, 'close'> {
	readonly standin: Standin;
	/** Changes when the server is restarted. */
	server: N8nServer;
	api: EditorApi;
	/** Starts n8n again after it was ended, with more variables in its environment where some are given. */
	readonly restart: (extra?: Readonly<Record<string, string>>) => Promise<void>;
	readonly close: () => Promise<void>;
}

/**
 * Makes a user folder from nothing: the package as n8n's installer leaves it, the credential and the workflows imported by the command
 * line.
 */
export async function setBackdrop(props: Props): Promise<Backdrop> {
	const folder = await mkdtemp(join(tmpdir(), 'esputnik-e2e-'));
	const userFolder = join(folder, 'user');
	const files = join(folder, 'files');
	await mkdir(userFolder);
	await mkdir(files);
	await props.prepareFiles(files);
	const instance: Instance = {
		n8n: props.n8n,
		userFolder,
		filesFolder: files,
		extra: { N8N_LOG_LEVEL: 'info', ...WITHOUT_TASK_RUNNER },
		signal: props.signal,
	};
	const tarball = await installCommunityPackage(process.cwd(), userFolder);
	await importCredentials(instance, [
		{ ...CREDENTIAL, type: 'esputnikApi', data: { apiKey: 'each stand-in has its own' } },
	]);
	await importWorkflows(instance, await props.workflows(files));
	return {
		instance,
		tarball,
		files,
		close: async () => await rm(folder, { recursive: true, force: true }),
	};
}

/**
 * Sets up a stage on a copy of the backdrop: starts the server, makes the owner, gives the credential its stand-in.
 *
 * @param extra more variables for n8n's environment
 */
export async function setStage(
	{ instance: original, ...backdrop }: Backdrop,
	extra: Readonly<Record<string, string>> = {},
): Promise<Stage> {
	const userFolder = await mkdtemp(join(tmpdir(), 'esputnik-e2e-'));
	await cp(original.userFolder, userFolder, { recursive: true });
	const instance = { ...original, userFolder, extra: { ...original.extra, ...extra } };
	const standin = await startStandin();
	const server = await startServer(instance);
	const stage: Stage = {
		...backdrop,
		instance,
		standin,
		server,
		api: await signInAsOwner(server.url),
		async restart(more = {}) {
			const changed = { ...instance, extra: { ...instance.extra, ...more } };
			stage.server = await startServer(changed, server.port);
			stage.api = await signInAsOwner(stage.server.url);
		},
		async close() {
			await stage.server.stop();
			await standin.close();
			await rm(userFolder, { recursive: true, force: true });
		},
	};
	const { id, name } = CREDENTIAL;
	const { apiKey, baseUrl } = standin;
	const credential = { name, type: 'esputnikApi', data: { apiKey, baseUrl } };
	await stage.api.request('PATCH', `/credentials/${id}`, credential);
	return stage;
}
