import { Type } from '@sinclair/typebox';
import type { Fault } from '../../standin/faults.mts';
import {
	basic,
	EVENT,
	jsonOf,
	sendAlone,
	statuses,
	until,
	withStandin,
	type Ending,
} from '../support/standinClient.mts';

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

describe('faults of the local eSputnik', () => {
	it.each(['drip', 'cut', 'slow', 'hang'] as const)(
		'serves on when a client gives up before an answer that meets %s',
		(kind) =>
			withStandin({ latencyMs: 100 }, async ({ standin }) => {
				standin.faults.push({ kind, ms: 100, times: 5 });
				const early = Array.from({ length: 5 }, (_, i) => sendAlone(standin, 'a', 30 + 25 * i));
				await Promise.all(early);
				// On a busy machine a client may have left before its request met one.
				standin.faults.clear();
				expect((await sendAlone(standin)).status).toBe(200);
			}),
	);

	it('gives the faults out in their order, as often as told', () =>
		withStandin({}, async ({ standin }) => {
			standin.faults.push(
				{ kind: 'status', status: 429, times: 2 },
				{ kind: 'pass' },
				{ kind: 'status', status: 503 },
			);
			const endings: Ending[] = [];
			for (let i = 0; i < 5; i++) endings.push(await sendAlone(standin));
			expect(endings.map(({ status }) => status)).toEqual([429, 429, 200, 503, 200]);
			expect(standin.faults.waiting).toEqual([]);
		}));

	const aimed: ReadonlyArray<[string, Partial<Fault>]> = [
		['the number of the request', { request: 2 }],
		['the requests before it', { skip: 1 }],
		['a text in the body', { body: 'second@' }],
	];
	it.each(aimed)('aims a fault by %s', (_name, aim) =>
		withStandin({}, async ({ standin }) => {
			standin.faults.push({ kind: 'status', status: 500, ...aim });
			const endings: Ending[] = [];
			for (const name of ['first@', 'second@', 'third@'])
				endings.push(await sendAlone(standin, name));
			expect(endings.map(({ status }) => status)).toEqual([200, 500, 200]);
		}),
	);

	it('aims a fault by method and path', () =>
		withStandin({ deletionActive: true }, async ({ standin, call, send }) => {
			standin.faults.push(
				{ kind: 'status', status: 500, method: 'DELETE' },
				{ kind: 'status', status: 502, path: 'account/info' },
			);
			expect((await send(EVENT)).status).toBe(200);
			expect((await call('GET', '/api/v1/account/info')).status).toBe(502);
			expect((await call('DELETE', '/api/v1/past_events', {})).status).toBe(500);
		}));

	it('asks a function of the test, request by request', () =>
		withStandin({}, async ({ standin }) => {
			standin.faults.decide = ({ number }) =>
				number % 2 === 0 ? { kind: 'status', status: 503, retryAfter: '0' } : undefined;
			const endings: Ending[] = [];
			for (let i = 0; i < 4; i++) endings.push(await sendAlone(standin));
			expect(endings.map(({ status }) => status)).toEqual([200, 503, 200, 503]);
		}));

	it('lets a refusal be what it is, whatever fault its answer meets', () =>
		withStandin({}, async ({ standin, call }) => {
			standin.faults.push({ kind: 'notJson' }, { kind: 'resultsLonger' }, { kind: 'empty' });
			for (let i = 0; i < 3; i++) {
				const reply = await call(
					'POST',
					'/api/v1/past_events',
					{ events: [EVENT] },
					basic('wrong'),
				);
				expect(reply).toMatchObject({ status: 401, text: 'Unauthorized' });
			}
		}));

	it('refuses a fault that it does not know', () =>
		withStandin({}, async ({ call, standin }) => {
			for (const fault of [
				{ kind: 'earthquake' },
				{ kind: 'status', status: 5 },
				{ kind: 'cut', x: 1 },
			]) {
				expect((await call('POST', '/_faults', fault)).status).toBe(400);
			}
			expect(standin.faults.waiting).toEqual([]);
		}));

	it('goes away and comes back on the same port with what it received', () =>
		withStandin({}, async ({ standin, send, call }) => {
			const { port } = standin;
			await send(EVENT);
			standin.faults.push({ kind: 'hang' });
			const hanging = sendAlone(standin);
			await until(() => standin.received.count === 2);
			await standin.pause();
			expect((await hanging).broken).toBe('ECONNRESET');
			expect(await sendAlone(standin)).toMatchObject({ broken: 'ECONNREFUSED' });
			await standin.resume();
			expect(standin.port).toBe(port);
			expect(statuses(await send(EVENT))).toEqual(['ACCEPTED']);
			expect(standin.received.count).toBe(3);

			expect((await call('POST', '/_restart', { downMs: 50 })).status).toBe(200);
			let back: Ending;
			do back = await sendAlone(standin);
			while (back.status !== 200);
			expect(standin.received.count).toBe(4);
		}));

	it('closes while requests hang', async () => {
		await withStandin({}, async ({ standin }) => {
			standin.faults.push({ kind: 'hang', times: 2 }, { kind: 'drip', ms: 60_000 });
			void sendAlone(standin);
			void sendAlone(standin);
			void sendAlone(standin);
			await until(() => standin.received.count === 3);
		});
	});

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
