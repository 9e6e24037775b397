/** Evenly spread numbers from 0 to 1. */
export type Random = () => number;

/** The generator "mulberry32": the same numbers for the same seed. */
export function seededRandom(seed: number): Random {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

export function pick<T>(list: readonly T[], random: Random): T {
	const element = list[Math.floor(random() * list.length)];
	if (element === undefined) throw new Error('Nothing to pick from');
	return element;
}
