import { writeFileSync } from 'node:fs';
import type { IRun, IRunData } from 'n8n-workflow';

/** What is known of one execution when it has ended. */
export interface RunRecord {
	readonly status: string;
	readonly error?: string;
	/** By node name: milliseconds (`executionTime`), all its runs together. */
	readonly nodeMs: Readonly<Record<string, number>>;
	/** The most memory that the process of n8n held so far. */
	readonly peakBytes: number;
}

/** The file that the record goes to. */
export const RECORD_VARIABLE = 'ESPUTNIK_BENCH_RECORD';

/** An external hook of n8n (`EXTERNAL_HOOK_FILES`): writes down what is to be measured before n8n prints the execution. */
export const workflow = {
	postExecute: [
		(run: IRun | undefined): void => {
			const file = process.env[RECORD_VARIABLE];
			if (run === undefined || file === undefined) return;
			const { runData, error } = run.data.resultData;
			const record: RunRecord = {
				status: run.status,
				...(error ? { error: error.message } : {}),
				nodeMs: nodeMsOf(runData),
				peakBytes: process.resourceUsage().maxRSS * 1024,
			};
			writeFileSync(file, JSON.stringify(record));
			// The command line would print every item.
			run.data.resultData.runData = {};
		},
	],
};

function nodeMsOf(runData: IRunData): RunRecord['nodeMs'] {
	return Object.fromEntries(
		Object.entries(runData).map(([name, tasks]) => [
			name,
			tasks.reduce((sum, { executionTime }) => sum + executionTime, 0),
		]),
	);
}
