import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { findCache } from '../../scripts/realN8n/cache.mts';
import type { Instance } from '../../scripts/realN8n/command.mts';
import { installCommunityPackage } from '../../scripts/realN8n/communityPackage.mts';
import {
	importCredentials,
	importWorkflows,
	type Credential,
} from '../../scripts/realN8n/importing.mts';
import type { InstalledN8n } from '../../scripts/realN8n/installedN8n.mts';
import { signInAsOwner, type EditorApi } from '../../scripts/realN8n/rest.mts';
import { startServer } from '../../scripts/realN8n/server.mts';
import { startStandin, type Standin } from '../../standin/server.mts';
import { emailOf, occurredAt, writeFiles } from '../e2e/support/files.mts';
import {
	countStatuses,
	itemsOf,
	runByCommand,
	until,
	type Execution,
} from '../e2e/support/runs.mts';
import {
	CREDENTIAL,
	ESPUTNIK,
	SEND,
	esputnik,
	fork,
	manualTrigger,
	readCsv,
	schedule,
	workflow,
	type NodeJson,
	type WorkflowJson,
} from '../e2e/support/workflows.mts';

/** What is tried in each n8n, in this order. */
export const TOPICS = [
	'send',
	'error branch',
	'wrong key',
	'dry run',
	'OAuth2 renewal',
	'live events',
	'import contacts',
	'delete',
	'install',
	'schedule',
] as const;
export type Topic = (typeof TOPICS)[number];

/** flawed.csv has so many rows that are good and, behind them, so many that the node refuses. */
const GOOD = 12;
const FLAWED = 4;
const ORDERS = 30;

const COMMAND_LINE = 'compatCommands01';
const WRONG_KEY = { id: 'compatWrongKey01', name: 'A wrong key' };
const CONNECTED = { id: 'compatOAuth2App1', name: 'Connected by OAuth2' };

type RunTopic = (topic: Topic, body: () => Promise<void> | void) => Promise<void>;

/** Runs every topic in one n8n, with a user folder made from nothing. */
export async function runTopics(
	n8n: InstalledN8n,
	signal: AbortSignal,
	run: RunTopic,
): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'esputnik-compat-'));
	const standin = await startStandin({ deletionActive: true });
	const instance: Instance = {
		n8n,
		userFolder: join(folder, 'user'),
		filesFolder: join(folder, 'files'),
		signal,
	};
	try {
		await mkdir(instance.userFolder);
		await mkdir(instance.filesFolder);
		await writeFiles(instance.filesFolder);
		await installCommunityPackage(process.cwd(), instance.userFolder);
		await importCredentials(instance, credentialsFor(standin));
		await importWorkflows(instance, [
			{ id: COMMAND_LINE, ...commandLine(join(instance.filesFolder, 'flawed.csv')) },
		]);
		await onCommandLine(instance, standin, run);
		await onServer(instance, standin, run);
	} finally {
		await standin.close();
		await rm(folder, { recursive: true, force: true });
	}
}

function credentialsFor(standin: Standin): Credential[] {
	const { apiKey, baseUrl } = standin;
	const { accessToken, refreshToken } = standin.oauth.grant();
	standin.oauth.expireAccessTokens();
	return [
		{ ...CREDENTIAL, type: 'esputnikApi', data: { apiKey, baseUrl } },
		{ ...WRONG_KEY, type: 'esputnikApi', data: { apiKey: 'switched-off-long-ago', baseUrl } },
		{
			...CONNECTED,
			type: 'esputnikOAuth2Api',
			data: {
				clientId: standin.oauthClient.id,
				clientSecret: standin.oauthClient.secret,
				baseUrl,
				oauthServer: `${standin.url}/uaa`,
				oauthTokenData: {
					access_token: accessToken,
					refresh_token: refreshToken,
					token_type: 'Bearer',
				},
			},
		},
	];
}

/** One workflow, whose rows each topic's node gets. Each sends a type of events of its own. */
function commandLine(file: string): WorkflowJson {
	const continues = { onError: 'continueRegularOutput' } as const;
	const tine = (topic: Topic, parameters: object = {}, settings: Partial<NodeJson> = {}) => ({
		node: {
			...esputnik({ ...SEND, eventTypeKey: typeOf(topic), ...parameters }, continues),
			name: topic,
			...settings,
		},
	});
	return fork(
		'Compatibility',
		[manualTrigger(), ...readCsv(file)],
		[
			tine('send'),
			tine('error branch', {}, { onError: 'continueErrorOutput' }),
			tine('wrong key', {}, { credentials: { esputnikApi: WRONG_KEY } }),
			tine('dry run', { options: { dryRun: true } }),
			tine(
				'OAuth2 renewal',
				{ authentication: 'oAuth2' },
				{ credentials: { esputnikOAuth2Api: CONNECTED } },
			),
			tine('live events', { resource: 'event' }),
			tine('import contacts', {
				resource: 'contact',
				operation: 'import',
				contactMapping: {
					mappingMode: 'defineBelow',
					value: { email: '={{ $json.email }}', town: '={{ $json.city }}' },
				},
			}),
			tine('delete', {
				operation: 'delete',
				range: 'exact',
				from: occurredAt(0),
				to: occurredAt(4),
				confirmDeletion: true,
			}),
		],
	);
}

function typeOf(topic: Topic): { __rl: true; mode: 'id'; value: string } {
	return { __rl: true, mode: 'id', value: topic.replaceAll(' ', '-') };
}

function bySchedule(file: string): WorkflowJson {
	return workflow('By schedule', [
		schedule(2),
		...readCsv(file),
		esputnik({ ...SEND, eventTypeKey: typeOf('schedule') }),
	]);
}

async function onCommandLine(instance: Instance, standin: Standin, run: RunTopic): Promise<void> {
	const execution = await runByCommand({ instance }, COMMAND_LINE);
	const statuses = (topic: Topic) => countStatuses(itemsOf(execution, topic));
	const stored = (topic: Topic) =>
		standin.received.events.filter(({ eventTypeKey }) => eventTypeKey === typeOf(topic).value);
	/** The first five rows of each type are deleted in the end. */
	const left = GOOD - 5;

	await run('send', () => {
		assert.deepEqual(statuses('send'), { accepted: GOOD, rejected: FLAWED });
		assert.equal(stored('send').length, left);
	});
	await run('error branch', () => onErrorBranch(execution));
	await run('wrong key', () => {
		assert.deepEqual(statuses('wrong key'), { notSent: GOOD, rejected: FLAWED });
		assert.equal(itemsOf(execution, 'wrong key')[0].json.reason, 'UNAUTHORIZED');
		assert.deepEqual(stored('wrong key'), []);
	});
	await run('dry run', () => {
		const [request] = itemsOf(execution, 'dry run');
		assert.equal(request.json.events, GOOD);
		assert.deepEqual(stored('dry run'), []);
	});
	await run('OAuth2 renewal', () => {
		assert.deepEqual(statuses('OAuth2 renewal'), { accepted: GOOD, rejected: FLAWED });
		assert.equal(stored('OAuth2 renewal').length, left);
		assert.deepEqual(standin.oauth.counts, { granted: 0, refreshed: 1, refused: 0 });
	});
	await run('live events', () => {
		const { accepted, rejected } = statuses('live events');
		assert.deepEqual({ accepted, rejected }, { accepted: GOOD + 2, rejected: FLAWED - 2 });
		const sent = standin.received.requests.filter(({ path }) => path === '/api/v1/event');
		assert.equal(sent.length, GOOD + 2);
	});
	await run('import contacts', () => {
		const { imported, rejected } = statuses('import contacts');
		assert.deepEqual({ imported, rejected }, { imported: GOOD + 2, rejected: FLAWED - 2 });
		assert.equal(standin.contacts.all.length, GOOD + 2);
	});
	await run('delete', () => {
		assert.ok(itemsOf(execution, 'delete').every(({ json }) => json.deleted === true));
		const deletions = standin.received.requests.filter(({ method }) => method === 'DELETE');
		assert.equal(deletions.length, 1);
		const kept = stored('send').map(({ occurred }) => occurred);
		assert.deepEqual(
			kept,
			Array.from({ length: left }, (_, index) => occurredAt(5 + index)),
		);
	});
}

/** The whole of an item, so that every n8n gives the same. */
function onErrorBranch(execution: Execution): void {
	assert.deepEqual(countStatuses(itemsOf(execution, 'error branch', 0)), { accepted: GOOD });
	const [first, ...more] = itemsOf(execution, 'error branch', 1);
	assert.equal(more.length, FLAWED - 1);
	const { message, ...json } = first.json;
	assert.match(String(message), /date/i);
	assert.deepEqual(json, {
		externalOrderId: 'A-1012',
		email: emailOf(12),
		totalCost: '12.50',
		status: 'DELIVERED',
		date: `${occurredAt(12)}:00`,
		city: 'Kyiv',
		error: 'OCCURRED_DATE_IS_REQUIRED',
		details: {
			status: 'rejected',
			eventTypeKey: typeOf('error branch').value,
			keyValue: emailOf(12),
			reason: 'OCCURRED_DATE_IS_REQUIRED',
			message,
		},
	});
}

const Named = z.array(z.object({ name: z.string() }));

async function onServer(instance: Instance, standin: Standin, run: RunTopic): Promise<void> {
	const server = await startServer(instance);
	try {
		const api = await signInAsOwner(server.url);
		await run('install', async () => {
			const nodes = Named.parse(await api.file('/types/nodes.json')).map(({ name }) => name);
			assert.ok(nodes.includes(ESPUTNIK) && nodes.includes(`${ESPUTNIK}Tool`));
			const credentials = Named.parse(await api.file('/types/credentials.json'));
			const own = credentials.filter(({ name }) => name.startsWith('esputnik'));
			assert.equal(own.length, 3);
			const complaints = (await server.log())
				.replaceAll(findCache().folder, '')
				.split('\n')
				.filter((line) => /n8n-nodes-esputnik/.test(line) && /error|warn|fail/i.test(line));
			assert.deepEqual(complaints, []);
		});
		await run('schedule', async () => {
			await publish(api, bySchedule(join(instance.filesFolder, 'orders.csv')));
			const type = typeOf('schedule').value;
			const stored = () =>
				standin.received.events.filter(({ eventTypeKey }) => eventTypeKey === type).length;
			await until('events of the schedule', () => stored() >= 2 * ORDERS);
			assert.equal(stored() % ORDERS, 0);
		});
	} finally {
		await server.stop();
	}
}

const Created = z.object({ id: z.string(), versionId: z.string() });

/** As the editor does, which says it in another way to n8n 1. */
async function publish(api: EditorApi, json: WorkflowJson): Promise<void> {
	const { id, versionId } = Created.parse(
		await api.request('POST', '/workflows', { ...json, active: false }),
	);
	const path = `/workflows/${id}`;
	try {
		await api.request('POST', `${path}/activate`, { versionId, name: '', description: '' });
	} catch {
		await api.request('PATCH', path, { active: true, versionId });
	}
}
