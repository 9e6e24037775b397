/** The middle one of an odd number of figures; of an even number the upper of the two. */
export function median(figures: readonly number[]): number {
	const sorted = [...figures].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

export function mean(figures: readonly number[]): number {
	return figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
}
