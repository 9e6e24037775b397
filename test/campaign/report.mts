import { emptyTally, type Operation, type Tally } from './trial.mts';
import { addTo } from './trials.mts';

/** What became of the items of all runs of one kind. */
export interface Row {
	readonly group: string;
	readonly operation: Operation;
	runs: number;
	readonly tally: Tally;
}

interface Extent {
	readonly deviations: number;
	readonly pairs: number;
	readonly seed: number;
	readonly minutes: number;
}

/** docs/campaign.md */
export function campaignReport(rows: readonly Row[], extent: Extent): string {
	const { deviations, pairs, seed, minutes } = extent;
	return `# Results of \`npm run campaign\`

The local eSputnik can misbehave in ${deviations} ways: every value of every switch of [SWITCHES.md](../standin/SWITCHES.md) and every fault, once and at each request. Each of them, and ${pairs} random pairs of them (seed ${seed}), went through *Send Past Events* under all three settings of *On Error* and through *Delete Past Events*, in n8n's engine, over sockets: 30 events in five requests, three at a time, with *Report It* for a request whose fate is unknown, or four ranges. After each run the books of the local eSputnik were compared with what the node told of every item. It took ${Math.round(minutes)} minutes.

- **Lost**: no outcome, or told as stored (deleted) and not in the books.
- **Told wrongly**: told as \`rejected\` or \`notSent\`, and in the books.
- **Doubled**: twice in the books.
- **Secrets**: runs in whose outcomes, error or log a key, half of one, or the header made of it stands.

Whether a run may leave an item \`uncertain\` is not counted here: that is what it is for. A short form of this runs in \`npm test\`.

${table('Send Past Events', rows, 'send')}

${table('Delete Past Events', rows, 'delete')}
`;
}

function table(heading: string, rows: readonly Row[], operation: Operation): string {
	const [record, done] = operation === 'send' ? ['Events', 'Accepted'] : ['Ranges', 'Deleted'];
	const head = [
		'What was wrong',
		'Runs',
		record,
		done,
		'Rejected',
		'Uncertain',
		'Not sent',
		'Lost',
		'Told wrongly',
		'Doubled',
		'Secrets',
	];
	const chosen = rows.filter((row) => row.operation === operation);
	const all: Row = { group: '**All**', operation, runs: 0, tally: emptyTally() };
	for (const { runs, tally } of chosen) {
		all.runs += runs;
		addTo(all.tally, tally);
	}
	const lines = [...chosen, all].map(({ group, runs, tally }) =>
		[
			group,
			...[
				runs,
				tally.items,
				tally.done,
				tally.rejected,
				tally.uncertain,
				tally.notSent,
				tally.lost,
				tally.toldWrongly,
				tally.doubled,
				tally.secrets,
			].map((number) => number.toLocaleString('en-US')),
		].join(' | '),
	);
	return `## ${heading}

| ${head.join(' | ')} |
| --- |${' ---: |'.repeat(head.length - 1)}
${lines.map((line) => `| ${line} |`).join('\n')}`;
}
