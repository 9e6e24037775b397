import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CACHE_VARIABLE, findCache } from '../../scripts/realN8n/cache.mts';
import { lockFolder } from '../../scripts/realN8n/lock.mts';

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'real-n8n-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what a killed installation left is removed before anything else', () => {
	const env = { ...process.env, N8N_BIN: '', [CACHE_VARIABLE]: folder };
	const { n8n } = findCache(env);
	const left = [n8n, `${n8n}.unfinished-1`];
	for (const useless of left) {
		mkdirSync(useless);
		writeFileSync(join(useless, 'package.json'), '{}');
	}
	const tsx = join('node_modules', 'tsx', 'dist', 'cli.mjs');
	const said = execFileSync(process.execPath, [tsx, 'test/support/interruptedInstall.mts'], {
		env,
	});

	expect(String(said)).toContain('interrupted or is damaged; it is made anew');
	expect(left.filter((useless) => existsSync(useless))).toEqual([]);
});

test('waiting for another installation ends by Ctrl+C', async () => {
	const unlock = await lockFolder(folder, () => undefined);
	const said: string[] = [];
	const controller = new AbortController();
	const waiting = lockFolder(folder, (line) => said.push(line), controller.signal);
	controller.abort();

	await expect(waiting).rejects.toThrow('aborted');
	expect(said).toEqual([expect.stringContaining('Another process is installing n8n')]);
	await unlock();
});
