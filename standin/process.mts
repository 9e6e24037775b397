import { setTimeout as wait } from 'node:timers/promises';
import { execa } from 'execa';
import getPort from 'get-port';
import { z } from 'zod';

const START_TIMEOUT_MS = 60_000;

const Overview = z.object({
	counts: z.object({
		events: z.number(),
		requests: z.number(),
		byHttpStatus: z.record(z.number()),
		keys: z.object({ stored: z.number(), distinct: z.number(), doubled: z.number() }),
	}),
});

/** A local eSputnik in a process of its own. */
export interface StandinProcess {
	readonly baseUrl: string;
	readonly apiKey: string;
	readonly pid: number;
	/** What came since it was emptied last. */
	readonly counts: () => Promise<z.infer<typeof Overview>['counts']>;
	/** How many stored events have each key (event type key, key value and parameter, with tabs between); with the switch `keep` at "keys". */
	readonly keyCounts: (keys: readonly string[]) => Promise<readonly number[]>;
	readonly reset: () => Promise<void>;
	readonly stop: () => Promise<void>;
}

/**
 * Starts a local eSputnik in a process of its own, so that it shares no thread with n8n.
 *
 * @param options as on the command line, such as `['--latency-ms', '50']`
 * @throws Error where it does not answer within a minute
 */
export async function startStandinProcess(options: readonly string[]): Promise<StandinProcess> {
	const port = await getPort();
	const apiKey = 'key-of-this-run';
	const child = execa(
		process.execPath,
		[
			...['--import', 'tsx', 'standin/main.mts'],
			...['--port', String(port), '--api-key', apiKey, ...options],
		],
		{ reject: false, stdin: 'ignore', buffer: false, stdout: 'ignore', stderr: 'ignore' },
	);
	const url = `http://127.0.0.1:${port}`;
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await answers(url))) {
		if (child.exitCode !== null || Date.now() > deadline) {
			child.kill();
			throw new Error('The local eSputnik did not start');
		}
		await wait(100);
	}
	return {
		baseUrl: `${url}/api`,
		apiKey,
		pid: child.pid ?? 0,
		async counts() {
			const answer: unknown = await (await fetch(`${url}/_received?limit=0`)).json();
			return Overview.parse(answer).counts;
		},
		async keyCounts(keys) {
			const answer = await fetch(`${url}/_keys`, { method: 'POST', body: keys.join('\n') });
			return (await answer.text()).trimEnd().split('\n').map(Number);
		},
		async reset() {
			await fetch(`${url}/_reset`, { method: 'POST' });
		},
		async stop() {
			child.kill();
			await child;
		},
	};
}

async function answers(url: string): Promise<boolean> {
	try {
		return (await fetch(`${url}/_received?limit=0`)).ok;
	} catch {
		return false;
	}
}
