import type { Search } from './search';
import type { DeliverySettings } from './settings';
import type { DeliveryFault } from './verdict';

/** One body: the records that are sent together, by their positions. */
export interface Request<Fault> {
	readonly positions: readonly number[];
	/** The last request that carried these records: this one, once it was sent; 0 where none did. */
	number: number;
	/** How often this very body was sent. */
	sent: number;
	/** Retries that its records have behind them. */
	retriesUsed: number;
	/** Why it may be stored already, after an attempt whose end nobody knows. */
	doubt?: DeliveryFault<Fault>;
	/** The search for bad records that this request is a part of. */
	readonly search?: Search<Fault>;
}

/** What is known of records that no request carried. */
export const NEVER_SENT = { number: 0, sent: 0, retriesUsed: 0 } as const;

/** A request for some of the records of another one; what is in doubt stays in doubt. */
export function partOf<Fault>(
	request: Request<Fault>,
	positions: readonly number[],
	history: { retriesUsed: number; search?: Search<Fault> },
): Request<Fault> {
	return { positions, sent: 0, number: request.number, doubt: request.doubt, ...history };
}

/** Requests in a row that nobody could complete, after which the run ends. */
const FAILURES_THAT_SUFFICE = 5;

/** What starts next, how much at a time, and why nothing does any more. */
export class Queue<Fault> {
	private readonly uncut: UncutRecords;
	/** Parts of refused requests that wait, in the order of their making: breadth first. */
	private parts: Array<Request<Fault>> = [];
	/** Parts that have not ended, waiting or begun. */
	private openParts = 0;
	private firstIsThrough = false;
	private failuresInARow = 0;
	private over?: DeliveryFault<Fault>;
	private stopped = false;

	/** @param cancelled whether the user clicked Stop */
	constructor(
		records: number,
		private readonly settings: DeliverySettings,
		sequenceKey: ((position: number) => string) | undefined,
		private readonly cancelled: () => boolean,
	) {
		this.uncut = new UncutRecords(records, settings.batchSize, sequenceKey);
	}

	/** The first request goes alone, and a server that fails gets no more at a time than may still fail. */
	mostInFlight(): number {
		if (!this.firstIsThrough) return 1;
		const { parallelRequests } = this.settings;
		return this.failuresInARow === 0
			? parallelRequests
			: Math.min(parallelRequests, this.failuresThatSuffice - this.failuresInARow);
	}

	/**
	 * The request to begin now: a part of a refused request, else the next records.
	 *
	 * @param leaveOut asked once for each record in its turn: those it says yes to are in no request
	 */
	next(leaveOut: (position: number) => boolean): Request<Fault> | undefined {
		if (this.over !== undefined || this.cancelled()) return undefined;
		const part = this.parts.shift();
		if (part !== undefined) return part;
		// Whether a refused request hides a bad record is not known before the search has ended.
		const searchFirst = this.settings.stopOnProblem && this.openParts > 0;
		if (this.stopped || searchFirst) return undefined;
		const positions = this.uncut.cut(leaveOut);
		return positions.length === 0 ? undefined : { positions, ...NEVER_SENT };
	}

	/** Why a request (without one: a new one) may not start, or not once more; undefined where it may. */
	whyNot(request?: Request<Fault>): DeliveryFault<Fault> | undefined {
		if (this.over !== undefined) return this.over;
		if (this.cancelled()) return { kind: 'cancelled', inFlight: false };
		if (request?.search !== undefined) return request.search.givenUp;
		return this.stopped ? { kind: 'stopped' } : undefined;
	}

	add(part: Request<Fault>): void {
		this.parts.push(part);
		this.openParts++;
	}

	/** A request ended, for good. */
	ended(request: Request<Fault>): void {
		if (request.search !== undefined) this.openParts--;
	}

	/** The outcome of a record is known: the next one of its key may be sent. */
	settled(position: number): void {
		this.uncut.settled(position);
	}

	/** Takes the waiting parts of one search, or all, off the queue. */
	drop(search?: Search<Fault>): Array<Request<Fault>> {
		const stays = (part: Request<Fault>) => search !== undefined && part.search !== search;
		const dropped = this.parts.filter((part) => !stays(part));
		this.parts = this.parts.filter(stays);
		this.openParts -= dropped.length;
		return dropped;
	}

	/** A request was judged or refused: the server works, and the others may follow the first. */
	completed(): void {
		this.firstIsThrough = true;
		this.failuresInARow = 0;
	}

	/** A request ended without anybody being able to complete it. @returns why the run ends, where it does */
	failed(last: DeliveryFault<Fault>): DeliveryFault<Fault> | undefined {
		this.firstIsThrough = true;
		const requestsInARow = ++this.failuresInARow;
		return requestsInARow < this.failuresThatSuffice
			? undefined
			: { kind: 'gaveUp', requestsInARow, last };
	}

	/** Nothing at all starts any more. @returns whether that is new */
	end(why: DeliveryFault<Fault>): boolean {
		if (this.over !== undefined) return false;
		this.over = why;
		return true;
	}

	/** A problem was found: where it stops the run only parts of refused requests start. @returns whether that is new */
	problemFound(): boolean {
		if (this.stopped || !this.settings.stopOnProblem) return false;
		this.stopped = true;
		return true;
	}

	private get failuresThatSuffice(): number {
		return this.settings.giveUpAfter ?? FAILURES_THAT_SUFFICE;
	}
}

/**
 * The records that are in no request yet. They leave in their order, but for those whose key another record on its way has: these
 * wait until its outcome is known.
 */
class UncutRecords {
	private next = 0;
	/** Records that waited and may leave now. */
	private readonly released: number[] = [];
	/** Keys of records on their way, each with the records that wait for it. */
	private readonly waiting = new Map<string, number[]>();

	constructor(
		private readonly records: number,
		private readonly batchSize: number,
		private readonly sequenceKey: ((position: number) => string) | undefined,
	) {}

	cut(leaveOut: (position: number) => boolean): number[] {
		const positions: number[] = [];
		while (positions.length < this.batchSize) {
			const position = this.take();
			if (position === undefined) break;
			if (!leaveOut(position)) positions.push(position);
		}
		return positions;
	}

	settled(position: number): void {
		if (this.sequenceKey === undefined) return;
		const key = this.sequenceKey(position);
		const next = this.waiting.get(key)?.shift();
		if (next === undefined) this.waiting.delete(key);
		else this.released.push(next);
	}

	private take(): number | undefined {
		const released = this.released.shift();
		if (released !== undefined) return released;
		while (this.next < this.records) {
			const position = this.next++;
			if (this.mayLeave(position)) return position;
		}
		return undefined;
	}

	private mayLeave(position: number): boolean {
		if (this.sequenceKey === undefined) return true;
		const key = this.sequenceKey(position);
		const others = this.waiting.get(key);
		if (others === undefined) this.waiting.set(key, []);
		else others.push(position);
		return others === undefined;
	}
}
