import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';
import {
	checkApiKey,
	checkApiToken,
} from '../../nodes/Esputnik/resources/account/checkCredential.ts';
import type { Fault } from '../../standin/faults.mts';
import { startStandin } from '../../standin/server.mts';
import { prepareEngine } from '../support/engineServices.mts';
import { useStandin } from '../support/esputnik.mts';
import { CredentialTestContext } from '../support/n8n.mts';

const standin = useStandin({ apiKey: 'the-key', token: 'the-token' });

beforeAll(prepareEngine);

type Kind = 'key' | 'token';

/** What n8n does after *Save* and for *Retry*, with the helpers that it gives a credential test. */
async function tested(
	kind: Kind,
	change: ICredentialDataDecryptedObject = {},
): Promise<INodeCredentialTestResult> {
	const test = kind === 'key' ? checkApiKey : checkApiToken;
	const { apiKey, token: apiToken, baseUrl } = standin();
	const data = { apiKey, apiToken, baseUrl, ...change };
	return await test.call(new CredentialTestContext(), { id: '1', name: 'x', type: 'x', data });
}

const GOOD = { status: 'OK' };

describe.each<Kind>(['key', 'token'])('the test of an API %s', (kind) => {
	const field = kind === 'key' ? 'apiKey' : 'apiToken';

	test('takes a good one', async () => {
		expect(await tested(kind)).toMatchObject(GOOD);
	});

	test('takes one that was pasted with what stood around it', async () => {
		expect(await tested(kind, { [field]: ` "the-${kind}"\n` })).toMatchObject(GOOD);
	});

	test('puts the base URL right as the node does', async () => {
		const baseUrl = ` ${standin().url}/ `;
		expect(await tested(kind, { baseUrl })).toMatchObject(GOOD);
	});

	test.each<[string, ICredentialDataDecryptedObject, string]>([
		['a wrong one', { [field]: 'wrong' }, `this API ${kind} (HTTP 401)`],
		['none', { [field]: '' }, 'is empty'],
		['a plain http address', { baseUrl: 'http://esputnik.com/api' }, 'clear text'],
		[
			'no server at the address',
			{ baseUrl: 'http://127.0.0.1:9' },
			'could not connect to 127.0.0.1:9',
		],
		[
			'a host that does not exist',
			{ baseUrl: 'https://x.invalid' },
			'could not connect to x.invalid',
		],
	])('%s is told with what to do', async (_, change, text) => {
		const { status, message } = await tested(kind, change);

		expect({ status, message }).toEqual({
			status: 'Error',
			message: expect.stringContaining(text),
		});
		expect(message).toMatch(/Copy|Make|Paste|Use https|Check Base URL/);
	});

	test('a server that does not speak https is told without the words of OpenSSL', async () => {
		const { message } = await tested(kind, { baseUrl: standin().url.replace('http:', 'https:') });

		expect(message).toContain('does not answer by https');
		expect(message).not.toMatch(/ssl/i);
	});

	test.each<[string, Fault, string]>([
		['a refusal', { kind: 'status', status: 403 }, 'HTTP 403'],
		['another path', { kind: 'status', status: 404 }, 'is not the API of eSputnik'],
		...[200, 401, 403, 404].map((status): [string, Fault, string] => [
			`a web page with ${status}`,
			{ kind: 'status', status, text: '<!DOCTYPE html><p>Blocked' },
			`in the place of eSputnik's answer (HTTP ${status})`,
		]),
		['a failure of the server', { kind: 'status', status: 503 }, 'could not be tested'],
		['a broken connection', { kind: 'resetAfterReading' }, 'broke off'],
	])('%s is told', async (_, fault, text) => {
		standin().faults.push(fault);

		expect(await tested(kind)).toEqual({ status: 'Error', message: expect.stringContaining(text) });
	});

	test('a redirect is not followed, since it would take the secret along', async () => {
		const elsewhere = await startStandin({ apiKey: 'the-key', token: 'the-token' });
		const path = kind === 'key' ? 'account/info' : 'past_events';
		standin().faults.push({ kind: 'redirect', location: `${elsewhere.baseUrl}/v1/${path}` });
		const { status, message } = await tested(kind);

		expect({ status, message }).toEqual({
			status: 'Error',
			message: expect.stringContaining('does not follow'),
		});
		expect(elsewhere.received.requests).toEqual([]);
		await elsewhere.close();
	});

	test('names the base URL of the other brand', async () => {
		standin().configure({ hosts: ['esputnik.com'] });
		const { message } = await tested(kind);
		standin().configure({ hosts: [] });

		expect(message).toContain('https://api.yespo.io/api');
	});
});

describe('the test of an API token', () => {
	test.each([
		['eSputnik takes an empty list', { emptyEvents: 'accept' }],
		['eSputnik refuses an empty list', { emptyEvents: 'refuse' }],
		['account/info takes no token', { accountInfoTakesTokens: false, tokenRefusedStatus: 403 }],
	] as const)('takes a good one where %s, and no bad one', async (_, switches) => {
		standin().configure(switches);
		const good = await tested('token');
		const bad = await tested('token', { apiToken: 'wrong' });
		standin().configure({ emptyEvents: 'accept', tokenRefusedStatus: 401 });

		expect(good).toMatchObject(GOOD);
		expect(bad).toMatchObject({ status: 'Error' });
		expect(standin().received.count).toBe(0);
	});

	test('an expired one is told', async () => {
		standin().tokens.expire();

		expect(await tested('token')).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('expired'),
		});
	});

	test('a key that nobody used for 90 days is told in the words of the key', async () => {
		standin().configure({ keyDisabled: true });
		const { message } = await tested('key');
		standin().configure({ keyDisabled: false });

		expect(message).toContain('90 days');
	});
});
