import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchAnew } from '../../../scripts/realN8n/fetchAnew.mts';
import type { Fault } from '../../../standin/faults.mts';
import type { Cases } from '../support/cases.mts';
import { emailOf } from '../support/files.mts';
import { callWebhook, create, itemsOf, publish, runByCommand } from '../support/runs.mts';
import type { Stage } from '../support/stage.mts';
import {
	fork,
	manualTrigger,
	readCsv,
	webhook,
	workflow,
	type NodeJson,
} from '../support/workflows.mts';
import { readAll } from './canaries.mts';
import {
	lastCredential,
	makeCredential,
	sendWith,
	type Authentication,
	type Reference,
	type Scene,
} from './scene.mts';

/** How a request can fail; the texts repeat a secret as a careless server may. */
const FAILURES: readonly [name: string, (secret: string) => Omit<Fault, 'body' | 'times'>][] = [
	['Refused', (secret) => ({ kind: 'status', status: 400, text: quoting(secret) })],
	['Unauthorized', (secret) => ({ kind: 'status', status: 401, text: quoting(secret) })],
	['Forbidden', (secret) => ({ kind: 'status', status: 403, text: quoting(secret) })],
	[
		'TooMany',
		(secret) => ({ kind: 'status', status: 429, text: quoting(secret), retryAfter: '0' }),
	],
	['Failed', (secret) => ({ kind: 'status', status: 500, text: quoting(secret) })],
	['Redirected', () => ({ kind: 'redirect', location: 'http://127.0.0.1:9/' })],
	['Lost', () => ({ kind: 'resetAfterReading' })],
	['Late', () => ({ kind: 'hang' })],
	['NotJson', (secret) => ({ kind: 'notJson', text: quoting(secret) })],
];

const AUTHENTICATIONS: readonly Authentication[] = ['apiKey', 'apiToken', 'oAuth2'];

/** Whether any secret can be found where n8n or the stand-in wrote something. */
export async function secrets(cases: Cases, scene: Scene): Promise<void> {
	const { stage, standin, canaries } = scene;
	cases.topic('Secrets');
	/** What the runs gave and nobody stored. */
	const shown: [name: string, text: string][] = [];

	await cases.run('every failure of every credential, with n8n telling all it can', async () => {
		const branches = await failingNodes(scene);
		const { id } = await create(stage, everyBranch(stage, branches));
		const talkative = await writingLogs(stage);
		queueFailures(scene);
		canaries.onAccessToken = () => queueFailures(scene);
		const execution = await runByCommand(talkative, id);
		canaries.onAccessToken = undefined;
		standin.faults.clear();
		shown.push(['the output of the command line', JSON.stringify(execution)]);
		for (const { name, onError } of branches) {
			const items = itemsOf(execution, name, onError === 'continueErrorOutput' ? 1 : 0);
			assert.equal(items.length, 30, name);
			assert.ok(
				items.every(({ json }) => json.message),
				name,
			);
		}
	});

	await cases.run(
		'the same where the workflow stops, and where OAuth 2.0 must be renewed in vain',
		async () => {
			standin.oauth.expireAccessTokens();
			standin.oauth.expireRefreshTokens();
			for (const authentication of AUTHENTICATIONS) {
				const eventTypeKey = `stopped${authentication}`;
				const text = quoting(secretOf(scene, authentication));
				standin.faults.push({ kind: 'status', status: 401, text, body: eventTypeKey, times: 99 });
				const path = `secrets-${authentication}`;
				const node = sendWith(authentication, await lastGood(scene, authentication), {
					eventTypeKey,
				});
				const published = await publish(
					stage,
					workflow(`Stopped, ${authentication}`, [
						webhook(path),
						...readCsv(`${stage.files}/orders.csv`),
						node,
					]),
				);
				const answer = await callWebhook(stage, path, {}).then(JSON.stringify, String);
				shown.push([`the answer of the webhook (${authentication})`, answer]);
				await published.unpublish();
				assert.match(answer, /Error in workflow|answered 500/);
			}
			standin.faults.clear();
		},
	);

	await cases.run('none is in the logs, the database, the outputs or the stand-in', async () => {
		shown.push(["n8n's output since its start", await stage.server.log()]);
		for (const path of ['/', '/_received?bodies=true&limit=1000']) {
			shown.push([`the stand-in's ${path}`, await (await fetchAnew(standin.url + path)).text()]);
		}
		shown.push(...(await readAll(stage.instance.userFolder, /node_modules|\/files\/.*\.csv$/)));
		const written = shown.map(([, text]) => text).join('\n');
		// The search finds what is there: items in the database, debug lines in the log file.
		assert.ok(shown.some(([name, text]) => /sqlite/.test(name) && text.includes(emailOf(29))));
		assert.ok(shown.some(([name, text]) => name.endsWith('debug.log') && text.includes('debug')));
		assert.ok(written.includes('Wrong credential: ***'));
		assert.ok(canaries.count > 9, 'codes and tokens of OAuth 2.0 are among them');
		const found = shown.flatMap(([name, text]) =>
			canaries.foundIn(text).map((canary) => `${canary} in ${name}`),
		);
		assert.deepEqual(found, []);
	});
}

/** A node for each failure of each credential, and one each for addresses to which nothing can be sent. */
async function failingNodes(scene: Scene): Promise<NodeJson[]> {
	const nodes: NodeJson[] = [];
	for (const authentication of AUTHENTICATIONS) {
		const credential = await lastGood(scene, authentication);
		for (const [name] of FAILURES) {
			const eventTypeKey = keyOf(authentication, name);
			nodes.push(failing(eventTypeKey, authentication, credential, nodes.length));
		}
	}
	for (const authentication of ['apiKey', 'apiToken'] as const) {
		const secret = secretOf(scene, authentication);
		for (const baseUrl of ['http://esputnik.com/api', 'http://127.0.0.1:9', 'https://x.invalid']) {
			const credential = await makeCredential(scene, authentication, {
				[authentication]: secret,
				baseUrl,
			});
			const name = keyOf(authentication, baseUrl.replace(/\W/g, ''));
			nodes.push(failing(name, authentication, credential, nodes.length));
		}
	}
	return nodes;
}

/** Lets the requests of each of these nodes fail in its way; a server that repeats an access token repeats the present one. */
function queueFailures(scene: Scene): void {
	const { faults } = scene.standin;
	faults.clear();
	for (const authentication of AUTHENTICATIONS) {
		const secret = secretOf(scene, authentication);
		for (const [name, fault] of FAILURES) {
			const body = `"${keyOf(authentication, name)}"`;
			faults.push({ ...fault(secret), body, times: 999 });
		}
	}
}

/** The event type key by which the failure of a node is known, and its name. */
function keyOf(authentication: Authentication, failure: string): string {
	return `fails${authentication}${failure}`;
}

function failing(
	eventTypeKey: string,
	authentication: Authentication,
	credential: Reference,
	index: number,
): NodeJson {
	const options = { maxRetries: 0, timeout: 500 };
	const onError = index % 2 === 0 ? 'continueErrorOutput' : 'continueRegularOutput';
	return {
		...sendWith(authentication, credential, { eventTypeKey, options }, { onError }),
		name: eventTypeKey,
	};
}

/** The workflow in which the rows go to every one of the nodes. */
function everyBranch(stage: Stage, nodes: readonly NodeJson[]) {
	const rows = [manualTrigger(), ...readCsv(`${stage.files}/orders.csv`)];
	const branches = nodes.map((node) => ({ node }));
	return fork('Every failure', rows, branches);
}

/** The same n8n, but its command line writes all that it does into a file. */
async function writingLogs(stage: Stage): Promise<Stage> {
	const logs = join(stage.instance.userFolder, 'logs');
	await mkdir(logs, { recursive: true });
	const extra = {
		...stage.instance.extra,
		N8N_LOG_LEVEL: 'debug',
		NO_COLOR: '1',
		N8N_LOG_OUTPUT: 'console,file',
		N8N_LOG_FILE_LOCATION: join(logs, 'debug.log'),
	};
	return { ...stage, instance: { ...stage.instance, extra } };
}

async function lastGood(scene: Scene, authentication: Authentication): Promise<Reference> {
	const { standin, canaries } = scene;
	const { baseUrl } = standin;
	if (authentication === 'oAuth2') return await lastCredential(scene, authentication);
	const secret = authentication === 'apiKey' ? canaries.apiKey : canaries.token;
	return await makeCredential(scene, authentication, { [authentication]: secret, baseUrl });
}

function secretOf({ canaries }: Scene, authentication: Authentication): string {
	if (authentication === 'apiKey') return canaries.apiKey;
	return authentication === 'apiToken' ? canaries.token : canaries.accessToken;
}

/** A text that repeats a secret in all forms. */
function quoting(secret: string): string {
	const inHeader = Buffer.from(`n8n:${secret}`).toString('base64');
	return `Wrong credential: ${secret} ${inHeader} ${encodeURIComponent(secret)}`;
}
