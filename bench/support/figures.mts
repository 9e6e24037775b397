import { z } from 'zod';
import type { Engine, Measurement } from './stage.mts';
import { median } from './numbers.mts';

/** What bench/scale.mts prints. */
export const Scale = z.object({
	/** Microseconds per item, mean, with few and with very many items. */
	microsecondsAtFew: z.number(),
	microsecondsAtMost: z.number(),
	/** The longest time that the event loop stood still while `execute` ran, in milliseconds, median. */
	blockedMs: z.number(),
});
export type Scale = z.infer<typeof Scale>;

/** All measurements of one contestant with so many items. */
export interface Series {
	readonly id: string;
	readonly label: string;
	readonly count: number;
	readonly engine: Engine;
	readonly runs: readonly Measurement[];
}

/** Something to reach, and whether it was. */
export interface Figure {
	readonly what: string;
	readonly goal: string;
	readonly measured: string;
	readonly reached: boolean;
}

export function nodeMs({ runs }: Series): number {
	return median(runs.map((run) => run.nodeMs));
}

export function peakMb({ runs }: Series): number {
	return median(runs.map((run) => run.peakBytes)) / 1e6;
}

const MANY = 100_000;

/** The goals for the default engine and 100,000 items; those whose series were not measured are left out. */
export function figures(all: readonly Series[], scale: Scale | undefined): Figure[] {
	const of = (id: string) =>
		all.find((series) => series.id === id && series.count === MANY && series.engine === 'vm');
	const [node, onError, perField, chunks, floor] = ['a', 'aError', 'c', 'd', 'f'].map(of);
	const [summary, noOperation] = ['summary', 'noOp'].map(of);
	const reached: Figure[] = [];
	const atMost = (what: string, measured: number, goal: number, unit: string) =>
		reached.push({
			what,
			goal: `≤ ${goal}${unit}`,
			measured: `${rounded(measured)}${unit}`,
			reached: measured <= goal,
		});
	const atLeast = (what: string, measured: number, goal: number) =>
		reached.push({
			what,
			goal: `≥ ${goal} ×`,
			measured: `${rounded(measured)} ×`,
			reached: measured >= goal,
		});

	if (node && floor) atMost('(a) against the floor (f)', nodeMs(node) / nodeMs(floor), 2, ' ×');
	if (node && chunks) atLeast('(a) faster than (d)', nodeMs(chunks) / nodeMs(node), 12);
	if (node && perField) atLeast('(a) faster than (c)', nodeMs(perField) / nodeMs(node), 100);
	if (node && onError)
		atMost('the error output costs', (nodeMs(onError) - nodeMs(node)) / 1000, 0.4, ' s');
	if (summary && noOperation)
		atMost('peak memory above No Operation', peakMb(summary) - peakMb(noOperation), 150, ' MB');
	if (scale) {
		const growth = scale.microsecondsAtMost / scale.microsecondsAtFew;
		atMost('time per item at 1,000,000 against 10,000', growth, 1.3, ' ×');
		atMost('longest block of the event loop', scale.blockedMs, 100, ' ms');
	}
	return reached;
}

/** Two digits after the point below ten, none above. */
export function rounded(number: number): string {
	return Math.abs(number) < 10 ? number.toFixed(2) : Math.round(number).toLocaleString('en-US');
}
