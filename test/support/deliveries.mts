import type { StatusAnswer } from '../../nodes/Esputnik/api/answer.ts';
import {
	deliver,
	type DeliveryNote,
	type DeliveryReport,
	type DeliverySettings,
} from '../../nodes/Esputnik/delivery/deliver.ts';
import type { Outcome } from '../../nodes/Esputnik/delivery/outcome.ts';
import {
	judgePastEvents,
	SwitchedOffTypes,
} from '../../nodes/Esputnik/resources/pastEvent/send/judgement.ts';
import { pastEventWords } from '../../nodes/Esputnik/resources/pastEvent/send/requestWords.ts';
import { asHttp, type ServerAnswer } from './serverAnswer.mts';
import { VirtualClock } from './virtualClock.mts';

export const DEFAULTS: DeliverySettings = {
	batchSize: 500,
	parallelRequests: 4,
	requestsPerSecond: 100,
	maxRetries: 5,
	onUncertain: 'report',
	stopOnProblem: false,
};

export interface Delivered extends DeliveryReport {
	/** The events of each attempt and when it was made. */
	readonly attempts: ReadonlyArray<{ readonly events: readonly number[]; readonly at: number }>;
	readonly notes: readonly DeliveryNote[];
	/** Event types that turned out to be switched off. */
	readonly switchedOff: readonly string[];
	/** Milliseconds on the virtual clock when it ended. */
	readonly endedAt: number;
}

/** What the server of a test answers: to which events, the how many-th attempt (from 1), at what time. */
export type Answering = (events: readonly number[], attempt: number, at: number) => ServerAnswer;

export interface DeliveryCase {
	readonly settings?: Partial<DeliverySettings>;
	/** The type of each event; one and the same unless told. */
	readonly typeOf?: (event: number) => string;
	readonly sequenceKey?: (event: number) => string;
	/** Milliseconds of an answer; 50 unless told. `Infinity`: it never comes. */
	readonly latency?: (attempt: number) => number;
	/** When the user clicks Stop, in milliseconds; 0: before it begins. */
	readonly cancelAt?: number;
	/** The chance behind the jitter; 0.5 unless told. */
	readonly random?: () => number;
}

/** Delivers past events 0, 1, 2 … on a virtual clock. */
export async function deliverAll(
	count: number,
	answering: Answering,
	{
		settings,
		typeOf = () => 'orderCreated',
		sequenceKey,
		latency = () => 50,
		cancelAt,
		random,
	}: DeliveryCase = {},
): Promise<Delivered> {
	const clock = new VirtualClock(random);
	const controller = new AbortController();
	if (cancelAt === 0) controller.abort();
	else if (cancelAt !== undefined) clock.at(cancelAt, () => controller.abort());
	const attempts: Array<{ events: readonly number[]; at: number }> = [];
	const notes: DeliveryNote[] = [];
	const switchedOff: string[] = [];
	const types = new SwitchedOffTypes(typeOf, (type) => switchedOff.push(type));

	const report = await clock.passUntil(
		deliver(
			{
				records: count,
				send: async (events) => {
					const attempt = attempts.push({ events, at: clock.now() });
					await clock.sleep(latency(attempt));
					const verdict = judgePastEvents(
						asHttp(answering(events, attempt, clock.now())),
						events.length,
					);
					types.learn(events, verdict);
					return verdict;
				},
				words: pastEventWords('apiKey'),
				leaveOut: (event) => types.leaveOut(event),
				kindOf: typeOf,
				sequenceKey,
				observe: (note) => notes.push(note),
			},
			{ ...DEFAULTS, ...settings },
			clock,
			controller.signal,
		),
	);
	return { ...report, attempts, notes, switchedOff, endedAt: clock.now() };
}

export function takeAll(events: readonly number[]): ServerAnswer {
	return { kind: 'results', statuses: events.map(() => 'ACCEPTED') };
}

export function status(code: number, text = '', retryAfterMs?: number): StatusAnswer {
	return {
		kind: 'status',
		status: code,
		form: 'text',
		text,
		...(retryAfterMs !== undefined && { retryAfterMs }),
	};
}

/** `accepted`, or the status and the reason: `rejected REQUEST_REJECTED`. */
export function inShort(outcome: Outcome): string {
	return outcome.status === 'accepted'
		? outcome.status
		: `${outcome.status} ${outcome.problem.reason}`;
}

/** What the message of an event that was not accepted is made of; empty for an accepted one. */
export function told(outcome: Outcome | undefined): string {
	if (outcome === undefined || outcome.status === 'accepted') return '';
	const { what, value = '', advice } = outcome.problem;
	return `${what}: ${value}. ${advice}`;
}

/** How many events came to which end. */
export function counts({ outcomes }: DeliveryReport): Record<string, number> {
	const result: Record<string, number> = {};
	for (const outcome of outcomes) {
		const key = inShort(outcome);
		result[key] = (result[key] ?? 0) + 1;
	}
	return result;
}
