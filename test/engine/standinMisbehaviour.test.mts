import type { StandinOptions } from '../../standin/options.mts';
import { basic, EVENT, sendAlone, withStandin, type Reply } from '../support/standinClient.mts';

const SOON = { ...EVENT, occurred: 'soon' };

describe('answers of the local eSputnik that contradict themselves', () => {
	const counts: ReadonlyArray<[StandinOptions['resultCounts'], object]> = [
		['right', { successCount: 2, errorCount: 1 }],
		['noneAccepted', { successCount: 0, errorCount: 3 }],
		['allAccepted', { successCount: 3, errorCount: 0 }],
		['swapped', { successCount: 1, errorCount: 2 }],
		['text', { successCount: '2', errorCount: '1' }],
		['absent', {}],
	];
	it.each(counts)('counts the results: %s', (resultCounts, expected) =>
		withStandin({ resultCounts }, async ({ send, standin }) => {
			const body: unknown = JSON.parse((await send(EVENT, SOON, EVENT)).text);
			expect(body).toEqual({ results: expect.any(Array), ...expected });
			expect(standin.received.count).toBe(2);
		}),
	);

	const elements: ReadonlyArray<[StandinOptions['resultElements'], unknown]> = [
		['objects', { status: 'ACCEPTED' }],
		['texts', 'ACCEPTED'],
		['nulls', null],
	];
	it.each(elements)('writes results as %s', (resultElements, element) =>
		withStandin({ resultElements }, async ({ send }) => {
			expect(JSON.parse((await send(EVENT, EVENT)).text)).toMatchObject({
				results: [element, element],
			});
		}),
	);
});

describe('what stands before the local eSputnik', () => {
	it('answers as a proxy that wants to be signed in to', () =>
		withStandin({ statusInstead: { '/past_events': 407 } }, async ({ call, standin }) => {
			expect(await sendAlone(standin)).toMatchObject({
				status: 407,
				text: 'Proxy Authentication Required',
				proxyAuthenticate: 'Basic realm="proxy"',
			});
			expect((await call('GET', '/api/v1/account/info')).status).toBe(200);
			expect(standin.received.counts().byHttpStatus).toEqual({ 200: 1, 407: 1 });
		}));
});

describe('texts of refusals of the local eSputnik', () => {
	it('are the same each time, or missing, unless told', () =>
		withStandin({ poison: ['buyer'] }, async ({ send, standin }) => {
			expect((await send(EVENT)).text).toBe('Bad Request');
			expect((await send(EVENT)).text).toBe('Bad Request');
			standin.configure({ errorBody: 'empty' });
			expect(await send(EVENT)).toMatchObject({ status: 400, text: '' });
		}));
});

describe('echoes of the secret', () => {
	const KEY = 'k/y+1=ü_z';
	const BASE64 = Buffer.from(`any:${KEY}`).toString('base64');
	const unescape = (text: string) => {
		const parsed: unknown = JSON.parse(`"${text}"`);
		return String(parsed);
	};
	const fromHtml = (text: string) =>
		text
			.replace(/&#x([0-9a-f]+);/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16)))
			.replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)));

	/** How to read the key back out of the text, and whether the key itself may stand in it. */
	const encodings: ReadonlyArray<
		[Exclude<StandinOptions['echo'], 'none'>, (text: string) => string]
	> = [
		['plain', (text) => text],
		['withoutPadding', (text) => Buffer.from(text, 'base64').toString()],
		['base64url', (text) => Buffer.from(text, 'base64url').toString()],
		['unicodeEscapes', unescape],
		['escapedSlashes', unescape],
		['percent', decodeURIComponent],
		['percentLowerCase', decodeURIComponent],
		['percentAll', decodeURIComponent],
		['htmlDecimal', fromHtml],
		['htmlHex', fromHtml],
		[
			'htmlNamed',
			(text) =>
				text
					.replace('&sol;', '/')
					.replace('&plus;', '+')
					.replace('&equals;', '=')
					.replace('&lowbar;', '_'),
		],
		['hex', (text) => Buffer.from(text, 'hex').toString()],
		['halves', (text) => text.replace(' and ', '')],
	];
	const echoed = ({ text }: Reply) => /\(credential (.*)\)$/.exec(text)?.[1] ?? '';

	it.each(encodings)('write the key in a refusal: %s', (echo, read) =>
		withStandin({ apiKey: KEY, echo, poison: ['buyer'] }, async ({ send }) => {
			const reply = await send(EVENT);
			const found = echoed(reply);
			expect(read(found)).toBe(KEY);
			if (echo !== 'plain') expect(reply.text).not.toContain(KEY);
		}),
	);

	it('write the header in a refusal, as it is, without its padding and as base64url', () =>
		withStandin({ apiKey: KEY, echoOf: 'header', poison: ['buyer'] }, async ({ send, standin }) => {
			expect(BASE64).toMatch(/=$/);
			standin.configure({ echo: 'plain' });
			expect(echoed(await send(EVENT))).toBe(BASE64);
			standin.configure({ echo: 'withoutPadding' });
			expect(echoed(await send(EVENT))).toBe(BASE64.replace(/=+$/, ''));
			standin.configure({ echo: 'base64url' });
			expect(echoed(await send(EVENT))).toBe(Buffer.from(BASE64, 'base64').toString('base64url'));
		}));

	it('write a token, and a key that is wrong', () =>
		withStandin({ echo: 'plain', keyDisabled: true }, async ({ call }) => {
			const info = ['GET', '/api/v1/account/info', undefined] as const;
			expect(echoed(await call(...info, 'Bearer tok-1'))).toBe('tok-1');
			expect(echoed(await call(...info, basic('wrong')))).toBe('wrong');
		}));

	it('spread over statuses, in halves', () =>
		withStandin({ apiKey: 'abcdef', echo: 'halves', echoIn: 'statuses' }, async ({ send }) => {
			expect(JSON.parse((await send(EVENT, SOON, SOON)).text)).toMatchObject({
				results: [
					{ status: 'ACCEPTED' },
					{ status: 'INCORRECT_OCCURRED_DATE_FORMAT abc' },
					{ status: 'INCORRECT_OCCURRED_DATE_FORMAT def' },
				],
			});
		}));

	it('stand in the location of a redirect', () =>
		withStandin(
			{ apiKey: 'abcdef', echo: 'plain', echoIn: 'location' },
			async ({ send, standin }) => {
				standin.faults.push({ kind: 'redirect' });
				expect((await send(EVENT)).headers.get('location')).toBe('/elsewhere?abcdef');
			},
		));

	it('never come to the page or to what tests read', () =>
		withStandin({ apiKey: 'canary', echo: 'plain', poison: ['buyer'] }, async ({ send, call }) => {
			expect((await send(EVENT)).text).toContain('canary');
			for (const path of ['/', '/_received?bodies=true']) {
				expect((await call('GET', path, undefined, null)).text).not.toContain('canary');
			}
		}));
});
