import type { IDataDeduplicator } from 'n8n-workflow';
import { DRAGGED, jsonOf, orders, send, useStandin, type SendCase } from '../support/esputnik.mts';
import { prepareEngine } from '../support/engineServices.mts';
import { runWorkflow } from '../support/engine.mts';
import { DataDeduplicationService } from '../support/n8n.mts';
import { ESPUTNIK, input, ITEMS_NODE, node, SOURCE } from '../support/workflowJson.mts';

const standin = useStandin();
const recorded = new Set<string>();
let isBroken = false;
/** What n8n's store does when it is asked next, each once. */
let next: ('fails' | 'forgets')[] = [];

/** n8n's table of processed data, by node. */
const table: IDataDeduplicator = {
	checkProcessedAndRecord(items, scope, { node: asking }) {
		if (isBroken) return Promise.reject(new Error('the database is locked'));
		const nameOf = (item: (typeof items)[number]) =>
			`${scope} ${asking?.id ?? ''} ${item.toString()}`;
		const processed = items.filter((item) => recorded.has(nameOf(item)));
		const fresh = items.filter((item) => !recorded.has(nameOf(item)));
		const fate = next.shift();
		if (fate === 'fails') return Promise.reject(new Error('duplicate key value'));
		for (const item of fate === 'forgets' ? [] : fresh) recorded.add(nameOf(item));
		return Promise.resolve({ new: fresh, processed });
	},
	removeProcessed: () => Promise.resolve(),
	clearAllProcessedItems: () => Promise.resolve(),
	getProcessedDataCount: () => Promise.resolve(recorded.size),
};

beforeAll(async () => {
	await prepareEngine();
	await DataDeduplicationService.init(table);
});
beforeEach(() => {
	recorded.clear();
	isBroken = false;
	next = [];
});

const execute = async (executionId: string, given: Partial<SendCase> = {}) =>
	await send(standin(), {
		items: orders(3),
		onError: 'continueRegularOutput',
		...given,
		run: { executionId },
	});

test('an execution that n8n runs a second time sends nothing, and says why', async () => {
	await execute('7');
	const again = await execute('7');

	expect(standin().received.requests).toHaveLength(1);
	expect(jsonOf(again)).toMatchObject(
		orders(3).map(() => ({ status: 'notSent', reason: 'RETRIED_EXECUTION' })),
	);
	expect(jsonOf(again)[0].message).toContain('a second time');
});

test('under Stop Workflow it stops there', async () => {
	await execute('7', { onError: 'stopWorkflow' });
	const again = await execute('7', { onError: 'stopWorkflow' });

	expect(again.error?.message).toContain('a second time');
	expect(standin().received.requests).toHaveLength(1);
});

test('a second run deletes nothing, either', async () => {
	standin().configure({ deletionActive: true });
	const parameters = {
		operation: 'delete',
		from: '2024-05-01',
		to: '2024-05-01',
		confirmDeletion: true,
	};
	await execute('7', { parameters });
	const again = await execute('7', { parameters });

	expect(standin().received.requests).toHaveLength(1);
	expect(jsonOf(again)[0]).toMatchObject({ deleted: false, reason: 'RETRIED_EXECUTION' });
});

test('the next execution sends, and so does a second run that is allowed', async () => {
	await execute('7');
	await execute('8');
	await execute('8', { parameters: { options: { allowRetry: true } } });

	expect(standin().received.requests).toHaveLength(3);
});

test('a dry run marks nothing', async () => {
	await execute('7', { parameters: { options: { dryRun: true } } });
	const run = await execute('7');

	expect(jsonOf(run)).toMatchObject(orders(3).map(() => ({ status: 'accepted' })));
});

test('a store that fails keeps nothing from being sent', async () => {
	isBroken = true;
	const run = await execute('7');

	expect(jsonOf(run)).toMatchObject(orders(3).map(() => ({ status: 'accepted' })));
});

test('where executions begin together the store may lose the mark of one, or fail once; each is marked all the same', async () => {
	const parameters = { options: { batchSize: 1 } };
	next = ['forgets'];
	await execute('7', { parameters });
	next = ['fails'];
	await execute('8', { parameters });
	expect(standin().received.requests).toHaveLength(6);

	await execute('7', { parameters });
	await execute('8', { parameters });
	expect(standin().received.requests).toHaveLength(6);
});

test('a node that runs twice in one execution, as in a loop, sends twice; a second run of the execution sends nothing', async () => {
	const { apiKey, baseUrl } = standin();
	const run = async () =>
		await runWorkflow({
			workflow: {
				nodes: [
					ITEMS_NODE,
					node({ name: 'First', type: 'n8n-nodes-base.noOp' }),
					node({ name: 'Second', type: 'n8n-nodes-base.noOp' }),
					node({
						name: ESPUTNIK,
						type: 'n8n-nodes-esputnik.esputnik',
						parameters: DRAGGED,
						onError: 'continueRegularOutput',
					}),
				],
				connections: {
					[SOURCE]: { main: [[input('First'), input('Second')]] },
					First: { main: [[input(ESPUTNIK)]] },
					Second: { main: [[input(ESPUTNIK)]] },
				},
			},
			items: orders(3),
			credentials: { esputnikApi: { apiKey, baseUrl } },
			executionId: '7',
		});
	await run();
	expect(standin().received.count).toBe(6);
	const again = await run();
	expect(again.calls(ESPUTNIK)).toBe(2);
	expect(standin().received.count).toBe(6);
});
