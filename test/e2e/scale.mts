import assert from 'node:assert/strict';
import type { InstalledN8n } from '../../scripts/realN8n/installedN8n.mts';
import { problemsOf, runScale, type ScaleResult } from '../../scripts/scale/run.mts';
import type { Cases } from './support/cases.mts';

const ROWS = 20_000;
const ROWS_AT_A_TIME = 1000;
const CHUNKS_PER_WORKER = 2;

/** What n8n in queue mode needs. */
export interface ScaleStage {
	readonly n8n: InstalledN8n;
	readonly signal: AbortSignal;
}

/** The workflows of examples/million-events with fewer rows: two workers, one of them killed. `npm run scale` is the large form. */
export async function scale(cases: Cases, stage: ScaleStage): Promise<void> {
	cases.topic('n8n in queue mode, a worker killed');
	let result: ScaleResult | undefined;

	await cases.run(`${ROWS} rows: nothing lost, nothing doubled, nothing told wrongly`, async () => {
		result = await runScale({
			...stage,
			rows: ROWS,
			speedRows: 0,
			say: () => undefined,
			load: {
				rowsPerChunk: 2000,
				rowsAtATime: ROWS_AT_A_TIME,
				chunksPerWorker: CHUNKS_PER_WORKER,
				requestsPerSecond: 90,
				silentSeconds: 15,
			},
		});
		assert.deepEqual(problemsOf(result), []);
		assert.equal(result.books.rows, ROWS);
	});

	await cases.run('the watcher tells what is doubtful and what is certainly not sent', () => {
		const { dead, books } = told(result);
		const killed = dead.filter(({ worker }) => worker === 'worker-2');
		const doubtful = killed.reduce((sum, chunk) => sum + chunk.doubtful, 0);
		assert.ok(killed.length > 0);
		// How many were on their way at that moment is chance; what the watcher tells is what the books say.
		assert.equal(doubtful, books.doubtful);
		assert.ok(doubtful <= CHUNKS_PER_WORKER * ROWS_AT_A_TIME);
	});
}

function told(result: ScaleResult | undefined): ScaleResult {
	if (result === undefined) throw new Error('There was no run');
	return result;
}
