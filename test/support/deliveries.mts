import type { Answer } from '../../nodes/Esputnik/resources/pastEvent/pastEvents.ts';
import {
	deliver,
	type DeliveryNote,
	type DeliveryReport,
	type DeliverySettings,
	type Send,
} from '../../nodes/Esputnik/delivery/deliver.ts';
import type { Outcome } from '../../nodes/Esputnik/delivery/outcome.ts';
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
	/** Milliseconds on the virtual clock when it ended. */
	readonly endedAt: number;
}

/** What the server of a test answers: to which events, the how many-th attempt (from 1), at what time. */
export type Answering = (events: readonly number[], attempt: number, at: number) => Answer;

export interface DeliveryCase {
	readonly settings?: Partial<DeliverySettings>;
	/** Milliseconds of an answer; 50 unless told. `Infinity`: it never comes. */
	readonly latency?: (attempt: number) => number;
	/** When the user clicks Stop, in milliseconds; 0: before it begins. */
	readonly cancelAt?: number;
	/** The chance behind the jitter; 0.5 unless told. */
	readonly random?: () => number;
}

/** Delivers events 0, 1, 2 … on a virtual clock. */
export async function deliverAll(
	count: number,
	answering: Answering,
	{ settings, latency = () => 50, cancelAt, random }: DeliveryCase = {},
): Promise<Delivered> {
	const clock = new VirtualClock(random);
	const controller = new AbortController();
	if (cancelAt === 0) controller.abort();
	else if (cancelAt !== undefined) clock.at(cancelAt, () => controller.abort());
	const attempts: Array<{ events: readonly number[]; at: number }> = [];
	const notes: DeliveryNote[] = [];

	const send: Send<number> = async (events) => {
		const attempt = attempts.push({ events, at: clock.now() });
		await clock.sleep(latency(attempt));
		return answering(events, attempt, clock.now());
	};
	const report = await clock.passUntil(
		deliver(
			Array.from({ length: count }, (_, event) => event),
			send,
			{ ...DEFAULTS, ...settings },
			clock,
			controller.signal,
			(note) => notes.push(note),
		),
	);
	return { ...report, attempts, notes, endedAt: clock.now() };
}

export function takeAll(events: readonly number[]): Answer {
	return { kind: 'results', statuses: events.map(() => 'ACCEPTED') };
}

export function status(
	code: number,
	text = '',
	retryAfterMs?: number,
): Answer & { kind: 'status' } {
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
export function told(outcome: Outcome): string {
	if (outcome.status === 'accepted') return '';
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
