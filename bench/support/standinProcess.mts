import { setTimeout as wait } from 'node:timers/promises';
import { execa } from 'execa';
import getPort from 'get-port';
import { z } from 'zod';

const API_KEY = 'bench-key';
const START_TIMEOUT_MS = 30_000;

const Overview = z.object({ counts: z.object({ events: z.number(), requests: z.number() }) });

export interface StandinProcess {
	readonly baseUrl: string;
	readonly apiKey: string;
	/** How many events and requests came since it was emptied last. */
	readonly counts: () => Promise<{ readonly events: number; readonly requests: number }>;
	readonly reset: () => Promise<void>;
	readonly stop: () => Promise<void>;
}

/** The local eSputnik in a process of its own, so that it shares no thread with n8n. It reads no bodies and knows no limit. */
export async function startStandinProcess(): Promise<StandinProcess> {
	const port = await getPort();
	const child = execa(
		process.execPath,
		[
			...['--import', 'tsx', 'standin/main.mts', '--port', String(port), '--api-key', API_KEY],
			...['--validate', 'false', '--keep', 'counts', '--keep-bodies', '0'],
			...['--post-past-events-per-second', '0'],
		],
		{ reject: false, stdin: 'ignore' },
	);
	const url = `http://127.0.0.1:${port}`;
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await answers(url))) {
		if (Date.now() > deadline) throw new Error('The stand-in did not start');
		await wait(100);
	}
	return {
		baseUrl: `${url}/api`,
		apiKey: API_KEY,
		async counts() {
			const answer: unknown = await (await fetch(`${url}/_received?limit=0`)).json();
			return Overview.parse(answer).counts;
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
