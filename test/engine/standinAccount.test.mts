import { Value } from '@sinclair/typebox/value';
import { Type } from '@sinclair/typebox';
import { basic, EVENT, withStandin } from '../support/standinClient.mts';
import type { StandinOptions } from '../../standin/options.mts';

const SEND = ['POST', '/api/v1/past_events', { events: [EVENT] }] as const;
const INFO = ['GET', '/api/v1/account/info'] as const;

describe('credentials at the local eSputnik', () => {
	it('takes the API key as the password of any user', () =>
		withStandin({ apiKey: 'ключ:1' }, async ({ call }) => {
			expect(await call(...INFO)).toMatchObject({
				status: 200,
				text: '{"userEmail":"owner@example.com","organisationName":"Local eSputnik","orgId":1}',
			});
			expect((await call(...SEND)).status).toBe(200);
		}));

	const strangers: ReadonlyArray<[string, string | null]> = [
		['no credential', null],
		['a wrong key', basic('wrong')],
		['a wrong token', 'Bearer wrong'],
		['another scheme', 'Digest x'],
		['half a header', 'Basic'],
	];
	it.each(strangers)('answers 401 as text to %s', (_name, authorization) =>
		withStandin({}, async ({ call, standin }) => {
			for (const [method, path, body] of [SEND, INFO, ['POST', '/api/v1/auth/token'] as const]) {
				const reply = await call(method, path, body, authorization);
				expect(reply).toMatchObject({ status: 401, text: 'Unauthorized' });
			}
			expect(standin.received.count).toBe(0);
		}),
	);

	it('gives an API token as a JSON string, good for its methods until it expires', () =>
		withStandin({ deletionActive: true }, async ({ call, standin }) => {
			const reply = await call('POST', '/api/v1/auth/token');
			expect(reply.status).toBe(200);
			const bearer = `Bearer ${Value.Parse(Type.String(), JSON.parse(reply.text))}`;
			const range = { from: '2020-01-01', to: '2020-01-02' };
			const allowed = [
				SEND,
				['POST', '/api/v1/event', EVENT],
				['DELETE', '/api/v1/past_events', range],
			] as const;
			for (const [method, path, body] of allowed) {
				expect((await call(method, path, body, bearer)).status).toBe(200);
			}
			const others = [
				['POST', '/api/v2/past_events', { events: [EVENT] }],
				['POST', '/api/v2/event', EVENT],
				['POST', '/api/v1/auth/token', undefined],
				['GET', '/api/v1/account/info', undefined],
			] as const;
			for (const [method, path, body] of others) {
				expect((await call(method, path, body, bearer)).status).toBe(401);
			}
			expect(standin.received.requests[1].credential).toBe('apiToken');

			standin.tokens.expire();
			expect((await call(...SEND, bearer)).status).toBe(401);
		}));

	it('takes the token that is good from the start, and tests it by an empty list', () =>
		withStandin({ token: 'given' }, async ({ call, standin }) => {
			const empty = ['POST', '/api/v1/past_events', { events: [] }] as const;
			expect((await call(...empty, 'Bearer given')).status).toBe(200);
			standin.configure({ accountInfoTakesTokens: true });
			expect((await call(...INFO, undefined, 'Bearer given')).status).toBe(200);
			standin.configure({ accountInfoTakesTokens: false, tokenRefusedStatus: 403 });
			expect((await call(...INFO, undefined, 'Bearer given')).status).toBe(403);
		}));

	const accounts: ReadonlyArray<[string, Partial<StandinOptions>, number, number]> = [
		['a key with full access', {}, 200, 200],
		['a key for events', { keyRights: 'events' }, 200, 200],
		['a key for events and contacts', { keyRights: 'eventsAndContacts' }, 200, 200],
		['a key for messages', { keyRights: 'messages' }, 403, 200],
		['a key that was switched off', { keyDisabled: true }, 401, 401],
		['an account of the other brand', { hosts: ['esputnik.example'] }, 401, 401],
		[
			'an account of the other brand, answered 404',
			{ hosts: ['esputnik.example'], wrongHostStatus: 404 },
			404,
			404,
		],
		['an account of this host', { hosts: ['127.0.0.1'] }, 200, 200],
	];
	it.each(accounts)('knows %s', (_name, options, send, info) =>
		withStandin(options, async ({ call }) => {
			expect((await call(...SEND)).status).toBe(send);
			expect((await call(...INFO)).status).toBe(info);
		}),
	);

	it('answers 404 outside its addresses', () =>
		withStandin({}, async ({ call }) => {
			for (const path of ['/api/v1/nothing', '/v1/account/info', '/api']) {
				expect((await call('GET', path)).status).toBe(404);
			}
		}));
});

describe('limits of the local eSputnik', () => {
	const statusesOf = async (replies: Array<Promise<{ status: number }>>) =>
		(await Promise.all(replies)).map(({ status }) => status);

	it('counts the requests of all clients together, and tells how many it refused', () =>
		withStandin({ postPastEventsPerSecond: 20 }, async ({ call, standin }) => {
			const bearer = `Bearer ${standin.oauth.grant().accessToken}`;
			const ways = [undefined, `Bearer ${standin.token}`, bearer] as const;
			const sent = await statusesOf(
				Array.from({ length: 90 }, (_, i) => call(...SEND, ways[i % ways.length])),
			);
			const refused = sent.filter((status) => status === 429).length;
			expect(sent.filter((status) => status === 200).length + refused).toBe(90);
			expect(refused).toBeGreaterThan(0);
			expect(standin.received.counts().byHttpStatus['429']).toBe(refused);
			const first = standin.received.requests[0].atMs;
			const early = standin.received.requests.filter(({ atMs }) => atMs < first + 700);
			expect(early.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(20);
		}));

	it('answers 429 beyond so many requests a second, for each version apart', () =>
		withStandin({ postPastEventsPerSecond: 3 }, async ({ call, standin }) => {
			const sent = await statusesOf(Array.from({ length: 30 }, () => call(...SEND)));
			expect(sent.slice(0, 3)).toEqual([200, 200, 200]);
			expect(sent).toContain(429);
			expect(standin.received.count).toBe(sent.filter((status) => status === 200).length);
			expect((await call('POST', '/api/v2/past_events', { events: [EVENT] })).status).toBe(200);
			expect((await call(...INFO)).status).toBe(200);
		}));
});
