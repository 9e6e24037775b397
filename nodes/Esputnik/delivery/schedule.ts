import type { Problem } from '../problem';
import type { Isolation } from './isolation';
import * as problems from './problems';
import { RequestCutter, type Request } from './requests';
import type { DeliverySettings } from './settings';

/** Requests in a row that nobody could complete, after which the run ends. */
const FAILURES_THAT_SUFFICE = 5;

/** What starts next, how much at a time, and why nothing does any more. */
export class Schedule {
	private readonly cutter: RequestCutter;
	/** Parts of refused requests that wait, in the order of their making: breadth first. */
	private parts: Request[] = [];
	/** Parts that have not ended, waiting or begun. */
	private openParts = 0;
	private firstIsThrough = false;
	private failuresInARow = 0;
	private over?: Problem;
	private stopped = false;

	/** @param cancelled whether the user clicked Stop */
	constructor(
		events: number,
		private readonly settings: DeliverySettings,
		private readonly cancelled: () => boolean,
	) {
		this.cutter = new RequestCutter(events, settings.batchSize);
	}

	/** The first request goes alone, and a server that fails gets no more at a time than may still fail. */
	mostInFlight(): number {
		if (!this.firstIsThrough) return 1;
		const { parallelRequests } = this.settings;
		return this.failuresInARow === 0
			? parallelRequests
			: Math.min(parallelRequests, FAILURES_THAT_SUFFICE - this.failuresInARow);
	}

	/**
	 * The request to begin now: a part of a refused request, else the next events.
	 *
	 * @param leaveOut asked once for each event in its turn: those it says yes to are in no request
	 */
	next(leaveOut: (position: number) => boolean): Request | undefined {
		if (this.over !== undefined || this.cancelled()) return undefined;
		const part = this.parts.shift();
		if (part !== undefined) return part;
		// Whether a refused request hides a bad event is not known before the search has ended.
		const searchFirst = this.settings.stopOnProblem && this.openParts > 0;
		return this.stopped || searchFirst ? undefined : this.cutter.cut(leaveOut);
	}

	/** Why a request (without one: a new one) may not start, or not once more; undefined where it may. */
	whyNot(request?: Request): Problem | undefined {
		if (this.over !== undefined) return this.over;
		if (this.cancelled()) return problems.cancelled;
		if (request?.isolation !== undefined) return request.isolation.givenUp;
		return this.stopped ? problems.stopped : undefined;
	}

	add(part: Request): void {
		this.parts.push(part);
		this.openParts++;
	}

	/** A request ended, for good. */
	ended(request: Request): void {
		if (request.isolation !== undefined) this.openParts--;
	}

	/** Takes the waiting parts of one search, or all, off the schedule. */
	drop(isolation?: Isolation): Request[] {
		const stays = (part: Request) => isolation !== undefined && part.isolation !== isolation;
		const dropped = this.parts.filter((part) => !stays(part));
		this.parts = this.parts.filter(stays);
		this.openParts -= dropped.length;
		return dropped;
	}

	/** eSputnik judged or refused a request: it works, and the others may follow the first. */
	completed(): void {
		this.firstIsThrough = true;
		this.failuresInARow = 0;
	}

	/** A request ended without anybody being able to complete it. @returns why the run ends, where it does */
	failed(problem: Problem): Problem | undefined {
		this.firstIsThrough = true;
		this.failuresInARow++;
		return this.failuresInARow < FAILURES_THAT_SUFFICE
			? undefined
			: problems.gaveUp(this.failuresInARow, problem);
	}

	/** Nothing at all starts any more. @returns whether that is new */
	end(why: Problem): boolean {
		if (this.over !== undefined) return false;
		this.over = why;
		return true;
	}

	/** A problem was found: under *Stop Workflow* only parts of refused requests start. @returns whether that is new */
	problemFound(): boolean {
		if (this.stopped || !this.settings.stopOnProblem) return false;
		this.stopped = true;
		return true;
	}
}
