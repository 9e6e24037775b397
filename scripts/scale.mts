/**
 * A million events by n8n in queue mode: the workflows of examples/million-events, the packed package, two workers of which one is killed,
 * Postgres and Redis (`POSTGRES_URL`, `REDIS_URL`, else of the run's own), and the local eSputnik. Prints tables, and ends with exit code 1 where a
 * row is lost, doubled or told wrongly, or more are doubtful than were in flight.
 *
 *     npm run scale -- [--rows 1000000] [--speed-rows 100000] [--rows-per-chunk 10000] [--rows-at-a-time 2000] [--chunks-per-worker 5]
 *
 * The first --speed-rows are loaded by one worker, as many by two; 0 leaves that out.
 */
import { availableParallelism, cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { installN8n } from './realN8n/install.mts';
import { interruptSignal } from './realN8n/interrupt.mts';
import { Advice } from './realN8n/problems.mts';
import { N8N_VERSION } from './realN8n/versions.mts';
import { report } from './scale/report.mts';
import { problemsOf, runScale } from './scale/run.mts';

const { values } = parseArgs({
	options: {
		rows: { type: 'string', default: '1000000' },
		'speed-rows': { type: 'string', default: '100000' },
		'rows-per-chunk': { type: 'string', default: '10000' },
		'rows-at-a-time': { type: 'string', default: '2000' },
		'chunks-per-worker': { type: 'string', default: '5' },
	},
});
const interrupted = interruptSignal();
const started = Date.now();
const say = (line: string) =>
	console.log(`${String(Math.round((Date.now() - started) / 1000)).padStart(5)} s  ${line}`);

try {
	const n8n = await installN8n(say, interrupted);
	console.log(
		`n8n ${N8N_VERSION}, ${availableParallelism()} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 1e9)} GB`,
	);
	const result = await runScale({
		n8n,
		signal: interrupted,
		say,
		rows: Number(values.rows),
		speedRows: Number(values['speed-rows']),
		load: {
			rowsPerChunk: Number(values['rows-per-chunk']),
			rowsAtATime: Number(values['rows-at-a-time']),
			chunksPerWorker: Number(values['chunks-per-worker']),
			requestsPerSecond: 90,
			silentSeconds: 30,
		},
	});
	console.log(report(result));
	const problems = problemsOf(result);
	for (const problem of problems) console.log(`NOT AS WANTED: ${problem}`);
	process.exitCode = problems.length > 0 ? 1 : 0;
} catch (error) {
	if (!interrupted.aborted) {
		console.error(error instanceof Advice ? error.message : error);
		process.exitCode = 1;
	}
}
