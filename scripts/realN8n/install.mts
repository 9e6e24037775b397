import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CACHE_VARIABLE, findCache, type Cache } from './cache.mts';
import { withNode, type InstalledN8n } from './installedN8n.mts';
import { lockFolder } from './lock.mts';
import { freeBytes, npmInstall, rebuildSqlite, runsWell, type Control } from './npm.mts';
import { Advice } from './problems.mts';
import {
	INSTALL_SIZE,
	INSTALL_TIME,
	N8N_VERSION,
	NEEDED_BYTES,
	NODE_VERSION,
	OVERRIDES,
	nodePackage,
} from './versions.mts';

type Say = (line: string) => void;

/** Written into an installation when it is complete and has been seen to run; nothing without it is trusted. */
const MARKER = 'installed.json';

/** Stands in the names of folders that are being filled. */
const UNFINISHED = '.unfinished-';

const Marker = z.object({ n8n: z.string(), node: z.string() });

/**
 * Finds the real n8n that `N8N_BIN` names, else the one in the cache folder, else installs it there; see {@link installVersion}.
 *
 * @throws {Advice} where `N8N_BIN` names nothing, or as {@link installVersion} does.
 */
export async function installN8n(
	say: Say,
	signal?: AbortSignal,
	environment = process.env,
): Promise<InstalledN8n> {
	const named = environment.N8N_BIN;
	if (!named) return await installVersion(N8N_VERSION, say, signal, environment);
	if (!existsSync(named))
		throw new Advice(`N8N_BIN names ${named}, which does not exist. Correct or unset it.`);
	return { bin: named, nodeFolder: undefined };
}

/**
 * Finds one version of n8n in the cache folder or installs it there (from the npm registry alone). Each part is installed beside its place and
 * moved there when it is whole, so an interrupted installation leaves nothing that a later start could mistake for n8n; only one process
 * installs at a time.
 *
 * @param signal ends the installation; what is half done is removed.
 * @throws {Advice} where the network, the disk, a compiler or the platform stands in the way.
 */
export async function installVersion(
	version: string,
	say: Say,
	signal?: AbortSignal,
	environment = process.env,
): Promise<InstalledN8n> {
	const packageName = nodePackage(process.platform, process.arch);
	if (packageName === undefined)
		throw new Advice(
			`n8n cannot be installed by this script on ${process.platform} ${process.arch}. Install n8n ${version} another way and name its executable by N8N_BIN.`,
		);

	const cache = findCache(environment, version);
	const installation: Installation = {
		version,
		cache,
		packageName,
		n8n: {
			bin: join(cache.n8n, 'node_modules', 'n8n', 'bin', 'n8n'),
			nodeFolder: join(cache.node, 'node_modules', packageName, 'bin'),
		},
	};
	if (await isMarked(installation)) return installation.n8n;

	await mkdir(cache.folder, { recursive: true });
	const unlock = await lockFolder(cache.folder, say, signal);
	try {
		if (!(await isMarked(installation))) await complete(installation, { say, signal });
		return installation.n8n;
	} finally {
		await unlock();
	}
}

/** One version of n8n and its places. */
interface Installation {
	readonly version: string;
	readonly cache: Cache;
	/** The npm package that holds Node for this computer. */
	readonly packageName: string;
	readonly n8n: InstalledN8n;
}

async function complete(
	{ version, cache, packageName, n8n }: Installation,
	{ say, signal }: Control,
): Promise<void> {
	const started = Date.now();
	const nodeHere = existsSync(join(cache.node, 'node_modules', packageName, 'bin', 'node'));
	const n8nHere = existsSync(n8n.bin) && nodeHere;
	if (!n8nHere || !(await runsWell(cache.n8n, n8n))) {
		await makeRoom(cache, version, say);
		if (!nodeHere)
			await installInto(cache.node, {}, async (folder) => {
				say(`[1/3] Node ${NODE_VERSION} …`);
				await npmInstall(folder, `${packageName}@${NODE_VERSION}`, process.env, { say, signal });
			});
		await installInto(cache.n8n, { overrides: OVERRIDES }, async (folder) => {
			say(`[2/3] n8n ${version}, 2,400 packages …`);
			await npmInstall(folder, `n8n@${version}`, withNode(n8n), { say, signal });
			say('[3/3] the database driver, compiled for this Node …');
			await rebuildSqlite(folder, join(cache.node, 'node_modules', packageName), withNode(n8n), {
				say,
				signal,
			});
			if (!(await runsWell(folder, n8n)))
				throw new Advice(
					'n8n was installed but does not run. Run the command again: it installs n8n anew.',
				);
		});
		say(`n8n ${version} is installed (${minutes(Date.now() - started)}).`);
	}
	const marker: z.infer<typeof Marker> = { n8n: version, node: NODE_VERSION };
	await writeFile(join(cache.n8n, MARKER), JSON.stringify(marker));
}

/**
 * Lets `fill` work on a folder beside `target` and moves it there once it is complete; removes it where that fails. The folder is this process's
 * own: npm may outlive an installation that was killed, and still write to its folder.
 */
async function installInto(
	target: string,
	manifest: Readonly<Record<string, unknown>>,
	fill: (folder: string) => Promise<void>,
): Promise<void> {
	const unfinished = `${target}${UNFINISHED}${process.pid}`;
	await remove(unfinished);
	await mkdir(unfinished, { recursive: true });
	try {
		await writeFile(
			join(unfinished, 'package.json'),
			JSON.stringify({ private: true, ...manifest }),
		);
		await fill(unfinished);
		await remove(target);
		await rename(unfinished, target);
	} catch (error) {
		await remove(unfinished);
		throw error;
	}
}

/** Removes a folder, also while npm, which has just been told to end, still writes to it. */
async function remove(folder: string): Promise<void> {
	await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
}

/** What interrupted installations left. */
async function leftovers(cache: Cache): Promise<string[]> {
	const names = await readdir(cache.folder);
	return names.filter((name) => name.includes(UNFINISHED)).map((name) => join(cache.folder, name));
}

/**
 * Removes what interrupted installations left and an n8n that does not run, and says what is going to happen.
 *
 * @throws {Advice} where the disk is too full all the same.
 */
async function makeRoom(cache: Cache, version: string, say: Say): Promise<void> {
	const useless = [...(await leftovers(cache)), ...(existsSync(cache.n8n) ? [cache.n8n] : [])];
	say(
		useless.length > 0
			? 'An earlier installation of n8n was interrupted or is damaged; it is made anew.'
			: 'A real n8n is needed and not installed yet.',
	);
	for (const folder of useless) await remove(folder);
	say(
		`Installing n8n ${version} and Node ${NODE_VERSION} into ${cache.folder}: ${INSTALL_SIZE}, ${INSTALL_TIME}, once. Ctrl-C is safe.`,
	);
	const free = await freeBytes(cache.folder);
	if (free < NEEDED_BYTES)
		throw new Advice(
			`Only ${(free / 1e9).toFixed(1)} GB are free there. Free some space, or name a folder on another disk by ${CACHE_VARIABLE}, then run the command again.`,
		);
}

async function isMarked({
	version,
	cache,
	n8n: { bin, nodeFolder },
}: Installation): Promise<boolean> {
	if (!existsSync(bin) || nodeFolder === undefined || !existsSync(join(nodeFolder, 'node')))
		return false;
	try {
		const marker: unknown = JSON.parse(await readFile(join(cache.n8n, MARKER), 'utf8'));
		const { n8n, node } = Marker.parse(marker);
		return n8n === version && node === NODE_VERSION;
	} catch {
		return false;
	}
}

function minutes(milliseconds: number): string {
	const seconds = Math.round(milliseconds / 1000);
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} minutes`;
}
