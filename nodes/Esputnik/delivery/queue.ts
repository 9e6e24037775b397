import type { Part, Search, Searches } from './search';
import type { DeliverySettings } from './settings';
import type { DeliveryFault } from './verdict';

/** One body: the records that are sent together, by their positions. */
export interface DeliveryRequest<Fault> {
	readonly positions: readonly number[];
	/** The last request that carried these records: this one, once it was sent; 0 where none did. */
	number: number;
	/** How often this very body was sent. */
	sent: number;
	/** Retries that its records have behind them. */
	retriesUsed: number;
	/** Why it may be stored already, after an attempt whose end nobody knows. */
	doubt?: DeliveryFault<Fault>;
	/** Where it is a part of a refused request. */
	readonly part?: Part<Fault>;
	/** Whether the request that ended before its first attempt could be completed, or none had ended. */
	startedWell?: boolean;
}

/** What is known of records that no request carried. */
export const NEVER_SENT = { number: 0, sent: 0, retriesUsed: 0 } as const;

/** A request for some of the records of another one; what is in doubt stays in doubt. */
export function partOf<Fault>(
	request: DeliveryRequest<Fault>,
	positions: readonly number[],
	history: { retriesUsed: number; part?: Part<Fault> },
): DeliveryRequest<Fault> {
	return { positions, sent: 0, number: request.number, doubt: request.doubt, ...history };
}

/** What keeps records apart. */
export interface RecordKeys {
	/** Records of one key are never on their way at the same time, and leave in their order. */
	readonly sequenceKey?: (position: number) => string;
	/** Only records of one key go together in a request. */
	readonly batchKey?: (position: number) => unknown;
}

/** Requests in a row that nobody could complete, after which the run ends. */
const FAILURES_THAT_SUFFICE = 5;

/** What starts next, how much at a time, and why nothing does any more. */
export class Queue<Fault> {
	private readonly uncut: UncutRecords;
	/** Parts of refused requests that wait, in the order of their making: breadth first. */
	private parts: Array<DeliveryRequest<Fault>> = [];
	/** Parts that have not ended, waiting or begun. */
	private openParts = 0;
	private firstIsThrough = false;
	private failuresInARow = 0;
	private over?: DeliveryFault<Fault>;
	private stopped = false;

	/**
	 * @param allowed how many requests may be in flight
	 * @param cancelled whether the user clicked Stop
	 */
	constructor(
		records: number,
		private readonly settings: DeliverySettings,
		private readonly searches: Searches,
		keys: RecordKeys,
		private readonly allowed: () => number,
		private readonly cancelled: () => boolean,
	) {
		this.uncut = new UncutRecords(records, keys);
	}

	/** The first request goes alone, and a server that fails gets no more at a time than may still fail. */
	mostInFlight(): number {
		if (!this.firstIsThrough) return 1;
		const allowed = this.allowed();
		return this.failuresInARow === 0
			? allowed
			: Math.min(allowed, this.failuresThatSuffice - this.failuresInARow);
	}

	/**
	 * The request to begin now: a part of a refused request, else the next records.
	 *
	 * @param leaveOut asked once for each record in its turn: those it says yes to are in no request
	 */
	next(leaveOut: (position: number) => boolean): DeliveryRequest<Fault> | undefined {
		if (this.over !== undefined || this.cancelled()) return undefined;
		const part = this.parts.shift();
		if (part !== undefined) return part;
		// Whether a refused request hides a bad record is not known before the search has ended.
		const searchFirst = this.settings.stopOnProblem && this.openParts > 0;
		if (this.stopped || searchFirst) return undefined;
		const { batchSize } = this.settings;
		const most = Math.min(batchSize, this.searches.largestRequest);
		const positions = this.uncut.cut(most, leaveOut);
		return positions.length === 0 ? undefined : { positions, ...NEVER_SENT };
	}

	/** Why a request (without one: a new one) may not start, or not once more; undefined where it may. */
	whyNot(request?: DeliveryRequest<Fault>): DeliveryFault<Fault> | undefined {
		if (this.over !== undefined) return this.over;
		if (this.cancelled()) return { kind: 'cancelled', inFlight: false };
		if (request?.part !== undefined) return request.part.search.givenUp(request.part.kind);
		return this.stopped ? { kind: 'stopped' } : undefined;
	}

	/** Parts of refused requests are to be sent: the probes among them before all others. */
	add(parts: ReadonlyArray<DeliveryRequest<Fault>>): void {
		const isProbe = ({ part }: DeliveryRequest<Fault>) => part?.probeOf !== undefined;
		this.parts.push(...parts.filter((part) => !isProbe(part)));
		this.parts.unshift(...parts.filter(isProbe));
		this.openParts += parts.length;
	}

	/** How many records of a kind wait in parts of a search. */
	waiting(search: Search<Fault>, kind: string): number {
		const parts = this.parts.filter(({ part }) => part?.search === search && part.kind === kind);
		return parts.reduce((sum, { positions }) => sum + positions.length, 0);
	}

	/** A request ended, for good. */
	ended(request: DeliveryRequest<Fault>): void {
		if (request.part !== undefined) this.openParts--;
	}

	/** The outcome of a record is known: the next one of its key may be sent. */
	settled(position: number): void {
		this.uncut.settled(position);
	}

	/** Takes the waiting parts of one kind of a search, or all, off the queue. */
	take(search?: Search<Fault>, kind?: string): Array<DeliveryRequest<Fault>> {
		const isMeant = ({ part }: DeliveryRequest<Fault>) =>
			search === undefined || (part?.search === search && part.kind === kind);
		const taken = this.parts.filter(isMeant);
		this.parts = this.parts.filter((part) => !isMeant(part));
		this.openParts -= taken.length;
		return taken;
	}

	/** A request was judged or refused: the server works, and the others may follow the first. */
	completed(): void {
		this.firstIsThrough = true;
		this.failuresInARow = 0;
	}

	/** The first attempt of a request is made. */
	begun(request: DeliveryRequest<Fault>): void {
		request.startedWell = this.failuresInARow === 0;
	}

	/**
	 * A request ended without anybody being able to complete it. Those that were in flight together when the server began to fail count as
	 * one: a server that starts anew ends no run.
	 *
	 * @returns why the run ends, where it does
	 */
	failed(
		request: DeliveryRequest<Fault>,
		last: DeliveryFault<Fault>,
	): DeliveryFault<Fault> | undefined {
		this.firstIsThrough = true;
		this.failuresInARow =
			request.startedWell === true ? Math.max(1, this.failuresInARow) : this.failuresInARow + 1;
		const requestsInARow = this.failuresInARow;
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
		private readonly keys: RecordKeys,
	) {}

	/** @param most how many at a time */
	cut(most: number, leaveOut: (position: number) => boolean): number[] {
		const positions: number[] = [];
		while (positions.length < most) {
			const position = this.take();
			if (position === undefined) break;
			if (positions.length > 0 && !this.goTogether(positions[0], position)) {
				this.released.unshift(position);
				break;
			}
			if (!leaveOut(position)) positions.push(position);
		}
		return positions;
	}

	settled(position: number): void {
		const { sequenceKey } = this.keys;
		if (sequenceKey === undefined) return;
		const key = sequenceKey(position);
		const next = this.waiting.get(key)?.shift();
		if (next === undefined) this.waiting.delete(key);
		else this.released.push(next);
	}

	private goTogether(one: number, another: number): boolean {
		const { batchKey } = this.keys;
		return batchKey === undefined || batchKey(one) === batchKey(another);
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
		const { sequenceKey } = this.keys;
		if (sequenceKey === undefined) return true;
		const key = sequenceKey(position);
		const others = this.waiting.get(key);
		if (others === undefined) this.waiting.set(key, []);
		else others.push(position);
		return others === undefined;
	}
}
