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

describe('a web page in the place of an answer', () => {
	const DELETE = {
		operation: 'delete',
		from: '2024-01-01',
		to: '2024-01-02',
		confirmDeletion: true,
	};
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
});
