import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
	ICredentialType,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';
import nock from 'nock';
import { runWorkflow, type RunOptions } from '../support/engine.mts';
import { CredentialStore } from '../support/engineCredentials.mts';
import { input, ITEMS_NODE, node, type WorkflowJson } from '../support/workflowJson.mts';

const credentialTypes = new Map<string, ICredentialType>([
	[
		'keyApi',
		{
			name: 'keyApi',
			displayName: 'Key',
			properties: [
				{ displayName: 'Key', name: 'key', type: 'string', default: '' },
				{ displayName: 'User', name: 'user', type: 'string', default: 'n8n' },
			],
			authenticate: {
				type: 'generic',
				properties: {
					auth: { username: '={{$credentials.user}}', password: '={{$credentials.key}}' },
				},
			},
		},
	],
	[
		'tokenApi',
		{
			name: 'tokenApi',
			displayName: 'Token',
			properties: [
				{ displayName: 'Key', name: 'key', type: 'string', default: '' },
				{
					displayName: 'Token',
					name: 'token',
					type: 'hidden',
					typeOptions: { expirable: true },
					default: '',
				},
			],
			preAuthentication: ({ key }) =>
				Promise.resolve({ token: typeof key === 'string' ? `token for ${key}` : '' }),
			authenticate: {
				type: 'generic',
				properties: { headers: { Authorization: '=Bearer {{$credentials.token}}' } },
			},
		},
	],
]);

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
// nock replaces parts of Node.js itself, which the next test file of this worker would find.
afterAll(() => nock.restore());

test('items pass through the engine, expressions are evaluated for each', async () => {
	const run = await runSubject(
		(context) =>
			context.getInputData().map((_, item) => ({
				json: { greeting: context.getNodeParameter('greeting', item) },
				pairedItem: { item },
			})),
		{ items: [{ name: 'Olena' }, { name: 'Łucja' }] },
		{ parameters: { greeting: '=Hello, {{ $json.name }}' } },
	);
	expect(run.status).toBe('success');
	expect(run.output('Accepted')).toEqual([
		{ json: { greeting: 'Hello, Olena' }, pairedItem: { item: 0 } },
		{ json: { greeting: 'Hello, Łucja' }, pairedItem: { item: 1 } },
	]);
	expect(run.calls('Subject')).toBe(1);
});

describe('what a node throws', () => {
	const fails = () => {
		throw new Error('no such thing');
	};

	test('stops the workflow', async () => {
		const run = await runSubject(fails, { items: [{ id: 1 }] });
		expect(run.status).toBe('error');
		expect(run.error?.message).toBe('no such thing');
		expect(run.output('Accepted')).toEqual([]);
	});

	test('lets the input items through where On Error is Continue', async () => {
		const run = await runSubject(
			fails,
			{ items: [{ id: 1 }] },
			{ onError: 'continueRegularOutput' },
		);
		expect(run.status).toBe('success');
		expect(run.output('Accepted')).toEqual([expect.objectContaining({ json: { id: 1 } })]);
	});

	test('makes the node run again where Retry On Fail is on', async () => {
		const run = await runSubject(
			fails,
			{ items: [{ id: 1 }] },
			{ retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		);
		expect(run.status).toBe('error');
		expect(run.calls('Subject')).toBe(3);
	});
});

test('items of the shape of an error leave by the error output, merged with their input', async () => {
	const run = await runSubject(
		() => [
			{ json: { fine: true }, pairedItem: { item: 0 } },
			{ json: { error: 'WRONG', message: 'not right' }, pairedItem: { item: 1 } },
		],
		{ items: [{ id: 1 }, { id: 2 }] },
		{ onError: 'continueErrorOutput' },
	);
	expect(run.output('Subject', 0).map(({ json }) => json)).toEqual([{ fine: true }]);
	expect(run.output('To correct').map(({ json }) => json)).toEqual([
		{ id: 2, error: 'WRONG', message: 'not right' },
	]);
});

test('a node sees how its execution was started', async () => {
	const run = await runSubject((context) => [{ json: { mode: context.getMode() } }], {
		items: [{}],
		mode: 'retry',
	});
	expect(run.output('Subject')[0]?.json).toEqual({ mode: 'retry' });
});

test('Stop reaches a node that is running, and nothing runs after it', async () => {
	const stop = new AbortController();
	const run = await runSubject(
		async (context) => {
			const stopped = new Promise((resolve) => {
				context.getExecutionCancelSignal()?.addEventListener('abort', resolve);
			});
			stop.abort();
			await stopped;
			return [{ json: {} }];
		},
		{ items: [{}], signal: stop.signal },
	);
	expect(run.status).toBe('canceled');
	expect(run.output('Accepted')).toEqual([]);
});

test('hints and log lines of a node are kept', async () => {
	const run = await runSubject(
		(context) => {
			context.addExecutionHints({ message: 'Mind the gap' });
			context.logger.info('counted', { items: 2 });
			return [{ json: {} }];
		},
		{ items: [{}] },
	);
	expect(run.hints('Subject')).toEqual([{ message: 'Mind the gap' }]);
	expect(run.logs).toContainEqual({ level: 'info', message: 'counted', metadata: { items: 2 } });
});

describe('credentials', () => {
	const request = (type: string) => async (context: IExecuteFunctions) => {
		const url = 'http://esputnik.test/info';
		const answer: unknown = await context.helpers.httpRequestWithAuthentication.call(
			context,
			type,
			{ url, json: true },
		);
		return [{ json: { answer: JSON.stringify(answer) } }];
	};

	test('are completed by defaults and applied to the request', async () => {
		const scope = nock('http://esputnik.test')
			.get('/info')
			.basicAuth({ user: 'n8n', pass: 'secret' })
			.reply(200, { ok: true });
		const run = await runSubject(request('keyApi'), {
			items: [{}],
			credentials: { keyApi: { key: 'secret' } },
		});
		expect(run.output('Subject')[0]?.json).toEqual({ answer: '{"ok":true}' });
		expect(scope.isDone()).toBe(true);
	});

	test('are encrypted at rest', async () => {
		const store = await CredentialStore.of(credentialTypes, { keyApi: { key: 'secret' } });
		const { data } = await store.getCredentials({ id: 'keyApi', name: 'keyApi' }, 'keyApi');
		expect(data).toMatch(/.{20}/);
		expect(data).not.toContain('secret');
		expect(await store.read('keyApi')).toEqual({ key: 'secret' });
	});

	test('that expire are renewed and kept', async () => {
		nock('http://esputnik.test', { reqheaders: { authorization: 'Bearer token for secret' } })
			.get('/info')
			.reply(200, { ok: true });
		const store = await CredentialStore.of(credentialTypes, {
			tokenApi: { key: 'secret', token: '' },
		});
		const run = await runSubject(request('tokenApi'), { items: [{}], credentials: store });
		expect(run.status).toBe('success');
		expect(await store.read('tokenApi')).toEqual({ key: 'secret', token: 'token for secret' });
	});

	test('that are missing are reported as n8n does', async () => {
		const run = await runSubject(request('keyApi'), { items: [{}] });
		expect(run.error?.message).toContain('credentials');
	});
});

test('a CSV file becomes one item a row, empty cells left out', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'harness-'));
	const file = join(folder, 'orders.csv');
	writeFileSync(file, 'id,email,items\n1,a@b.c,"[{""name"":""Чай""}]"\n2,,[]\n');
	const run = await runWorkflow({
		package: { nodes: new Map(), credentials: new Map() },
		workflow: {
			nodes: [
				node({ name: 'Start', type: 'n8n-nodes-base.manualTrigger' }),
				node({
					name: 'Read',
					type: 'n8n-nodes-base.readWriteFile',
					parameters: { fileSelector: file },
				}),
				node({ name: 'Extract', type: 'n8n-nodes-base.extractFromFile' }),
			],
			connections: {
				Start: { main: [[input('Read')]] },
				Read: { main: [[input('Extract')]] },
			},
		},
	});
	rmSync(folder, { recursive: true });
	expect(run.output('Extract').map(({ json }) => json)).toEqual([
		{ id: '1', email: 'a@b.c', items: '[{"name":"Чай"}]' },
		{ id: '2', items: '[]' },
	]);
});

test('a name that no node has is an error, not an empty output', async () => {
	const run = await runSubject(() => [], { items: [{}] });
	expect(() => run.output('subject')).toThrow('no node "subject"');
});

/** Items → Subject → Accepted / To correct, where `execute` is what Subject does. */
function runSubject(
	execute: (context: IExecuteFunctions) => INodeExecutionData[] | Promise<INodeExecutionData[]>,
	options: Omit<RunOptions, 'workflow'>,
	settings: Partial<WorkflowJson['nodes'][number]> = {},
) {
	const subject: INodeType = {
		description: {
			displayName: 'Subject',
			name: 'subject',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			credentials: [...credentialTypes.keys()].map((name) => ({ name })),
			properties: [{ displayName: 'Greeting', name: 'greeting', type: 'string', default: '' }],
		},
		async execute() {
			return [await execute(this)];
		},
	};
	return runWorkflow({
		...options,
		package: { nodes: new Map([['test.subject', subject]]), credentials: credentialTypes },
		workflow: {
			nodes: [
				ITEMS_NODE,
				node({ name: 'Subject', type: 'test.subject', ...settings }),
				node({ name: 'Accepted', type: 'n8n-nodes-base.noOp' }),
				node({ name: 'To correct', type: 'n8n-nodes-base.noOp' }),
			],
			connections: {
				[ITEMS_NODE.name]: { main: [[input('Subject')]] },
				Subject: { main: [[input('Accepted')], [input('To correct')]] },
			},
		},
	});
}
