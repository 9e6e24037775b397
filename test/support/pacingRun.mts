import { deliver, type Clock } from '../../nodes/Esputnik/delivery/deliver.ts';
import type { PacingServer, Serve } from './pacingServers.mts';

/** One run against a server. */
export interface PacingRun {
	readonly ms: number;
	readonly mostInFlight: number;
	readonly meanLatencyMs: number;
	readonly attempts: number;
	readonly tooMany: number;
	/** When each attempt started, and when it was answered. */
	readonly spans: ReadonlyArray<readonly [from: number, to: number]>;
}

/** What carries one request to the server. */
export type Carry = (serve: Serve) => ReturnType<Serve>;

/** Delivers so many requests. @param parallelRequests 0: automatic */
export async function pacingRun(
	server: PacingServer,
	requests: number,
	parallelRequests: number,
	clock: Clock,
	carry: (serve: Serve) => Serve = (serve) => serve,
): Promise<PacingRun> {
	const request = carry(server.start(clock));
	const spans: Array<readonly [number, number]> = [];
	let tooMany = 0;
	const started = clock.now();
	const { outcomes, mostInFlight } = await deliver<string>(
		{
			records: requests,
			send: async () => {
				const from = clock.now();
				const answer = await request();
				spans.push([from - started, clock.now() - started]);
				if (answer === 'tooMany') {
					tooMany++;
					return { kind: 'later', fault: answer, tooMany: true };
				}
				return { kind: 'judged', records: [{ kind: 'accepted' }] };
			},
			words: () => ({ reason: 'RATE_LIMITED', what: 'It was not taken', advice: '' }),
		},
		{
			batchSize: 1,
			parallelRequests,
			requestsPerSecond: 100,
			maxRetries: 10,
			onUncertain: 'report',
			stopOnProblem: false,
		},
		clock,
	);
	if (outcomes.some(({ status }) => status !== 'accepted'))
		throw new Error('Not all were accepted');
	const latency = spans.reduce((sum, [from, to]) => sum + to - from, 0) / spans.length;
	return {
		ms: clock.now() - started,
		mostInFlight,
		meanLatencyMs: latency,
		attempts: spans.length,
		tooMany,
		spans,
	};
}
