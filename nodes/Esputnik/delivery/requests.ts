import type { Attempts } from './attempts';
import type { Isolation } from './isolation';

/** One body: the events that go to eSputnik together, by their positions in the input of the delivery. */
export interface Request extends Attempts {
	readonly positions: readonly number[];
	/** The last request that carried these events: this one, once it was sent; 0 where none did. */
	number: number;
	/** The search for bad events that this request is a part of. */
	readonly isolation?: Isolation;
}

/** What is known of events that no request carried. */
export const NEVER_SENT = { number: 0, sent: 0, retriesUsed: 0 } as const;

/** Cuts events into requests, each only when it is asked for. */
export class RequestCutter {
	private next = 0;

	constructor(
		private readonly events: number,
		private readonly batchSize: number,
	) {}

	/**
	 * The next request.
	 *
	 * @param leaveOut asked once for each event in its turn: those it says yes to are in no request
	 * @returns undefined where no event is left
	 */
	cut(leaveOut: (position: number) => boolean): Request | undefined {
		const positions: number[] = [];
		while (this.next < this.events && positions.length < this.batchSize) {
			const position = this.next++;
			if (!leaveOut(position)) positions.push(position);
		}
		return positions.length === 0 ? undefined : { positions, ...NEVER_SENT };
	}
}

/** A request for some of the events of another one; what is in doubt stays in doubt. */
export function partOf(
	request: Request,
	positions: readonly number[],
	history: { retriesUsed: number; isolation?: Isolation },
): Request {
	return { positions, sent: 0, number: request.number, doubt: request.doubt, ...history };
}
