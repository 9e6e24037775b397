import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const UNREACHABLE = 'http://127.0.0.1:9/paint-1.0.0.tgz';

let project: string;

beforeEach(() => {
	project = mkdtempSync(join(tmpdir(), 'setup-'));
	cpSync('scripts/setup.mjs', join(project, 'scripts/setup.mjs'));
	dependOn('1.0.0', packed('1.0.0'));
});

afterEach(() => rmSync(project, { recursive: true }));

test('packages that are missing are installed, with a word about it', () => {
	const { status, output } = setUp();
	expect(output).toContain('The packages are not installed yet. Installing');
	expect(output).toContain('Packages installed in');
	expect(status).toBe(0);
	expect(existsSync(join(project, 'node_modules/.package-lock.json'))).toBe(true);
});

test('where everything is in place nothing is done and nothing is said', () => {
	setUp();
	expect(setUp()).toEqual({ status: 0, output: '' });
});

test('an installation that was interrupted is repaired', () => {
	setUp();
	rmSync(join(project, 'node_modules/.package-lock.json'));
	const { status, output } = setUp();
	expect(output).toContain('An earlier installation did not finish; repairing it.');
	expect(status).toBe(0);
	expect(setUp().output).toBe('');
});

test('a registry that cannot be reached is told in plain words', () => {
	dependOn('1.0.0', UNREACHABLE);
	const { status, output } = setUp();
	expect(output).toContain('The package registry could not be reached. Check the network');
	expect(status).toBe(1);
});

test('another version in the lock file is installed in place of the one that is there', () => {
	setUp();
	dependOn('1.0.1', packed('1.0.1'));
	const { status, output } = setUp();
	expect(output).toContain(
		'A package has changed since the last installation: node_modules/paint.',
	);
	expect(status).toBe(0);
	expect(setUp().output).toBe('');
});

test('a package that lost its files is installed again', () => {
	setUp();
	rmSync(join(project, 'node_modules/paint'), { recursive: true });
	expect(setUp().output).toContain('A package is damaged; repairing it: node_modules/paint.');
	expect(setUp().output).toBe('');
});

test.each(['18.19.1', '20.18.3', '21.7.3', '22.11.0'])(
	'Node %s is refused, with the version that is needed',
	(version) => {
		const { status, output } = setUp(version);
		expect(output).toContain(
			`Node ${version} is too old: this project needs 20.19, 22.12 or newer`,
		);
		expect(status).toBe(1);
		expect(existsSync(join(project, 'node_modules'))).toBe(false);
	},
);

test.each(['20.19.0', '22.12.0', '24.9.0'])('Node %s is new enough', (version) => {
	dependOnNothing();
	expect(setUp(version)).toEqual({ status: 0, output: '' });
});

/** A tarball of the package "paint", as npm reads it from a file. */
function packed(version: string): string {
	const tarball = `paint-${version}.tgz`;
	const folder = join(project, 'paint/package');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'paint', version }));
	execFileSync('tar', ['-czf', join(project, tarball), '-C', join(project, 'paint'), 'package']);
	return `file:${tarball}`;
}

/** Writes package.json and package-lock.json of a project that needs "paint". */
function dependOn(version: string, source: string): void {
	const dependencies = { paint: source };
	const root = { name: 'project', version: '1.0.0', dependencies };
	const packages = { '': root, 'node_modules/paint': { version, resolved: source } };
	const lock = { ...root, lockfileVersion: 3, requires: true, packages };
	writeFileSync(join(project, 'package.json'), JSON.stringify(root));
	writeFileSync(join(project, 'package-lock.json'), JSON.stringify(lock));
}

/** Makes the project one that needs no package and is installed. */
function dependOnNothing(): void {
	mkdirSync(join(project, 'node_modules'));
	for (const file of ['package-lock.json', 'node_modules/.package-lock.json']) {
		writeFileSync(join(project, file), JSON.stringify({ packages: {} }));
	}
}

/** Runs the set-up, if asked as if by another version of Node. */
function setUp(version?: string): { status: number | null; output: string } {
	const pretend = join(project, 'pretend.cjs');
	writeFileSync(
		pretend,
		version ? `Object.defineProperty(process.versions, 'node', { value: '${version}' });` : '',
	);
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		['--require', pretend, join(project, 'scripts/setup.mjs')],
		{
			encoding: 'utf8',
			env: {
				...process.env,
				NODE_OPTIONS: '',
				npm_config_fetch_retries: '0',
				npm_config_cache: join(project, 'cache'),
			},
		},
	);
	return { status, output: stdout + stderr };
}
