import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { EVENT, withStandin } from '../support/standinClient.mts';

/** A secret in the forms in which it may come to light. */
function formsOf(secret: string): readonly string[] {
	const base64 = [secret, `any:${secret}`].map((text) => Buffer.from(text).toString('base64'));
	return [secret, encodeURIComponent(secret), ...base64, ...base64.map(encodeURIComponent)];
}

const Tokens = Type.Object({ access_token: Type.String(), refresh_token: Type.String() });

describe('the page of the local eSputnik', () => {
	it('shows counts by type, day and status, the requests and a bar for each month', () =>
		withStandin({}, async ({ standin, send, call }) => {
			await send(
				{ ...EVENT, occurred: '2024-01-31' },
				{ ...EVENT, occurred: '2024-03-01', eventTypeKey: 'pageViewed' },
				{ ...EVENT, occurred: 'soon' },
			);
			await call('DELETE', '/api/v1/past_events', {});
			const response = await fetch(standin.url);
			expect(response.headers.get('content-type')).toMatch(/^text\/html/);
			const page = await response.text();
			for (const text of [
				'2 events kept from 2 requests',
				'pageViewed',
				'2024-01-31',
				'INCORRECT_OCCURRED_DATE_FORMAT',
				'DELETE /api/v1/past_events',
				'Deleting past events is not enabled',
			]) {
				expect(page).toContain(text);
			}
			const bars = Array.from(
				page.matchAll(/<rect [^>]*>\s*<title>(.*?)<\/title><\/rect>/g),
				([, title]) => title,
			);
			expect(bars).toEqual(['2024-01: 1', '2024-02: 0', '2024-03: 1']);
		}));

	it('loads nothing from elsewhere and runs no script', () =>
		withStandin({}, async ({ standin, send }) => {
			await send({ ...EVENT, params: [] });
			const page = await (await fetch(standin.url)).text();
			expect(page).not.toMatch(/<script|src=|@import|url\(/i);
			expect(page).toContain('prefers-color-scheme: dark');
		}));

	it('shows text of events as text', () =>
		withStandin({ statusFor: { buyer: '<b>"&' } }, async ({ standin, send }) => {
			await send(EVENT);
			const page = await (await fetch(standin.url)).text();
			expect(page).not.toContain('<b>');
			expect(page).toContain('&#60;b&#62;&#34;&#38;');
		}));

	it('is there before anything was received', () =>
		withStandin({}, async ({ standin }) => {
			expect(await (await fetch(standin.url)).text()).toContain('Nothing yet');
		}));

	it('shows no secret, whatever credential was used, well or badly', () => {
		const settings = {
			apiKey: 'canary key/1',
			token: 'canary+token',
			oauthClientSecret: 'canary=secret',
		};
		return withStandin(settings, async ({ standin, call, send }) => {
			const { accessToken, refreshToken } = standin.oauth.grant();
			await send(EVENT);
			const body = { events: [EVENT] };
			for (const token of [standin.token, accessToken, 'canary-wrong']) {
				await call('POST', '/api/v1/past_events', body, `Bearer ${token}`);
				await call('GET', `/api/v1/account/info?token=${encodeURIComponent(token)}`);
			}
			const issued = (await call('POST', '/api/v1/auth/token')).text.slice(1, -1);
			const refresh = await fetch(`${standin.url}/uaa/oauth/token`, {
				method: 'POST',
				body: new URLSearchParams({
					grant_type: 'refresh_token',
					refresh_token: refreshToken,
					client_id: standin.oauthClient.id,
					client_secret: standin.oauthClient.secret,
				}),
			});
			const refreshed = Value.Parse(Tokens, await refresh.json());
			const configured = await call('POST', '/_configure', {});
			const shown = [
				await (await fetch(standin.url)).text(),
				(await call('GET', '/_received?bodies=true')).text,
				configured.text,
				JSON.stringify(standin.received.requests),
			].join('\n');
			const secrets = [
				...Object.values(settings),
				accessToken,
				refreshToken,
				issued,
				refreshed.access_token,
				refreshed.refresh_token,
				'canary-wrong',
			];
			expect(secrets.flatMap(formsOf).filter((form) => shown.includes(form))).toEqual([]);
			expect(shown).toContain(EVENT.keyValue);
		});
	});
});

describe('the addresses for tests in other processes', () => {
	it('gives what was received as JSON, page by page, bodies when asked for', () =>
		withStandin({}, async ({ send, call }) => {
			for (const keyValue of ['a', 'b', 'c']) await send({ ...EVENT, keyValue });
			const { text } = await call('GET', '/_received?offset=1&limit=1');
			const all: unknown = JSON.parse(text);
			expect(all).toMatchObject({
				counts: { events: 3, requests: 3, byStatus: { ACCEPTED: 3 } },
				requests: [{ number: 3 }],
				events: [{ keyValue: 'b' }],
			});
			expect(text).not.toContain('"body"');
			const withBodies: unknown = JSON.parse((await call('GET', '/_received?bodies=true')).text);
			expect(withBodies).toMatchObject({
				requests: ['a', 'b', 'c'].map((keyValue) => ({
					body: JSON.stringify({ events: [{ ...EVENT, keyValue }] }),
				})),
			});
		}));

	it('changes switches, queues faults and resets', () =>
		withStandin({}, async ({ standin, send, call }) => {
			const changed = await call('POST', '/_configure', { singleResult: 'object' });
			expect(changed.status).toBe(200);
			expect(standin.switches.singleResult).toBe('object');
			await call('POST', '/_faults', [{ kind: 'status', status: 503 }, { kind: 'cut' }]);
			expect((await send(EVENT)).status).toBe(503);
			expect(standin.faults.waiting).toEqual([{ kind: 'cut' }]);
			await call('POST', '/_reset');
			expect(standin.faults.waiting).toEqual([]);
			expect(standin.received.counts()).toMatchObject({ events: 0, requests: 0, byHttpStatus: {} });
			expect((await send(EVENT)).text).toContain('"results":{"status":"ACCEPTED"}');
			expect(standin.received.events).toMatchObject([{ request: 1 }]);
		}));
});
