/**
 * How long the dates of `occurred` take, beside Luxon in the same run. More than 1.5 µs a value or less than 6 times Luxon's speed end
 * with exit code 1. Whether both say the same: `npm run test:dates`.
 *
 *     npm run bench:dates
 */
import { FORMS, generateValues, readerInto } from '../test/support/instants.mts';
import type { Form } from '../test/support/instants.mts';

const TIMED_VALUES = 100_000;
const ROUNDS = 7;
const LONGEST_MICROSECONDS = 1.5;
const SMALLEST_RATIO = 6;
const ZONE_WITH_DST = 'Europe/Kyiv';

process.exitCode = printTimings() ? 0 : 1;

function printTimings(): boolean {
	console.log(
		`\nMicroseconds a value into ${ZONE_WITH_DST}, median of ${ROUNDS} rounds of ${TIMED_VALUES.toLocaleString('en')}`,
	);
	const rows = FORMS.map((form) => timings(form));
	console.table(rows);
	return rows.every(
		(row) => row['this node'] <= LONGEST_MICROSECONDS && row['times faster'] >= SMALLEST_RATIO,
	);
}

function timings(form: Form) {
	const values = generateValues({
		seed: 1,
		count: TIMED_VALUES,
		forms: [form],
		zones: [ZONE_WITH_DST],
	});
	const read = readerInto(ZONE_WITH_DST);
	const ours: number[] = [];
	const luxons: number[] = [];
	// Rounds alternate, so that a busy machine slows both.
	for (let round = 0; round < ROUNDS; round++) {
		ours.push(microseconds(() => values.forEach(({ value }) => read(value))));
		luxons.push(
			microseconds(() => values.forEach(({ value }) => form.luxon(value, ZONE_WITH_DST))),
		);
	}
	const node = median(ours) / TIMED_VALUES;
	const luxon = median(luxons) / TIMED_VALUES;
	return {
		form: form.name,
		'this node': rounded(node),
		Luxon: rounded(luxon),
		'times faster': rounded(luxon / node),
	};
}

function microseconds(work: () => void): number {
	const start = performance.now();
	work();
	return (performance.now() - start) * 1000;
}

function median(numbers: number[]): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

function rounded(number: number): number {
	return Math.round(number * 100) / 100;
}
