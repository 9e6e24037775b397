import http from 'node:http';
import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { startStandin, type Standin } from '../../standin/server.mts';
import type { StandinOptions } from '../../standin/options.mts';

/** What came back: HTTP status, headers and the body as text. */
export interface Reply {
	readonly status: number;
	readonly headers: Headers;
	readonly text: string;
}

/** Speaks to a stand-in as any HTTP client would. */
export interface StandinClient {
	readonly standin: Standin;
	/** Sends a request with the API key, or with the Authorization given; `null` sends none. Redirects are not followed. */
	readonly call: (
		method: string,
		path: string,
		body?: unknown,
		authorization?: string | null,
	) => Promise<Reply>;
	/** POST v1/past_events. */
	readonly send: (...events: readonly unknown[]) => Promise<Reply>;
}

/** An event that eSputnik takes. */
export const EVENT = {
	eventTypeKey: 'orderCreated',
	keyValue: 'buyer.contact@email.com',
	params: [{ name: 'cost', value: '999' }],
	occurred: '2020-06-04T13:43',
};

export const basic = (password: string): string =>
	`Basic ${Buffer.from(`any:${password}`).toString('base64')}`;

/** Runs a test against a stand-in of its own, and closes it. */
export async function withStandin(
	options: Partial<StandinOptions>,
	test: (client: StandinClient) => Promise<void>,
): Promise<void> {
	const standin = await startStandin(options);
	const call: StandinClient['call'] = async (method, path, body, authorization) => {
		const credential = authorization === undefined ? basic(standin.apiKey) : authorization;
		const response = await fetch(standin.url + path, {
			method,
			redirect: 'manual',
			headers: {
				...(body === undefined ? {} : { 'content-type': 'application/json; charset=UTF-8' }),
				...(credential === null ? {} : { authorization: credential }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		return { status: response.status, headers: response.headers, text: await response.text() };
	};
	try {
		await test({
			standin,
			call,
			send: async (...events) => await call('POST', '/api/v1/past_events', { events }),
		});
	} finally {
		await standin.close();
	}
}

/** How one request over a connection of its own ended. */
export interface Ending {
	readonly status?: number;
	readonly retryAfter?: string;
	readonly location?: string;
	readonly proxyAuthenticate?: string;
	readonly text: string;
	/** The error code where the connection ended before the answer did. */
	readonly broken?: string;
}

/** Sends one event on a new connection; it is closed from this side after `giveUp` milliseconds, or when that has come about. */
export function sendAlone(
	standin: Standin,
	keyValue = EVENT.keyValue,
	giveUp?: number | Promise<unknown>,
): Promise<Ending> {
	return new Promise((resolve) => {
		let text = '';
		let status: number | undefined;
		let headers: http.IncomingHttpHeaders = {};
		const end = (error?: Error) =>
			resolve({
				status,
				retryAfter: headers['retry-after'],
				location: headers.location,
				proxyAuthenticate: headers['proxy-authenticate'],
				text,
				broken: error && 'code' in error ? String(error.code) : error?.message,
			});
		const request = http.request(
			`${standin.baseUrl}/v1/past_events`,
			{
				method: 'POST',
				agent: false,
				headers: { authorization: basic(standin.apiKey), 'content-type': 'application/json' },
			},
			(response) => {
				status = response.statusCode;
				headers = response.headers;
				response.setEncoding('utf8');
				response.on('data', (part: string) => {
					text += part;
				});
				response.on('end', () => end());
				response.on('error', end);
			},
		);
		request.on('error', end);
		const leave = () => request.destroy(new Error('gave up'));
		if (typeof giveUp === 'number') setTimeout(leave, giveUp);
		else void giveUp?.then(leave);
		request.end(JSON.stringify({ events: [{ ...EVENT, keyValue }] }));
	});
}

/** Waits until something is so. It is looked at every five milliseconds; the test's own time limit ends it. */
export async function until(holds: () => boolean): Promise<void> {
	while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** The JSON of an answer, of the shape that is asked for. */
export function jsonOf<T extends TSchema>(shape: T, { text }: Reply): Static<T> {
	const body: unknown = JSON.parse(text);
	if (!Value.Check(shape, body)) throw new Error(`Not of the shape: ${text}`);
	return body;
}

const Answer = Type.Object({ results: Type.Array(Type.Object({ status: Type.String() })) });

/** The statuses of the events in an answer to past_events. */
export function statuses(reply: Reply): readonly string[] {
	return jsonOf(Answer, reply).results.map(({ status }) => status);
}
