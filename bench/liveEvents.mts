/**
 * Throughput of live events, one a request, where each answer takes 20 or 100 ms: the node's delivery, with 16 requests in flight and with
 * their automatic number, against prebuilt Buffers through n8n's bare HTTP helper, 16 in flight, over sockets, in one run. All keep to 350
 * requests a second. Every contact has several events, which may not overtake each other. Less than 95 % of the bare helper with 16 in
 * flight ends with exit code 1. It takes a minute and a half.
 *
 *     npm run bench:live
 */
import type { IExecuteFunctions } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type Account } from '../nodes/Esputnik/api/client.ts';
import { LIVE_EVENTS_PER_SECOND } from '../nodes/Esputnik/contract.ts';
import type { EventBytes } from '../nodes/Esputnik/events/eventBytes.ts';
import { readAccount } from '../nodes/Esputnik/n8n/account.ts';
import { systemClock } from '../nodes/Esputnik/n8n/clock.ts';
import {
	deliverLiveEvents,
	liveEventBody,
	liveEventPath,
} from '../nodes/Esputnik/resources/event/send/deliverEvents.ts';
import { inNode } from '../test/support/inNode.mts';
import { startStandinProcess } from './support/standinProcess.mts';

const IN_FLIGHT = 16;
const AUTOMATIC = 0;
const CONTACTS = 160;
/** As many events as take some four seconds: after 20 ms the limit holds them up, after 100 ms the answers do. */
const SIZES = [
	{ latencyMs: 20, events: 1_400 },
	{ latencyMs: 100, events: 700 },
] as const;
const ROUNDS = 3;
const SMALLEST_SHARE = 95;

interface Cost {
	readonly wallMs: number;
	readonly processorMs: number;
}

const standin = await startStandinProcess();
try {
	await inNode(standin, async (context) => {
		const account = await readAccount(context);
		const rows = [];
		for (const size of SIZES) rows.push(...(await compare(context, account, size)));
		console.log(
			`Live events of ${CONTACTS} contacts, at most ${LIVE_EVENTS_PER_SECOND} requests a second, the fastest of ${ROUNDS} rounds`,
		);
		console.table(rows);
		const fast = rows
			.filter((row) => row['in flight'] === IN_FLIGHT)
			.every((row) => row['% of the bare helper'] >= SMALLEST_SHARE);
		process.exitCode = fast ? 0 : 1;
	});
} finally {
	await standin.stop();
}

async function compare(
	context: IExecuteFunctions,
	account: Account,
	{ latencyMs, events: count }: (typeof SIZES)[number],
) {
	const { ok } = await fetch(new URL('/_configure', standin.baseUrl), {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ latencyMs, postEventPerSecond: 0 }),
	});
	if (!ok) throw new Error('The stand-in was not configured');
	const events = Array.from({ length: count }, (_, order) => eventOf(order));
	const bare: Cost[] = [];
	const fixed: Cost[] = [];
	const automatic: Cost[] = [];
	await postBare(context, account, events.slice(0, 100));
	// Rounds alternate, so that a busy machine slows none more than the others.
	for (let round = 0; round < ROUNDS; round++) {
		bare.push(await cost(count, async () => await postBare(context, account, events)));
		for (const [inFlight, costs] of [
			[IN_FLIGHT, fixed],
			[AUTOMATIC, automatic],
		] as const) {
			costs.push(
				await cost(count, async () => await deliverAll(context, account, events, inFlight)),
			);
		}
	}
	const floor = least(bare);
	const row = (inFlight: number | string, { wallMs, processorMs }: Cost) => ({
		'answers after, ms': latencyMs,
		events: count,
		'in flight': inFlight,
		'bare helper, ms': Math.round(floor.wallMs),
		'this node, ms': Math.round(wallMs),
		'events a second': Math.round((1000 * count) / wallMs),
		'% of the bare helper': Math.round((1000 * floor.wallMs) / wallMs) / 10,
		'processor time an event, µs': Math.round((1000 * processorMs) / count),
		'of the bare helper, µs': Math.round((1000 * floor.processorMs) / count),
	});
	return [row(IN_FLIGHT, least(fixed)), row('automatic', least(automatic))];
}

/** @throws where not every event arrived */
async function cost(count: number, run: () => Promise<void>): Promise<Cost> {
	await standin.reset();
	const started = performance.now();
	const before = process.cpuUsage();
	await run();
	const { user, system } = process.cpuUsage(before);
	const wallMs = performance.now() - started;
	const { events } = await standin.counts();
	if (events !== count) throw new Error(`${events} of ${count} events arrived`);
	return { wallMs, processorMs: (user + system) / 1000 };
}

function least(costs: readonly Cost[]): Cost {
	return {
		wallMs: Math.min(...costs.map(({ wallMs }) => wallMs)),
		processorMs: Math.min(...costs.map(({ processorMs }) => processorMs)),
	};
}

/** The event so many before it was started a second ago or longer: nothing else holds a request up. */
async function postBare(
	context: IExecuteFunctions,
	{ baseUrl }: Account,
	events: readonly EventBytes[],
): Promise<void> {
	const starts: number[] = [];
	const postWhileAny = async () => {
		while (starts.length < events.length) {
			const order = starts.push(Number.POSITIVE_INFINITY) - 1;
			const inThisSecond = starts.at(order - LIVE_EVENTS_PER_SECOND);
			const wait =
				order < LIVE_EVENTS_PER_SECOND || inThisSecond === undefined
					? 0
					: inThisSecond + 1000 - performance.now();
			if (wait > 0) await sleep(wait);
			starts[order] = performance.now();
			await context.helpers.httpRequest({
				method: 'POST',
				url: `${baseUrl}${liveEventPath('v1')}`,
				auth: { username: 'n8n', password: standin.apiKey },
				headers: { 'Content-Type': 'application/json; charset=UTF-8', Accept: 'application/json' },
				body: liveEventBody(events[order]),
			});
		}
	};
	await Promise.all(Array.from({ length: IN_FLIGHT }, postWhileAny));
}

async function deliverAll(
	context: IExecuteFunctions,
	account: Account,
	events: readonly EventBytes[],
	parallelRequests: number,
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
			parallelRequests,
			requestsPerSecond: LIVE_EVENTS_PER_SECOND,
			maxRetries: 5,
			onUncertain: 'report',
			stopOnProblem: false,
		},
		systemClock(),
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
