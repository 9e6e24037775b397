import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { withNode, type InstalledN8n } from './installedN8n.mts';
import { adviceFor } from './problems.mts';

const PROGRESS_EVERY_MS = 10_000;

/** On a full disk npm tries on for many minutes before it gives up; with so little left the installation is ended. */
const FULL_DISK_BYTES = 20e6;

const LOAD_NATIVE_MODULES = `
	require('sqlite3');
	if (require('node:fs').existsSync('node_modules/isolated-vm')) require('isolated-vm');
`;

/** Where progress is told, and what ends the work. */
export interface Control {
	readonly say: (line: string) => void;
	readonly signal?: AbortSignal;
}

/**
 * Installs one package into a folder. Install scripts do not run: one of n8n's dependencies has a script that downloads, and fails, and n8n does not need it.
 *
 * @throws {Advice} that says what stood in the way.
 */
export async function npmInstall(
	folder: string,
	packageSpec: string,
	environment: NodeJS.ProcessEnv,
	{ say, signal }: Control,
): Promise<void> {
	const started = Date.now();
	const freeBefore = await freeBytes(folder);
	const diskFull = new AbortController();
	const progress = setInterval(() => {
		void freeBytes(folder).then(
			(free) => {
				const seconds = Math.round((Date.now() - started) / 1000);
				const written = Math.max(0, freeBefore - free) / 1e9;
				say(`      ${seconds} s, ${written.toFixed(1)} GB written`);
				if (free < FULL_DISK_BYTES) diskFull.abort();
				// The folder may be gone by now: the installation has just ended.
			},
			() => undefined,
		);
	}, PROGRESS_EVERY_MS);
	try {
		await npm(
			[
				'install',
				packageSpec,
				'--save-exact',
				'--ignore-scripts',
				'--no-audit',
				'--no-fund',
				'--prefer-offline',
				'--loglevel=error',
			],
			{
				cwd: folder,
				env: environment,
				cancelSignal: AbortSignal.any([diskFull.signal, ...(signal ? [signal] : [])]),
			},
			`Installing ${packageSpec}`,
		);
	} catch (error) {
		throw diskFull.signal.aborted ? adviceFor('ENOSPC', `Installing ${packageSpec}`) : error;
	} finally {
		clearInterval(progress);
	}
}

/** Compiles n8n's database driver with the headers that come with Node's package, so that nothing is downloaded. */
export async function rebuildSqlite(
	folder: string,
	nodePackageFolder: string,
	environment: NodeJS.ProcessEnv,
	{ signal }: Control,
): Promise<void> {
	await npm(
		['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts', '--loglevel=error'],
		{
			cwd: folder,
			env: { ...environment, npm_config_nodedir: nodePackageFolder },
			cancelSignal: signal,
		},
		'Compiling sqlite3',
	);
}

/**
 * Whether an installation is whole enough to run: its native modules load (2.0 has no isolated-vm), and so does all that n8n needs to list its
 * commands (for which it would also make a user folder, hence the temporary one).
 */
export async function runsWell(folder: string, n8n: InstalledN8n): Promise<boolean> {
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-check-'));
	const options = {
		cwd: folder,
		env: { ...withNode(n8n), N8N_USER_FOLDER: userFolder },
		reject: false,
		timeout: 180_000,
	};
	const bin = join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
	const [modules, commands] = await Promise.all([
		execa('node', ['-e', LOAD_NATIVE_MODULES], options),
		execa('node', [bin, '--help'], options),
	]);
	await rm(userFolder, { recursive: true, force: true });
	return modules.exitCode === 0 && commands.exitCode === 0;
}

async function npm(
	parameters: readonly string[],
	options: { cwd: string; env: NodeJS.ProcessEnv; cancelSignal?: AbortSignal },
	step: string,
): Promise<void> {
	const { exitCode, all } = await execa('npm', parameters, {
		...options,
		all: true,
		reject: false,
		stdin: 'ignore',
	});
	if (exitCode !== 0) throw adviceFor(all, step);
}

/** Bytes that are free on the disk of a folder. */
export async function freeBytes(folder: string): Promise<number> {
	const { bavail, bsize } = await statfs(folder);
	return bavail * bsize;
}
