import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** How a request proved who it is. */
export type CredentialKind = 'apiKey' | 'apiToken' | 'oAuth2';

/** What is kept of a request, but for its body. Never the Authorization header or a query. */
export interface RequestSummary {
	/** Requests below /api are numbered from 1; the others have 0. */
	readonly number: number;
	/** ISO 8601, UTC. */
	readonly at: string;
	/** Milliseconds from the start of the stand-in to the arrival of its headers. */
	readonly atMs: number;
	readonly method: string;
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Undefined where it gave none, or none that is good. */
	credential?: CredentialKind;
	/** Size of the body in bytes. */
	bytes: number;
	/** How many events it held, and how many of these were accepted. */
	sent: number;
	accepted: number;
	/** The HTTP status of the answer; 0 as long as there is none, and where the connection ended without one. */
	status: number;
	/** The text of a refusal. */
	refusal?: string;
	/** The kind of the fault that it met. */
	fault?: string;
	/** From its arrival to its answer. */
	milliseconds: number;
	/** Whether the client left before the whole answer had gone out. */
	abandoned: boolean;
	/** Whether the connection on which it came is open still. */
	readonly open: boolean;
}

/** What is kept of a request. */
export interface ReceivedRequest extends Readonly<RequestSummary> {
	/** The body as text, for the last requests below /api; token requests hold secrets. */
	readonly body?: string;
	summary(): RequestSummary;
}

/** The headers that are kept: those that say how something was sent, and none that says by whom. */
const KEPT_HEADERS = [
	'host',
	'content-type',
	'content-length',
	'accept',
	'accept-encoding',
	'user-agent',
	'connection',
	'transfer-encoding',
];

/** How many requests are kept without their body. */
const KEPT_REQUESTS = 20_000;

/** One request while it is being answered. */
export class RequestRecord implements ReceivedRequest {
	readonly at = new Date().toISOString();
	readonly headers: Readonly<Record<string, string>>;
	credential?: CredentialKind;
	bytes = 0;
	sent = 0;
	accepted = 0;
	status = 0;
	refusal?: string;
	fault?: string;
	milliseconds = 0;
	abandoned = false;
	/** The body as it came; let go of when the request is answered. */
	arrived?: Buffer;
	/** The same, kept for `body`. */
	rawBody?: Buffer;
	readonly #started = performance.now();
	/** Weak, because a log of thousands of requests is no reason to keep their connections in memory. */
	readonly #socket: WeakRef<Socket>;

	constructor(
		readonly number: number,
		readonly atMs: number,
		readonly method: string,
		readonly path: string,
		{ headers, socket }: IncomingMessage,
	) {
		this.#socket = new WeakRef(socket);
		this.headers = Object.fromEntries(
			KEPT_HEADERS.flatMap((name) => {
				const value = headers[name];
				return value === undefined ? [] : [[name, String(value)]];
			}),
		);
	}

	get open(): boolean {
		return this.#socket.deref()?.destroyed === false;
	}

	get body(): string | undefined {
		return this.rawBody?.toString('utf8');
	}

	/** @param status the HTTP status, 0 where the connection ended without an answer */
	end(status: number): void {
		this.status = status;
		this.milliseconds = Math.round(performance.now() - this.#started);
		this.arrived = undefined;
	}

	summary(): RequestSummary {
		const { number, at, atMs, method, path, headers, credential, bytes, sent, accepted } = this;
		const { status, refusal, fault, milliseconds, abandoned, open } = this;
		const arrived = { number, at, atMs, method, path, headers, credential, bytes, sent, accepted };
		return { ...arrived, status, refusal, fault, milliseconds, abandoned, open };
	}

	toJSON(): object {
		return { ...this.summary(), body: this.body };
	}
}

/** The requests in the order of their arrival, and how many events got which status. */
export class RequestLog {
	#records: RequestRecord[] = [];
	#apiRequests = 0;
	#firstBody = 0;
	readonly #startedMs = performance.now();
	readonly #statuses = new Map<string, number>();
	readonly #httpStatuses = new Map<number, number>();

	get records(): readonly RequestRecord[] {
		return this.#records;
	}

	/** How many requests came below /api. */
	get apiRequests(): number {
		return this.#apiRequests;
	}

	/** Status of an event → how many events got it. */
	get statuses(): Readonly<Record<string, number>> {
		return Object.fromEntries(this.#statuses);
	}

	/** HTTP status → how many requests were answered with it; 0 stands for a connection that ended without an answer. */
	get httpStatuses(): Readonly<Record<string, number>> {
		return Object.fromEntries(this.#httpStatuses);
	}

	/** Milliseconds since the start of the stand-in, as in `atMs` of a request. */
	get nowMs(): number {
		return Math.round(performance.now() - this.#startedMs);
	}

	/** @param path without the query, which may hold secrets */
	start(path: string, request: IncomingMessage): RequestRecord {
		const number = path.startsWith('/api/') ? ++this.#apiRequests : 0;
		const record = new RequestRecord(number, this.nowMs, request.method ?? '', path, request);
		this.#records.push(record);
		if (this.#records.length > 2 * KEPT_REQUESTS) {
			this.#records = this.#records.slice(-KEPT_REQUESTS);
			this.#firstBody = Math.max(0, this.#firstBody - KEPT_REQUESTS - 1);
		}
		return record;
	}

	/** Keeps the body of the request, and lets go of those that came more than `keep` requests before. */
	keepBody(record: RequestRecord, body: Buffer, keep: number): void {
		record.bytes = body.length;
		record.arrived = body;
		if (keep > 0 && body.length > 0) record.rawBody = body;
		for (; this.#firstBody < this.#records.length - keep; this.#firstBody++) {
			this.#records[this.#firstBody].rawBody = undefined;
		}
	}

	end(record: RequestRecord, status: number): void {
		record.end(status);
		this.#httpStatuses.set(status, (this.#httpStatuses.get(status) ?? 0) + 1);
	}

	countStatus(status: string, events = 1): void {
		this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + events);
	}

	clear(): void {
		this.#records = [];
		this.#apiRequests = 0;
		this.#firstBody = 0;
		this.#statuses.clear();
		this.#httpStatuses.clear();
	}
}
