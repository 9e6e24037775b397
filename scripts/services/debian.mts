import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { Advice } from '../realN8n/problems.mts';

/** A program that a trial needs and that Debian packages. */
export interface Wanted {
	/** How it is called to a reader, such as `Chromium`. */
	readonly title: string;
	readonly debianPackage: string;
	/** Looks for it; gives its place, or undefined. */
	readonly find: () => string | undefined;
	/** What somebody who cannot install it can do instead: the end of "There is no …". */
	readonly otherwise: string;
}

/** What installs a package at the moment: apt-get refuses to run twice at once. */
let installing: Promise<unknown> = Promise.resolve();

/**
 * Finds a program; where it is missing and the user is root, installs its Debian package by apt-get.
 *
 * @returns what `find` gives
 * @throws {Advice} where there is none and none can be installed
 */
export async function findOrInstall(wanted: Wanted): Promise<string> {
	const { title, find, otherwise } = wanted;
	const found = find();
	if (found !== undefined) return found;
	if (process.getuid?.() !== 0) throw new Advice(`There is no ${title}. ${otherwise}`);
	const turn = installing.then(async () => find() ?? (await install(wanted)));
	installing = turn.catch(() => undefined);
	return await turn;
}

async function install({ title, debianPackage, find, otherwise }: Wanted): Promise<string> {
	console.log(`There is no ${title}; installing it by apt-get …`);
	const options = { reject: false, all: true, stdin: 'ignore' } as const;
	await execa('apt-get', ['update', '-q'], options);
	const { all } = await execa(
		'apt-get',
		['install', '-q', '-y', '--no-install-recommends', debianPackage],
		{ ...options, env: { DEBIAN_FRONTEND: 'noninteractive' } },
	);
	const installed = find();
	if (installed !== undefined) return installed;
	throw new Advice(
		`There is no ${title}, and apt-get could not install it. ${otherwise}\n${all.slice(-800)}`,
	);
}

/** The first of some files that exists. */
export function firstThere(files: readonly string[]): string | undefined {
	return files.find((file) => existsSync(file));
}
