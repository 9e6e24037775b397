import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { runCommand, type Instance } from '../../scripts/realN8n/command.mts';
import { installCommunityPackage } from '../../scripts/realN8n/communityPackage.mts';
import { importCredentials, importWorkflows } from '../../scripts/realN8n/importing.mts';
import { installN8n } from '../../scripts/realN8n/install.mts';
import { CREDENTIAL } from '../../test/e2e/support/workflows.mts';
import { RECORD_VARIABLE } from '../nodes/recordRun.mts';
import { installBenchPackage } from './benchPackage.mts';
import { BASIC_AUTH, type Contestant } from './contestants.mts';
import { startStandinProcess } from './standinProcess.mts';

export type Engine = 'vm' | 'legacy';

/** One execution of one workflow in a fresh n8n. */
export interface Measurement {
	/** Milliseconds of the contestant's nodes. */
	readonly nodeMs: number;
	/** Of the process of n8n; the task runner of the Code node is another one. */
	readonly peakBytes: number;
	readonly requests: number;
}

/** A real n8n with both packages, the stand-in beside it. */
export interface Stage {
	/** Imports the workflows of contestants for a number of items. */
	readonly prepare: (contestants: readonly Contestant[], count: number) => Promise<void>;
	/** Runs a contestant that was prepared. @throws Error where not every item arrived at the stand-in */
	readonly measure: (contestant: Contestant, count: number, engine: Engine) => Promise<Measurement>;
	readonly close: () => Promise<void>;
}

/** The same room for everybody: how much garbage V8 leaves lying about depends on it. */
export const HEAP_LIMIT_MB = 4096;

const Recorded = z.object({
	status: z.string(),
	error: z.string().optional(),
	nodeMs: z.record(z.string(), z.number().optional()),
	peakBytes: z.number(),
});

/** Sets everything up from nothing. `npm run build` has to have run. */
export async function setStage(say: (line: string) => void): Promise<Stage> {
	const n8n = await installN8n(say);
	const userFolder = await mkdtemp(join(tmpdir(), 'esputnik-bench-'));
	const standin = await startStandinProcess();
	await installCommunityPackage(process.cwd(), userFolder);
	const hook = await installBenchPackage(userFolder);
	const recordFile = join(userFolder, 'record.json');
	const instance: Instance = {
		n8n,
		userFolder,
		filesFolder: userFolder,
		extra: {
			EXTERNAL_HOOK_FILES: hook,
			[RECORD_VARIABLE]: recordFile,
			NODE_OPTIONS: `--max-old-space-size=${HEAP_LIMIT_MB}`,
			N8N_LOG_LEVEL: 'error',
		},
	};
	await importCredentials({ ...instance, extra: {} }, [
		{
			...CREDENTIAL,
			type: 'esputnikApi',
			data: { apiKey: standin.apiKey, baseUrl: standin.baseUrl },
		},
		{ ...BASIC_AUTH, type: 'httpBasicAuth', data: { user: 'n8n', password: standin.apiKey } },
	]);

	return {
		async prepare(contestants, count) {
			const workflows = contestants.map((contestant) => ({
				...contestant.workflow(count, standin),
				id: workflowId(contestant, count),
			}));
			await importWorkflows({ ...instance, extra: {} }, workflows);
		},

		async measure(contestant, count, engine) {
			await standin.reset();
			await rm(recordFile, { force: true });
			const extra = { ...instance.extra, N8N_EXPRESSION_ENGINE: engine };
			const { output } = await runCommand({ ...instance, extra }, [
				'execute',
				`--id=${workflowId(contestant, count)}`,
			]);
			const text = await readFile(recordFile, 'utf8').catch(() => undefined);
			if (text === undefined) throw new Error(`${contestant.label} did not run:\n${output}`);
			const parsed: unknown = JSON.parse(text);
			const record = Recorded.parse(parsed);
			if (record.status !== 'success')
				throw new Error(`${contestant.label} failed: ${record.error ?? record.status}`);
			const { events, requests } = await standin.counts();
			if (contestant.sends !== false && events !== count)
				throw new Error(`${contestant.label}: ${events} of ${count} events arrived`);
			const nodeMs = contestant.nodes.reduce((sum, name) => sum + (record.nodeMs[name] ?? 0), 0);
			return { nodeMs, peakBytes: record.peakBytes, requests };
		},

		async close() {
			await standin.stop();
			await rm(userFolder, { recursive: true, force: true });
		},
	};
}

function workflowId({ id }: Contestant, count: number): string {
	return `bench${id}${count}`;
}
