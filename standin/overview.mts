import { html, page, type Html } from './html.mts';
import type { ReceivedRequest } from './requestLog.mts';
import type { Standin } from './server.mts';

const LAST_REQUESTS = 25;
const LAST_EVENTS = 10;

/** The page for people: what was received, by type, day and status. Never a credential. */
export function overview({ received, baseUrl }: Standin): string {
	const { events, requests, byType, byDay, byMonth, byStatus, byHttpStatus } = received.counts();
	const last = received.page(Math.max(0, events - LAST_EVENTS), LAST_EVENTS);
	return page(
		'Local eSputnik',
		html`<h1>Local eSputnik</h1>
			<p class="lead">
				${number(events)} events kept from ${number(requests)} requests. Base URL:
				<code>${baseUrl}</code> · <a href="/_received">as JSON</a>
			</p>
			<section>
				<h2>Events per month</h2>
				${monthChart(byMonth)}
			</section>
			<div class="cards">
				<section>
					<h2>By type</h2>
					${counted('Event type key', byType)}
				</section>
				<section>
					<h2>By day of occurrence</h2>
					${counted('Day', byDay)}
				</section>
				<section>
					<h2>By status</h2>
					${counted('Status of the event', byStatus)}
				</section>
				<section>
					<h2>Answers</h2>
					${counted('HTTP status', byHttpStatus)}
				</section>
			</div>
			<section>
				<h2>The last requests</h2>
				${requestTable(received.requests.slice(-LAST_REQUESTS).reverse())}
			</section>
			<section>
				<h2>The last events</h2>
				${last.length === 0
					? NOTHING
					: html`<div class="scroll">
							<table>
								<tr>
									<th>Event type key</th>
									<th>Key value</th>
									<th>Occurred</th>
									<th class="n">Params</th>
									<th class="n">Request</th>
								</tr>
								${last.map(
									(event) =>
										html`<tr>
											<td>${event.eventTypeKey}</td>
											<td>${event.keyValue}</td>
											<td>${event.occurred}</td>
											<td class="n">${event.params.length}</td>
											<td class="n">${event.request}</td>
										</tr>`,
								)}
							</table>
						</div>`}
			</section>`,
	);
}

const NOTHING = html`<p class="soft">Nothing yet.</p>`;

function counted(name: string, counts: Readonly<Record<string, number>>): Html {
	const rows = Object.entries(counts);
	if (rows.length === 0) return NOTHING;
	return html`<table>
		<tr>
			<th>${name}</th>
			<th class="n">Count</th>
		</tr>
		${rows.map(
			([key, count]) =>
				html`<tr>
					<td class="text">${key === '0' ? 'no whole answer' : key}</td>
					<td class="n">${number(count)}</td>
				</tr>`,
		)}
	</table>`;
}

function requestTable(requests: readonly ReceivedRequest[]): Html {
	if (requests.length === 0) return NOTHING;
	return html`<div class="scroll">
		<table>
			<tr>
				<th class="n">No.</th>
				<th>Time (UTC)</th>
				<th>Request</th>
				<th>By</th>
				<th class="n">Bytes</th>
				<th class="n">Events</th>
				<th class="n">Accepted</th>
				<th class="n">Answer</th>
				<th class="n">ms</th>
				<th>Remark</th>
			</tr>
			${requests.map(
				(request) =>
					html`<tr>
						<td class="n">${request.number || ''}</td>
						<td>${request.at.slice(11, 23)}</td>
						<td>${request.method} ${request.path}</td>
						<td>${request.credential ?? '–'}</td>
						<td class="n">${number(request.bytes)}</td>
						<td class="n">${number(request.sent)}</td>
						<td class="n">${number(request.accepted)}</td>
						<td class="${request.status >= 200 && request.status < 300 ? 'n' : 'n bad'}">
							${request.status || 'none'}
						</td>
						<td class="n">${request.milliseconds}</td>
						<td class="text soft">
							${[request.fault, request.refusal]
								.filter((remark) => remark !== undefined)
								.join(': ')}
						</td>
					</tr>`,
			)}
		</table>
	</div>`;
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
	const bars = months.map((month, i) => {
		const events = byMonth[month] ?? 0;
		const height = (events / highest) * (floor - CHART.top);
		const x = i * step + step * 0.1;
		const label =
			i % labelEvery === 0
				? html`<text
						x="${(i * step + step / 2).toFixed(1)}"
						y="${CHART.height - 8}"
						text-anchor="middle"
						>${month}</text
					>`
				: '';
		const count =
			months.length <= 14
				? html`<text
						x="${(i * step + step / 2).toFixed(1)}"
						y="${(floor - height - 5).toFixed(1)}"
						text-anchor="middle"
						>${number(events)}</text
					>`
				: '';
		return html`<rect
				x="${x.toFixed(1)}"
				y="${(floor - height).toFixed(1)}"
				width="${(step * 0.8).toFixed(1)}"
				height="${height.toFixed(1)}"
				rx="2"
				><title>${month}: ${number(events)}</title></rect
			>${count}${label}`;
	});
	return html`<svg
		viewBox="0 0 ${CHART.width} ${CHART.height}"
		role="img"
		aria-label="Events per month of occurrence, at most ${number(highest)} in a month"
	>
		<line x1="0" x2="${CHART.width}" y1="${floor}" y2="${floor}" />
		${bars}
	</svg>`;
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
