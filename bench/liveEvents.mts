/**
 * Throughput of live events, one a request, 16 in flight, where each answer takes 20 or 100 ms: the node's delivery against prebuilt
 * Buffers through n8n's bare HTTP helper, over sockets, in one run. Every contact has ten events, which may not overtake each other. Less
 * than 95 % of the bare helper ends with exit code 1.
 *
 *     npm run bench:live
 */
import type { IExecuteFunctions } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type Account } from '../nodes/Esputnik/api/client.ts';
import type { Clock } from '../nodes/Esputnik/delivery/deliver.ts';
import type { EventBytes } from '../nodes/Esputnik/events/eventBytes.ts';
import { readAccount } from '../nodes/Esputnik/n8n/account.ts';
import {
	deliverLiveEvents,
	liveEventBody,
	liveEventPath,
} from '../nodes/Esputnik/resources/event/send/deliverEvents.ts';
import { inNode } from '../test/support/inNode.mts';
import { startStandinProcess } from './support/standinProcess.mts';

const IN_FLIGHT = 16;
const CONTACTS = 160;
const EVENTS = 1_600;
const LATENCIES_MS = [20, 100];
const ROUNDS = 9;
const SMALLEST_SHARE = 95;

const clock: Clock = {
	now: () => performance.now(),
	random: () => Math.random(),
	sleep: async (ms) => await sleep(ms),
};

const standin = await startStandinProcess();
try {
	await inNode(standin, async (context) => {
		const account = await readAccount(context);
		const events = Array.from({ length: EVENTS }, (_, order) => eventOf(order));
		const rows = [];
		for (const latencyMs of LATENCIES_MS) {
			rows.push(await compare(context, account, events, latencyMs));
		}
		console.log(`${EVENTS} live events of ${CONTACTS} contacts, ${IN_FLIGHT} in flight`);
		console.table(rows);
		const fast = rows.every((row) => row['% of the bare helper'] >= SMALLEST_SHARE);
		process.exitCode = fast ? 0 : 1;
	});
} finally {
	await standin.stop();
}

async function compare(
	context: IExecuteFunctions,
	account: Account,
	events: readonly EventBytes[],
	latencyMs: number,
) {
	const { ok } = await fetch(new URL('/_configure', standin.baseUrl), {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ latencyMs, postEventPerSecond: 0 }),
	});
	if (!ok) throw new Error('The stand-in was not configured');
	const bare: number[] = [];
	const ours: number[] = [];
	await postBare(context, account, events.slice(0, 100));
	// Rounds alternate, and the fastest counts, so that a busy machine slows neither more than the other.
	for (let round = 0; round < ROUNDS; round++) {
		bare.push(await timed(async () => await postBare(context, account, events)));
		ours.push(await timed(async () => await deliverAll(context, account, events)));
	}
	const [bareMs, oursMs] = [Math.min(...bare), Math.min(...ours)];
	return {
		'answers after, ms': latencyMs,
		'bare helper, ms': Math.round(bareMs),
		'this node, ms': Math.round(oursMs),
		'events a second': Math.round((1000 * EVENTS) / oursMs),
		'% of the bare helper': Math.round((1000 * bareMs) / oursMs) / 10,
	};
}

/** @returns milliseconds. @throws where not every event arrived */
async function timed(run: () => Promise<void>): Promise<number> {
	await standin.reset();
	const started = performance.now();
	await run();
	const ms = performance.now() - started;
	const { events } = await standin.counts();
	if (events !== EVENTS) throw new Error(`${events} of ${EVENTS} events arrived`);
	return ms;
}

async function postBare(
	context: IExecuteFunctions,
	{ baseUrl }: Account,
	events: readonly EventBytes[],
): Promise<void> {
	let next = 0;
	const postWhileAny = async () => {
		while (next < events.length) {
			await context.helpers.httpRequest({
				method: 'POST',
				url: `${baseUrl}${liveEventPath('v1')}`,
				auth: { username: 'n8n', password: standin.apiKey },
				headers: { 'Content-Type': 'application/json; charset=UTF-8', Accept: 'application/json' },
				body: liveEventBody(events[next++]),
			});
		}
	};
	await Promise.all(Array.from({ length: IN_FLIGHT }, postWhileAny));
}

async function deliverAll(
	context: IExecuteFunctions,
	account: Account,
	events: readonly EventBytes[],
): Promise<void> {
	const client = createClient(context, { account, timeoutMs: 60_000, spared: new Set() });
	const { outcomes } = await deliverLiveEvents(
		{
			events,
			contactOf: (position) => `buyer${position % CONTACTS}@example.com`,
			apiVersion: 'v1',
			authentication: account.authentication,
			log: () => {},
		},
		client,
		{
			parallelRequests: IN_FLIGHT,
			requestsPerSecond: 100_000,
			maxRetries: 5,
			onUncertain: 'report',
			stopOnProblem: false,
		},
		clock,
	);
	if (outcomes.some(({ status }) => status !== 'accepted')) throw new Error('Not all accepted');
}

function eventOf(order: number): EventBytes {
	const email = `buyer${order % CONTACTS}@example.com`;
	const bytes = Buffer.from(
		JSON.stringify({
			eventTypeKey: 'orderCreated',
			keyValue: email,
			params: [
				{ name: 'externalOrderId', value: `${1_000_000 + order}` },
				{ name: 'totalCost', value: (order / 7).toFixed(2) },
				{ name: 'status', value: 'INITIALIZED' },
				{ name: 'email', value: email },
			],
		}),
	);
	return { bytes, start: 0, end: bytes.length };
}
