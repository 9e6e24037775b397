import { existsSync } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
	SOURCE_FILE_PATTERNS,
	analyzePackage,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { execa } from 'execa';
import { z } from 'zod';

/** What is looked at: the repository and the tarball that npm would publish, unpacked. */
export interface Subject {
	readonly repository: string;
	readonly unpacked: string;
	readonly tarball: string;
}

/** One item of the list. `check` gives what is wrong, or undefined where nothing is. */
export interface Guideline {
	readonly title: string;
	readonly check: (subject: Subject) => Promise<string | undefined>;
}

const MAX_TARBALL_BYTES = 150_000;

const PackageJson = z
	.object({
		name: z.string(),
		license: z.string(),
		author: z.object({ name: z.string().min(1), email: z.string().email() }),
		homepage: z.string().url(),
		repository: z.object({ url: z.string() }),
		bugs: z.object({ url: z.string().url() }),
		keywords: z.array(z.string()),
		dependencies: z.record(z.string()).optional(),
		peerDependencies: z.record(z.string()),
		n8n: z.object({
			strict: z.literal(true),
			nodes: z.array(z.string()).min(1),
			credentials: z.array(z.string()).min(1),
		}),
	})
	.passthrough();

/** n8n's verification guidelines, as far as a program can look at them. */
export const GUIDELINES: readonly Guideline[] = [
	{ title: 'n8n lint over the source: not even a warning', check: lint },
	{
		title: 'n8n scanner over the source: no violation',
		check: ({ repository }) => scan(repository, SOURCE_FILE_PATTERNS),
	},
	{
		title: 'n8n scanner over the unpacked tarball: no violation',
		check: ({ unpacked }) => scan(unpacked, ['**/*.js', 'package.json']),
	},
	{
		title: 'The package: name, keyword, author, links, MIT, no dependencies, n8n-workflow as peer',
		check: packageJson,
	},
	{ title: 'The tarball holds what n8n loads and nothing else, below 150 kB', check: tarball },
	{ title: 'The licence is MIT and in the tarball', check: licence },
	{ title: 'The README explains installing, credentials, use, compatibility', check: readme },
	{ title: 'Pictures that the README shows exist', check: pictures },
	{ title: 'The interface is in English', check: english },
	{ title: "GitHub publishes with provenance and runs n8n's scan on it", check: provenance },
];

async function lint({ repository }: Subject): Promise<string | undefined> {
	const options = { cwd: repository, preferLocal: true, reject: false, all: true } as const;
	const { failed, all } = await execa('eslint', ['--max-warnings', '0', '.'], options);
	return failed ? all : undefined;
}

async function scan(folder: string, patterns: string[]): Promise<string | undefined> {
	const { passed, message, details } = await analyzePackage(folder, patterns);
	return passed ? undefined : `${message ?? 'failed'}\n${details ?? ''}`;
}

async function packageJson({ unpacked }: Subject): Promise<string | undefined> {
	const parsed: unknown = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8'));
	const checked = PackageJson.safeParse(parsed);
	if (!checked.success) return checked.error.message;
	const {
		name,
		license,
		keywords,
		dependencies = {},
		peerDependencies,
		n8n,
		...links
	} = checked.data;
	const repository = /^git\+https:\/\/github\.com\/(.+)\.git$/.exec(links.repository.url)?.[1];
	const missing = [...n8n.nodes, ...n8n.credentials].filter(
		(file) => !existsSync(join(unpacked, file)),
	);
	return firstOf([
		[!name.startsWith('n8n-nodes-'), 'the name does not begin with n8n-nodes-'],
		[license !== 'MIT', 'the licence is not MIT'],
		[!keywords.includes('n8n-community-node-package'), 'the keyword is missing'],
		[Object.keys(dependencies).length > 0, 'there are run-time dependencies'],
		[
			JSON.stringify(peerDependencies) !== '{"n8n-workflow":"*"}',
			'the only peer dependency has to be n8n-workflow in any version',
		],
		[repository === undefined, 'the repository is not on GitHub'],
		[
			!links.homepage.includes(repository ?? '') || !links.bugs.url.includes(repository ?? ''),
			'homepage, bugs and repository name different places',
		],
		[missing.length > 0, `not in the tarball: ${missing.join(', ')}`],
	]);
}

async function tarball({ unpacked, tarball: file }: Subject): Promise<string | undefined> {
	const { size } = await stat(file);
	const files = (await readdir(unpacked, { recursive: true, withFileTypes: true }))
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(unpacked.length + 1));
	const foreign = files.filter(
		(name) =>
			!/^(package\.json|index\.js|README\.md|LICENSE|CHANGELOG\.md)$/.test(name) &&
			!/^dist\/.*\.(js|svg|png|node\.json)$/.test(name),
	);
	return firstOf([
		[size > MAX_TARBALL_BYTES, `it weighs ${size} bytes`],
		[foreign.length > 0, `it holds ${foreign.join(', ')}`],
	]);
}

async function licence({ unpacked }: Subject): Promise<string | undefined> {
	const text = await readFile(join(unpacked, 'LICENSE'), 'utf8').catch(() => '');
	return firstOf([[!text.includes('MIT License'), 'there is no MIT licence in LICENSE']]);
}

async function readme({ unpacked }: Subject): Promise<string | undefined> {
	const text = await readFile(join(unpacked, 'README.md'), 'utf8').catch(() => '');
	const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading.toLowerCase());
	const wanted = ['install', 'credentials', 'send past events', 'compatib', 'licen'];
	const absent = wanted.filter((word) => !headings.some((heading) => heading.includes(word)));
	return firstOf([
		[absent.length > 0, `no heading about: ${absent.join(', ')}`],
		[!text.includes('docs/workflows/'), 'it points to no workflow to import'],
	]);
}

async function pictures({ repository, unpacked }: Subject): Promise<string | undefined> {
	const text = await readFile(join(unpacked, 'README.md'), 'utf8').catch(() => '');
	const shown = [...text.matchAll(/docs\/pictures\/[\w-]+\.png/g)].map(([file]) => file);
	const missing = shown.filter((file) => !existsSync(join(repository, file)));
	return firstOf([
		[shown.length === 0, 'the README shows none'],
		[missing.length > 0, `missing: ${missing.join(', ')}`],
	]);
}

async function english({ unpacked }: Subject): Promise<string | undefined> {
	const files = (await readdir(join(unpacked, 'dist'), { recursive: true })).filter((file) =>
		/\.(js|json)$/.test(file),
	);
	const foreign: string[] = [];
	for (const file of files) {
		const text = await readFile(join(unpacked, 'dist', file), 'utf8');
		if (/[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Han}]/u.test(text)) foreign.push(file);
	}
	return firstOf([[foreign.length > 0, `other scripts in ${foreign.join(', ')}`]]);
}

async function provenance({ repository }: Subject): Promise<string | undefined> {
	const file = join(repository, '.github', 'workflows', 'publish.yml');
	const text = await readFile(file, 'utf8').catch(() => '');
	return firstOf([
		[!/^\s*id-token: write$/m.test(text), 'publish.yml may not ask for an identity token'],
		[!/npm publish .*--provenance/.test(text), 'publish.yml does not publish with --provenance'],
		[!text.includes('scan-community-package'), "publish.yml does not run n8n's scan"],
	]);
}

function firstOf(faults: readonly (readonly [boolean, string])[]): string | undefined {
	return faults.find(([applies]) => applies)?.[1];
}
