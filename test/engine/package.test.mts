import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStandin } from '../../standin/server.mts';
import { runWorkflow } from '../support/engine.mts';
import { loadSources, loadUnpacked } from '../support/enginePackage.mts';
import { property } from '../support/property.mts';
import { ESPUTNIK, itemsToEsputnik } from '../support/workflowJson.mts';

const LARGEST_TARBALL = 150_000;
/** What a package finds beside itself in n8n. Anything else that it imported would be missing here, too. */
const PROVIDED_BY_N8N = ['n8n-workflow', 'luxon', 'lodash'];
const NODE = 'n8n-nodes-esputnik.esputnik';

/** What `npm pack` made: the files in the tarball, its size in bytes, and the folder into which it is unpacked. */
let tarball: { files: string[]; size: number; folder: string };
let temporary: string;

beforeAll(() => {
	temporary = mkdtempSync(join(tmpdir(), 'n8n-nodes-esputnik-'));
	run('npm', ['run', 'build']);
	const packed: unknown = JSON.parse(
		run('npm', ['pack', '--json', '--pack-destination', temporary]),
	);
	const report: unknown = Array.isArray(packed) ? packed[0] : undefined;
	const files = property(report, 'files');
	const name = property(report, 'filename');
	const size = property(report, 'size');
	if (!Array.isArray(files) || typeof name !== 'string' || typeof size !== 'number') {
		throw new Error('npm pack --json answers differently than expected');
	}
	run('tar', ['-xzf', join(temporary, name), '-C', temporary]);
	for (const provided of PROVIDED_BY_N8N) {
		mkdirSync(join(temporary, 'node_modules'), { recursive: true });
		symlinkSync(
			join(process.cwd(), 'node_modules', provided),
			join(temporary, 'node_modules', provided),
		);
	}
	tarball = {
		files: files.map((file) => String(property(file, 'path'))),
		size,
		folder: join(temporary, 'package'),
	};
}, 120_000);

afterAll(() => rmSync(temporary, { recursive: true }));

test('the tarball holds the compiled sources, what n8n shows of them, and nothing else', () => {
	const sources = ['nodes', 'credentials'].flatMap((folder) =>
		readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
	);
	const compiled = sources
		.filter((file) => file.endsWith('.ts'))
		.map((file) => `dist/${file.replace(/\.ts$/, '.js')}`);
	const expected = [
		...['CHANGELOG.md', 'LICENSE', 'README.md', 'index.js', 'package.json'],
		...compiled,
		'dist/nodes/Esputnik/Esputnik.node.json',
		'dist/nodes/Esputnik/esputnik.dark.svg',
		'dist/nodes/Esputnik/esputnik.svg',
	];
	expect(tarball.files.sort()).toEqual(expected.sort());
});

test('the tarball weighs less than 150 kB', () => {
	expect(tarball.size).toBeLessThan(LARGEST_TARBALL);
});

test('the package asks for no other package at run time', () => {
	const text = readFileSync(join(tarball.folder, 'package.json'), 'utf8');
	const json: unknown = JSON.parse(text);
	expect(property(json, 'dependencies')).toBeUndefined();
	expect(property(json, 'peerDependencies')).toEqual({ 'n8n-workflow': '*' });
});

test("n8n's loader finds the node with its icons, its codex and its credentials", async () => {
	const { nodes, credentials } = await loadUnpacked(tarball.folder);
	expect([...nodes.keys()]).toEqual([NODE]);
	expect(nodes.get(NODE)?.description).toMatchObject({
		iconUrl: {
			light: 'icons/n8n-nodes-esputnik/dist/nodes/Esputnik/esputnik.svg',
			dark: 'icons/n8n-nodes-esputnik/dist/nodes/Esputnik/esputnik.dark.svg',
		},
	});
	expect(nodes.get(NODE)?.description.codex?.alias).toEqual(
		expect.arrayContaining(['Yespo', 'past events', 'backfill', 'CDP']),
	);
	expect([...credentials.keys()].sort()).toEqual([...loadSources().credentials.keys()].sort());
});

test('the packed node sends an event', async () => {
	const standin = await startStandin({ port: 0 });
	try {
		const result = await runWorkflow({
			package: await loadUnpacked(tarball.folder),
			workflow: itemsToEsputnik({
				eventTypeKey: { __rl: true, mode: 'id', value: 'orderCreated' },
				keyValue: '={{ $json.email }}',
				occurred: '={{ $json.at }}',
			}),
			items: [{ email: 'buyer.contact@email.com', at: '2020-06-04T13:43' }],
			credentials: { esputnikApi: { apiKey: standin.apiKey, baseUrl: standin.baseUrl } },
		});
		expect(result.output(ESPUTNIK).map(({ json }) => json)).toEqual([
			expect.objectContaining({ status: 'accepted', keyValue: 'buyer.contact@email.com' }),
		]);
		expect(standin.received.events).toEqual([
			expect.objectContaining({ eventTypeKey: 'orderCreated', occurred: '2020-06-04T13:43' }),
		]);
	} finally {
		await standin.close();
	}
});

function run(command: string, parameters: string[]): string {
	return execFileSync(command, parameters, {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit'],
	});
}
