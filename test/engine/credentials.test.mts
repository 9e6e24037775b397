import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Fault } from '../../standin/faults.mts';
import type { Switches } from '../../standin/options.mts';
import { startStandin, type Standin } from '../../standin/server.mts';
import { CredentialStore } from '../support/engineCredentials.mts';
import { loadSources } from '../support/enginePackage.mts';
import { jsonOf, orders, send, useStandin, type SendCase } from '../support/esputnik.mts';

const standin = useStandin({ postPastEventsPerSecond: 0 });

function statuses(run: Awaited<ReturnType<typeof send>>): unknown[] {
	return [...new Set(jsonOf(run).map(({ status }) => status))];
}

describe('the base URL', () => {
	test.each([
		['as it is in the documentation', (url: string) => `${url}/api`],
		['with a trailing slash', (url: string) => `${url}/api/`],
		['without /api', (url: string) => url],
		['with spaces around it', (url: string) => `  ${url}/api  `],
		[
			'with the host in upper case',
			(url: string) => `${url}/api`.replace('127.0.0.1', 'LOCALHOST'),
		],
		['with the version pasted along', (url: string) => `${url}/api/v1`],
		['with a slash too few', (url: string) => `${url}/api`.replace('//', '/')],
	])('%s works', async (_, baseUrl) => {
		const run = await send(standin(), { items: orders(1), baseUrl: baseUrl(standin().url) });

		expect(statuses(run)).toEqual(['accepted']);
	});

	test.each([
		['http://esputnik.com/api', 'clear text'],
		['ftp://esputnik.com/api', 'clear text'],
		['https://user:secret@esputnik.com/api', 'user name or password'],
		['esputnik dot com', 'no web address'],
	])('%s is refused before anything is sent', async (baseUrl, text) => {
		const run = await send(standin(), { items: orders(1), baseUrl });

		expect(run.error?.message).toContain(text);
		expect(run.error?.message).not.toContain('secret');
	});

	test('https to a server that speaks http only: certainly nothing was sent, told without the words of OpenSSL', async () => {
		const run = await send(standin(), {
			items: orders(1),
			baseUrl: standin().baseUrl.replace('http:', 'https:'),
			onError: 'continueRegularOutput',
			parameters: { options: { maxRetries: 0 } },
		});

		expect(jsonOf(run)).toMatchObject([{ status: 'notSent', reason: 'CONNECTION_FAILED' }]);
		expect(jsonOf(run)[0].message).toContain('no https connection');
		expect(jsonOf(run)[0].message).not.toMatch(/ssl/i);
	});

	test('a redirect is never followed, since the key would go along', async () => {
		const elsewhere = await startStandin();
		standin().faults.push({ kind: 'redirect', location: `${elsewhere.baseUrl}/v1/past_events` });
		const run = await send(standin(), { items: orders(1), onError: 'continueRegularOutput' });

		expect(jsonOf(run)).toMatchObject([{ status: 'notSent', reason: 'REDIRECTED' }]);
		expect(elsewhere.received.requests).toEqual([]);
		await elsewhere.close();
	});
});

test.each([
	['API Key', 'apiKey'],
	['API Token', 'apiToken'],
	['OAuth2', 'oAuth2'],
])(
	'a node without a credential for %s is told so, in the words of the panel',
	async (label, authentication) => {
		const run = await send(standin(), {
			items: orders(1),
			parameters: { authentication },
			run: { credentials: {} },
		});

		expect(run.error?.message).toContain(`no credential for the authentication by '${label}'`);
	},
);

describe('an API key', () => {
	test.each(['', '  \n'])(
		'that is missing (%j) is found before anything is sent',
		async (apiKey) => {
			const run = await send(standin(), {
				items: orders(2),
				apiKey,
				onError: 'continueRegularOutput',
			});

			expect(jsonOf(run)).toEqual(
				orders(2).map(() => ({
					status: 'notSent',
					reason: 'CONFIGURATION',
					message:
						"The 'API Key' of the eSputnik credential is empty. Paste it into the credential.",
				})),
			);
			expect(standin().received.requests).toEqual([]);
		},
	);

	test('may be a word of the answer', async () => {
		for (const apiKey of ['results', 'ACCEPTED', 's']) {
			const elsewhere = await startStandin({ apiKey });
			const run = await send(elsewhere, { items: orders(2) });
			await elsewhere.close();

			expect(statuses(run)).toEqual(['accepted']);
		}
	});

	test('goes as the password of Basic authentication', async () => {
		await send(standin(), { items: orders(1) });

		expect(standin().received.sends.map(({ credential }) => credential)).toEqual(['apiKey']);
	});

	test.each<[string, Partial<Switches>, string, string]>([
		['that is wrong or switched off', { keyDisabled: true }, 'UNAUTHORIZED', '90 days'],
		['without the right to events', { keyRights: 'messages' }, 'FORBIDDEN', 'access to events'],
		[
			'of the other brand',
			{ hosts: ['esputnik.com'], wrongHostStatus: 404 },
			'NOT_FOUND',
			'api.yespo.io',
		],
	])('%s: one message that says what to do', async (_, switches, reason, advice) => {
		standin().configure(switches);
		const run = await send(standin(), { items: orders(1001), onError: 'continueRegularOutput' });
		standin().configure({ keyDisabled: false, keyRights: 'full', hosts: [] });

		expect(statuses(run)).toEqual(['notSent']);
		expect(jsonOf(run)[1000]).toMatchObject({ reason });
		expect(jsonOf(run)[1000].message).toContain(advice);
		expect(standin().received.requests).toHaveLength(1);
	});
});

describe('an API token', () => {
	const withToken = (given: Partial<SendCase> = {}): SendCase => ({
		items: orders(1),
		...given,
		parameters: { authentication: 'apiToken', ...given.parameters },
		run: {
			credentials: {
				esputnikTokenApi: { apiToken: ` ${standin().token} `, baseUrl: standin().baseUrl },
			},
		},
	});

	test('goes as a Bearer', async () => {
		const run = await send(standin(), withToken());

		expect(statuses(run)).toEqual(['accepted']);
		expect(standin().received.sends.map(({ credential }) => credential)).toEqual(['apiToken']);
	});

	test('with version 2 the node says at once that tokens serve version 1 only', async () => {
		const run = await send(standin(), withToken({ parameters: { options: { apiVersion: 'v2' } } }));

		expect(run.error?.message).toContain('version 1');
		expect(standin().received.requests).toEqual([]);
	});

	test('that has expired is told as such', async () => {
		standin().tokens.expire();
		const run = await send(standin(), withToken({ onError: 'continueRegularOutput' }));

		expect(jsonOf(run)).toMatchObject([
			{
				status: 'notSent',
				reason: 'UNAUTHORIZED',
				message: expect.stringMatching(/API token .*expired.* with your API key/),
			},
		]);
	});

	test('with a letter that no header can carry is found before anything is sent', async () => {
		const esputnikTokenApi = { apiToken: 'tok\u200ben', baseUrl: standin().baseUrl };
		const run = await send(standin(), {
			...withToken(),
			run: { credentials: { esputnikTokenApi } },
		});

		expect(run.error?.message).toContain('Nothing was sent.');
		expect(run.error?.message).toContain('Copy it again');
	});

	test('deletes', async () => {
		standin().configure({ deletionActive: true });
		const run = await send(
			standin(),
			withToken({
				parameters: {
					operation: 'delete',
					from: '2024-01-01',
					to: '2024-01-02',
					confirmDeletion: true,
				},
			}),
		);

		expect(jsonOf(run)).toMatchObject([{ deleted: true }]);
	});
});

describe('OAuth 2.0', () => {
	async function connected(target: Standin): Promise<CredentialStore> {
		const { accessToken, refreshToken } = target.oauth.grant();
		const data: ICredentialDataDecryptedObject = {
			clientId: target.oauthClient.id,
			clientSecret: target.oauthClient.secret,
			baseUrl: target.baseUrl,
			oauthServer: `${target.url}/uaa/`,
			oauthTokenData: {
				access_token: accessToken,
				refresh_token: refreshToken,
				token_type: 'Bearer',
			},
		};
		return await CredentialStore.of(loadSources().credentials, { esputnikOAuth2Api: data });
	}

	const sendConnected = async (
		credentials: CredentialStore,
		items: object[],
		given: Partial<SendCase> = {},
	) =>
		await send(standin(), {
			items,
			...given,
			parameters: { authentication: 'oAuth2', ...given.parameters },
			run: { credentials },
		});

	test('sends with the access token, also by version 2', async () => {
		const credentials = await connected(standin());
		const run = await sendConnected(credentials, orders(1), {
			parameters: { options: { apiVersion: 'v2' } },
		});

		expect(statuses(run)).toEqual(['accepted']);
		expect(standin().received.sends.map(({ credential }) => credential)).toEqual(['oAuth2']);
	});

	test('an access token that expired before the run is renewed, and every event arrives once', async () => {
		const credentials = await connected(standin());
		standin().oauth.expireAccessTokens();
		const run = await sendConnected(credentials, orders(3000));

		expect(statuses(run)).toEqual(['accepted']);
		expect(standin().oauth.counts.refreshed).toBe(1);
		const stored = standin().received.events.map(({ keyValue }) => keyValue);
		expect(stored).toHaveLength(3000);
		expect(new Set(stored)).toEqual(new Set(orders(3000).map(({ email }) => email)));
	});

	test('it may expire while four requests are in flight', async () => {
		standin().configure({ latencyMs: 30 });
		const credentials = await connected(standin());
		let answered = 0;
		standin().faults.decide = () => {
			if (++answered === 4) standin().oauth.expireAccessTokens();
			return undefined;
		};
		const run = await sendConnected(credentials, orders(10_000));
		standin().configure({ latencyMs: 0 });

		expect(statuses(run)).toEqual(['accepted']);
		expect(standin().oauth.counts.refreshed).toBeGreaterThanOrEqual(1);
		expect(standin().received.count).toBe(10_000);
		expect(new Set(standin().received.events.map(({ keyValue }) => keyValue)).size).toBe(10_000);
	});

	test('the rotated refresh token is kept for the next run', async () => {
		const credentials = await connected(standin());
		standin().oauth.expireAccessTokens();
		await sendConnected(credentials, orders(1));
		standin().oauth.expireAccessTokens();
		const run = await sendConnected(credentials, orders(1));

		expect(statuses(run)).toEqual(['accepted']);
		expect(standin().oauth.counts.refreshed).toBe(2);
	});

	test('a refresh that is refused: every item is notSent, with what to do', async () => {
		const credentials = await connected(standin());
		standin().oauth.expireAccessTokens();
		standin().oauth.expireRefreshTokens();
		const run = await sendConnected(credentials, orders(2), { onError: 'continueRegularOutput' });

		expect(jsonOf(run)).toMatchObject([
			{ status: 'notSent', reason: 'UNAUTHORIZED' },
			{ status: 'notSent', reason: 'UNAUTHORIZED' },
		]);
		expect(jsonOf(run)[0].message).toMatch(/needs to be reconnected.*connect it again/);
		expect(jsonOf(run)[0].message).not.toContain('90 days');
		expect(standin().received.count).toBe(0);
	});

	test.each<[string, Fault]>([
		['fails', { kind: 'status', status: 500 }],
		['breaks off', { kind: 'resetAfterReading' }],
		['is not available', { kind: 'status', status: 503 }],
	])(
		'where the server for new tokens %s, nothing was taken, and nobody needs to look for it',
		async (_, fault) => {
			const credentials = await connected(standin());
			standin().oauth.expireAccessTokens();
			standin().faults.push({ ...fault, path: '/uaa/oauth/token', times: 2 });
			const run = await sendConnected(credentials, orders(2), {
				onError: 'continueRegularOutput',
				parameters: { options: { maxRetries: 1 } },
			});
			expect(jsonOf(run)).toMatchObject([
				{ status: 'notSent', reason: 'UNAUTHORIZED' },
				{ status: 'notSent', reason: 'UNAUTHORIZED' },
			]);
			expect(jsonOf(run)[0].message).toContain('OAuth Server');
		},
	);

	test('a server for new tokens that fails once is asked again', async () => {
		const credentials = await connected(standin());
		standin().oauth.expireAccessTokens();
		standin().faults.push({ kind: 'status', status: 502, path: '/uaa/oauth/token' });
		const run = await sendConnected(credentials, orders(2));

		expect(statuses(run)).toEqual(['accepted']);
		expect(standin().received.count).toBe(2);
	});

	test('a credential that nobody connected is told before anything is sent', async () => {
		const data = { clientId: 'x', clientSecret: 'y', baseUrl: standin().baseUrl };
		const run = await sendConnected(
			await CredentialStore.of(loadSources().credentials, { esputnikOAuth2Api: data }),
			orders(1),
		);

		expect(run.error?.message).toContain(
			'Nothing was sent. The OAuth2 credential is not connected',
		);
		expect(standin().received.requests).toEqual([]);
	});
});
