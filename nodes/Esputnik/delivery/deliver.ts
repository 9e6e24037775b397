import type { DeliveryNote } from './notes';
import type { Outcome } from './outcome';
import { NEVER_SENT, partOf, Queue, type DeliveryRequest } from './queue';
import { halves, oneAndOthers, Search, Searches, type Refusal } from './search';
import { sane, type DeliverySettings } from './settings';
import type { Slowing } from './pace';
import { retryDelay, Traffic, type Clock } from './traffic';
import type { DeliveryFault, RecordVerdict, Verdict, Words } from './verdict';

export { noteText, type DeliveryNote } from './notes';
export type { DeliverySettings } from './settings';
export type { Clock } from './traffic';

/** What is delivered, and what its resource knows of it. A record is told by its position: 0 for the first. */
export interface Consignment<Fault, Receipt = unknown> {
	readonly records: number;
	/**
	 * One attempt to hand over the records at these positions, `batchSize` at most, and what its answer says. Where it throws, nobody
	 * knows whether they were taken.
	 */
	readonly send: (positions: readonly number[]) => Promise<Verdict<Fault, Receipt>>;
	readonly words: Words<Fault>;
	/** Asked for each record right before its request is made: why it is not to be sent, where it is not. */
	readonly leaveOut?: (position: number) => Fault | undefined;
	/** Records of one key are never on their way at the same time, and leave in their order. */
	readonly sequenceKey?: (position: number) => string;
	/** What records that may be refused for one cause have in common, such as their type: where a request is refused, kinds are told apart. */
	readonly kindOf?: (position: number) => string;
	/** Only records of one key go together in a request; give records of a key one after another. */
	readonly batchKey?: (position: number) => unknown;
	/** Told of each retry, split and stop. */
	readonly observe?: (note: DeliveryNote) => void;
}

export interface DeliveryReport<Receipt = unknown> {
	/** One for each record, in their order. */
	readonly outcomes: Array<Outcome<Receipt>>;
	/** Bodies sent. */
	readonly requests: number;
	/** Attempts beyond the first of a body. */
	readonly retries: number;
	/** The most requests that were in flight at once. */
	readonly mostInFlight: number;
	/** How often their number went down, and why; empty where it is fixed. */
	readonly slowings: Readonly<Partial<Record<Slowing, number>>>;
	readonly durationMs: number;
}

/**
 * Delivers records: none lost, none twice, and what became of each.
 *
 * Never throws, whatever `send` does. Once the signal is aborted it ends at once, without waiting for the requests in flight.
 * One after another is `parallelRequests: 1`.
 *
 * The way of a request; `after` is the pause that the answer asks for, or the backoff:
 *
 *     records ──▶ queued ──▶ waits for its turn ──▶ in flight ──▶ judged ──▶ accepted, rejected, record by record
 *                   ▲                ▲                  │            └ not queued: those alone, after ──▶ waits for its turn
 *                   │                │                  ├─▶ later ──── after ──▶ waits for its turn; no retry left: notSent
 *                   │                │                  ├─▶ uncertain ─ where it is resent: after ──▶ waits for its turn; else uncertain
 *                   └──── its parts ─┼──────────────────┼─▶ refused ── one record: rejected
 *                                    │                  ├─▶ fatal ──── notSent, and the run ends
 *                                    └──────────────────┴─▶ cancelled ─ uncertain, and the run ends
 *
 * The run ends, and whatever is not in flight becomes notSent: after a fatal answer, after a click on Stop, once `giveUpAfter` requests in
 * a row could not be completed, and under `stopOnProblem` once a record is rejected or uncertain.
 */
export async function deliver<Fault, Receipt = unknown>(
	consignment: Consignment<Fault, Receipt>,
	settings: DeliverySettings,
	clock: Clock,
	signal?: AbortSignal,
): Promise<DeliveryReport<Receipt>> {
	const traffic = new Traffic(clock, sane(settings).requestsPerSecond, signal);
	try {
		return await deliverThrough(traffic, consignment, settings);
	} finally {
		traffic.close();
	}
}

/** The same within traffic that other requests of the run share. */
export async function deliverThrough<Fault, Receipt = unknown>(
	traffic: Traffic,
	consignment: Consignment<Fault, Receipt>,
	settings: DeliverySettings,
): Promise<DeliveryReport<Receipt>> {
	return await new Delivery(consignment, sane(settings), traffic).run();
}

/** How the attempts of a request ended; `later` means that the retries are used up, `stopped` that it was not to go on. */
type Ending<Fault, Receipt> =
	| Exclude<Verdict<Fault, Receipt>, { kind: 'cancelled' | 'later' | 'uncertain' }>
	| { readonly kind: 'later' | 'uncertain' | 'cancelled'; readonly why: DeliveryFault<Fault> }
	| { readonly kind: 'stopped' };

class Delivery<Fault, Receipt> {
	private readonly outcomes: Array<Outcome<Receipt> | undefined>;
	private readonly queue: Queue<Fault>;
	private readonly searches: Searches;
	private inFlight = 0;
	private requests = 0;
	private retries = 0;

	constructor(
		private readonly consignment: Consignment<Fault, Receipt>,
		private readonly settings: DeliverySettings,
		private readonly traffic: Traffic,
	) {
		const { records, sequenceKey, batchKey, kindOf } = consignment;
		if (settings.parallelRequests === 0)
			traffic.adapt((slowed) => this.tell({ kind: 'slowed', ...slowed }));
		this.searches = new Searches(records, kindOf);
		this.outcomes = new Array<Outcome<Receipt> | undefined>(records).fill(undefined);
		this.queue = new Queue(
			records,
			settings,
			this.searches,
			{ sequenceKey, batchKey },
			() => traffic.allowed(settings.parallelRequests),
			() => traffic.cancelled,
		);
	}

	async run(): Promise<DeliveryReport<Receipt>> {
		const { clock } = this.traffic;
		const started = clock.now();
		await new Promise<void>((done, failed) => this.startMore(done, failed));
		const why = this.queue.whyNot() ?? STOPPED;
		for (const part of this.queue.take()) this.settle(part, 'notSent', why);
		const rest = this.notAccepted(NEVER_SENT, 'notSent', why);
		return {
			outcomes: this.outcomes.map((outcome) => outcome ?? rest),
			requests: this.requests,
			retries: this.retries,
			mostInFlight: this.traffic.mostInFlight,
			slowings: this.traffic.slowings,
			durationMs: clock.now() - started,
		};
	}

	/** Begins what may begin now; called again whenever that may have changed. */
	private startMore(done: () => void, failed: (error: unknown) => void): void {
		while (this.inFlight < this.queue.mostInFlight()) {
			const request = this.queue.next((position) => this.leaveOut(position));
			if (request === undefined) break;
			this.inFlight++;
			this.carry(request, () => this.startMore(done, failed)).then(() => {
				this.inFlight--;
				this.queue.ended(request);
				this.startMore(done, failed);
			}, failed);
		}
		if (this.inFlight === 0) done();
	}

	private leaveOut(position: number): boolean {
		const fault = this.consignment.leaveOut?.(position);
		if (fault === undefined) return false;
		this.record(position, this.notAccepted(NEVER_SENT, 'notSent', { kind: 'answer', fault }));
		return true;
	}

	/** Carries a request to its end, and after it the records of it that could not be queued. */
	private async carry(request: DeliveryRequest<Fault>, onAnswer: () => void): Promise<void> {
		let current: DeliveryRequest<Fault> | undefined = request;
		while (current !== undefined) {
			const again = this.conclude(current, await this.sendWithRetries(current));
			onAnswer();
			if (again !== undefined) await this.waitBefore(again);
			current = again;
		}
	}

	/** Sends one request until it was judged, refused or lost, or its retries are used up. */
	private async sendWithRetries(request: DeliveryRequest<Fault>): Promise<Ending<Fault, Receipt>> {
		const { settings, traffic } = this;
		const mayGoOn = () => this.queue.whyNot(request) === undefined;
		for (;;) {
			const ending = await this.attempt(request, mayGoOn);
			const resend = ending.kind === 'uncertain' && settings.onUncertain === 'resend';
			if (ending.kind !== 'later' && !resend) return ending;

			const retryAfterMs = ending.kind === 'later' ? ending.retryAfterMs : undefined;
			const waitMs = retryDelay(request.retriesUsed, traffic.clock.random(), retryAfterMs);
			// The limits are those of the account: what one request is told holds for all.
			if (ending.kind === 'later') traffic.hold(waitMs);
			if (request.retriesUsed >= settings.maxRetries) return ending;

			if (!mayGoOn()) return { kind: 'stopped' };
			request.retriesUsed++;
			const { reason } = this.consignment.words(ending.why);
			this.tell({ kind: 'retry', ...named(request), attempt: request.sent + 1, waitMs, reason });
			await traffic.rest(waitMs, mayGoOn);
		}
	}

	private async attempt(
		request: DeliveryRequest<Fault>,
		mayGoOn: () => boolean,
	): Promise<Ending<Fault, Receipt> & { readonly retryAfterMs?: number }> {
		const { consignment, traffic } = this;
		const start = await traffic.turn(mayGoOn);
		if (start === undefined) return { kind: 'stopped' };

		if (request.sent === 0) {
			request.number = ++this.requests;
			this.queue.begun(request);
		} else this.retries++;
		request.sent++;
		const verdict = await traffic.send(
			async () => await consignment.send(request.positions),
			start,
			loadOf,
		);
		const ending = endingOf(verdict, request.positions.length);
		if (ending.kind === 'uncertain' || ending.kind === 'cancelled') request.doubt = ending.why;
		return ending;
	}

	private async waitBefore(again: DeliveryRequest<Fault>): Promise<void> {
		const mayGoOn = () => this.queue.whyNot(again) === undefined;
		if (!mayGoOn()) return;
		const { clock } = this.traffic;
		const waitMs = retryDelay(again.retriesUsed++, clock.random());
		this.tell({ kind: 'recordsAgain', ...named(again), waitMs });
		await this.traffic.rest(waitMs, mayGoOn);
	}

	/** @returns the records to send once more: those that could not be queued */
	private conclude(
		request: DeliveryRequest<Fault>,
		ending: Ending<Fault, Receipt>,
	): DeliveryRequest<Fault> | undefined {
		const { queue } = this;
		switch (ending.kind) {
			case 'judged':
				queue.completed();
				request.part?.search.taken(request.positions);
				return this.judge(request, ending.records);
			case 'refused':
				queue.completed();
				this.search(request, ending);
				return undefined;
			case 'fatal': {
				const why = { kind: 'answer', fault: ending.fault } as const;
				this.settle(request, 'notSent', why);
				this.end(why);
				return undefined;
			}
			case 'later':
			case 'uncertain': {
				const problem = this.settle(
					request,
					ending.kind === 'later' ? 'notSent' : 'uncertain',
					ending.why,
				);
				this.tell({ kind: 'gaveUp', ...named(request), reason: problem.reason });
				const enough = queue.failed(request, ending.why);
				if (enough !== undefined) this.end(enough);
				return undefined;
			}
			case 'cancelled':
				this.settle(request, 'uncertain', ending.why);
				this.end({ kind: 'cancelled', inFlight: false });
				return undefined;
			case 'stopped':
				this.settle(request, 'notSent', queue.whyNot(request) ?? STOPPED);
				return undefined;
		}
	}

	private judge(
		request: DeliveryRequest<Fault>,
		records: ReadonlyArray<RecordVerdict<Fault, Receipt>>,
	): DeliveryRequest<Fault> | undefined {
		const { positions, retriesUsed, part } = request;
		const retriesLeft = retriesUsed < this.settings.maxRetries;
		const outcomes = new Map<RecordVerdict<Fault, Receipt>, Outcome<Receipt>>();
		const again: number[] = [];
		records.forEach((verdict, index) => {
			if (verdict.kind === 'notQueued' && retriesLeft) {
				again.push(positions[index]);
				return;
			}
			const outcome = outcomes.get(verdict) ?? this.outcomeOf(request, verdict);
			outcomes.set(verdict, outcome);
			this.record(positions[index], outcome);
		});
		if (again.length === 0) return undefined;
		return again.length === positions.length
			? request
			: partOf(request, again, { retriesUsed, part });
	}

	/** Divides a refused request, so that in the end each bad record stands alone. */
	private search(request: DeliveryRequest<Fault>, refusal: Refusal<Fault>): void {
		const { positions, part } = request;
		const search = part?.search ?? new Search(this.searches, positions.length);
		const kind = part?.probeOf ?? part?.kind ?? search.kindOf(positions);
		const waiting = this.queue.waiting(search, kind);
		const step = search.refused(positions, refusal, part, waiting);
		const notTried = { kind: 'notTriedAlone', refusal: refusal.fault } as const;
		if (positions.length === 1) {
			this.settle(request, 'rejected', { kind: 'answer', fault: refusal.fault });
		} else {
			const whyNot = this.queue.whyNot() ?? undefined;
			const isOver = whyNot !== undefined && whyNot.kind !== 'stopped';
			if (isOver) this.settle(request, 'notSent', whyNot);
			else if (step === 'giveUp' || !this.divide(request, search, kind, refusal, step)) {
				this.settle(request, 'notSent', notTried);
				this.tell({ kind: 'splitGivenUp', ...named(request) });
				this.giveUp();
			}
		}
		if (step === 'giveUp') this.giveUpKind(request, search, kind);
	}

	/** @returns whether the search may still cost so much */
	private divide(
		request: DeliveryRequest<Fault>,
		search: Search<Fault>,
		kind: string,
		refusal: Refusal<Fault>,
		step: 'goOn' | 'probe',
	): boolean {
		const pieces = search.divide(request.positions, refusal);
		const add = (parts: ReadonlyArray<DeliveryRequest<Fault>>) => this.queue.add(parts);
		const asPart = (of: DeliveryRequest<Fault>, positions: readonly number[], probeOf?: string) =>
			partOf(of, positions, {
				retriesUsed: 0,
				part: { search, kind: search.kindOf(positions), probeOf },
			});
		if (step === 'goOn') {
			if (!this.searches.afford(pieces.length)) return false;
			this.tell({ kind: 'split', ...named(request) });
			add(pieces.map((positions) => asPart(request, positions)));
			return true;
		}
		const others = this.queue.take(search, kind);
		const quarters = others.length > 0 ? pieces : pieces.flatMap((piece) => halves(piece));
		const parts = [...quarters.map((positions) => asPart(request, positions)), ...others].flatMap(
			(part) => {
				if (part.positions.length === 1) return [asPart(part, part.positions, kind)];
				const [one, rest] = oneAndOthers(part.positions);
				return [asPart(part, one, kind), asPart(part, rest)];
			},
		);
		if (!this.searches.afford(parts.length - others.length)) {
			add(others);
			return false;
		}
		this.tell({ kind: 'probe', ...named(request) });
		const probes = parts.filter(({ part }) => part?.probeOf !== undefined);
		search.probing(kind, refusal.cause, probes.length);
		add(parts);
		return true;
	}

	private giveUpKind(request: DeliveryRequest<Fault>, search: Search<Fault>, kind: string): void {
		const dropped = this.queue.take(search, kind);
		if (dropped.length === 0) return;
		this.searches.giveBack(dropped.length);
		this.tell({ kind: 'splitGivenUp', ...named(request) });
		for (const part of dropped) {
			this.settle(part, 'notSent', search.givenUp(kind) ?? STOPPED);
		}
		this.giveUp();
	}

	private giveUp(): void {
		this.problemFound();
		this.traffic.wake();
	}

	private settle(
		request: DeliveryRequest<Fault>,
		status: 'rejected' | 'uncertain' | 'notSent',
		why: DeliveryFault<Fault>,
	) {
		const outcome = this.notAccepted(request, status, why);
		for (const position of request.positions) this.record(position, outcome);
		return outcome.problem;
	}

	private outcomeOf(
		request: DeliveryRequest<Fault>,
		verdict: RecordVerdict<Fault, Receipt>,
	): Outcome<Receipt> {
		if (verdict.kind !== 'accepted') {
			const status = verdict.kind === 'uncertain' ? 'uncertain' : 'rejected';
			return this.notAccepted(request, status, { kind: 'answer', fault: verdict.fault });
		}
		const accepted = { status: 'accepted', request: request.number } as const;
		const { receipt } = verdict;
		return Object.freeze(receipt === undefined ? accepted : { ...accepted, receipt });
	}

	/**
	 * What became of records of a request that were not accepted. Where an attempt before this end may have stored them, they stay
	 * uncertain: a server may also refuse a record because it has it.
	 */
	private notAccepted(
		{ number, doubt }: Pick<DeliveryRequest<Fault>, 'number' | 'doubt'>,
		status: 'rejected' | 'uncertain' | 'notSent',
		why: DeliveryFault<Fault>,
	) {
		const later = { kind: 'stillInDoubt', doubt: doubt ?? why, later: why } as const;
		const problem = this.consignment.words(doubt === undefined || doubt === why ? why : later);
		const outcome = { status: doubt === undefined ? status : 'uncertain', problem } as const;
		return Object.freeze(number === 0 ? outcome : { ...outcome, request: number });
	}

	private record(position: number, outcome: Outcome<Receipt>): void {
		this.outcomes[position] = outcome;
		this.queue.settled(position);
		if (outcome.status === 'rejected' || outcome.status === 'uncertain') this.problemFound();
	}

	private problemFound(): void {
		if (this.queue.problemFound()) this.tellOfStop(STOPPED);
	}

	private end(why: DeliveryFault<Fault>): void {
		if (this.queue.end(why)) this.tellOfStop(why);
	}

	private tellOfStop(why: DeliveryFault<Fault>): void {
		this.tell({ kind: 'stop', reason: this.consignment.words(why).reason });
		this.traffic.wake();
	}

	private tell(note: DeliveryNote): void {
		this.consignment.observe?.(note);
	}
}

const STOPPED = { kind: 'stopped' } as const;

function endingOf<Fault, Receipt>(
	verdict: Verdict<Fault, Receipt> | 'broken' | 'cancelled',
	records: number,
): Ending<Fault, Receipt> & { readonly retryAfterMs?: number } {
	if (verdict === 'broken') return { kind: 'uncertain', why: { kind: 'broken' } };
	if (verdict === 'cancelled' || verdict.kind === 'cancelled') {
		return { kind: 'cancelled', why: { kind: 'cancelled', inFlight: true } };
	}
	if (verdict.kind === 'later' || verdict.kind === 'uncertain') {
		return { ...verdict, why: { kind: 'answer', fault: verdict.fault } };
	}
	return verdict.kind === 'judged' && verdict.records.length !== records
		? { kind: 'uncertain', why: { kind: 'broken' } }
		: verdict;
}

/** What the end of an attempt says of the load that the server bears. */
function loadOf(verdict: Verdict<unknown> | 'broken'): 'answered' | 'limited' | 'failed' {
	if (verdict === 'broken') return 'failed';
	if (verdict.kind === 'later') return verdict.tooMany === true ? 'limited' : 'failed';
	return verdict.kind === 'uncertain' ? 'failed' : 'answered';
}

function named(request: DeliveryRequest<unknown>): { request: number; records: number } {
	return { request: request.number, records: request.positions.length };
}
