import { sleep } from 'n8n-workflow';

import type { HttpAnswer, NoAnswer, NoAnswerReason, NotTaken } from './answer';
import { readFailure } from './failure';
import { isRecord } from './json';
import { readAnswer } from './readAnswer';
import type { Redaction } from './redaction';

/** eSputnik's largest answers have some 100 kB; one that goes on and on would fill the memory. */
const LONGEST_ANSWER = 5_000_000;

/** n8n's HTTP client tells of an aborted request at once, unless it never heard of the signal. */
const ABORT_TAKES_MS = 100;

/**
 * Makes one HTTP request by a helper of n8n, and tells how it ended. Never throws.
 *
 * Once it has ended, by time-out or because the user clicked Stop too, nothing of it leaves any more: the connection is closed, and what
 * still comes is not read.
 *
 * @param send calls the helper for a whole response whose body is a stream, or a text
 * @param timeoutMs from sending to the whole answer. n8n's own time-out counts idle time only
 * @param stop n8n's cancel signal
 */
export async function answerOf(
	send: (signal: AbortSignal) => Promise<unknown>,
	redaction: Redaction,
	timeoutMs: number,
	stop?: AbortSignal,
): Promise<HttpAnswer> {
	const call = new Call(timeoutMs, stop);
	try {
		const response = await call.until(send(call.signal));
		if (!isRecord(response) || typeof response.statusCode !== 'number') {
			return { kind: 'noAnswer', reason: 'FAILED_IN_N8N', text: '' };
		}
		const { statusCode, headers } = response;
		const body = await call.read(response.body, statusCode > 299);
		if (body !== undefined) return readAnswer(statusCode, headers, body, redaction);
		const end = call.end({ kind: 'noAnswer', reason: 'CONNECTION_LOST', text: '' });
		return refuses(statusCode) && end.reason !== 'CANCELLED'
			? readAnswer(statusCode, headers, '', redaction)
			: end;
	} catch (error) {
		return call.end(readFailure(error, (text) => redaction.text(text)));
	} finally {
		call.close();
	}
}

/** Whether a status alone says that nothing was taken, so that nothing is lost with a text that breaks off or cannot be unpacked. */
function refuses(status: number): boolean {
	return status >= 300 && status <= 499;
}

/** A piece of work that ends with its time or with a click on Stop. To be closed in any case. */
export class Call {
	private readonly controller = new AbortController();
	private readonly timeout: AbortSignal;
	private over: NoAnswerReason | undefined;
	private readonly onTimeout = () => this.abort('TIMEOUT');
	private readonly onStop = () => this.abort('CANCELLED');

	constructor(
		timeoutMs: number,
		private readonly stop?: AbortSignal,
	) {
		this.timeout = AbortSignal.timeout(timeoutMs);
		this.timeout.addEventListener('abort', this.onTimeout, { once: true });
		stop?.addEventListener('abort', this.onStop, { once: true });
		if (stop?.aborted) this.onStop();
	}

	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** What comes of `work`. @throws its error, or one of its own where it goes on after the call is over */
	async until<T>(work: Promise<T>): Promise<T> {
		return await new Promise<T>((resolve, reject) => {
			const giveUp = () => void sleep(ABORT_TAKES_MS).then(() => reject(new Error('Given up')));
			if (this.signal.aborted) giveUp();
			else this.signal.addEventListener('abort', giveUp, { once: true });
			work.then((result) => {
				if (this.over !== undefined) discard(result);
				resolve(result);
			}, reject);
		});
	}

	/**
	 * The body of an answer as text; undefined where it breaks off, or is longer than any answer of eSputnik.
	 *
	 * @param closes whether the connection is closed with its last byte. A refusal may come before all of its request has left, and n8n's HTTP
	 * client would go on sending the rest
	 */
	async read(body: unknown, closes: boolean): Promise<string | undefined> {
		if (!isStream(body)) return typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
		const close = () => void body.destroy();
		this.signal.addEventListener('abort', close, { once: true });
		const parts: Buffer[] = [];
		let length = 0;
		let isWhole = false;
		// Before all others that wait for the end: n8n's HTTP client lets go of the signal with the last byte.
		body.prependListener('end', () => {
			isWhole = true;
			if (closes) this.controller.abort();
		});
		try {
			for await (const part of body) {
				const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
				parts.push(bytes);
				length += bytes.length;
				if (length > LONGEST_ANSWER) {
					this.abort('ANSWER_TOO_LONG');
					return undefined;
				}
			}
		} catch {
			if (!isWhole) return undefined;
		}
		return Buffer.concat(parts).toString();
	}

	/** How the call ended, by what ended it and by what n8n then said. */
	end(failure: NotTaken | NoAnswer): NotTaken | NoAnswer {
		const { over } = this;
		if (over === undefined || (over === 'TIMEOUT' && failure.kind === 'notTaken')) return failure;
		return { kind: 'noAnswer', reason: over, text: '' };
	}

	/** Lets go of the signals. */
	close(): void {
		this.timeout.removeEventListener('abort', this.onTimeout);
		this.stop?.removeEventListener('abort', this.onStop);
	}

	private abort(reason: NoAnswerReason): void {
		this.over ??= reason;
		this.controller.abort();
	}
}

interface BodyStream extends AsyncIterable<unknown> {
	destroy(): unknown;
	prependListener(event: 'end', listener: () => void): unknown;
}

function isStream(body: unknown): body is BodyStream {
	return (
		typeof body === 'object' &&
		body !== null &&
		Symbol.asyncIterator in body &&
		'destroy' in body &&
		'prependListener' in body
	);
}

/** Closes the connection of an answer that nobody waits for. */
function discard(response: unknown): void {
	if (isRecord(response) && isStream(response.body)) response.body.destroy();
}
