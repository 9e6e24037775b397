import type { Alternative, DateFault } from './faults';

/** How many values of a run were ambiguous, and how many of them each format can read. */
export interface FormatFits {
	readonly total: () => number;
	/** The formats that can read each of them. */
	readonly ofAll: () => readonly Alternative[];
	readonly add: (fault: DateFault) => void;
}

/** Looks at all ambiguous values of a run: a 13 in one of them may tell what is the day and what is the month in all. */
export function countFits(): FormatFits {
	const counts = new Map<string, { readonly alternative: Alternative; count: number }>();
	let total = 0;
	return {
		add: (fault) => {
			if (fault.kind !== 'ambiguous') return;
			total++;
			for (const alternative of fault.readings) {
				const key = `${alternative.format} ${alternative.pattern ?? ''}`;
				const known = counts.get(key);
				if (known === undefined) counts.set(key, { alternative, count: 1 });
				else known.count++;
			}
		},
		total: () => total,
		ofAll: () =>
			[...counts.values()].flatMap(({ alternative, count }) =>
				count === total ? [alternative] : [],
			),
	};
}
