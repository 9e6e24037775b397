import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

const KINDS = [
	'pass',
	'status',
	'redirect',
	'resetBeforeReading',
	'resetAfterReading',
	'resetAfterAccepting',
	'hang',
	'slow',
	'drip',
	'cut',
	'notJson',
	'empty',
	'resultsShorter',
	'resultsLonger',
] as const;

/**
 * Something that goes wrong with one request.
 *
 * - `pass` nothing: the request is served, and takes its place in the queue
 * - `status` answers `status` with `text`, and `retryAfter` as the header of that name; with `stored` the events are accepted before
 * - `redirect` answers 302 (or `status`) to `location`
 * - `resetBeforeReading` resets the connection when the headers have come; `resetAfterReading` when the body has, nothing being stored;
 *   `resetAfterAccepting` when the events are stored
 * - `hang` never answers; the events are stored unless `stored` is false
 * - `slow` answers `ms` later; `drip` sends the answer in small pieces over `ms`; both store first
 * - `cut` sends half of the answer and ends the connection; `notJson` answers 200 with `text` or an HTML page; `empty` answers 200 without a
 *   body; `resultsShorter` and `resultsLonger` answer with `by` results less or more than there were events; all store first
 */
export const Fault = Type.Object(
	{
		kind: Type.Unsafe<(typeof KINDS)[number]>(Type.Union(KINDS.map((kind) => Type.Literal(kind)))),
		status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599 })),
		text: Type.Optional(Type.String()),
		contentType: Type.Optional(Type.String()),
		retryAfter: Type.Optional(Type.String()),
		location: Type.Optional(Type.String()),
		stored: Type.Optional(Type.Boolean()),
		ms: Type.Optional(Type.Integer({ minimum: 0 })),
		by: Type.Optional(Type.Integer({ minimum: 1 })),
		/** How many requests meet it; 1 unless told. */
		times: Type.Optional(Type.Integer({ minimum: 1 })),
		/** How many of the requests that fit go unharmed before. */
		skip: Type.Optional(Type.Integer({ minimum: 0 })),
		/** Only the request below /api with this number, counted from 1. */
		request: Type.Optional(Type.Integer({ minimum: 1 })),
		method: Type.Optional(Type.String()),
		/** Only requests whose path contains this; `/api/` unless told, so that a fault of the token address has to name it. */
		path: Type.Optional(Type.String()),
		/** Only requests whose body contains this. */
		body: Type.Optional(Type.String()),
	},
	{ additionalProperties: false },
);
export type Fault = Static<typeof Fault>;

/** A request as a fault sees it; the body only once it has been read. */
export interface FaultTarget {
	readonly number: number;
	readonly method: string;
	readonly path: string;
	readonly body?: string;
}

/** The faults that wait for a request. Each request meets the first that fits it. */
export class FaultQueue {
	#waiting: Array<{ fault: Fault; skip: number; times: number }> = [];

	/**
	 * Asked for each request below /api before the queue is, when its headers have come: a fault, or undefined for the queue to
	 * decide. For tests in the same process.
	 */
	decide: ((target: FaultTarget) => Fault | undefined) | undefined;

	get waiting(): readonly Fault[] {
		return this.#waiting.map(({ fault }) => fault);
	}

	/** @throws Error naming what is wrong with a fault */
	push(...faults: readonly Fault[]): void {
		for (const fault of faults) {
			const error = Value.Errors(Fault, fault).First();
			if (error === undefined) continue;
			throw new Error(`A fault cannot be ${JSON.stringify(fault)}: ${error.path} ${error.message}`);
		}
		for (const fault of faults) {
			this.#waiting.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 });
		}
	}

	clear(): void {
		this.#waiting = [];
		this.decide = undefined;
	}

	/** The fault of a request of which the headers have come. */
	takeByHeaders(target: FaultTarget): Fault | undefined {
		const decided = target.path.startsWith('/api/') ? this.decide?.(target) : undefined;
		return decided ?? this.#take(target, (fault) => fault.body === undefined);
	}

	/** The fault of a request of which the body has come; none that an earlier call gave out. */
	takeByBody(target: FaultTarget & { readonly body: string }): Fault | undefined {
		return this.#take(target, ({ body }) => body !== undefined && target.body.includes(body));
	}

	/** Whether a fault waits that looks at bodies. */
	get looksAtBodies(): boolean {
		return this.#waiting.some(({ fault }) => fault.body !== undefined);
	}

	#take(target: FaultTarget, fits: (fault: Fault) => boolean): Fault | undefined {
		for (const entry of this.#waiting) {
			const { fault } = entry;
			if (!fits(fault) || !aimsAt(fault, target)) continue;
			if (entry.skip > 0) {
				entry.skip--;
				continue;
			}
			entry.times--;
			if (entry.times === 0) this.#waiting.splice(this.#waiting.indexOf(entry), 1);
			return fault;
		}
		return undefined;
	}
}

function aimsAt(fault: Fault, target: FaultTarget): boolean {
	return (
		target.path.includes(fault.path ?? '/api/') &&
		(fault.method === undefined || fault.method === target.method) &&
		(fault.request === undefined || fault.request === target.number)
	);
}
