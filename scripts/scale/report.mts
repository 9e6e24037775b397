import type { ScaleResult, Speed } from './run.mts';

/** The results as tables. */
export function report(result: ScaleResult): string {
	const { books, dead, inFlight, requests, limited, speeds, profile, usage, storage } = result;
	const { killedPart, limit } = result;
	const notSent = dead.reduce((sum, chunk) => sum + chunk.certainly_not_sent, 0);
	const lines = [
		'',
		...table([
			['Rows', count(books.rows)],
			['stored', count(books.stored)],
			['rejected, and not stored', count(books.rejected)],
			['doubled', count(books.doubled)],
			['lost', count(books.lost)],
			['told wrongly', count(books.wrong)],
			['doubtful', count(books.doubtful)],
			['  of them stored', count(books.doubtfulStored)],
			['  at most (in flight at the killed worker)', count(inFlight)],
			['Chunks of the killed worker', count(dead.length)],
			['  rows certainly not sent, sent later', count(notSent)],
			['Requests', count(requests)],
			['  answered 429', `${count(limited)} (${percent(limited / requests)})`],
		]),
	];
	lines.push(
		'',
		`With the killed worker: ${count(killedPart.rows)} rows in ${killedPart.seconds.toFixed(1)} s, ${count(killedPart.rows / killedPart.seconds)} events a second`,
	);
	for (const speed of speeds) lines.push('', ...speedLines(speed));
	if (speeds.length === 2) {
		const [one, two] = speeds.map(({ rows, seconds }) => rows / seconds);
		lines.push('', `Two workers are ${(two / one).toFixed(2)} × as fast as one.`);
	}
	if (limit !== undefined) {
		const perSecond = (limit.requests / limit.seconds).toFixed(1);
		lines.push(
			'',
			`At the limit: ${count(limit.requests)} requests, ${perSecond} a second, ${count(limit.limited)} answered 429 (${percent(limit.limited / limit.requests)})`,
		);
	}
	if (profile !== undefined) {
		const inNodes = profile.nodes.reduce((sum, { ms }) => sum + ms, 0);
		lines.push(
			'',
			`One chunk of ${count(profile.rows)} rows, alone: ${count(profile.totalMs)} ms`,
			...table([
				...profile.nodes.map(({ name, ms, runs }) => [
					`  ${name}`,
					`${count(ms)} ms in ${count(runs)} ${runs === 1 ? 'run' : 'runs'}`,
				]),
				['  n8n between the nodes', `${count(profile.totalMs - inNodes)} ms`],
				["  in n8n's database, its data kept", megabytes(profile.keptBytes)],
			]),
		);
	}
	lines.push(
		'',
		'Peak memory and processor time',
		...table(
			[...usage].map(([name, { peakBytes, cpuSeconds }]) => [
				`  ${name}`,
				`${megabytes(peakBytes)}, ${count(cpuSeconds)} s`,
			]),
		),
	);
	lines.push(
		'',
		'Room on the disk',
		...table([
			[
				'  orders before, after',
				`${megabytes(storage.ordersBefore)}, ${megabytes(storage.ordersAfter)}`,
			],
			['  written ahead (WAL)', megabytes(storage.walBytes)],
			[
				"  n8n's own database",
				`${megabytes(storage.n8nBytes)}, ${count(storage.executionsKept)} executions kept, ${count(storage.executionsToPrune)} to be pruned`,
			],
		]),
	);
	return lines.join('\n');
}

function speedLines({ workers, rows, seconds, cpuSeconds }: Speed): string[] {
	const used = [...cpuSeconds].filter(([, spent]) => spent > 0);
	const sum = used.reduce((total, [, spent]) => total + spent, 0);
	return [
		`${workers === 1 ? 'One worker' : 'Two workers'}: ${count(rows)} rows in ${seconds.toFixed(1)} s, ${count(rows / seconds)} events a second`,
		`  processors: ${used.map(([name, spent]) => `${name} ${(spent / seconds).toFixed(2)}`).join(', ')}; together ${(sum / seconds).toFixed(2)}`,
	];
}

/** Lines of two columns. */
function table(rows: readonly (readonly string[])[]): string[] {
	const width = Math.max(...rows.map(([title]) => title.length));
	return rows.map(([title, value]) => `${title.padEnd(width)}  ${value}`);
}

function count(value: number): string {
	return Math.round(value).toLocaleString('en');
}

function percent(share: number): string {
	return `${(share * 100).toFixed(2)} %`;
}

function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
}
