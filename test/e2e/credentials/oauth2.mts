import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cases } from '../support/cases.mts';
import { emailOf } from '../support/files.mts';
import { callWebhook, publish } from '../support/runs.mts';
import { readCsv, webhook, workflow } from '../support/workflows.mts';
import { CredentialDialog } from './dialog.mts';
import { lastCredential, sendWith, type Scene } from './scene.mts';

const TYPE = 'eSputnik (Yespo) OAuth2 API';
const PATH = 'past-orders-by-oauth2';
const ROWS = 30;

/** Connecting in the editor, and what becomes of the access token afterwards. */
export async function oAuth2(cases: Cases, scene: Scene): Promise<void> {
	cases.topic('In the editor: OAuth 2.0');
	await connecting(cases, scene);
	await expiring(cases, scene);
}

async function connecting(cases: Cases, scene: Scene): Promise<void> {
	const { stage, page, editor, pictures, standin, canaries } = scene;
	const callback = `${stage.server.url}/rest/oauth2-credential/callback`;

	await cases.run("the user is sent to eSputnik's own server where no other is named", async () => {
		// Nothing leaves this computer: the browser answers in place of the server.
		await page.context().route('https://uaa.yespo.io/**', (route) => route.fulfill({ body: 'ok' }));
		const dialog = await CredentialDialog.create(page, stage.server.url, TYPE);
		await dialog.fill({ clientId: 'my-app', clientSecret: canaries.clientSecret });
		const popup = await dialog.connect();
		await popup.waitForURL(/yespo/);
		const { origin, pathname, searchParams } = new URL(popup.url());
		await popup.close();
		assert.equal(origin + pathname, 'https://uaa.yespo.io/uaa/oauth/authorize');
		assert.equal(searchParams.get('client_id'), 'my-app');
		assert.equal(searchParams.get('response_type'), 'code');
		assert.equal(searchParams.get('redirect_uri'), callback);
		assert.equal(searchParams.get('scope') ?? '', '');
	});

	await cases.run('the user allows the access and is connected', async () => {
		const dialog = new CredentialDialog(page);
		await dialog.fill({
			clientId: standin.oauthClient.id,
			clientSecret: canaries.clientSecret,
			baseUrl: standin.baseUrl,
			oauthServer: ` ${standin.url}/uaa/ `,
		});
		const popup = await dialog.connect();
		const allow = popup.getByRole('button', { name: 'Allow' });
		await allow.waitFor();
		await pictures.take(popup, 'credential-oauth2-consent');
		await allow.click();
		await page.getByText('Account connected').filter({ visible: true }).waitFor();
		await dialog.picture(editor, pictures, 'credential-oauth2');
		assert.deepEqual(standin.oauth.counts, { granted: 1, refreshed: 0, refused: 0 });
	});
}

async function expiring(cases: Cases, scene: Scene): Promise<void> {
	const { stage, standin } = scene;
	const { oauth, received } = standin;
	const sending = sendWith('oAuth2', await lastCredential(scene, 'oAuth2'), {
		options: { batchSize: 3 },
	});
	const published = await publish(
		stage,
		workflow('Orders by OAuth 2.0', [
			webhook(PATH),
			...readCsv(`${stage.files}/orders.csv`),
			sending,
		]),
	);
	/** Sends the 30 rows in ten requests, and looks whether each arrived once. Gives what this added to the requests and refreshes. */
	const run = async () => {
		const before = { refreshed: oauth.counts.refreshed, events: received.count };
		const requestsBefore = received.requests.length;
		const outcomes = await callWebhook(stage, PATH, {});
		assert.deepEqual(
			outcomes.map(({ status }) => status),
			Array.from({ length: ROWS }, () => 'accepted'),
		);
		const arrived = received.events.slice(before.events).map(({ keyValue }) => keyValue);
		const expected = Array.from({ length: ROWS }, (_, index) => emailOf(index));
		assert.deepEqual(arrived.sort(), expected.sort());
		const requests = received.requests.slice(requestsBefore);
		return {
			refreshed: oauth.counts.refreshed - before.refreshed,
			refused: requests.filter(({ status }) => status === 401).length,
		};
	};

	await cases.run('past events are sent with the access token', async () => {
		const before = received.sends.length;
		assert.deepEqual(await run(), { refreshed: 0, refused: 0 });
		const sends = received.sends.slice(before);
		assert.deepEqual(
			sends.map(({ credential }) => credential),
			Array.from({ length: ROWS / 3 }, () => 'oAuth2'),
		);
	});

	await cases.run(
		'it expires while four requests are in flight: renewed, each event once',
		async () => {
			// Slow enough for the four to be on their way before the first of them is refused.
			standin.configure({ latencyMs: 800 });
			let requests = 0;
			standin.faults.decide = () => {
				if (++requests === 2) oauth.expireAccessTokens();
				return undefined;
			};
			const { refreshed, refused } = await run();
			standin.faults.clear();
			standin.configure({ latencyMs: 0 });
			assert.equal(refreshed, 1);
			assert.equal(refused, 4);
		},
	);

	await cases.run('the rotated refresh token serves the next runs, too', async () => {
		standin.configure({ oauthAccessTokenSeconds: 1 });
		oauth.expireAccessTokens();
		assert.ok((await run()).refreshed >= 1);
		standin.configure({ oauthAccessTokenSeconds: 172_800 });
		await sleep(1100);
		assert.deepEqual(await run(), { refreshed: 1, refused: 1 });
		assert.equal(oauth.counts.refused, 0);
	});

	await published.unpublish();
}
