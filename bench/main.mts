/**
 * Ways to bring orders into eSputnik, side by side in a real n8n, against the local eSputnik. Prints a table and writes it to
 * bench/RESULTS.md. Ends with exit code 1 where a goal is missed.
 *
 *     npm run bench [-- --quick] [-- --rounds 5] [-- --only a,f,d] [-- --only contacts]
 *
 * A full run takes half an hour or more, most of it for the node that evaluates a parameter for each field. --quick measures 10,000 orders
 * only; --only measures some of the ways, by their letters, with 100,000 orders and n8n's default engine. Both write nothing.
 * --only contacts measures the import of contacts alone (bench/contacts.mts).
 */
import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { installN8n } from '../scripts/realN8n/install.mts';
import { withNode } from '../scripts/realN8n/installedN8n.mts';
import { CONTESTANTS, NO_OPERATION, SUMMARY, type Contestant } from './support/contestants.mts';
import { figures, Scale, type Series } from './support/figures.mts';
import { median } from './support/numbers.mts';
import { rounded } from './support/figures.mts';
import { resultsMarkdown } from './support/results.mts';
import { setStage, type Engine, type Measurement, type Stage } from './support/stage.mts';

const FEW = 10_000;
const MANY = 100_000;
const MEMORY_ROUNDS = 5;
const SCALE_HEAP_MB = 12_288;
const ENGINES: readonly Engine[] = ['vm', 'legacy'];

void main();

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			quick: { type: 'boolean', default: false },
			only: { type: 'string' },
			rounds: { type: 'string', default: '5' },
		},
	});
	if (values.only === 'contacts') {
		await import('./contacts.mts');
		return;
	}
	const loadBefore = loadavg()[0] ?? 0;
	const rounds = Number(values.rounds);
	const stage = await setStage(say);
	const series: Series[] = [];
	if (values.only !== undefined) {
		const ids = values.only.split(',');
		await measureOnly(
			stage,
			[...CONTESTANTS, SUMMARY, NO_OPERATION].filter(({ id }) => ids.includes(id)),
			rounds,
		);
		return;
	}
	try {
		for (const count of values.quick ? [FEW] : [FEW, MANY]) {
			const contestants = CONTESTANTS.filter(({ mostItems = count }) => mostItems >= count);
			await stage.prepare(contestants, count);
			for (const engine of ENGINES) {
				series.push(...(await alternate(stage, contestants, count, engine, rounds)));
			}
		}
		if (!values.quick) {
			const contestants = [SUMMARY, NO_OPERATION];
			await stage.prepare(contestants, MANY);
			series.push(...(await alternate(stage, contestants, MANY, 'vm', MEMORY_ROUNDS)));
		}
	} finally {
		await stage.close();
	}
	const scale = values.quick ? undefined : await measureScale();
	const reached = figures(series, scale);
	const markdown = resultsMarkdown(series, reached, scale, loadBefore);
	console.log(`\n${markdown}`);
	if (!values.quick) await writeFile(join(process.cwd(), 'bench', 'RESULTS.md'), markdown);
	if (reached.some((figure) => !figure.reached)) process.exitCode = 1;
}

/** Some of the ways, with the medians of their node times. */
async function measureOnly(
	stage: Stage,
	contestants: readonly Contestant[],
	rounds: number,
): Promise<void> {
	try {
		await stage.prepare(contestants, MANY);
		const series = await alternate(stage, contestants, MANY, 'vm', rounds);
		for (const { label, runs } of series) {
			const times = runs.map(({ nodeMs }) => nodeMs);
			const peakMB = median(runs.map(({ peakBytes }) => peakBytes)) / 1e6;
			say(
				`${label}: median ${rounded(median(times))} ms, ${rounded(Math.min(...times))} … ${rounded(Math.max(...times))}; peak ${rounded(peakMB)} MB`,
			);
		}
	} finally {
		await stage.close();
	}
}

/** All contestants in turn, several rounds of it, so that a busy minute slows all of them. */
async function alternate(
	stage: Stage,
	contestants: readonly Contestant[],
	count: number,
	engine: Engine,
	rounds: number,
): Promise<Series[]> {
	const runs = new Map<string, Measurement[]>();
	for (let round = 1; round <= rounds; round++) {
		for (const contestant of contestants) {
			if (contestant.once && round > 1) continue;
			const measured = await stage.measure(contestant, count, engine);
			runs.set(contestant.id, [...(runs.get(contestant.id) ?? []), measured]);
			const { nodeMs, peakBytes, requests } = measured;
			say(
				`${rounded(count)} orders, ${engine}, round ${round}: ${contestant.label}: ` +
					`${rounded(nodeMs)} ms, peak ${rounded(peakBytes / 1e6)} MB, ${requests} requests`,
			);
		}
	}
	return contestants.map(({ id, label }) => ({
		id,
		label,
		count,
		engine,
		runs: runs.get(id) ?? [],
	}));
}

/** In a process of its own, with room for a million items, on the Node that runs n8n. */
async function measureScale(): Promise<Scale> {
	say('1,000,000 orders in the engine alone …');
	const { stdout } = await execa(
		'node',
		[`--max-old-space-size=${SCALE_HEAP_MB}`, '--import', 'tsx', join('bench', 'scale.mts')],
		{ env: withNode(await installN8n(say)), stderr: 'inherit' },
	);
	const printed: unknown = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
	return Scale.parse(printed);
}

function say(line: string): void {
	console.log(line);
}
