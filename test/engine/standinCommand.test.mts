import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Switches } from '../../standin/options.mts';
import { startStandin } from '../../standin/server.mts';
import { switchTable } from '../../standin/switchTable.mts';

/** Runs the command as `npm run standin -- …` does; `until` ends it by Ctrl-C once its output contains that. */
async function run(
	args: readonly string[],
	until?: string,
	whileRunning?: (output: string) => Promise<void>,
): Promise<{ code: number | null; output: string }> {
	const child = spawn(process.execPath, ['--import', 'tsx', 'standin/main.mts', ...args]);
	let output = '';
	let reached: () => void;
	const ready = new Promise<void>((resolve) => {
		reached = resolve;
	});
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => {
			output += text;
			if (until !== undefined && output.includes(until)) reached();
		});
	}
	const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
	if (until !== undefined) {
		await Promise.race([ready, closed]);
		await whileRunning?.(output);
		child.kill('SIGINT');
	}
	return { code: await closed, output };
}

/** Each starts a process, which takes its time on a busy machine. */
jest.setTimeout(60_000);

describe('npm run standin', () => {
	it('takes options, prints its addresses and ends with Ctrl-C', async () => {
		const args = ['--port', '0', '--api-key', 'mine', '--single-result', 'object'];
		args.push('--depth-days', '7', '--deletion-active', 'true', '--poison', 'a@,b@');
		args.push('--status-for', '{"x":"Y"}');
		const { code } = await run(args, 'Ctrl-C', async (output) => {
			const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? '';
			expect(output).toContain(`${url}/api`);
			const basic = Buffer.from('u:mine').toString('base64');
			const info = await fetch(`${url}/api/v1/account/info`, {
				headers: { authorization: `Basic ${basic}` },
			});
			expect(info.status).toBe(200);
			const switches = await fetch(`${url}/_configure`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: '{}',
			});
			expect(await switches.json()).toMatchObject({
				singleResult: 'object',
				depthDays: 7,
				deletionActive: true,
				poison: ['a@', 'b@'],
				statusFor: { x: 'Y' },
			});
		});
		expect(code).toBe(0);
	});

	it('says what to do where the port is taken', async () => {
		const standin = await startStandin();
		const { code, output } = await run(['--port', String(standin.port)]);
		await standin.close();
		expect(code).toBe(1);
		expect(output).toBe(
			`Port ${standin.port} is in use by another program. Choose another one with --port, or 0 for any free port.\n`,
		);
	});

	it.each([
		['a choice', ['--retry-after', 'never'], 'Allowed choices are none, seconds, date'],
		['JSON', ['--status-for', '{'], '"statusFor" cannot be "{"'],
		['an option', ['--nonsense'], "unknown option '--nonsense'"],
	])('refuses %s that is not allowed', async (_name, args, message) => {
		const { code, output } = await run(args);
		expect(code).toBe(1);
		expect(output).toContain(message);
		expect(output).not.toContain('    at ');
	});

	it('explains every switch and its default', async () => {
		const { code, output } = await run(['--help']);
		expect(code).toBe(0);
		const words = output.replace(/\s+/g, ' ');
		for (const [name, { description = '' }] of Object.entries(Switches.properties)) {
			const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} `;
			expect(words).toContain(flag);
			expect(words).toContain(`${description} (`);
		}
	});

	it('has its table of options up to date (npx tsx standin/writeSwitches.mts)', () => {
		expect(readFileSync('standin/SWITCHES.md', 'utf8')).toBe(switchTable());
	});
});
