import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { StandinOptions } from '../../standin/options.mts';
import type { Standin } from '../../standin/server.mts';
import { basic, EVENT, withStandin, type StandinClient } from '../support/standinClient.mts';

const REDIRECT = 'http://127.0.0.1:5678/rest/oauth2-credential/callback';
const Tokens = Type.Object({
	access_token: Type.String(),
	refresh_token: Type.String(),
	expires_in: Type.Number(),
	token_type: Type.String(),
});

const query = (standin: Standin, change: Record<string, string> = {}) =>
	new URLSearchParams({
		client_id: standin.oauthClient.id,
		redirect_uri: REDIRECT,
		response_type: 'code',
		state: 'st&ate',
		scope: '',
		...change,
	});

/** What pressing a button of the consent page does. */
async function consent(standin: Standin, allowed: boolean): Promise<URL> {
	const address = `${standin.url}/uaa/oauth/authorize`;
	const page = await (await fetch(`${address}?${query(standin).toString()}`)).text();
	const form = new URLSearchParams({ allowed: String(allowed) });
	for (const [, name, value] of page.matchAll(
		/<input\s+type="hidden"\s+name="(.*?)"\s+value="(.*?)"/g,
	)) {
		form.append(
			name,
			value.replace(/&#(\d+);/g, (_entity, code: string) => String.fromCharCode(Number(code))),
		);
	}
	const response = await fetch(address, { method: 'POST', body: form, redirect: 'manual' });
	expect(response.status).toBe(302);
	return new URL(response.headers.get('location') ?? '');
}

async function codeOf(standin: Standin): Promise<string> {
	return (await consent(standin, true)).searchParams.get('code') ?? '';
}

/** Asks the token address, with the app's credentials in the header. */
async function ask(
	standin: Standin,
	form: Record<string, string>,
	secret = standin.oauthClient.secret,
): Promise<{ status: number; body: unknown }> {
	const id = Buffer.from(`${standin.oauthClient.id}:${secret}`).toString('base64');
	const response = await fetch(`${standin.url}/uaa/oauth/token`, {
		method: 'POST',
		headers: { authorization: `Basic ${id}` },
		body: new URLSearchParams(form),
	});
	return { status: response.status, body: await response.json() };
}

const exchange = (code: string) => ({
	grant_type: 'authorization_code',
	code,
	redirect_uri: REDIRECT,
});
const refresh = (refresh_token: string) => ({ grant_type: 'refresh_token', refresh_token });

async function connect(standin: Standin): Promise<Static<typeof Tokens>> {
	const { body } = await ask(standin, exchange(await codeOf(standin)));
	return Value.Parse(Tokens, body);
}

const infoWith = async ({ call }: StandinClient, token: string) =>
	(await call('GET', '/api/v1/account/info', undefined, `Bearer ${token}`)).status;

const flow = (
	options: Partial<StandinOptions>,
	test: (standin: Standin, client: StandinClient) => Promise<void>,
) => withStandin(options, (client) => test(client.standin, client));

describe('OAuth 2.0 of the local eSputnik', () => {
	it('goes from the consent page to a token that the API takes everywhere', () =>
		flow({}, async (standin, client) => {
			const back = await consent(standin, true);
			expect(back.origin + back.pathname).toBe(REDIRECT);
			expect(back.searchParams.get('state')).toBe('st&ate');
			const code = back.searchParams.get('code') ?? '';
			const { status, body } = await ask(standin, exchange(code));
			expect(status).toBe(200);
			const tokens = Value.Parse(Tokens, body);
			expect(tokens.token_type).toBe('Bearer');
			expect(Math.ceil(tokens.expires_in / 60)).toBe(172_800 / 60);
			const bearer = `Bearer ${tokens.access_token}`;
			for (const version of ['v1', 'v2']) {
				const path = `/api/${version}/past_events`;
				const reply = await client.call('POST', path, { events: [EVENT] }, bearer);
				expect(reply.status).toBe(200);
			}
			expect(await infoWith(client, tokens.access_token)).toBe(200);
			expect(standin.received.requests.at(-1)?.credential).toBe('oAuth2');
			expect(await ask(standin, exchange(code))).toMatchObject({
				status: 400,
				body: { error: 'invalid_grant' },
			});
		}));

	it('tells the app when the user denies', () =>
		flow({}, async (standin) => {
			const back = await consent(standin, false);
			expect(back.searchParams.get('error')).toBe('access_denied');
			expect(back.searchParams.get('state')).toBe('st&ate');
			expect(back.searchParams.has('code')).toBe(false);
		}));

	it('sends the browser back at once where no page is wanted', () =>
		flow({ oauthConsent: 'auto' }, async (standin) => {
			const address = `${standin.url}/uaa/oauth/authorize?${query(standin).toString()}`;
			const response = await fetch(address, { redirect: 'manual' });
			expect(response.status).toBe(302);
			expect(response.headers.get('location')).toMatch(
				/^http:\/\/127\.0\.0\.1:5678\/.*[?&]code=\w+/,
			);
		}));

	it.each([
		['another app', { client_id: 'other' }, 'client_id'],
		['another kind of answer', { response_type: 'token' }, 'response_type'],
		['no address to go back to', { redirect_uri: 'nowhere' }, 'redirect_uri'],
	])('does not ask the user for %s', (_name, change, named) =>
		flow({}, async (standin) => {
			const search = query(standin, change).toString();
			const response = await fetch(`${standin.url}/uaa/oauth/authorize?${search}`);
			expect(response.status).toBe(400);
			expect(await response.text()).toContain(named);
		}),
	);

	it('takes the credentials of the app from the body too, and no wrong ones', () =>
		flow({}, async (standin) => {
			const { id, secret } = standin.oauthClient;
			const body = new URLSearchParams({
				...exchange(await codeOf(standin)),
				client_id: id,
				client_secret: secret,
			});
			const response = await fetch(`${standin.url}/uaa/oauth/token`, { method: 'POST', body });
			expect(response.status).toBe(200);
			const wrong = await ask(standin, exchange(await codeOf(standin)), 'wrong');
			expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
		}));

	it('rotates refresh tokens: a new pair each time, the old refresh token refused', () =>
		flow({}, async (standin, client) => {
			const first = await connect(standin);
			const second = Value.Parse(Tokens, (await ask(standin, refresh(first.refresh_token))).body);
			expect(second.refresh_token).not.toBe(first.refresh_token);
			expect(second.access_token).not.toBe(first.access_token);
			expect(await infoWith(client, second.access_token)).toBe(200);
			expect(await ask(standin, refresh(first.refresh_token))).toMatchObject({
				status: 400,
				body: { error: 'invalid_grant' },
			});
			expect((await ask(standin, refresh(second.refresh_token))).status).toBe(200);
			expect(standin.oauth.counts).toEqual({ granted: 1, refreshed: 2, refused: 1 });
		}));

	it('keeps one refresh token where rotation is off', () =>
		flow({ oauthRotation: false }, async (standin) => {
			const { refresh_token } = await connect(standin);
			for (let i = 0; i < 2; i++) {
				const { status, body } = await ask(standin, refresh(refresh_token));
				expect(status).toBe(200);
				expect(body).not.toHaveProperty('refresh_token');
			}
		}));

	it('wants the code of the first grant with each refresh, where told', () =>
		flow({ oauthRefreshNeedsCode: true }, async (standin) => {
			const code = await codeOf(standin);
			const first = Value.Parse(Tokens, (await ask(standin, exchange(code))).body);
			expect((await ask(standin, refresh(first.refresh_token))).status).toBe(400);
			expect((await ask(standin, { ...refresh(first.refresh_token), code: 'x' })).status).toBe(400);
			const { body } = await ask(standin, { ...refresh(first.refresh_token), code });
			const second = Value.Parse(Tokens, body);
			expect((await ask(standin, { ...refresh(second.refresh_token), code })).status).toBe(200);
		}));

	it('expires access tokens at once when told, and the refresh helps', () =>
		flow({}, async (standin, client) => {
			const { access_token, refresh_token } = await connect(standin);
			expect((await client.call('POST', '/_oauth/expire')).status).toBe(200);
			expect(await infoWith(client, access_token)).toBe(401);
			const next = Value.Parse(Tokens, (await ask(standin, refresh(refresh_token))).body);
			expect(await infoWith(client, next.access_token)).toBe(200);
			standin.oauth.expireRefreshTokens();
			expect((await ask(standin, refresh(next.refresh_token))).status).toBe(400);
		}));

	it('ends tokens after their lifetimes', () =>
		// Of a single second the answer would name no whole one where a millisecond has passed.
		flow({ oauthAccessTokenSeconds: 2, oauthRefreshTokenSeconds: 2 }, async (standin, client) => {
			const first = await connect(standin);
			await new Promise((resolve) => setTimeout(resolve, 2100));
			expect(await infoWith(client, first.access_token)).toBe(401);
			const second = await connect(standin);
			await new Promise((resolve) => setTimeout(resolve, 2100));
			expect((await ask(standin, refresh(second.refresh_token))).status).toBe(400);
		}));

	it('gives a pair of tokens to tests that skip the flow', () =>
		flow({}, async (standin, client) => {
			const { accessToken, refreshToken } = standin.oauth.grant();
			expect(await infoWith(client, accessToken)).toBe(200);
			expect((await ask(standin, refresh(refreshToken))).status).toBe(200);
		}));

	it('lets the token address meet a fault that names it', () =>
		flow({}, async (standin, client) => {
			standin.faults.push({ kind: 'status', status: 500, text: '{}', path: '/uaa/oauth/token' });
			expect((await client.call('GET', '/api/v1/account/info')).status).toBe(200);
			const { refreshToken } = standin.oauth.grant();
			expect((await ask(standin, refresh(refreshToken))).status).toBe(500);
			expect((await ask(standin, refresh(refreshToken))).status).toBe(200);
		}));

	it('does not take a token of OAuth for another credential, nor Basic for it', () =>
		flow({}, async (standin, client) => {
			const { accessToken } = standin.oauth.grant();
			const info = ['GET', '/api/v1/account/info', undefined] as const;
			expect((await client.call(...info, basic(accessToken))).status).toBe(401);
			const token = ['POST', '/api/v1/auth/token', undefined] as const;
			expect((await client.call(...token, `Bearer ${accessToken}`)).status).toBe(401);
		}));

	describe('a refresh that goes wrong', () => {
		/** Asks for a refresh; the answer as text. */
		const renew = async (standin: Standin, refresh_token: string) => {
			const { id, secret } = standin.oauthClient;
			const body = { ...refresh(refresh_token), client_id: id, client_secret: secret };
			const response = await fetch(`${standin.url}/uaa/oauth/token`, {
				method: 'POST',
				body: new URLSearchParams(body),
			});
			return { status: response.status, text: await response.text() };
		};

		it('hands out the new tokens in JSON that breaks off', () =>
			flow({ oauthRefreshAnswer: 'brokenJson' }, async (standin, client) => {
				const { refreshToken } = standin.oauth.grant();
				const { status, text } = await renew(standin, refreshToken);
				expect(status).toBe(200);
				expect(() => void JSON.parse(text)).toThrow(SyntaxError);
				const token = /"access_token":"(.*?)"/.exec(text)?.[1] ?? '';
				expect(await infoWith(client, token)).toBe(200);
			}));

		it('repeats the refresh token and the secret in a text', () =>
			flow({ oauthRefreshAnswer: 'echo' }, async (standin) => {
				const { refreshToken } = standin.oauth.grant();
				const { status, text } = await renew(standin, refreshToken);
				expect(status).toBe(400);
				expect(text).toContain(refreshToken);
				expect(text).toContain(standin.oauthClient.secret);
			}));
	});
});
