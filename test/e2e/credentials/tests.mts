import assert from 'node:assert/strict';
import { startStandin } from '../../../standin/server.mts';
import type { Cases } from '../support/cases.mts';
import { CredentialDialog } from './dialog.mts';
import type { Scene } from './scene.mts';

const SUCCESS = 'Connection tested successfully';

/** What the editor shows when it has tested an API key or an API token. */
export async function credentialTests(cases: Cases, scene: Scene): Promise<void> {
	const { canaries } = scene;
	cases.topic('In the editor: the test of an API key');
	await good(cases, scene, 'eSputnik (Yespo) API', 'apiKey', canaries.apiKey);
	await keyOnly(cases, scene);
	await bad(cases, scene, 'apiKey', canaries.apiKey);

	cases.topic('In the editor: the test of an API token');
	await good(cases, scene, 'eSputnik (Yespo) Token API', 'apiToken', canaries.token);
	await tokenOnly(cases, scene);
	await bad(cases, scene, 'apiToken', canaries.token);
}

async function good(
	cases: Cases,
	{ stage, page, editor, pictures, standin }: Scene,
	type: string,
	field: string,
	secret: string,
): Promise<void> {
	const picture = field === 'apiKey' ? 'credential-test' : 'credential-test-token';

	await cases.run('a wrong one, with what to do', async () => {
		const dialog = await CredentialDialog.create(page, stage.server.url, type);
		const shown = await dialog.save({ [field]: 'wrong', baseUrl: standin.baseUrl });
		assert.match(shown, /^eSputnik does not (know|take) this API .*Make|make a new one/);
		await dialog.picture(editor, pictures, `${picture}-wrong`);
	});

	await cases.run('a good one', async () => {
		const dialog = new CredentialDialog(page);
		assert.equal(await dialog.save({ [field]: secret }), SUCCESS);
		await dialog.picture(editor, pictures, picture);
	});

	await cases.run('a base URL without /api, with a slash and spaces around it', async () => {
		const baseUrl = ` ${standin.url}/ `;
		assert.equal(await new CredentialDialog(page).save({ baseUrl }), SUCCESS);
	});
}

async function keyOnly(cases: Cases, { page, standin }: Scene): Promise<void> {
	await cases.run('one that eSputnik switched off', async () => {
		const dialog = new CredentialDialog(page);
		standin.configure({ keyDisabled: true });
		assert.match(await dialog.retry(), /switched off, as happens to a key that nobody used for 90/);
		standin.configure({ keyDisabled: false });
		assert.equal(await dialog.retry(), SUCCESS);
	});
}

async function tokenOnly(cases: Cases, { page, standin, canaries }: Scene): Promise<void> {
	await cases.run('a good one is called good, a bad one bad, whatever eSputnik does', async () => {
		const dialog = new CredentialDialog(page);
		const before = standin.received.requests.length;
		for (const switches of [
			{ emptyEvents: 'refuse', tokenRefusedStatus: 401 },
			{ emptyEvents: 'accept', tokenRefusedStatus: 403 },
		] as const) {
			standin.configure(switches);
			assert.match(await dialog.save({ apiToken: 'wrong' }), /does not take this API token/);
			assert.equal(await dialog.save({ apiToken: canaries.token }), SUCCESS);
		}
		assert.equal(standin.received.count, 0);
		assert.ok(
			standin.received.requests.slice(before).every(({ path }) => !path.includes('account')),
		);
	});
}

/** Settings with which no secret may leave, or cannot. The credential is good again at the end. */
async function bad(
	cases: Cases,
	{ page, standin, canaries: { apiKey, token } }: Scene,
	field: string,
	secret: string,
): Promise<void> {
	const dialog = new CredentialDialog(page);
	const { baseUrl } = standin;

	await cases.run('plain http: nothing is sent', async () => {
		const shown = await dialog.save({ baseUrl: 'http://esputnik.com/api' });
		assert.match(shown, /clear text.*Use https/);
	});

	await cases.run('no web address', async () => {
		assert.match(await dialog.save({ baseUrl: 'esputnik dot com' }), /no web address.*Use https/);
	});

	await cases.run('a redirect is not followed', async () => {
		const elsewhere = await startStandin({ apiKey, token });
		try {
			const path = field === 'apiKey' ? 'account/info' : 'past_events';
			standin.faults.push({ kind: 'redirect', location: `${elsewhere.baseUrl}/v1/${path}` });
			assert.match(await dialog.save({ baseUrl }), /does not follow/);
			assert.deepEqual(elsewhere.received.requests, []);
		} finally {
			await elsewhere.close();
		}
	});

	await cases.run('no network, then the network again', async () => {
		await standin.pause();
		let shown: string;
		try {
			shown = await dialog.retry();
		} finally {
			await standin.resume();
		}
		assert.match(shown, /^n8n could not connect to 127\.0\.0\.1:\d+ .*Check Base URL/);
		assert.ok(!shown.includes(secret));
		assert.equal(await dialog.retry(), SUCCESS);
	});
}
