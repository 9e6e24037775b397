import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Fault } from '../../standin/faults.mts';
import { jsonOf, orders, send, useStandin, type SendCase } from '../support/esputnik.mts';
import { connectedData, oAuth2Store, sendByOAuth2 } from '../support/oauth.mts';

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

describe('a server that repeats the key in another encoding', () => {
	const KEY = 'k3y+with/odd=signs-and_9f2c';
	const speaker = useStandin({ apiKey: KEY, postPastEventsPerSecond: 0 });
	const QUIET = { echo: 'none', echoOf: 'key', echoIn: 'refusals', statusFor: {} } as const;
	afterEach(() => speaker().configure(QUIET));

	/** Everything that leaves the node, with every encoding undone that a reader could undo. */
	async function readable(given: Partial<SendCase>): Promise<string> {
		const run = await send(speaker(), {
			items: orders(4),
			onError: 'continueErrorOutput',
			parameters: { options: { maxRetries: 0 } },
			...given,
		});
		const texts = textsIn([jsonOf(run), jsonOf(run, 1), run.logs, run.error?.message]);
		return texts.flatMap((text) => [text, decoded(text)]).join('\n');
	}

	function textsIn(value: unknown): string[] {
		if (typeof value === 'string') return [value];
		return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
	}

	function decoded(text: string): string {
		const letter = (base: number) => (_: string, digits: string) =>
			String.fromCharCode(Number.parseInt(digits, base));
		const names: Record<string, string> = { plus: '+', sol: '/', equals: '=', lowbar: '_' };
		return text
			.replace(/%([\da-f]{2})/gi, letter(16))
			.replace(/\\u([\da-f]{4})/gi, letter(16))
			.replace(/&#x([\da-f]+);/gi, letter(16))
			.replace(/&#(\d+);/g, letter(10))
			.replace(/&([a-z]+);/g, (entity, name: string) => names[name] ?? entity)
			.replaceAll('\\/', '/')
			.replaceAll('-', '+')
			.replaceAll('_', '/');
	}

	/** How many characters of the key stand in a row in a text, at most. */
	function longestPiece(text: string, form: string): number {
		for (let length = form.length; length > 0; length--) {
			for (let start = 0; start + length <= form.length; start++) {
				if (text.includes(form.slice(start, start + length))) return length;
			}
		}
		return 0;
	}

	const ECHOES = [
		'plain',
		'withoutPadding',
		'base64url',
		'unicodeEscapes',
		'escapedSlashes',
		'percent',
		'percentLowerCase',
		'percentAll',
		'htmlDecimal',
		'htmlHex',
		'htmlNamed',
		'hex',
		'halves',
	] as const;

	describe.each(ECHOES)('%s', (echo) => {
		test.each(['key', 'header'] as const)('of the %s: nothing of it is shown', async (echoOf) => {
			for (const echoIn of ['refusals', 'statuses', 'location'] as const) {
				speaker().configure({
					echo,
					echoOf,
					echoIn,
					statusFor: { buyer1: 'BAD', buyer2: 'WORSE' },
				});
				if (echoIn === 'refusals') {
					speaker().faults.push({ kind: 'status', status: 400, text: 'No', times: 99 });
				}
				if (echoIn === 'location') {
					speaker().faults.push({ kind: 'redirect', location: 'http://127.0.0.1:1/' });
				}
				const shown = await readable({});
				speaker().reset();

				const header = Buffer.from(`n8n:${KEY}`).toString('base64');
				const forms = [KEY, header, Buffer.from(KEY).toString('hex')];
				for (const form of forms.flatMap((each) => [each, decoded(each)])) {
					const plain = longestPiece(shown.toLowerCase(), form.toLowerCase());
					expect(plain).toBeLessThan(form.length / 2);
				}
			}
		});
	});

	test('a text of which the reader learns nothing of the key stays as it is', async () => {
		speaker().faults.push({ kind: 'status', status: 400, text: 'The field "date" is missing' });

		expect(await readable({ items: orders(1) })).toContain('is missing');
	});
});

describe('the server for new OAuth2 access', () => {
	const issuer = useStandin({ postPastEventsPerSecond: 0 });

	test.each(['brokenJson', 'echo', 'html', 'rateLimited'] as const)(
		'is never quoted, whatever it answers (%s)',
		async (oauthRefreshAnswer) => {
			issuer().configure({ oauthRefreshAnswer });
			const data = connectedData(issuer());
			const store = await oAuth2Store(data);
			issuer().oauth.expireAccessTokens();
			const issued: string[] = [];
			const { oauth } = issuer();
			const renew = oauth.token.bind(oauth);
			oauth.token = async (headers, body) => {
				const answer = await renew(headers, body);
				const text = JSON.stringify(answer.body);
				for (const [, token] of text.matchAll(/"(?:access|refresh)_token":"(.*?)"/g))
					issued.push(token);
				return answer;
			};
			const run = await sendByOAuth2(issuer(), store, {
				items: orders(2),
				onError: 'continueErrorOutput',
				parameters: { options: { maxRetries: 0 } },
			});
			oauth.token = renew;
			issuer().configure({ oauthRefreshAnswer: 'tokens' });
			const shown = JSON.stringify([jsonOf(run), jsonOf(run, 1), run.logs]);

			for (const secret of [data.clientSecret, ...Object.values(data.oauthTokenData)]) {
				if (secret === 'Bearer') continue;
				expect(shown).not.toContain(String(secret).slice(0, 12));
			}
			for (const token of issued) expect(shown).not.toContain(token.slice(0, 12));
			expect(shown).not.toMatch(/access_token|<html/i);
		},
	);
});

test('an access token that n8n renewed during the run is redacted, too', async () => {
	const { oauth, faults } = standin();
	const store = await oAuth2Store(connectedData(standin()));
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
	const run = await sendByOAuth2(standin(), store, {
		items: orders(2),
		onError: 'continueRegularOutput',
	});
	const shown = JSON.stringify([run.raw, run.logs]);

	expect(renewed).toHaveLength(1);
	expect(shown).toContain('Token *** is new');
	expect(shown).not.toContain(renewed[0]);
});
