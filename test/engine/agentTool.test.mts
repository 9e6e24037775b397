import type { IDataObject } from 'n8n-workflow';
import type { RunResult } from '../support/engine.mts';
import { orders, send, useStandin } from '../support/esputnik.mts';
import { ESPUTNIK } from '../support/workflowJson.mts';

const standin = useStandin();

/** n8n marks the node like this when it runs as a tool of an AI agent. */
const asTool = { rewireOutputLogTo: 'ai_tool' } as const;

function taskOf(run: RunResult) {
	const task = run.raw.data.resultData.runData[ESPUTNIK].at(-1);
	if (task === undefined) throw new Error('The node did not run');
	return task;
}

/** As a tool the node's output goes to the agent and not to a main branch. */
function jsonOf(run: RunResult): IDataObject[] {
	return (taskOf(run).data?.ai_tool[0] ?? []).map(({ json }) => json);
}

function typedBy(items: IDataObject[], type: string): IDataObject[] {
	return items.map((item) => ({ ...item, type }));
}

const keyOfModel = { eventTypeKey: { __rl: true, mode: 'id', value: '={{ $json.type }}' } };

test('a predefined key that the model chose is sent', async () => {
	const run = await send(standin(), {
		items: typedBy(orders(1), 'orderDelivered'),
		parameters: keyOfModel,
		settings: asTool,
	});

	expect(jsonOf(run)).toMatchObject([{ status: 'accepted', eventTypeKey: 'orderDelivered' }]);
});

test('a key that the model made up is refused: sending it would make a new event type', async () => {
	const run = await send(standin(), {
		items: typedBy(orders(1), 'giftWrapped'),
		parameters: keyOfModel,
		settings: asTool,
		onError: 'continueRegularOutput',
	});

	expect(standin().received.requests).toEqual([]);
	expect(jsonOf(run)).toMatchObject([{ status: 'rejected', reason: 'CONFIGURATION' }]);
	expect(jsonOf(run)[0].message).toContain("'giftWrapped'");
});

test('a key that the builder typed may be any', async () => {
	const run = await send(standin(), {
		items: orders(1),
		parameters: { eventTypeKey: { __rl: true, mode: 'id', value: 'giftWrapped' } },
		settings: asTool,
	});

	expect(jsonOf(run)).toMatchObject([{ status: 'accepted', eventTypeKey: 'giftWrapped' }]);
});

test('a key typed in expression mode is as fixed', async () => {
	const run = await send(standin(), {
		items: orders(1),
		parameters: { eventTypeKey: { __rl: true, mode: 'id', value: '=giftWrapped' } },
		settings: asTool,
	});

	expect(jsonOf(run)).toMatchObject([{ status: 'accepted', eventTypeKey: 'giftWrapped' }]);
});

test.each([
	['mapping every field', { paramsMode: 'autoMapInputData' }],
	[
		'deleting',
		{ operation: 'delete', from: '2024-05-01', to: '2024-05-01', confirmDeletion: true },
	],
])('%s is refused', async (_, parameters) => {
	const run = await send(standin(), { items: orders(1), parameters, settings: asTool });

	expect(taskOf(run).error?.message).toContain('AI agent');
	expect(standin().received.requests).toEqual([]);
});

test('under Stop Workflow the message alone tells the model not to call again', async () => {
	standin().faults.push({ kind: 'resetAfterAccepting' });
	const run = await send(standin(), { items: orders(1), settings: asTool });

	expect(taskOf(run).error?.message).toMatch(
		/^None of 1 event is known to be stored\. .*\n.*Do not call this tool again/,
	);
	expect(taskOf(run).error).not.toHaveProperty('description', expect.stringContaining('tool'));
});

test('an uncertain outcome tells the model not to call again', async () => {
	standin().faults.push({ kind: 'resetAfterAccepting' });
	const run = await send(standin(), {
		items: orders(1),
		settings: asTool,
		onError: 'continueRegularOutput',
	});

	expect(jsonOf(run)).toMatchObject([{ status: 'uncertain' }]);
	expect(jsonOf(run)[0].message).toContain('Do not call this tool again');
});
