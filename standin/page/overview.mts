import type { ReceivedEvent } from '../events/eventStore.mts';
import { markup, page, type Html, type Value } from './html.mts';
import type { ReceivedRequest } from '../http/requestLog.mts';
import type { Standin } from '../server.mts';

const LAST_REQUESTS = 25;
const LAST_EVENTS = 10;

/** The page for people: what was received, by type, day and status. Never a credential. */
export function overview({ received, baseUrl }: Standin): string {
	const { events, requests, byType, byDay, byMonth, byStatus, byHttpStatus } = received.counts();
	const lastRequests = received.requests.slice(-LAST_REQUESTS).reverse();
	const lastEvents = received.page(Math.max(0, events - LAST_EVENTS), LAST_EVENTS);
	return page(
		'Local eSputnik',
		markup`<h1>Local eSputnik</h1>
<p class="lead">${number(events)} events kept from ${number(requests)} requests.
Base URL: <code>${baseUrl}</code> · <a href="/_received">as JSON</a></p>
<section><h2>Events per month</h2>${monthChart(byMonth)}</section>
<div class="cards">
<section><h2>By type</h2>${counted('Event type key', byType)}</section>
<section><h2>By day of occurrence</h2>${counted('Day', byDay)}</section>
<section><h2>By status</h2>${counted('Status of the event', byStatus)}</section>
<section><h2>Answers</h2>${counted('HTTP status', byHttpStatus)}</section>
</div>
<section><h2>The last requests</h2>${requestTable(lastRequests)}</section>
<section><h2>The last events</h2>${eventTable(lastEvents)}</section>`,
	);
}

const NOTHING = markup`<p class="soft">Nothing yet.</p>`;

/** A column of a table: its heading, and what stands in it; numbers stand to the right. */
type Column<T> = readonly [heading: string, cell: (row: T) => Value];

function table<T>(rows: readonly T[], columns: ReadonlyArray<Column<T>>): Html {
	if (rows.length === 0) return NOTHING;
	const first = rows[0];
	const classes = columns.map(([, cell]) => (isNumber(cell(first)) ? 'n' : ''));
	const heads = columns.map(([heading], i) => markup`<th class="${classes[i]}">${heading}</th>`);
	const lines = rows.map((row) => {
		const cells = columns.map(([, cell], i) => {
			const value = cell(row);
			const text = typeof value === 'number' ? number(value) : value;
			return markup`<td class="${classes[i]}">${text}</td>`;
		});
		return markup`<tr>${cells}</tr>\n`;
	});
	return markup`<div class="scroll"><table><tr>${heads}</tr>\n${lines}</table></div>`;
}

function isNumber(value: Value): boolean {
	return typeof value === 'number';
}

function counted(name: string, counts: Readonly<Record<string, number>>): Html {
	return table(Object.entries(counts), [
		[name, ([key]) => (key === '0' ? 'no whole answer' : key)],
		['Count', ([, count]) => count],
	]);
}

function requestTable(requests: readonly ReceivedRequest[]): Html {
	return table(requests, [
		['No.', ({ number }) => number],
		['Time (UTC)', ({ at }) => at.slice(11, 23)],
		['Request', ({ method, path }) => `${method} ${path}`],
		['By', ({ credential }) => credential ?? '–'],
		['Bytes', ({ bytes }) => bytes],
		['Events', ({ sent }) => sent],
		['Accepted', ({ accepted }) => accepted],
		['Answer', ({ status }) => answerMark(status)],
		['ms', ({ milliseconds }) => milliseconds],
		['Remark', ({ fault, refusal }) => [fault, refusal].filter(Boolean).join(': ')],
	]);
}

function answerMark(status: number): Html {
	const isGood = status >= 200 && status < 300;
	return markup`<span class="${isGood ? 'good' : 'bad'}">${status === 0 ? 'none' : status}</span>`;
}

function eventTable(events: readonly ReceivedEvent[]): Html {
	return table(events, [
		['Event type key', ({ eventTypeKey }) => eventTypeKey],
		['Key value', ({ keyValue }) => keyValue],
		['Occurred', ({ occurred }) => occurred],
		['Params', ({ params }) => params.length],
		['Request', ({ request }) => request],
	]);
}

const CHART = { width: 1000, height: 220, bottom: 26, top: 18 };

/** Bars, one a month, gaps included. */
function monthChart(byMonth: Readonly<Record<string, number>>): Html {
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

function number(value: number): string {
	return value.toLocaleString('en-US');
}
