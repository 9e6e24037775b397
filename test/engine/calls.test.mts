import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpAnswer } from '../../nodes/Esputnik/api/answer.ts';
import { createClient } from '../../nodes/Esputnik/api/client.ts';
import { readAccount } from '../../nodes/Esputnik/n8n/account.ts';
import type { Fault } from '../../standin/faults.mts';
import { jsonOf, orders, send, useStandin } from '../support/esputnik.mts';
import { inNode } from '../support/inNode.mts';
import { connectedData, oAuth2Store, sendByOAuth2 } from '../support/oauth.mts';
import { until } from '../support/standinClient.mts';

const standin = useStandin({ postPastEventsPerSecond: 0 });

/** The first request of a process takes long, which no time-out of these tests is to meet. */
beforeAll(async () => {
	await send(standin(), { items: orders(1) });
	standin().reset();
});

const text = (value: unknown) => (typeof value === 'string' ? value : '');

const reasons = (run: Awaited<ReturnType<typeof send>>) => [
	...new Set(jsonOf(run).map(({ status, reason }) => `${text(status)} ${text(reason)}`.trim())),
];

describe('a renewal of the OAuth2 access that is slower than the time-out', () => {
	const slow = { oauthRefreshDelayMs: 1600 };
	afterEach(() => standin().configure({ oauthRefreshDelayMs: 0 }));

	test.each(['report', 'resend'])(
		'nothing leaves once the node has ended (%s)',
		async (onUncertain) => {
			const store = await oAuth2Store(connectedData(standin()));
			standin().oauth.expireAccessTokens();
			standin().configure(slow);
			const run = await sendByOAuth2(standin(), store, {
				items: orders(2),
				onError: 'continueRegularOutput',
				parameters: { options: { timeout: 800, maxRetries: 0, onUncertain } },
			});
			await until(() => standin().oauth.counts.refreshed === 1);
			await sleep(300);

			expect(reasons(run)).toEqual(['notSent UNAUTHORIZED']);
			expect(standin().received.sends.map(({ status }) => status)).toEqual([401]);
			expect(standin().received.count).toBe(0);
		},
	);

	test('it is waited for by the next attempt, and every event is stored once', async () => {
		const store = await oAuth2Store(connectedData(standin()));
		standin().oauth.expireAccessTokens();
		standin().configure(slow);
		const run = await sendByOAuth2(standin(), store, {
			items: orders(2),
			onError: 'continueRegularOutput',
			parameters: { options: { timeout: 1000, onUncertain: 'resend' } },
		});
		await sleep(300);

		expect(reasons(run)).toEqual(['accepted']);
		expect(standin().received.count).toBe(2);
		expect(standin().oauth.counts.refreshed).toBe(1);
	});

	test('nothing leaves once the user has clicked Stop, and the new access is kept', async () => {
		const store = await oAuth2Store(connectedData(standin()));
		standin().oauth.expireAccessTokens();
		standin().configure(slow);
		const stop = new AbortController();
		const running = sendByOAuth2(standin(), store, {
			items: orders(2),
			run: { signal: stop.signal },
		});
		await until(() => standin().received.sends.length === 1);
		await sleep(100);
		stop.abort();
		const run = await running;
		await until(() => standin().oauth.counts.refreshed === 1);
		await sleep(300);

		expect(run.status).toBe('canceled');
		expect(standin().received.count).toBe(0);
		expect(standin().received.sends).toHaveLength(1);
		const again = await sendByOAuth2(standin(), store, { items: orders(2) });
		expect(reasons(again)).toEqual(['accepted']);
		expect(standin().oauth.counts.refreshed).toBe(1);
	});
});

test('a deletion, too, does not leave once its time is over', async () => {
	standin().configure({ oauthRefreshDelayMs: 1600, deletionActive: true });
	const data = connectedData(standin());
	standin().oauth.expireAccessTokens();
	const answers: HttpAnswer[] = [];
	await inNode(
		standin(),
		async (context) => {
			const account = await readAccount(context);
			const client = createClient(context, { account, timeoutMs: 800, spared: new Set() });
			const body = Buffer.from('{"from":"2024-01-01T00:00","to":"2024-01-02T23:59"}');
			answers.push(await client({ method: 'DELETE', path: '/v1/past_events', body }));
		},
		{ esputnikOAuth2Api: data },
		{ authentication: 'oAuth2' },
	);
	await until(() => standin().oauth.counts.refreshed === 1);
	await sleep(300);
	standin().configure({ oauthRefreshDelayMs: 0, deletionActive: false });

	expect(answers).toMatchObject([{ kind: 'notTaken', reason: 'RENEWAL_FAILED' }]);
	expect(standin().received.deletions).toEqual([]);
	expect(standin().received.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
});

describe('a call that has ended', () => {
	test.each<[string, Fault]>([
		['never answers', { kind: 'hang' }],
		['answers drop by drop', { kind: 'drip', ms: 60_000 }],
		['answers without end', { kind: 'flood', megabytes: 4000 }],
	])('leaves no connection open to a server that %s', async (_, fault) => {
		standin().faults.push({ ...fault, skip: 1, times: 5 });
		const run = await send(standin(), {
			items: orders(3000),
			onError: 'continueRegularOutput',
			parameters: { options: { timeout: 1000, parallelRequests: 5 } },
		});

		expect(new Set(jsonOf(run).map(({ status }) => status))).toEqual(
			new Set(['accepted', 'uncertain']),
		);
		await until(() => standin().received.connections.open === 0);
	});

	test('an answer without end is read no further, and nobody knows what was taken', async () => {
		standin().faults.push({ kind: 'flood', megabytes: 4000 });
		const run = await send(standin(), { items: orders(2), onError: 'continueRegularOutput' });

		expect(reasons(run)).toEqual(['uncertain BAD_RESPONSE']);
		expect(standin().received.sends).toHaveLength(1);
	});

	test('Stop closes its connection', async () => {
		standin().faults.push({ kind: 'hang' });
		const stop = new AbortController();
		const running = send(standin(), { items: orders(2), run: { signal: stop.signal } });
		await until(() => standin().received.sends.length === 1);
		stop.abort();
		await running;

		await until(() => standin().received.connections.open === 0);
	});
});

describe('a connection that never comes about', () => {
	test('where the TLS handshake hangs until the time-out nothing has left: it is tried again, and then notSent', async () => {
		const { disturbed } = standin().received.connections;
		standin().faults.push({ kind: 'deaf', times: 2 });
		const run = await send(standin(), {
			items: orders(2),
			baseUrl: standin().baseUrl.replace('http:', 'https:'),
			onError: 'continueRegularOutput',
			parameters: { options: { timeout: 300, maxRetries: 1 } },
		});

		expect(reasons(run)).toEqual(['notSent CONNECTION_FAILED']);
		expect(standin().received.connections.disturbed - disturbed).toBe(2);
	});

	test('a server that took the request and is silent is another matter', async () => {
		standin().faults.push({ kind: 'deaf' });
		const run = await send(standin(), {
			items: orders(2),
			onError: 'continueRegularOutput',
			parameters: { options: { timeout: 300, maxRetries: 1 } },
		});

		expect(reasons(run)).toEqual(['uncertain TIMEOUT']);
	});
});

const DELETE = {
	operation: 'delete',
	from: '2024-01-01',
	to: '2024-01-02',
	confirmDeletion: true,
};

describe('a web page in the place of an answer', () => {
	const PAGE = '<!doctype html><title>Blocked</title>';
	afterEach(() => standin().configure({ htmlInstead: [], deletionActive: false }));

	test('HTTP 200 of Send: nobody knows what was taken', async () => {
		standin().configure({ htmlInstead: ['POST'] });
		const run = await send(standin(), { items: orders(2), onError: 'continueRegularOutput' });

		expect(reasons(run)).toEqual(['uncertain BAD_RESPONSE']);
		expect(jsonOf(run)[0].message).toContain('web page');
	});

	test('HTTP 200 of Delete is no deletion', async () => {
		standin().configure({ htmlInstead: ['DELETE'], deletionActive: true });
		const run = await send(standin(), {
			items: [{}],
			onError: 'continueRegularOutput',
			parameters: DELETE,
		});

		expect(jsonOf(run)).toMatchObject([
			{ deleted: false, status: 'uncertain', reason: 'BAD_RESPONSE' },
		]);
		expect(standin().received.deletions).toEqual([]);
	});

	test('a refusal is told as that of something in between, and no request follows', async () => {
		standin().faults.push({ kind: 'status', status: 403, text: PAGE, times: 9 });
		const run = await send(standin(), {
			items: orders(600),
			onError: 'continueRegularOutput',
		});

		expect(reasons(run)).toEqual(['notSent FORBIDDEN']);
		expect(jsonOf(run)[0].message).toMatch(/^A web page came in the place of eSputnik's answer/);
		expect(standin().received.sends).toHaveLength(1);
	});

	test('a refusal of Delete is none of eSputnik, and nothing was deleted', async () => {
		standin().configure({ deletionActive: true });
		standin().faults.push({ kind: 'status', status: 403, text: PAGE });
		const run = await send(standin(), {
			items: [{}],
			onError: 'continueRegularOutput',
			parameters: DELETE,
		});

		expect(jsonOf(run)).toMatchObject([{ deleted: false, status: 'notSent', reason: 'FORBIDDEN' }]);
		expect(jsonOf(run)[0].message).toMatch(/^A web page came .* write to support@esputnik.com/);
	});
});

test('HTTP 200 with the JSON of an error is no deletion', async () => {
	standin().configure({ deletionActive: true });
	standin().faults.push({ kind: 'status', status: 200, text: '{"status":401,"message":"Who?"}' });
	const run = await send(standin(), {
		items: [{}],
		onError: 'continueRegularOutput',
		parameters: DELETE,
	});
	standin().configure({ deletionActive: false });

	expect(jsonOf(run)).toMatchObject([{ deleted: false, status: 'uncertain' }]);
	expect(jsonOf(run)[0].message).toContain('Who?');
});

describe('an answer whose text cannot be read', () => {
	test('is uncertain where it says that the request was taken', async () => {
		standin().faults.push({ kind: 'mislabelled' });
		const run = await send(standin(), { items: orders(2), onError: 'continueRegularOutput' });

		expect(reasons(run)).toEqual(['uncertain CONNECTION_LOST']);
		expect(standin().received.sends).toHaveLength(1);
	});

	test.each([
		['is not packed as it says', 'mislabelled'],
		['breaks off', 'cut'],
	] as const)('is a refusal where its status is one, and it %s', async (_, kind) => {
		standin().faults.push({ kind });
		const run = await send(standin(), {
			items: orders(2),
			apiKey: 'wrong',
			onError: 'continueRegularOutput',
		});

		expect(reasons(run)).toEqual(['notSent UNAUTHORIZED']);
	});
});

test('of a request that was refused before all of it had left the rest stays here', async () => {
	const LARGE = 30_000_000;
	const sockets: Socket[] = [];
	let heard = 0;
	const server = createServer((socket) => {
		sockets.push(socket.on('error', () => undefined));
		socket.once('data', (first: Buffer) => {
			socket.pause();
			heard += first.length;
			socket.write('HTTP/1.1 413 Payload Too Large\r\nContent-Length: 2\r\n\r\nNo');
		});
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	const run = await send(standin(), {
		items: orders(1).map((order) => ({ ...order, note: 'x'.repeat(LARGE) })),
		baseUrl: `http://127.0.0.1:${port}/api`,
		onError: 'continueRegularOutput',
		parameters: { paramsMode: 'autoMapInputData' },
	});
	for (const socket of sockets) {
		socket.on('data', (more: Buffer) => (heard += more.length)).resume();
		await once(socket, 'close');
	}
	server.close();

	expect(jsonOf(run)).toMatchObject([{ status: 'rejected', reason: 'REQUEST_REJECTED' }]);
	expect(heard).toBeLessThan(LARGE);
});
