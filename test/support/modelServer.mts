import type { ServerAnswer } from './serverAnswer.mts';
import type { VirtualClock } from './virtualClock.mts';

/** What eSputnik thinks of an event, the same at every attempt. */
export type EventNature =
	| { readonly kind: 'good' }
	/** Gets this status in an answer 200. */
	| { readonly kind: 'refused'; readonly status: string }
	/** Makes eSputnik refuse the whole request. */
	| { readonly kind: 'poison'; readonly text: string }
	/** Gets SERVER_ERROR so often, then ACCEPTED. */
	| { readonly kind: 'queueFull'; readonly times: number }
	/** Taken once, and then not known to be the same: gets this status, or makes eSputnik refuse the whole request. */
	| { readonly kind: 'once'; readonly then: string };

/** What an event of the kind `once` does the second time when it spoils the whole request. */
export const POISON = 'poison';

/** What happens to one attempt besides the events. `taken`: the server does its work although the answer does not tell. */
export type Fault =
	| { readonly kind: 'none' }
	| { readonly kind: 'notTaken'; readonly answer: ServerAnswer }
	| { readonly kind: 'fatal'; readonly answer: ServerAnswer }
	| { readonly kind: 'lost'; readonly answer: ServerAnswer | 'throw'; readonly taken: boolean };

export interface Call {
	readonly events: readonly number[];
	readonly startedAt: number;
	endedAt: number;
	readonly fault: Fault;
	/** What was told; undefined while it is on its way. */
	told?: ServerAnswer | 'throw';
}

/**
 * eSputnik as far as delivery can tell, with a memory of what it truly stored. An event is its index into the natures.
 */
export class ModelServer {
	readonly calls: Call[] = [];
	/** How often each event is stored. */
	readonly stored: number[];
	mostAtOnce = 0;
	private atOnce = 0;
	private readonly queueFull = new Map<number, number>();

	constructor(
		private readonly natures: readonly EventNature[],
		private readonly faults: readonly Fault[],
		private readonly latencies: readonly number[],
		private readonly sizeLimit: number,
		private readonly clock: VirtualClock,
	) {
		this.stored = natures.map(() => 0);
	}

	/** One attempt; bound, so that it can be handed over as it is. */
	readonly send = async (events: readonly number[]): Promise<ServerAnswer> => {
		const { clock, calls } = this;
		const fault = this.faults[calls.length] ?? { kind: 'none' };
		const latency = this.latencies[calls.length % this.latencies.length] ?? 50;
		const now = clock.now();
		const call: Call = { events: [...events], startedAt: now, endedAt: now + latency, fault };
		calls.push(call);
		this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
		await clock.sleep(latency);
		this.atOnce--;
		const told = this.work(call);
		call.told = told;
		call.endedAt = clock.now();
		if (told === 'throw') throw new Error('the connection is gone');
		return told;
	};

	private work({ events, fault }: Call): ServerAnswer | 'throw' {
		if (fault.kind === 'notTaken' || fault.kind === 'fatal') return fault.answer;
		if (fault.kind === 'lost' && !fault.taken) return fault.answer;
		const truth = this.judge(events);
		return fault.kind === 'lost' ? fault.answer : truth;
	}

	private judge(events: readonly number[]): ServerAnswer {
		if (events.length > this.sizeLimit) {
			return { kind: 'status', status: 413, form: 'text', text: 'Payload Too Large' };
		}
		for (const event of events) {
			const nature = this.natures[event];
			if (nature.kind === 'poison')
				return { kind: 'status', status: 400, form: 'text', text: nature.text };
			if (nature.kind === 'once' && nature.then === POISON && this.stored[event] > 0) {
				return { kind: 'status', status: 400, form: 'text', text: 'There is such an event' };
			}
		}
		return { kind: 'results', statuses: events.map((event) => this.take(event)) };
	}

	private take(event: number): string {
		const nature = this.natures[event];
		if (nature.kind === 'refused') return nature.status;
		if (nature.kind === 'once' && this.stored[event] > 0) return nature.then;
		if (nature.kind === 'queueFull') {
			const soFar = this.queueFull.get(event) ?? 0;
			this.queueFull.set(event, soFar + 1);
			if (soFar < nature.times) return 'SERVER_ERROR';
		}
		this.stored[event]++;
		return 'ACCEPTED';
	}
}
