import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { communityFolder } from './environment.mts';
import { Advice } from './problems.mts';

const Packed = z
	.array(z.object({ filename: z.string(), name: z.string(), version: z.string() }))
	.length(1);

/** A packed tarball. */
export interface Tarball {
	readonly file: string;
	readonly name: string;
	readonly version: string;
}

/** Packs the built package as `npm publish` would. */
export async function packPackage(repository: string, folder: string): Promise<Tarball> {
	const { stdout } = await execa(
		'npm',
		['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder],
		{ cwd: repository },
	);
	const parsed: unknown = JSON.parse(stdout);
	const [packed] = Packed.parse(parsed);
	return { file: join(folder, packed.filename), name: packed.name, version: packed.version };
}

/** Unpacks a tarball into a folder, without the `package/` that npm puts around it. */
export async function unpack(tarball: string, folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	await execa('tar', ['-xzf', tarball, '--strip-components=1', '-C', folder]);
}

/**
 * Puts this repository's package, packed, where n8n's installer of community nodes leaves packages: unpacked into
 * `.n8n/nodes/node_modules` and listed in `.n8n/nodes/package.json`. Replaces an earlier one.
 */
export async function installCommunityPackage(
	repository: string,
	userFolder: string,
): Promise<Tarball> {
	const temporary = await mkdtemp(join(tmpdir(), 'esputnik-pack-'));
	try {
		const tarball = await packPackage(repository, temporary);
		const nodes = communityFolder(userFolder);
		const target = join(nodes, 'node_modules', tarball.name);
		await rm(target, { recursive: true, force: true });
		await unpack(tarball.file, target);
		await writeFile(
			join(nodes, 'package.json'),
			JSON.stringify(
				{
					name: 'installed-nodes',
					private: true,
					dependencies: { [tarball.name]: tarball.version },
				},
				undefined,
				2,
			),
		);
		if (!(await readdir(target)).includes('dist'))
			throw new Advice('The package was packed without dist. Run "npm run build" first.');
		return tarball;
	} finally {
		await rm(temporary, { recursive: true, force: true });
	}
}
