import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

/** What can go wrong with a request. */
export const FAULT_KINDS = {
	pass: 'Nothing: the request is served, and takes its place in the queue.',
	status:
		'Answers `status` (500) with `text`, and `retryAfter` as the header of that name; with `stored` the events are accepted before.',
	redirect: 'Answers `status` (302) with `location`.',
	early:
		'Answers `status` (413) with `text` when the headers have come, as of a proxy; the body is read and thrown away.',
	resetBeforeReading: 'Resets the connection when the headers have come.',
	resetAfterReading: 'Resets the connection when the body has come; nothing is stored.',
	resetAfterAccepting: 'Resets the connection when the events are stored.',
	hang: 'Never answers; the events are stored unless `stored` is false.',
	slow: 'Stores the events and answers `ms` (1000) later.',
	drip: 'Stores the events and sends the answer in small pieces over `ms` (1000).',
	cut: 'Stores the events, sends half of the answer and ends the connection.',
	notJson: 'Stores the events and answers 200 with `text`, or an HTML page.',
	empty: 'Stores the events and answers 200 without a body.',
	mislabelled: 'Stores the events and answers with a Content-Encoding that the answer has not.',
	resultsShorter: 'Stores the events and answers with `by` (1) results less.',
	resultsLonger: 'Stores the events and answers with `by` (1) results more.',
	flood:
		'Stores the events and answers `status` (200) with JSON that goes on for `megabytes` (64), then ends the connection.',
	deaf: 'Accepts a new connection and never answers on it, neither TLS nor HTTP; what comes is not taken for a request.',
	drop: 'Resets a new connection as soon as it is there.',
} as const;

const kinds: readonly FaultKind[] = Object.keys(FAULT_KINDS).filter(isKind);

export type FaultKind = keyof typeof FAULT_KINDS;

function isKind(name: string): name is FaultKind {
	return name in FAULT_KINDS;
}

/** Something that goes wrong with one request, and which request that is. */
export const Fault = Type.Object(
	{
		kind: Type.Unsafe<FaultKind>(Type.Union(kinds.map((kind) => Type.Literal(kind)))),
		status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599 })),
		text: Type.Optional(Type.String()),
		contentType: Type.Optional(Type.String()),
		retryAfter: Type.Optional(Type.String()),
		location: Type.Optional(Type.String()),
		stored: Type.Optional(Type.Boolean()),
		ms: Type.Optional(Type.Integer({ minimum: 0 })),
		by: Type.Optional(Type.Integer({ minimum: 1 })),
		megabytes: Type.Optional(Type.Integer({ minimum: 1, maximum: 4096 })),
		times: Type.Optional(
			Type.Integer({ minimum: 1, description: 'How many requests meet it; 1 unless told.' }),
		),
		skip: Type.Optional(
			Type.Integer({
				minimum: 0,
				description: 'How many of the requests that fit go unharmed before.',
			}),
		),
		request: Type.Optional(
			Type.Integer({
				minimum: 1,
				description: 'Only the request below /api with this number, counted from 1.',
			}),
		),
		method: Type.Optional(Type.String({ description: 'Only requests with this method.' })),
		path: Type.Optional(
			Type.String({
				description:
					'Only requests whose path contains this; `/api/` unless told, so that a fault of the token address has to name it.',
			}),
		),
		body: Type.Optional(Type.String({ description: 'Only requests whose body contains this.' })),
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
		return (
			decided ?? this.#take(target, (fault) => fault.body === undefined && !isOfConnection(fault))
		);
	}

	/** The fault of a request of which the body has come; none that an earlier call gave out. */
	takeByBody(target: FaultTarget & { readonly body: string }): Fault | undefined {
		return this.#take(target, ({ body }) => body !== undefined && target.body.includes(body));
	}

	/** The fault of a connection that has just come, of which nothing is known yet. */
	takeByConnection(): Fault | undefined {
		return this.#take(undefined, isOfConnection);
	}

	/** Whether a fault waits that looks at bodies. */
	get looksAtBodies(): boolean {
		return this.#waiting.some(({ fault }) => fault.body !== undefined);
	}

	#take(target: FaultTarget | undefined, fits: (fault: Fault) => boolean): Fault | undefined {
		for (const entry of this.#waiting) {
			const { fault } = entry;
			if (!fits(fault) || (target !== undefined && !aimsAt(fault, target))) continue;
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

/** Whether it meets a connection, and no request. */
function isOfConnection({ kind }: Fault): boolean {
	return kind === 'deaf' || kind === 'drop';
}

function aimsAt(fault: Fault, target: FaultTarget): boolean {
	return (
		target.path.includes(fault.path ?? '/api/') &&
		(fault.method === undefined || fault.method === target.method) &&
		(fault.request === undefined || fault.request === target.number)
	);
}
