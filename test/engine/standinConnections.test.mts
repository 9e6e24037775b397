import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { Type } from '@sinclair/typebox';
import type { Standin } from '../../standin/server.mts';
import { basic, EVENT, jsonOf, sendAlone, until, withStandin } from '../support/standinClient.mts';

/** What `/_received` tells of late requests. */
const Late = Type.Object({
	nowMs: Type.Integer(),
	connections: Type.Object({
		open: Type.Integer(),
		total: Type.Integer(),
		disturbed: Type.Integer(),
	}),
	requests: Type.Array(
		Type.Object({ atMs: Type.Integer(), abandoned: Type.Boolean(), open: Type.Boolean() }),
	),
});

const opened = async (connection: net.Socket, event: string) => {
	await new Promise((resolve, reject) => connection.once(event, resolve).once('error', reject));
	return connection;
};

/** Sends a request and reads its answer as it comes, without an end. */
function openAnswer(
	standin: Standin,
): Promise<{ request: http.ClientRequest; answer: http.IncomingMessage }> {
	return new Promise((resolve, reject) => {
		const request = http.request(
			`${standin.baseUrl}/v1/past_events`,
			{
				method: 'POST',
				agent: false,
				headers: { authorization: basic(standin.apiKey), 'content-type': 'application/json' },
			},
			(answer) => resolve({ request, answer }),
		);
		request.on('error', reject);
		request.end(JSON.stringify({ events: [EVENT] }));
	});
}

describe('connections to the local eSputnik', () => {
	it('never answers on a connection that meets "deaf", and serves the next', () =>
		withStandin({}, async ({ standin }) => {
			standin.faults.push({ kind: 'deaf' });
			const deaf = await opened(net.connect(standin.port, '127.0.0.1'), 'connect');
			let heard = '';
			deaf.setEncoding('utf8').on('data', (text: string) => (heard += text));
			deaf.write('GET /api/v1/account/info HTTP/1.1\r\nHost: x\r\n\r\n');
			expect((await sendAlone(standin)).status).toBe(200);
			await until(() => standin.received.connections.open === 1);
			expect(heard).toBe('');
			expect(standin.received.requests.map(({ method }) => method)).toEqual(['POST']);
			expect(standin.received.connections).toEqual({ open: 1, total: 2, disturbed: 1 });
			deaf.destroy();
			await until(() => standin.received.connections.open === 0);
		}));

	it('lets a TLS handshake hang on such a connection', () =>
		withStandin({}, async ({ standin }) => {
			standin.faults.push({ kind: 'deaf' });
			const { port } = standin;
			const secure = tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
			const ended = new Promise((resolve) => secure.once('close', resolve));
			let shaken = false;
			secure.on('error', () => undefined).on('secureConnect', () => (shaken = true));
			await until(() => standin.received.connections.disturbed === 1);
			expect((await sendAlone(standin)).status).toBe(200);
			expect(shaken).toBe(false);
			await standin.pause();
			await ended;
		}));

	it('resets a connection that meets "drop", as often as told', () =>
		withStandin({}, async ({ standin }) => {
			standin.faults.push({ kind: 'drop', times: 2 });
			expect((await sendAlone(standin)).broken).toBe('ECONNRESET');
			expect((await sendAlone(standin)).broken).toBe('ECONNRESET');
			expect((await sendAlone(standin)).status).toBe(200);
			expect(standin.received.connections).toMatchObject({ total: 3, disturbed: 2 });
			expect(standin.received.count).toBe(1);
		}));

	it('tells when requests came, whose client left early, and which connections are open', () =>
		withStandin({}, async ({ standin, call }) => {
			standin.faults.push({ kind: 'hang' }, { kind: 'hang' });
			const stored = until(() => standin.received.count === 1);
			const later = stored.then(() => new Promise((resolve) => setTimeout(resolve, 150)));
			await sendAlone(standin, 'a', later);
			await until(() => standin.received.requests[0].abandoned);
			const waiting = sendAlone(standin, 'b');
			await until(() => standin.received.count === 2);
			const told = jsonOf(Late, await call('GET', '/_received'));
			expect(told.requests).toMatchObject([
				{ abandoned: true, open: false },
				{ abandoned: false, open: true },
			]);
			const [first, second] = told.requests.map(({ atMs }) => atMs);
			expect(second - first).toBeGreaterThan(100);
			expect(told.nowMs).toBeGreaterThanOrEqual(second);
			expect(told.connections.open).toBeGreaterThanOrEqual(1);
			await standin.pause();
			expect((await waiting).broken).toBe('ECONNRESET');
			expect(standin.received.connections.open).toBe(0);
		}));
});

describe('an answer that floods', () => {
	it('goes on until its bound and breaks off there', () =>
		withStandin({}, async ({ standin }) => {
			standin.faults.push({ kind: 'flood', megabytes: 2 });
			const ending = await sendAlone(standin);
			expect(ending.status).toBe(200);
			expect(ending.text).toMatch(/^\{"results":\[\{"status":"ACCEPTED"\},\{/);
			expect(ending.text.length).toBeGreaterThan(1024 * 1024);
			expect(ending.text.length).toBeLessThan(3 * 1024 * 1024);
			expect(ending.broken).toBe('ECONNRESET');
			expect(standin.received.count).toBe(1);
			expect((await sendAlone(standin)).broken).toBeUndefined();
		}));

	it('waits for a client that reads slowly, and ends when it leaves', () =>
		withStandin({}, async ({ standin }) => {
			standin.faults.push({ kind: 'flood', megabytes: 4096 });
			const before = process.memoryUsage.rss();
			const { request, answer } = await openAnswer(standin);
			answer.pause();
			await new Promise((resolve) => setTimeout(resolve, 300));
			expect(standin.received.connections.open).toBe(1);
			expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 1024 * 1024);
			request.on('error', () => undefined);
			request.destroy();
			await until(() => standin.received.connections.open === 0);
			await until(() => standin.received.requests[0].abandoned);
		}));

	it('may come with an error', () =>
		withStandin({}, async ({ standin }) => {
			standin.faults.push({ kind: 'flood', megabytes: 1, status: 500 });
			expect(await sendAlone(standin)).toMatchObject({ status: 500 });
		}));
});
