/** 39000 → '39,000'. */
export function formatCount(count: number): string {
	return count.toLocaleString('en-US');
}

/** `1 item`, `2 items`; the noun is given in the singular. */
export function formatNumberOf(count: number, noun: string): string {
	return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * Item numbers as ranges: `0–38,999, 39,500`.
 *
 * @param indices ascending
 * @param limit how many ranges are written out; the rest is counted: `… and 12 more ranges`
 */
export function formatRanges(indices: readonly number[], limit: number): string {
	const ranges: string[] = [];
	let more = 0;
	for (let start = 0; start < indices.length; ) {
		let end = start;
		while (end + 1 < indices.length && indices[end + 1] === indices[end] + 1) end++;
		if (ranges.length < limit) ranges.push(formatRange(indices[start], indices[end]));
		else more++;
		start = end + 1;
	}
	return more === 0
		? ranges.join(', ')
		: `${ranges.join(', ')} … and ${formatNumberOf(more, 'more range')}`;
}

function formatRange(first: number, last: number): string {
	return first === last ? formatCount(first) : `${formatCount(first)}–${formatCount(last)}`;
}
