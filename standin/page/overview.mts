import type { ContactStore } from '../contacts/contactStore.mts';
import type { Import } from '../contacts/imports.mts';
import type { ReceivedEvent } from '../events/eventStore.mts';
import type { StartsOfType, WorkflowStart } from '../events/workflowStarts.mts';
import { markup, page, type Html } from './html.mts';
import { monthChart } from './monthChart.mts';
import { counted, number, table } from './tables.mts';
import type { ReceivedRequest } from '../http/requestLog.mts';
import type { Standin } from '../server.mts';

const LAST_REQUESTS = 25;
const LAST_EVENTS = 10;
const LAST_STARTS = 10;
const LAST_CONTACTS = 10;
const LAST_IMPORTS = 10;

/** The page for people: what was received, by type, day and status. Never a credential. */
export function overview({ received, contacts, baseUrl }: Standin): string {
	const counts = received.counts();
	const { events, requests, withoutContact, workflowStarts } = counts;
	const lastRequests = received.requests.slice(-LAST_REQUESTS).reverse();
	const lastEvents = received.page(Math.max(0, events - LAST_EVENTS), LAST_EVENTS);
	return page(
		'Local eSputnik',
		markup`<h1>Local eSputnik</h1>
<p class="lead">${number(events)} events kept from ${number(requests)} requests, ${number(withoutContact)} of them without a contact.
${number(contacts.count)} contacts.<br>
Base URL: <code>${baseUrl}</code> · <a href="/_received">as JSON</a></p>
<section><h2>Events per month</h2>${monthChart(counts.byMonth)}</section>
<div class="cards">
<section><h2>By type</h2>${counted('Event type key', counts.byType)}</section>
<section><h2>By day of occurrence</h2>${counted('Day', counts.byDay)}</section>
<section><h2>By status</h2>${counted('Status of the event', counts.byStatus)}</section>
<section><h2>Answers</h2>${counted('HTTP status', counts.byHttpStatus)}</section>
</div>
${Object.keys(workflowStarts).length === 0 ? '' : workflows(workflowStarts, received.workflowStarts)}
${contacts.count === 0 ? '' : contactTable(contacts)}
${received.imports.length === 0 ? '' : importTable(received.imports)}
<section><h2>The last requests</h2>${requestTable(lastRequests)}</section>
<section><h2>The last events</h2>${eventTable(lastEvents)}</section>`,
	);
}

/** What live events would have set going. */
function workflows(
	byType: Readonly<Record<string, StartsOfType>>,
	starts: readonly WorkflowStart[],
): Html {
	const types = table(Object.entries(byType), [
		['Event type key', ([type]) => type],
		['Starts', ([, { starts }]) => starts],
		['Contacts', ([, { contacts }]) => contacts],
		['Without a contact', ([, { withoutContact }]) => withoutContact],
	]);
	const last = table(starts.slice(-LAST_STARTS).reverse(), [
		['Event type key', ({ eventTypeKey }) => eventTypeKey],
		['Contact', ({ contact }) => contact ?? NOBODY],
		['Key value', ({ keyValue }) => keyValue],
		['Request', ({ request }) => request],
	]);
	return markup`<section><h2>Workflows that would have started</h2>${types}
<h2 class="more">The last of them</h2>${last}</section>`;
}

function contactTable(contacts: ContactStore): Html {
	const last = contacts.page(Math.max(0, contacts.count - LAST_CONTACTS), LAST_CONTACTS);
	const rows = table([...last].reverse(), [
		['Id', ({ id }) => id],
		['Email', ({ values }) => values.email ?? ''],
		['Phone', ({ values }) => values.sms ?? ''],
		['External id', ({ values }) => values.externalCustomerId ?? ''],
		['Name', ({ values }) => [values.firstName, values.lastName].filter(Boolean).join(' ')],
		['Town', ({ values }) => values.town ?? ''],
		['Groups', ({ groups }) => [...groups].join(', ')],
	]);
	return markup`<section><h2>The last contacts</h2>${rows}</section>`;
}

function importTable(imports: readonly Import[]): Html {
	const rows = table(imports.slice(-LAST_IMPORTS).reverse(), [
		['Session', ({ session }) => session],
		['Request', ({ request }) => request],
		['Contacts', ({ contacts }) => contacts],
		['Failed', ({ failed }) => failed],
		['Stored', ({ stored }) => stored],
		['New', ({ created }) => created],
		['Changed', ({ changed }) => changed],
		['State', ({ state }) => state],
	]);
	return markup`<section><h2>The last imports of contacts</h2>${rows}</section>`;
}

const NOBODY = markup`<span class="soft">none</span>`;

function requestTable(requests: readonly ReceivedRequest[]): Html {
	return table(requests, [
		['No.', ({ number }) => number],
		['Time (UTC)', ({ at }) => at.slice(11, 23)],
		['Request', ({ method, path }) => `${method} ${path}`],
		['By', ({ credential }) => credential ?? '–'],
		['Bytes', ({ bytes }) => bytes],
		['Sent', ({ sent }) => sent],
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
		['Contact', ({ contactId }) => (contactId === undefined ? NOBODY : String(contactId))],
		['Params', ({ params }) => params.length],
		['Request', ({ request }) => request],
	]);
}
