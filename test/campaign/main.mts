/**
 * Every way in which the local eSputnik can misbehave, one by one and in random pairs, through Send under all three error settings and
 * through Delete in n8n's engine; what the node tells is compared with the books of the local eSputnik. Writes docs/campaign.md, and ends
 * with exit code 1 where an item is lost, told wrongly or doubled, or a secret is shown.
 *
 *     npm run campaign [-- --pairs 500] [-- --seed 1] [-- --only drip]
 *
 * --only takes the deviations whose name contains a text, without pairs, and writes nothing.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { allDeviations } from './deviations.mts';
import { campaignReport, type Row } from './report.mts';
import { emptyTally, type Tally, type Trial } from './trial.mts';
import { addTo, randomPairs, runTrials, trialsOf } from './trials.mts';

const AT_ONCE = 20;

void main();

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			pairs: { type: 'string', default: '500' },
			seed: { type: 'string', default: '1' },
			only: { type: 'string' },
		},
	});
	const { only } = values;
	const started = performance.now();
	const all = allDeviations();
	const deviations = only === undefined ? all : all.filter(({ name }) => name.includes(only));
	const pairs =
		only === undefined ? randomPairs(all, Number(values.pairs), Number(values.seed)) : [];

	const rows = new Map<string, Row>();
	await runAll(
		'one by one',
		deviations.map((deviation) => [deviation]),
		({ deviations }) => [deviations[0].group],
	);
	await runAll('pairs', pairs, () => ['Random pairs']);
	const report = campaignReport([...rows.values()], {
		deviations: deviations.length,
		pairs: pairs.length,
		seed: Number(values.seed),
		minutes: (performance.now() - started) / 60_000,
	});
	console.log(report);
	if (only === undefined) await writeFile(join(process.cwd(), 'docs', 'campaign.md'), report);

	async function runAll(
		what: string,
		sets: Parameters<typeof trialsOf>[0],
		groupOf: (trial: Trial) => string[],
	): Promise<void> {
		const trials = trialsOf(sets);
		let ended = 0;
		const total = await runTrials(trials, AT_ONCE, (trial, tally) => {
			for (const group of groupOf(trial)) count(group, trial, tally);
			if (++ended % 100 === 0) console.error(`${what}: ${ended} of ${trials.length} runs`);
		});
		for (const fault of total.faults) console.error(fault);
		if (total.faults.length > 0) process.exitCode = 1;
	}

	function count(group: string, { operation }: Trial, tally: Tally): void {
		const key = `${group} ${operation}`;
		const row = rows.get(key) ?? { group, operation, runs: 0, tally: emptyTally() };
		row.runs++;
		addTo(row.tally, tally);
		rows.set(key, row);
	}
}
