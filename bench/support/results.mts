import { availableParallelism, cpus, totalmem } from 'node:os';
import { N8N_VERSION, NODE_VERSION } from '../../scripts/realN8n/versions.mts';
import { nodeMs, peakMb, rounded, type Figure, type Scale, type Series } from './figures.mts';
import { HEAP_LIMIT_MB } from './stage.mts';

/** What was measured, as Markdown: the goals, then a table for each number of items. */
export function resultsMarkdown(
	series: readonly Series[],
	reached: readonly Figure[],
	scale: Scale | undefined,
	loadBefore: number,
): string {
	const counts = [...new Set(series.map(({ count }) => count))];
	return [
		'# Results of `npm run bench`',
		machine(loadBefore),
		METHOD,
		...(reached.length > 0 ? ['## Goals, default engine, 100,000 items', goalTable(reached)] : []),
		...counts.flatMap((count) => [`## ${rounded(count)} orders`, sideBySide(series, count)]),
		...memorySection(series),
		...(scale ? ['## In the engine alone, without the server', scaleText(scale)] : []),
		'',
	].join('\n\n');
}

function machine(loadBefore: number): string {
	const model = cpus()[0]?.model.trim() ?? 'unknown processor';
	return (
		`n8n ${N8N_VERSION} on Node ${NODE_VERSION}, ${process.platform} ${process.arch}, ${availableParallelism()} cores (${model}), ` +
		`${Math.round(totalmem() / 2 ** 30)} GB. Load average before the run: ${loadBefore.toFixed(1)}. ` +
		`Heap limit of every run: ${rounded(HEAP_LIMIT_MB)} MB.`
	);
}

const METHOD =
	'Each figure is of a fresh n8n process that runs one workflow: a source of orders with an offset date, then what is measured. The node ' +
	"time is the execution time that n8n itself keeps with the run, of the nodes named, median of the rounds; the rounds of all ways alternate. 'Peak' is the most memory that " +
	'the process of n8n held (the task runner of the Code node is another process and not counted). The local eSputnik is a process of its own; whether every order ' +
	'arrived is checked after each run. Times hold for this machine; the ratios are what to compare.';

function sideBySide(series: readonly Series[], count: number): string {
	const here = series.filter((one) => one.count === count && !MEMORY_ONLY.has(one.id));
	const labels = new Map(here.map(({ id, label }) => [id, label]));
	const sorted = [...labels].sort(([, one], [, other]) => one.localeCompare(other, 'en'));
	const rows = sorted.map(([id, label]) => {
		const [vm, legacy] = (['vm', 'legacy'] as const).map((engine) => {
			const of = (wanted: string) => here.find((one) => one.id === wanted && one.engine === engine);
			const [one, node, floor] = [of(id), of('a'), of('f')];
			return {
				ms: one ? rounded(nodeMs(one)) : '–',
				range: one ? range(one) : '–',
				toNode: one && node ? rounded(nodeMs(one) / nodeMs(node)) : '–',
				toFloor: one && floor ? rounded(nodeMs(one) / nodeMs(floor)) : '–',
				peak: one ? rounded(peakMb(one)) : '–',
				requests: one ? String(one.runs[0]?.requests ?? 0) : '–',
			};
		});
		return [
			label,
			...[vm.ms, vm.range, vm.toFloor, vm.toNode, vm.peak, vm.requests],
			...[legacy.ms, legacy.toFloor, legacy.toNode],
		];
	});
	return table(
		[
			'',
			...['node time, ms', 'least … most', '× (f)', '× (a)', 'peak, MB', 'requests'],
			...['`legacy`: ms', '× (f)', '× (a)'],
		],
		rows,
	);
}

const MEMORY_ONLY: ReadonlySet<string> = new Set(['summary', 'noOp']);

function memorySection(series: readonly Series[]): string[] {
	const measured = series.filter(({ id }) => MEMORY_ONLY.has(id));
	if (measured.length === 0) return [];
	const rows = measured.map((one) => [
		one.label,
		rounded(peakMb(one)),
		one.runs.map(({ peakBytes }) => rounded(peakBytes / 1e6)).join(', '),
	]);
	return [
		'## Peak memory, 100,000 orders, default engine',
		table(['', 'median, MB', 'all runs, MB'], rows),
	];
}

function scaleText({ microsecondsAtFew, microsecondsAtMost, blockedMs }: Scale): string {
	return table(
		['', 'measured'],
		[
			['time per item at 10,000 items', `${rounded(microsecondsAtFew)} µs`],
			['time per item at 1,000,000 items', `${rounded(microsecondsAtMost)} µs`],
			['longest block of the event loop at 100,000 items', `${rounded(blockedMs)} ms`],
		],
	);
}

function goalTable(reached: readonly Figure[]): string {
	return table(
		['', 'goal', 'measured', ''],
		reached.map(({ what, goal, measured, reached: yes }) => [
			what,
			goal,
			measured,
			yes ? 'reached' : '**not reached**',
		]),
	);
}

function range({ runs }: Series): string {
	const times = runs.map((run) => run.nodeMs);
	return `${rounded(Math.min(...times))} … ${rounded(Math.max(...times))}`;
}

/** A Markdown table, its columns as wide as their content, so that it reads well in a terminal too. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const widths = head.map((title, column) =>
		Math.max(3, title.length, ...rows.map((row) => (row[column] ?? '').length)),
	);
	const line = (cells: readonly string[]) =>
		`| ${widths
			.map((width, column) =>
				column === 0 ? (cells[column] ?? '').padEnd(width) : (cells[column] ?? '').padStart(width),
			)
			.join(' | ')} |`;
	const ruler = `| ${widths
		.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
		.join(' | ')} |`;
	return [line(head), ruler, ...rows.map(line)].join('\n');
}
