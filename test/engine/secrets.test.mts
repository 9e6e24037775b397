import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Fault } from '../../standin/faults.mts';
import { orders, send, useStandin, type SendCase } from '../support/esputnik.mts';

const CANARY = 'canary+key/with=odd&signs';

/** The forms in which a secret may leak. */
const FORMS = [
	CANARY,
	Buffer.from(CANARY).toString('base64'),
	Buffer.from(`n8n:${CANARY}`).toString('base64'),
	encodeURIComponent(CANARY),
];

const standin = useStandin({ apiKey: CANARY, token: CANARY, postPastEventsPerSecond: 0 });

const faults: Array<[string, Fault]> = [
	['a refused request', { kind: 'status', status: 400, text: 'no' }],
	['an unknown key', { kind: 'status', status: 401, text: 'Unauthorized' }],
	['a server that repeats the key', { kind: 'status', status: 400, text: `Bad key ${CANARY}` }],
	[
		'a server that repeats the header',
		{ kind: 'status', status: 400, text: `Bad header Basic ${FORMS[2]}, Bearer ${CANARY}` },
	],
	[
		'a server that repeats the key in other forms',
		{ kind: 'status', status: 400, text: `Bad key ${FORMS[1]} ${FORMS[3]}` },
	],
	['a missing right', { kind: 'status', status: 403, text: 'Forbidden' }],
	['a rate limit', { kind: 'status', status: 429, retryAfter: '0' }],
	['a server error', { kind: 'status', status: 500 }],
	['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:1/' }],
	['a lost connection', { kind: 'resetAfterReading' }],
	['a time-out', { kind: 'hang' }],
	['a cut answer', { kind: 'cut' }],
	['an answer that is not JSON', { kind: 'notJson' }],
];

const kinds: Array<[string, ICredentialDataDecryptedObject]> = [
	['apiKey', { apiKey: CANARY }],
	['apiToken', { apiToken: CANARY }],
];

describe.each(kinds)('with %s', (authentication, secret) => {
	const credentialType = authentication === 'apiKey' ? 'esputnikApi' : 'esputnikTokenApi';

	async function everythingShown(given: Partial<SendCase>, baseUrl: string): Promise<string> {
		const printed: string[] = [];
		const spies = [process.stdout, process.stderr].map((stream) =>
			jest.spyOn(stream, 'write').mockImplementation((text) => {
				printed.push(String(text));
				return true;
			}),
		);
		const run = await send(standin(), {
			items: orders(3),
			...given,
			parameters: { authentication, ...given.parameters },
			run: { credentials: { [credentialType]: { ...secret, baseUrl } } },
		});
		for (const spy of spies) spy.mockRestore();
		const page = await (await fetch(standin().url)).text();
		const received = await (await fetch(`${standin().url}/_received`)).text();
		const error = `${run.error?.message} ${run.error?.description} ${run.error?.stack}`;
		return [
			...printed,
			JSON.stringify(run.raw),
			JSON.stringify(run.logs),
			error,
			page,
			received,
		].join();
	}

	test.each(faults)('%s shows no secret', async (_, fault) => {
		for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
			standin().faults.push({ ...fault, times: 99 });
			const shown = await everythingShown(
				{ onError, parameters: { options: { timeout: 300, maxRetries: 1 } } },
				standin().baseUrl,
			);
			for (const form of FORMS) expect(shown).not.toContain(form);
		}
	});

	test('a long refusal is not cut within the key', async () => {
		const text = `${'x'.repeat(295)} ${CANARY}`;
		standin().faults.push({ kind: 'status', status: 400, text, times: 99 });
		const shown = await everythingShown({}, standin().baseUrl);

		expect(shown).toContain('xxx');
		expect(shown).not.toContain(CANARY.slice(0, 3));
	});

	test('a status of an event that repeats the key shows no secret', async () => {
		standin().configure({ statusFor: { buyer1: `BAD ${CANARY}` } });
		const run = await send(standin(), {
			items: orders(3),
			onError: 'continueRegularOutput',
			parameters: { authentication },
			run: { credentials: { [credentialType]: { ...secret, baseUrl: standin().baseUrl } } },
		});
		standin().configure({ statusFor: {} });
		const shown = JSON.stringify([run.raw, run.logs]);

		expect(shown).toContain('BAD ***');
		expect(shown).not.toContain(CANARY);
	});

	test.each([
		['no server at the address', 'http://127.0.0.1:1/api'],
		['a plain http address', 'http://esputnik.com/api'],
		['an address that does not exist', 'https://nowhere.invalid/api'],
	])('%s shows no secret', async (_, baseUrl) => {
		const shown = await everythingShown({ parameters: { options: { maxRetries: 0 } } }, baseUrl);

		for (const form of FORMS) expect(shown).not.toContain(form);
	});

	test('a dry run shows no secret', async () => {
		const shown = await everythingShown(
			{ parameters: { options: { dryRun: true } } },
			standin().baseUrl,
		);

		for (const form of FORMS) expect(shown).not.toContain(form);
	});
});

test('an access token that n8n renewed during the run is redacted, too', async () => {
	const { oauth, oauthClient, faults, baseUrl, url } = standin();
	const { accessToken, refreshToken } = oauth.grant();
	const renew = oauth.token.bind(oauth);
	const renewed: string[] = [];
	oauth.token = async (headers, body) => {
		const answer = await renew(headers, body);
		const [, token = ''] = /"access_token":"(.*?)"/.exec(JSON.stringify(answer.body)) ?? [];
		renewed.push(token);
		faults.push({ kind: 'status', status: 400, text: `Token ${token} is new`, times: 99 });
		return answer;
	};
	oauth.expireAccessTokens();
	const run = await send(standin(), {
		items: orders(2),
		onError: 'continueRegularOutput',
		parameters: { authentication: 'oAuth2' },
		run: {
			credentials: {
				esputnikOAuth2Api: {
					clientId: oauthClient.id,
					clientSecret: oauthClient.secret,
					baseUrl,
					oauthServer: `${url}/uaa`,
					oauthTokenData: { access_token: accessToken, refresh_token: refreshToken },
				},
			},
		},
	});
	const shown = JSON.stringify([run.raw, run.logs]);

	expect(renewed).toHaveLength(1);
	expect(shown).toContain('Token *** is new');
	expect(shown).not.toContain(renewed[0]);
});
