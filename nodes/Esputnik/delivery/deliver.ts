import type { Answer } from '../api/answer';
import { ACCEPTED, SERVER_ERROR } from '../contract';
import type { Problem } from '../problem';
import { sendWithRetries, type Ending } from './attempts';
import type { Clock } from './clock';
import { eventProblem, typeSwitchedOff } from './eventProblems';
import { halves, Isolation } from './isolation';
import { accepted, Ledger, notAccepted } from './ledger';
import type { DeliveryNote } from './notes';
import type { Outcome } from './outcome';
import * as problems from './problems';
import { NEVER_SENT, partOf, RequestCutter, type Request } from './requests';
import { retryDelay } from './retryPolicy';
import { SwitchedOffTypes } from './switchedOffTypes';
import { Traffic } from './traffic';

export type { Clock } from './clock';
export { noteText, type DeliveryNote } from './notes';

/** One attempt to hand over events; where it throws, nobody knows whether they were taken. */
export type Send<Event> = (events: readonly Event[]) => Promise<Answer>;

export interface DeliverySettings {
	/** Events in one request, 1 to 500. */
	readonly batchSize: number;
	/** Requests begun and not ended, at least 1; the first of a run goes alone. */
	readonly parallelRequests: number;
	/** In any window of one second, repeats and splits included; at least 1. */
	readonly requestsPerSecond: number;
	/** Attempts beyond the first, for each request. */
	readonly maxRetries: number;
	/** Whether a request that may have been taken is sent again. */
	readonly onUncertain: 'report' | 'resend';
	/** No further request once an event is refused or uncertain; those in flight and the search for bad events finish. */
	readonly stopOnProblem: boolean;
	/** The event type key of the event at a position: the rest of a type that is switched off in the account is not sent. */
	readonly eventTypeOf?: (position: number) => string;
}

export interface DeliveryReport {
	/** One for each event, in the order of the events. */
	readonly outcomes: Outcome[];
	/** Bodies sent. */
	readonly requests: number;
	/** Attempts beyond the first of a body. */
	readonly retries: number;
	readonly durationMs: number;
}

/** Requests in a row that nobody could complete, after which the run ends. */
const FAILURES_THAT_SUFFICE = 5;

/**
 * Delivers events: none lost, none twice, and what became of each. See `classify` for what is sent again and when.
 *
 * Never throws, whatever `send` does. Once the signal is aborted it ends at once, without waiting for the requests in flight.
 *
 * @param events of any kind; any number, cut lazily
 * @param observe told of each retry, split and stop
 */
export async function deliver<Event>(
	events: readonly Event[],
	send: Send<Event>,
	settings: DeliverySettings,
	clock: Clock,
	signal?: AbortSignal,
	observe: (note: DeliveryNote) => void = () => {},
): Promise<DeliveryReport> {
	const traffic = new Traffic(clock, atLeastOne(settings.requestsPerSecond), signal);
	try {
		return await new Delivery(events, send, settings, traffic, observe).run();
	} finally {
		traffic.close();
	}
}

class Delivery<Event> {
	private readonly ledger: Ledger;
	private readonly cutter: RequestCutter;
	private readonly switchedOff: SwitchedOffTypes;
	/** Parts of refused requests, in the order of their making: breadth first. */
	private parts: Request[] = [];
	/** Parts that are not concluded, those in flight included. */
	private openParts = 0;
	private inFlight = 0;
	private firstIsThrough = false;
	private failuresInARow = 0;
	private requests = 0;
	private retries = 0;
	/** Why no request at all may start any more. */
	private over?: Problem;
	/** Whether only parts of refused requests may start. */
	private stopping = false;

	constructor(
		private readonly events: readonly Event[],
		private readonly send: Send<Event>,
		private readonly settings: DeliverySettings,
		private readonly traffic: Traffic,
		private readonly observe: (note: DeliveryNote) => void,
	) {
		this.ledger = new Ledger(events.length);
		this.cutter = new RequestCutter(events.length, atLeastOne(settings.batchSize));
		this.switchedOff = new SwitchedOffTypes(settings.eventTypeOf);
	}

	async run(): Promise<DeliveryReport> {
		const { clock } = this.traffic;
		const started = clock.now();
		await new Promise<void>((resolve, reject) => this.startMore(resolve, reject));
		const rest = this.whyNot() ?? problems.stopped;
		for (const part of this.parts) this.settle(part, 'notSent', rest);
		return {
			outcomes: this.ledger.close(notAccepted(NEVER_SENT, 'notSent', rest)),
			requests: this.requests,
			retries: this.retries,
			durationMs: clock.now() - started,
		};
	}

	/** Starts what may start now; called again whenever that may have changed. */
	private startMore(done: () => void, failed: (error: unknown) => void): void {
		while (this.inFlight < this.mostInFlight()) {
			const request = this.nextRequest();
			if (request === undefined) break;
			this.inFlight++;
			this.carry(request, () => this.startMore(done, failed)).then(() => {
				this.inFlight--;
				if (request.isolation !== undefined) this.openParts--;
				this.startMore(done, failed);
			}, failed);
		}
		if (this.inFlight === 0) done();
	}

	/** The first request goes alone, and a server that fails gets no more at a time than it may fail. */
	private mostInFlight(): number {
		if (!this.firstIsThrough) return 1;
		const parallel = atLeastOne(this.settings.parallelRequests);
		const { failuresInARow } = this;
		return failuresInARow === 0
			? parallel
			: Math.min(parallel, FAILURES_THAT_SUFFICE - failuresInARow);
	}

	private nextRequest(): Request | undefined {
		if (this.over !== undefined || this.traffic.cancelled) return undefined;
		const part = this.parts.shift();
		if (part !== undefined) return part;
		// Whether the refused request hides a bad event is not known before the search has ended.
		if (this.stopping || (this.settings.stopOnProblem && this.openParts > 0)) return undefined;
		return this.cutter.cut((position) => {
			const leaveOut = this.switchedOff.has(position);
			if (leaveOut)
				this.ledger.write(position, notAccepted(NEVER_SENT, 'notSent', typeSwitchedOff));
			return leaveOut;
		});
	}

	/** Carries a request to its end, and then the events of it that eSputnik could not queue. */
	private async carry(request: Request, onAnswer: () => void): Promise<void> {
		let current: Request | undefined = request;
		while (current !== undefined) {
			const ending = await this.attempt(current);
			const again = this.conclude(current, ending);
			this.firstIsThrough = true;
			onAnswer();
			if (again !== undefined) await this.waitBefore(again);
			current = again;
		}
	}

	private async attempt(request: Request): Promise<Ending> {
		const { settings, traffic } = this;
		const events = request.positions.map((position) => this.events[position]);
		return await sendWithRetries(
			async () => complete(await this.send(events), events.length),
			request,
			{
				maxRetries: settings.maxRetries,
				onUncertain: settings.onUncertain,
				mayGoOn: () => this.whyNot(request) === undefined,
				starting: () => {
					if (request.sent === 0) request.number = ++this.requests;
					else this.retries++;
				},
				retrying: ({ reason }, waitMs) =>
					this.observe({
						kind: 'retry',
						...named(request),
						attempt: request.sent + 1,
						waitMs,
						reason,
					}),
			},
			traffic,
		);
	}

	/** @returns the events to send once more: those that eSputnik could not queue */
	private conclude(request: Request, ending: Ending): Request | undefined {
		switch (ending.kind) {
			case 'judged':
				this.failuresInARow = 0;
				request.isolation?.taken();
				return this.judge(request, ending.statuses);
			case 'refused':
				this.failuresInARow = 0;
				this.isolate(request, ending.problem);
				return undefined;
			case 'fatal':
				this.settle(request, 'notSent', ending.problem);
				this.end(ending.problem);
				return undefined;
			case 'later':
			case 'uncertain':
				this.settle(request, ending.kind === 'later' ? 'notSent' : 'uncertain', ending.problem);
				this.observe({ kind: 'gaveUp', ...named(request), reason: ending.problem.reason });
				this.countFailure(ending.problem);
				return undefined;
			case 'cancelled':
				this.settle(request, 'uncertain', ending.problem);
				this.end(problems.cancelled);
				return undefined;
			case 'stopped':
				this.settle(request, 'notSent', this.whyNot(request) ?? problems.stopped);
				return undefined;
		}
	}

	private judge(request: Request, statuses: readonly string[]): Request | undefined {
		const { positions, isolation } = request;
		const retriesLeft = request.retriesUsed < this.settings.maxRetries;
		const outcomes = new Map<string, Outcome>();
		const again: number[] = [];
		statuses.forEach((status, index) => {
			if (status === SERVER_ERROR && retriesLeft) {
				again.push(positions[index]);
				return;
			}
			const outcome = outcomes.get(status) ?? this.outcomeOf(request, status);
			outcomes.set(status, outcome);
			this.ledger.write(positions[index], outcome);
		});
		for (const eventTypeKey of this.switchedOff.learn(positions, statuses)) {
			this.observe({ kind: 'typeSwitchedOff', eventTypeKey });
		}
		if (again.length === 0) return undefined;
		if (again.length === positions.length) return request;
		return partOf(request, again, { retriesUsed: request.retriesUsed, isolation });
	}

	private outcomeOf(request: Request, status: string): Outcome {
		if (status === ACCEPTED) return accepted(request);
		this.stop();
		return notAccepted(request, 'rejected', eventProblem(status));
	}

	/** Splits a refused request, so that in the end each bad event stands alone. */
	private isolate(request: Request, refusal: Problem): void {
		const { positions, isolation = new Isolation() } = request;
		if (request.isolation !== undefined) isolation.refused(refusal);
		if (positions.length === 1) {
			this.settle(request, 'rejected', refusal);
		} else if (isolation.givenUp === undefined) {
			this.observe({ kind: 'split', ...named(request) });
			for (const half of halves(positions)) {
				this.parts.push(partOf(request, half, { retriesUsed: 0, isolation }));
				this.openParts++;
			}
			return;
		} else {
			this.settle(request, 'notSent', isolation.givenUp);
		}
		if (isolation.givenUp !== undefined) this.giveUp(isolation, request);
	}

	private giveUp(isolation: Isolation, request: Request): void {
		const given = this.parts.filter((part) => part.isolation === isolation);
		this.parts = this.parts.filter((part) => part.isolation !== isolation);
		this.openParts -= given.length;
		for (const part of given) this.settle(part, 'notSent', isolation.givenUp ?? problems.stopped);
		this.observe({ kind: 'splitGivenUp', ...named(request) });
		this.stop();
		this.traffic.wake();
	}

	private settle(
		request: Request,
		status: 'rejected' | 'uncertain' | 'notSent',
		problem: Problem,
	): void {
		const outcome = notAccepted(request, status, problem);
		for (const position of request.positions) this.ledger.write(position, outcome);
		if (outcome.status !== 'notSent') this.stop();
	}

	private countFailure(problem: Problem): void {
		this.failuresInARow++;
		if (this.failuresInARow >= FAILURES_THAT_SUFFICE) {
			this.end(problems.gaveUp(this.failuresInARow, problem));
		}
	}

	private async waitBefore(again: Request): Promise<void> {
		const { clock } = this.traffic;
		const waitMs = retryDelay(again.retriesUsed++, clock.random());
		this.observe({ kind: 'eventsAgain', ...named(again), waitMs });
		await this.traffic.rest(waitMs, () => this.whyNot(again) === undefined);
	}

	/** A problem was found: under *Stop Workflow* nothing new starts. */
	private stop(): void {
		if (!this.settings.stopOnProblem || this.stopping) return;
		this.stopping = true;
		this.observe({ kind: 'stop', reason: problems.stopped.reason });
		this.traffic.wake();
	}

	/** Nothing at all starts any more. */
	private end(problem: Problem): void {
		if (this.over !== undefined) return;
		this.over = problem;
		this.observe({ kind: 'stop', reason: problem.reason });
		this.traffic.wake();
	}

	/** Why a request (or, without one, a new request) may not start now; undefined where it may. */
	private whyNot(request?: Request): Problem | undefined {
		if (this.over !== undefined) return this.over;
		if (this.traffic.cancelled) return problems.cancelled;
		if (request?.isolation !== undefined) return request.isolation.givenUp;
		return this.stopping ? problems.stopped : undefined;
	}
}

function named(request: Request): { request: number; events: number } {
	return { request: request.number, events: request.positions.length };
}

/** An answer that does not judge each event judges none. */
function complete(answer: Answer, events: number): Answer {
	return answer.kind === 'results' && answer.statuses.length !== events
		? { kind: 'unreadable', text: `${answer.statuses.length} results for ${events} events` }
		: answer;
}

function atLeastOne(number: number): number {
	return Math.max(1, Math.floor(number) || 1);
}
