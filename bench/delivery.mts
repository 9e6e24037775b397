/**
 * Throughput where each answer takes 50 ms: the node's delivery against prebuilt Buffers through n8n's bare HTTP helper, over
 * sockets, in one run, with 1, 4 and 8 requests in flight. Less than 95 % of the bare helper ends with exit code 1. Then the automatic
 * number of requests in flight against fixed ones, at servers of several kinds, on a virtual clock and over sockets.
 *
 *     npm run bench:delivery
 */
import type { IExecuteFunctions } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type Account } from '../nodes/Esputnik/api/client.ts';
import {
	PAST_EVENT_WORDS,
	pastEventsBody,
	pastEventsPath,
} from '../nodes/Esputnik/resources/pastEvent/pastEvents.ts';
import { deliverPastEvents } from '../nodes/Esputnik/resources/pastEvent/send/sendPastEvents.ts';
import type { Clock } from '../nodes/Esputnik/delivery/deliver.ts';
import type { EventBytes } from '../nodes/Esputnik/events/eventBytes.ts';
import { readAccount } from '../nodes/Esputnik/n8n/account.ts';
import { inNode } from '../test/support/inNode.mts';
import { pacingOnVirtualClock, pacingOverSockets } from './support/pacingTables.mts';
import { startStandinProcess, type StandinProcess } from './support/standinProcess.mts';

const EVENTS = 100_000;
const EVENTS_PER_REQUEST = 500;
const REQUESTS = EVENTS / EVENTS_PER_REQUEST;
const LATENCY_MS = 50;
/** Requests in flight → rounds: more of the short ones, in which a busy moment weighs most. */
const ROUNDS = [
	{ inFlight: 1, rounds: 3 },
	{ inFlight: 4, rounds: 7 },
	{ inFlight: 8, rounds: 11 },
] as const;
const SMALLEST_SHARE = 95;

const clock: Clock = {
	now: () => performance.now(),
	random: () => Math.random(),
	sleep: async (ms) => await sleep(ms),
};

const standin = await startStandinProcess();
try {
	await answerAfter(standin, LATENCY_MS);
	await inNode(standin, async (context) => {
		const account = await readAccount(context);
		const events = prepareEvents();
		const bodies = Array.from({ length: REQUESTS }, (_, request) =>
			pastEventsBody(
				events.slice(request * EVENTS_PER_REQUEST, (request + 1) * EVENTS_PER_REQUEST),
			),
		);
		console.log(
			`${EVENTS.toLocaleString('en')} events, ${REQUESTS} requests of ${Math.round(bodies[0].length / 1000)} kB, answers after ${LATENCY_MS} ms, the fastest rounds`,
		);
		const rows = [];
		for (const { inFlight, rounds } of ROUNDS) {
			rows.push(await compare(context, account, { events, bodies, inFlight, rounds }));
		}
		console.table(rows);
		const fast = rows.every((row) => row['% of the bare helper'] >= SMALLEST_SHARE);
		process.exitCode = fast ? 0 : 1;

		console.log('The automatic number of requests in flight, on a virtual clock');
		console.table(await pacingOnVirtualClock(REQUESTS));
		console.log('The same over sockets, through the node');
		console.table(await pacingOverSockets(context, account, events, EVENTS_PER_REQUEST, clock));
	});
} finally {
	await standin.stop();
}

async function answerAfter({ baseUrl }: StandinProcess, latencyMs: number): Promise<void> {
	const { ok } = await fetch(new URL('/_configure', baseUrl), {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ latencyMs }),
	});
	if (!ok) throw new Error('The stand-in was not configured');
}

interface Load {
	readonly events: readonly EventBytes[];
	readonly bodies: readonly Buffer[];
	readonly inFlight: number;
	readonly rounds: number;
}

async function compare(context: IExecuteFunctions, account: Account, load: Load) {
	const bare: number[] = [];
	const ours: number[] = [];
	await postBare(context, account, { ...load, bodies: load.bodies.slice(0, 20) });
	// Rounds alternate, and the fastest counts, so that a busy machine slows neither more than the other.
	for (let round = 0; round < load.rounds; round++) {
		bare.push(await timed(standin, async () => await postBare(context, account, load)));
		ours.push(await timed(standin, async () => await deliverAll(context, account, load)));
	}
	const idealMs = (REQUESTS * LATENCY_MS) / load.inFlight;
	const [bareMs, oursMs] = [Math.min(...bare), Math.min(...ours)];
	return {
		'in flight': load.inFlight,
		'ideal, ms': idealMs,
		'bare helper, ms': Math.round(bareMs),
		'this node, ms': Math.round(oursMs),
		'bare helper, % of ideal': percent(idealMs, bareMs),
		'this node, % of ideal': percent(idealMs, oursMs),
		'% of the bare helper': percent(bareMs, oursMs),
	};
}

/** @returns milliseconds. @throws where not every event arrived */
async function timed({ reset, counts }: StandinProcess, run: () => Promise<void>): Promise<number> {
	await reset();
	const started = performance.now();
	await run();
	const ms = performance.now() - started;
	const { events } = await counts();
	if (events !== EVENTS) throw new Error(`${events} of ${EVENTS} events arrived`);
	return ms;
}

async function postBare(
	context: IExecuteFunctions,
	{ baseUrl }: Account,
	{ bodies, inFlight }: Load,
): Promise<void> {
	let next = 0;
	const postWhileAny = async () => {
		while (next < bodies.length) {
			await context.helpers.httpRequest({
				method: 'POST',
				url: `${baseUrl}${pastEventsPath('v1')}`,
				auth: { username: 'n8n', password: standin.apiKey },
				headers: { 'Content-Type': 'application/json; charset=UTF-8', Accept: 'application/json' },
				body: bodies[next++],
			});
		}
	};
	await Promise.all(Array.from({ length: inFlight }, postWhileAny));
}

async function deliverAll(
	context: IExecuteFunctions,
	account: Account,
	{ events, inFlight }: Load,
): Promise<void> {
	const client = createClient(context, { account, timeoutMs: 60_000, spared: PAST_EVENT_WORDS });
	const { outcomes } = await deliverPastEvents(
		{
			events,
			typeOf: () => 'orderCreated',
			apiVersion: 'v1',
			authentication: account.authentication,
			log: () => {},
		},
		client,
		{
			batchSize: EVENTS_PER_REQUEST,
			parallelRequests: inFlight,
			requestsPerSecond: 1000,
			maxRetries: 5,
			onUncertain: 'report',
			stopOnProblem: false,
		},
		clock,
	);
	if (outcomes.some(({ status }) => status !== 'accepted')) throw new Error('Not all accepted');
}

/** Orders of about 310 bytes, as mapping hands them over: all in one buffer. */
function prepareEvents(): EventBytes[] {
	const texts = Array.from({ length: EVENTS }, (_, order) =>
		JSON.stringify({
			eventTypeKey: 'orderCreated',
			keyValue: `buyer${order}@example.com`,
			params: [
				{ name: 'externalOrderId', value: `${1_000_000 + order}` },
				{ name: 'totalCost', value: (order / 7).toFixed(2) },
				{ name: 'status', value: 'DELIVERED' },
				{ name: 'email', value: `buyer${order}@example.com` },
				{ name: 'currency', value: 'UAH' },
			],
			occurred: '2024-05-12T10:11',
		}),
	);
	const bytes = Buffer.from(`${texts.join(',')},`);
	let start = 0;
	return texts.map((text) => {
		const event = { bytes, start, end: start + text.length };
		start = event.end + 1;
		return event;
	});
}

function percent(part: number, whole: number): number {
	return Math.round((1000 * part) / whole) / 10;
}
