import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IExecuteFunctions } from 'n8n-workflow';
import { createClient, type Account } from '../../nodes/Esputnik/api/client.ts';
import type { Clock } from '../../nodes/Esputnik/delivery/deliver.ts';
import type { EventBytes } from '../../nodes/Esputnik/events/eventBytes.ts';
import { PAST_EVENT_WORDS } from '../../nodes/Esputnik/resources/pastEvent/pastEvents.ts';
import { deliverPastEvents } from '../../nodes/Esputnik/resources/pastEvent/send/sendPastEvents.ts';
import { pacingRun } from '../../test/support/pacingRun.mts';
import { generator, PACING_SERVERS, type PacingServer } from '../../test/support/pacingServers.mts';
import { VirtualClock } from '../../test/support/virtualClock.mts';

const AUTOMATIC = 0;

/** What is told of one run. */
interface Figures {
	readonly ms: number;
	readonly meanLatencyMs: number;
	readonly tooMany: number;
	readonly attempts: number;
	readonly mostInFlight: number;
}

/** Fixed numbers of requests in flight against the automatic one, on a virtual clock. */
export async function pacingOnVirtualClock(requests: number): Promise<object[]> {
	return await compare(PACING_SERVERS, [1, 4, 8, 16], async (server, parallelRequests) => {
		const clock = new VirtualClock(generator(3));
		return await clock.passUntil(pacingRun(server, requests, parallelRequests, clock));
	});
}

/** The same over sockets, through the node's client: those servers and numbers that do not take minutes. */
export async function pacingOverSockets(
	context: IExecuteFunctions,
	account: Account,
	events: readonly EventBytes[],
	eventsPerRequest: number,
	clock: Clock,
): Promise<object[]> {
	const quick = PACING_SERVERS.filter(({ unloadedMs }) => unloadedMs < 1000);
	return await compare(
		quick,
		[4, 8, 16],
		async (server, parallelRequests) =>
			await overSockets(server, eventsPerRequest, clock, async (baseUrl) => {
				const started = clock.now();
				const { outcomes, mostInFlight } = await deliverPastEvents(
					{
						events,
						typeOf: () => 'orderCreated',
						apiVersion: 'v1',
						authentication: account.authentication,
						log: () => {},
					},
					createClient(context, {
						account: { ...account, baseUrl },
						timeoutMs: 60_000,
						spared: PAST_EVENT_WORDS,
					}),
					{
						batchSize: eventsPerRequest,
						parallelRequests,
						requestsPerSecond: 100,
						maxRetries: 10,
						onUncertain: 'report',
						stopOnProblem: false,
					},
					clock,
				);
				if (outcomes.some(({ status }) => status !== 'accepted'))
					throw new Error('Not all accepted');
				return { ms: clock.now() - started, mostInFlight };
			}),
	);
}

async function compare(
	servers: readonly PacingServer[],
	fixedNumbers: readonly number[],
	run: (server: PacingServer, parallelRequests: number) => Promise<Figures>,
): Promise<object[]> {
	const rows: object[] = [];
	for (const server of servers) {
		const fixed: Record<string, number> = {};
		for (const number of fixedNumbers)
			fixed[`${number}, ms`] = Math.round((await run(server, number)).ms);
		const automatic = await run(server, AUTOMATIC);
		const best = Math.min(...Object.values(fixed));
		rows.push({
			server: server.name,
			...fixed,
			'automatic, ms': Math.round(automatic.ms),
			'of the best': Number((automatic.ms / best).toFixed(2)),
			'latency, of the unloaded': Number((automatic.meanLatencyMs / server.unloadedMs).toFixed(2)),
			'429, %': Number(((100 * automatic.tooMany) / automatic.attempts).toFixed(1)),
			'in flight': automatic.mostInFlight,
		});
	}
	return rows;
}

/** Serves such a server by HTTP while something is sent to it. */
async function overSockets(
	server: PacingServer,
	eventsPerRequest: number,
	clock: Clock,
	send: (baseUrl: string) => Promise<Pick<Figures, 'ms' | 'mostInFlight'>>,
): Promise<Figures> {
	const serve = server.start(clock);
	const results = new Array<object>(eventsPerRequest).fill({ status: 'ACCEPTED' });
	const accepted = JSON.stringify({ results, successCount: eventsPerRequest, errorCount: 0 });
	let [attempts, tooMany, latencies] = [0, 0, 0];
	const http = createServer((request, response) => {
		void (async () => {
			request.resume();
			const arrived = clock.now();
			const answer = await serve();
			attempts++;
			latencies += clock.now() - arrived;
			if (answer === 'tooMany') tooMany++;
			response.writeHead(answer === 'tooMany' ? 429 : 200, { 'content-type': 'application/json' });
			response.end(answer === 'tooMany' ? '{}' : accepted);
		})();
	});
	http.listen(0, '127.0.0.1');
	await once(http, 'listening');
	const address = http.address();
	if (address === null || typeof address === 'string') throw new Error('No port');
	try {
		const { ms, mostInFlight } = await send(`http://127.0.0.1:${address.port}/api`);
		return { ms, mostInFlight, attempts, tooMany, meanLatencyMs: latencies / attempts };
	} finally {
		http.closeAllConnections();
		http.close();
	}
}
