import { markup, type Html } from './html.mts';
import { NOTHING, number } from './tables.mts';

const CHART = { width: 1000, height: 220, bottom: 26, top: 18 };

/** Bars, one a month, gaps included. */
export function monthChart(byMonth: Readonly<Record<string, number>>): Html {
	const months = allMonths(Object.keys(byMonth));
	if (months.length === 0) return NOTHING;
	const highest = Math.max(...Object.values(byMonth));
	const step = CHART.width / Math.max(months.length, 6);
	const floor = CHART.height - CHART.bottom;
	const labelEvery = Math.ceil(months.length / 14);
	const isWide = months.length <= 14;
	const bars = months.map((month, i) => {
		const events = byMonth[month] ?? 0;
		const height = (events / highest) * (floor - CHART.top);
		const [left, middle, top] = [(i + 0.1) * step, (i + 0.5) * step, floor - height];
		const [x, y, width] = [left, top, step * 0.8].map((length) => length.toFixed(1));
		return markup`<rect x="${x}" y="${y}" width="${width}" height="${height.toFixed(1)}" rx="2">
<title>${month}: ${number(events)}</title></rect>
${isWide ? label(middle, top - 5, number(events)) : ''}
${i % labelEvery === 0 ? label(middle, CHART.height - 8, month) : ''}`;
	});
	const name = `Events per month of occurrence, at most ${number(highest)} in a month`;
	return markup`<svg viewBox="0 0 ${CHART.width} ${CHART.height}" role="img" aria-label="${name}">
<line x1="0" x2="${CHART.width}" y1="${floor}" y2="${floor}"/>
${bars}</svg>`;
}

function label(x: number, y: number, text: string): Html {
	return markup`<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="middle">${text}</text>`;
}

/** Every month from the first to the last; where that would be more than forty years, only those with events. */
function allMonths(months: readonly string[]): readonly string[] {
	const [first, last] = [months.at(0), months.at(-1)];
	if (first === undefined || last === undefined) return [];
	const [from, to] = [monthNumber(first), monthNumber(last)];
	if (to - from > 480) return months;
	return Array.from({ length: to - from + 1 }, (_, i) => {
		const month = from + i;
		return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
	});
}

function monthNumber(month: string): number {
	return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}
