import { parse } from 'flatted';
import { z } from 'zod';
import { until } from '../../test/e2e/support/runs.mts';
import { executionIds } from '../../test/e2e/templates/template.mts';
import type { Cluster } from './cluster.mts';
import type { Load, Range } from './load.mts';

/** How the time of one chunk, alone on a worker, is spent. */
export interface ChunkProfile {
	readonly rows: number;
	readonly totalMs: number;
	/** What n8n's database holds of it, as its data were kept. */
	readonly keptBytes: number;
	/** Of all runs of each node, the longest first. */
	readonly nodes: readonly { readonly name: string; readonly ms: number; readonly runs: number }[];
}

const Stored = z.object({
	startedAt: z.string(),
	stoppedAt: z.string().nullish(),
	data: z.string(),
});

const RunData = z.object({
	resultData: z.object({
		runData: z.record(z.array(z.object({ executionTime: z.number() }))),
	}),
});

/** Sends the rows of one chunk by a copy of the chunk workflow that keeps its data. */
export async function profileChunk(
	cluster: Cluster,
	load: Load,
	range: Range,
): Promise<ChunkProfile> {
	const { id, path } = await load.publishCopy({
		settings: { saveDataSuccessExecution: 'all' },
	});
	await load.dispatch(range, 1, { path });
	await load.untilDone();
	let stored: z.infer<typeof Stored> | undefined;
	await until('the execution of the chunk', async () => {
		const execution = (await executionIds(cluster, id)).at(0);
		if (execution === undefined) return false;
		stored = Stored.parse(await cluster.api.request('GET', `/executions/${execution}`));
		return typeof stored.stoppedAt === 'string';
	});
	const data: unknown = parse(stored?.data ?? '');
	const nodes = Object.entries(RunData.parse(data).resultData.runData).map(([name, runs]) => ({
		name,
		ms: runs.reduce((sum, { executionTime }) => sum + executionTime, 0),
		runs: runs.length,
	}));
	const [kept] = await cluster.n8nDatabase.sql`
		select sum(octet_length(data))::float as bytes from execution_data
		join execution_entity on id = "executionId" where execution_entity."workflowId" = ${id}`;
	return {
		keptBytes: Number(kept.bytes),
		rows: range.lastKey - range.firstKey + 1,
		totalMs: Date.parse(stored?.stoppedAt ?? '') - Date.parse(stored?.startedAt ?? ''),
		nodes: nodes.sort((one, other) => other.ms - one.ms),
	};
}
