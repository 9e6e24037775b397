import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fault } from '../faults.mts';

/** What goes out in the place of an answer. `whole` is false where the connection ends before all of it is sent. */
export interface Spoiled {
	readonly payload: unknown;
	readonly whole: boolean;
}

/** How many pieces a dripping answer has. */
const DRIPS = 20;

/** Lets a fault loose on the answer of a request that was served. A refusal keeps its status and text, and only travels badly. */
export async function spoil(
	fault: Fault,
	answer: string,
	{ raw: { socket } }: FastifyRequest,
	reply: FastifyReply,
): Promise<Spoiled> {
	const { kind, ms = 1000, by = 1 } = fault;
	const isRefused = reply.statusCode >= 400;
	switch (kind) {
		case 'resetAfterAccepting':
			socket.resetAndDestroy();
			return { payload: answer, whole: false };
		case 'hang':
			await closed(socket);
			return { payload: answer, whole: false };
		case 'slow':
			await sleep(ms, undefined, { ref: false });
			break;
		case 'drip':
			return { payload: inPieces(reply, answer, drip(answer, ms)), whole: true };
		case 'cut':
			return { payload: inPieces(reply, answer, half(answer, socket)), whole: false };
		case 'flood':
			if (isRefused) break;
			void reply.code(fault.status ?? 200).type('application/json; charset=utf-8');
			return { payload: flood(fault.megabytes ?? 64, socket), whole: false };
		case 'status':
			return { payload: isRefused ? answer : instead(fault, reply), whole: true };
		case 'notJson':
			void reply.type('text/html; charset=utf-8');
			return {
				payload: isRefused ? answer : (fault.text ?? '<html><body>Service page</body></html>'),
				whole: true,
			};
		case 'empty':
			return { payload: isRefused ? answer : '', whole: true };
		case 'mislabelled':
			void reply.header('content-encoding', 'gzip');
			break;
		case 'resultsShorter':
			return { payload: isRefused ? answer : withResults(answer, -by), whole: true };
		case 'resultsLonger':
			return { payload: isRefused ? answer : withResults(answer, by), whole: true };
	}
	return { payload: answer, whole: true };
}

function instead(fault: Fault, reply: FastifyReply): string {
	const { status = 500, text = STATUS_CODES[status] ?? '', retryAfter } = fault;
	void reply.code(status).type(fault.contentType ?? 'text/plain; charset=utf-8');
	if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
	return text;
}

/**
 * An answer in pieces, with headers that say how long all of it is going to be, as of a server that does not yet know of its fault.
 * The headers leave first: Fastify 5 fails where a stream ends early before they are sent (`cb is not a function` in `sendStream`).
 */
function inPieces(reply: FastifyReply, answer: string, pieces: AsyncIterable<Buffer>): unknown {
	if (reply.raw.destroyed) return answer;
	void reply.header('content-length', Buffer.byteLength(answer));
	return Readable.from(
		(async function* () {
			reply.raw.flushHeaders();
			yield* pieces;
		})(),
	);
}

async function* drip(answer: string, ms: number): AsyncGenerator<Buffer> {
	const bytes = Buffer.from(answer);
	const size = Math.max(1, Math.ceil(bytes.length / DRIPS));
	for (let start = 0; start < bytes.length; start += size) {
		await sleep(ms / DRIPS, undefined, { ref: false });
		yield bytes.subarray(start, start + size);
	}
}

const MEGABYTE = 1024 * 1024;

/** Results without end. It breaks off by itself, so that a client that reads on comes to an end one day. */
function flood(megabytes: number, socket: Socket): Readable {
	const piece = Buffer.from('{"status":"ACCEPTED"},'.repeat(3000));
	return Readable.from(
		(function* () {
			yield Buffer.from('{"results":[');
			for (let sent = 0; sent < megabytes * MEGABYTE; sent += piece.length) yield piece;
			socket.destroy();
		})(),
		{ objectMode: false, highWaterMark: piece.length },
	);
}

async function* half(answer: string, socket: Socket): AsyncGenerator<Buffer> {
	const bytes = Buffer.from(answer);
	yield bytes.subarray(0, Math.floor(bytes.length / 2));
	await sleep(20, undefined, { ref: false });
	socket.destroy();
}

const Results = Type.Object({ results: Type.Unknown() });

function withResults(answer: string, more: number): string {
	const body: unknown = JSON.parse(answer);
	if (!Value.Check(Results, body)) return answer;
	const results: unknown[] = Array.isArray(body.results) ? body.results : [body.results];
	const changed =
		more < 0
			? results.slice(0, more)
			: [...results, ...Array.from({ length: more }, () => ({ status: 'ACCEPTED' }))];
	return JSON.stringify({ ...body, results: changed });
}

function closed(socket: Socket): Promise<void> {
	if (socket.destroyed) return Promise.resolve();
	return new Promise((resolve) => {
		socket.once('close', () => resolve());
	});
}
