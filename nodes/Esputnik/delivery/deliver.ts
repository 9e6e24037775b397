import type { Answer } from '../resources/pastEvent/pastEvents';
import type { Problem } from '../problem';
import { sendWithRetries, type Ending } from './attempts';
import type { Clock } from './clock';
import { typeSwitchedOff } from '../resources/pastEvent/send/eventProblems';
import { halves, Isolation } from './isolation';
import { completeAnswer, judgeEvents } from '../resources/pastEvent/send/judgement';
import { Ledger, notAccepted } from './ledger';
import type { DeliveryNote } from './notes';
import type { Outcome } from './outcome';
import * as problems from './problems';
import { NEVER_SENT, partOf, type Request } from './requests';
import { retryDelay } from './retryPolicy';
import { Schedule } from './schedule';
import { sane, type DeliverySettings } from './settings';
import { SwitchedOffTypes } from '../resources/pastEvent/send/switchedOffTypes';
import { Traffic } from './traffic';

export type { Clock } from './clock';
export { noteText, type DeliveryNote } from './notes';
export type { DeliverySettings } from './settings';

/** One attempt to hand over events; where it throws, nobody knows whether they were taken. */
export type Send<Event> = (events: readonly Event[]) => Promise<Answer>;

export interface DeliveryReport {
	/** One for each event, in the order of the events. */
	readonly outcomes: Outcome[];
	/** Bodies sent. */
	readonly requests: number;
	/** Attempts beyond the first of a body. */
	readonly retries: number;
	readonly durationMs: number;
}

/**
 * Delivers events: none lost, none twice, and what became of each. See `classify` for what is sent again and when.
 *
 * Never throws, whatever `send` does. Once the signal is aborted it ends at once, without waiting for the requests in flight.
 *
 * @param events of any kind and number; cut into requests as they are needed
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
	const saneSettings = sane(settings);
	const traffic = new Traffic(clock, saneSettings.requestsPerSecond, signal);
	try {
		return await new Delivery(events, send, saneSettings, traffic, observe).run();
	} finally {
		traffic.close();
	}
}

class Delivery<Event> {
	private readonly ledger: Ledger;
	private readonly schedule: Schedule;
	private readonly switchedOff: SwitchedOffTypes;
	private inFlight = 0;
	private requests = 0;
	private retries = 0;

	constructor(
		private readonly events: readonly Event[],
		private readonly send: Send<Event>,
		private readonly settings: DeliverySettings,
		private readonly traffic: Traffic,
		private readonly observe: (note: DeliveryNote) => void,
	) {
		this.ledger = new Ledger(events.length);
		this.schedule = new Schedule(events.length, settings, () => traffic.cancelled);
		this.switchedOff = new SwitchedOffTypes(settings.eventTypeOf);
	}

	async run(): Promise<DeliveryReport> {
		const { clock } = this.traffic;
		const started = clock.now();
		await new Promise<void>((done, failed) => this.startMore(done, failed));
		const why = this.schedule.whyNot() ?? problems.stopped;
		for (const part of this.schedule.drop()) this.settle(part, 'notSent', why);
		return {
			outcomes: this.ledger.close(notAccepted(NEVER_SENT, 'notSent', why)),
			requests: this.requests,
			retries: this.retries,
			durationMs: clock.now() - started,
		};
	}

	/** Begins what may begin now; called again whenever that may have changed. */
	private startMore(done: () => void, failed: (error: unknown) => void): void {
		while (this.inFlight < this.schedule.mostInFlight()) {
			const request = this.schedule.next((position) => this.leaveOut(position));
			if (request === undefined) break;
			this.inFlight++;
			this.carry(request, () => this.startMore(done, failed)).then(() => {
				this.inFlight--;
				this.schedule.ended(request);
				this.startMore(done, failed);
			}, failed);
		}
		if (this.inFlight === 0) done();
	}

	private leaveOut(position: number): boolean {
		const leaveOut = this.switchedOff.has(position);
		if (leaveOut) this.record(position, notAccepted(NEVER_SENT, 'notSent', typeSwitchedOff));
		return leaveOut;
	}

	/** Carries a request to its end, and after it the events of it that eSputnik could not queue. */
	private async carry(request: Request, onAnswer: () => void): Promise<void> {
		let current: Request | undefined = request;
		while (current !== undefined) {
			const again = this.conclude(current, await this.attempt(current));
			onAnswer();
			if (again !== undefined) await this.waitBefore(again);
			current = again;
		}
	}

	private async attempt(request: Request): Promise<Ending> {
		const { schedule, settings, traffic } = this;
		const events = request.positions.map((position) => this.events[position]);
		return await sendWithRetries(
			async () => completeAnswer(await this.send(events), events.length),
			request,
			{
				maxRetries: settings.maxRetries,
				onUncertain: settings.onUncertain,
				mayGoOn: () => schedule.whyNot(request) === undefined,
				starting: () => {
					if (request.sent === 0) request.number = ++this.requests;
					else this.retries++;
				},
				retrying: ({ reason }, waitMs) => {
					const attempt = request.sent + 1;
					this.observe({ kind: 'retry', ...named(request), attempt, waitMs, reason });
				},
			},
			traffic,
		);
	}

	private async waitBefore(again: Request): Promise<void> {
		const mayGoOn = () => this.schedule.whyNot(again) === undefined;
		if (!mayGoOn()) return;
		const { clock } = this.traffic;
		const waitMs = retryDelay(again.retriesUsed++, clock.random());
		this.observe({ kind: 'eventsAgain', ...named(again), waitMs });
		await this.traffic.rest(waitMs, mayGoOn);
	}

	/** @returns the events to send once more: those that eSputnik could not queue */
	private conclude(request: Request, ending: Ending): Request | undefined {
		const { schedule } = this;
		switch (ending.kind) {
			case 'judged':
				schedule.completed();
				request.isolation?.taken();
				return this.judge(request, ending.statuses);
			case 'refused':
				schedule.completed();
				this.isolate(request, ending.problem);
				return undefined;
			case 'fatal':
				this.settle(request, 'notSent', ending.problem);
				this.end(ending.problem);
				return undefined;
			case 'later':
			case 'uncertain': {
				this.settle(request, ending.kind === 'later' ? 'notSent' : 'uncertain', ending.problem);
				this.observe({ kind: 'gaveUp', ...named(request), reason: ending.problem.reason });
				const enough = schedule.failed(ending.problem);
				if (enough !== undefined) this.end(enough);
				return undefined;
			}
			case 'cancelled':
				this.settle(request, 'uncertain', ending.problem);
				this.end(problems.cancelled);
				return undefined;
			case 'stopped':
				this.settle(request, 'notSent', schedule.whyNot(request) ?? problems.stopped);
				return undefined;
		}
	}

	private judge(request: Request, statuses: readonly string[]): Request | undefined {
		const { positions, retriesUsed, isolation } = request;
		const retriesLeft = retriesUsed < this.settings.maxRetries;
		const again = judgeEvents(request, statuses, retriesLeft, (position, outcome) =>
			this.record(position, outcome),
		);
		for (const eventTypeKey of this.switchedOff.learn(positions, statuses)) {
			this.observe({ kind: 'typeSwitchedOff', eventTypeKey });
		}
		if (again.length === 0) return undefined;
		return again.length === positions.length
			? request
			: partOf(request, again, { retriesUsed, isolation });
	}

	/** Splits a refused request, so that in the end each bad event stands alone. */
	private isolate(request: Request, refusal: Problem): void {
		const { positions, isolation = new Isolation() } = request;
		const isPart = request.isolation !== undefined;
		const searchEnds = isPart && isolation.refused(refusal);
		const parts = halves(positions).map((half) =>
			partOf(request, half, { retriesUsed: 0, isolation }),
		);
		const whyNot = isolation.givenUp ?? this.schedule.whyNot(parts[0]);
		if (positions.length === 1) {
			this.settle(request, 'rejected', refusal);
		} else if (whyNot !== undefined) {
			this.settle(request, 'notSent', whyNot);
		} else {
			this.observe({ kind: 'split', ...named(request) });
			for (const part of parts) this.schedule.add(part);
		}
		if (searchEnds) this.giveUp(request, isolation);
	}

	private giveUp(request: Request, isolation: Isolation): void {
		this.observe({ kind: 'splitGivenUp', ...named(request) });
		for (const part of this.schedule.drop(isolation)) {
			this.settle(part, 'notSent', isolation.givenUp ?? problems.stopped);
		}
		this.problemFound();
		this.traffic.wake();
	}

	private settle(
		request: Request,
		status: 'rejected' | 'uncertain' | 'notSent',
		problem: Problem,
	): void {
		const outcome = notAccepted(request, status, problem);
		for (const position of request.positions) this.record(position, outcome);
	}

	private record(position: number, outcome: Outcome): void {
		this.ledger.write(position, outcome);
		if (outcome.status === 'rejected' || outcome.status === 'uncertain') this.problemFound();
	}

	private problemFound(): void {
		if (this.schedule.problemFound()) this.tellOfStop(problems.stopped);
	}

	private end(why: Problem): void {
		if (this.schedule.end(why)) this.tellOfStop(why);
	}

	private tellOfStop({ reason }: Problem): void {
		this.observe({ kind: 'stop', reason });
		this.traffic.wake();
	}
}

function named(request: Request): { request: number; events: number } {
	return { request: request.number, events: request.positions.length };
}
