import type { IExecuteFunctions } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '../../nodes/Esputnik/api/client.ts';
import {
	PAST_EVENT_WORDS,
	pastEventsBody,
} from '../../nodes/Esputnik/resources/pastEvent/pastEvents.ts';
import { deliverPastEvents } from '../../nodes/Esputnik/resources/pastEvent/send/sendPastEvents.ts';
import type { Clock } from '../../nodes/Esputnik/delivery/deliver.ts';
import type { EventBytes } from '../../nodes/Esputnik/events/eventBytes.ts';
import { readAccount } from '../../nodes/Esputnik/n8n/account.ts';
import type { Fault as StandinFault } from '../../standin/faults.mts';
import { startStandin, type Standin } from '../../standin/server.mts';
import type { DeliveryRun } from './deliveryRun.mts';
import type { DeliveryScript } from './deliveryScript.mts';
import type { EventNature, Fault } from './modelServer.mts';

/** How much faster the clock of these runs goes, so that backoffs of seconds take milliseconds; the network keeps its own time. */
const SPEED = 200;

const TIMEOUT_MS = 100;

const fastClock = (): Clock => ({
	now: () => performance.now() * SPEED,
	sleep: async (ms) => await sleep(ms / SPEED),
	random: () => Math.random(),
});

/**
 * Runs a script over sockets: the node's own client and n8n's HTTP helper on one side, a stand-in on the other, which meets the
 * faults of the script. A refused connection has no fault of its own there and becomes a 429.
 *
 * @returns what the run did; what is stored is what the stand-in has, attempts are not listed
 */
export async function runOverSockets(
	context: IExecuteFunctions,
	script: DeliveryScript,
): Promise<DeliveryRun> {
	// A stand-in of its own: what an earlier run left on its way does not arrive here.
	const standin = await startStandin();
	try {
		return await runAgainst(standin, context, script);
	} finally {
		await standin.close();
	}
}

async function runAgainst(
	standin: Standin,
	context: IExecuteFunctions,
	script: DeliveryScript,
): Promise<DeliveryRun> {
	const { natures, faults, latencies, settings, cancelAt } = script;
	const events = natures.map(eventBytes);
	standin.configure({
		poison: ['poison'],
		serverErrorFor: ['queueFull'],
		statusFor: Object.fromEntries(
			natures.flatMap((nature, event) =>
				nature.kind === 'refused' ? [[keyOf(event, nature), nature.status]] : [],
			),
		),
		latencyMs: Math.round(latencies[0] / SPEED),
		maxBodyBytes: Number.isFinite(script.sizeLimit)
			? pastEventsBody(events.slice(0, script.sizeLimit)).length
			: 0,
		postPastEventsPerSecond: 0,
	});
	standin.faults.decide = ({ number }) => standinFault(faults[number - 1] ?? { kind: 'none' });

	const stop = new AbortController();
	const timer = setTimeout(() => stop.abort(), (cancelAt ?? 2 ** 31) / SPEED);
	const account = { ...(await readAccount(context)), baseUrl: standin.baseUrl };
	const client = createClient(context, {
		account,
		timeoutMs: TIMEOUT_MS,
		spared: PAST_EVENT_WORDS,
	});
	const report = await deliverPastEvents(
		{
			events,
			typeOf: (event) => String(event),
			apiVersion: 'v1',
			authentication: account.authentication,
			log: () => {},
		},
		client,
		settings,
		fastClock(),
		stop.signal,
	);
	clearTimeout(timer);
	const stored = natures.map(() => 0);
	for (const { params } of standin.received.events) stored[Number(params[0].value)]++;
	return { script, report, stored, calls: [], mostAtOnce: 0, endedAt: 0 };
}

/** Keys of one length, so that the size of a body tells how many events it holds. */
function keyOf(event: number, { kind }: EventNature): string {
	return `${String(event).padStart(6, '0')}-${kind}`.padEnd(20, '-');
}

function eventBytes(nature: EventNature, event: number): EventBytes {
	const text = JSON.stringify({
		eventTypeKey: 'orderCreated',
		keyValue: keyOf(event, nature),
		params: [{ name: 'event', value: String(event).padStart(6, '0') }],
		occurred: '2024-01-01T10:00',
	});
	return { bytes: Buffer.from(`${text},`), start: 0, end: Buffer.byteLength(text) };
}

/** The fault of the stand-in that looks the same from outside. */
function standinFault(fault: Fault): StandinFault {
	if (fault.kind === 'none') return { kind: 'pass' };
	const { answer } = fault;
	const stored = fault.kind === 'lost' && fault.taken;
	if (answer === 'throw') return { kind: stored ? 'cut' : 'resetAfterReading' };
	switch (answer.kind) {
		case 'status':
			if (answer.status === 200) {
				return stored ? { kind: 'notJson' } : { kind: 'status', status: 200, text: '<html>' };
			}
			return {
				kind: 'status',
				status: answer.status,
				stored,
				...(answer.retryAfterMs !== undefined && { retryAfter: `${answer.retryAfterMs / 1000}` }),
			};
		case 'results':
			return stored
				? { kind: 'resultsShorter' }
				: { kind: 'status', status: 200, text: '{"results":[]}' };
		case 'notTaken':
			return { kind: 'status', status: 429 };
		case 'noAnswer':
			if (answer.reason === 'TIMEOUT') return stored ? SLOW_LORIS : { kind: 'hang', stored };
			return { kind: stored ? 'resetAfterAccepting' : 'resetBeforeReading' };
	}
}

const SLOW_LORIS: StandinFault = { kind: 'drip', ms: 20 * TIMEOUT_MS };
