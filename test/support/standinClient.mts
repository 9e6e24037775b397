import { Type } from '@sinclair/typebox';
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

const Answer = Type.Object({ results: Type.Array(Type.Object({ status: Type.String() })) });

/** The statuses of the events in an answer to past_events. */
export function statuses({ text }: Reply): readonly string[] {
	const answer: unknown = JSON.parse(text);
	if (!Value.Check(Answer, answer)) throw new Error(`Not an answer to past_events: ${text}`);
	return answer.results.map(({ status }) => status);
}
