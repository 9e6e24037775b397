import assert from 'node:assert/strict';
import type { Cases } from './support/cases.mts';
import { BAD_EVERY, LARGE, emailOf, occurredAt } from './support/files.mts';
import { countStatuses, itemsOf, runByCommand, type Execution } from './support/runs.mts';
import type { Stage } from './support/stage.mts';
import {
	SEND,
	esputnik,
	manualTrigger,
	readCsv,
	fork,
	type WorkflowJson,
} from './support/workflows.mts';

const BAD = LARGE / BAD_EVERY;

/** Both outputs of the node in one run: its outcomes as orderCreated, its summary as orderSummed. */
const OUTCOMES = esputnik(SEND);
const SUMMARY = {
	...esputnik({
		...SEND,
		eventTypeKey: { __rl: true, mode: 'id', value: 'orderSummed' },
		options: { output: 'summary' },
	}),
	name: 'Summary',
};

/** The workflows of this topic, to be imported by the command line, too. */
export function commandLineWorkflows(files: string): (WorkflowJson & { id: string })[] {
	const rows = (file: string) => [manualTrigger(), ...readCsv(`${files}/${file}`)];
	const toErrorBranch = { onError: 'continueErrorOutput' } as const;
	return [
		{
			id: 'e2eLargeEvents01',
			...fork('100,000 events', rows('large.csv'), [{ node: OUTCOMES }, { node: SUMMARY }]),
		},
		{
			id: 'e2eLargeErrors01',
			...fork('100,000 events, error output', rows('large-flawed.csv'), [
				{ node: { ...OUTCOMES, ...toErrorBranch } },
				{ node: { ...SUMMARY, ...toErrorBranch } },
			]),
		},
	];
}

/** 100,000 items in runs without the editor, each compared with what the stand-in received. */
export async function commandLine(cases: Cases, stage: Stage): Promise<void> {
	cases.topic('The command line, 100,000 items');
	const { standin } = stage;

	/** What the stand-in has of one event type. */
	const storedAs = (type: string) =>
		standin.received.events.filter(({ eventTypeKey }) => eventTypeKey === type);
	let execution: Execution;

	await cases.run('one outcome per event, in order, each stored once', async () => {
		standin.reset();
		execution = await runByCommand(stage, 'e2eLargeEvents01');
		const items = itemsOf(execution, 'eSputnik');
		assert.deepEqual(countStatuses(items), { accepted: LARGE });
		for (const index of [0, 499, 500, 70_001, LARGE - 1]) {
			assert.equal(items[index].json.keyValue, emailOf(index));
			assert.equal(items[index].json.occurred, occurredAt(index));
			assert.deepEqual(items[index].pairedItem, { item: index });
		}
		// A request beyond the limit of a second is refused as a whole and sent again.
		const taken = standin.received.sends.filter(({ accepted }) => accepted > 0);
		assert.equal(taken.length, 2 * (LARGE / 500));
		const stored = storedAs('orderCreated');
		assert.equal(stored.length, LARGE);
		assert.equal(new Set(stored.map(({ keyValue }) => keyValue)).size, LARGE);
	});

	await cases.run('a summary in place of the outcomes', () => {
		const [{ json }, ...more] = itemsOf(execution, 'Summary');
		assert.equal(more.length, 0);
		const { total, accepted, requests, rejected, uncertain, notSent } = json;
		assert.deepEqual(
			{ total, accepted, requests, rejected, uncertain, notSent },
			{ total: LARGE, accepted: LARGE, requests: 200, rejected: 0, uncertain: 0, notSent: 0 },
		);
		assert.equal(storedAs('orderSummed').length, LARGE);
	});

	await cases.run('the error output takes the refused items, the rest are accepted', async () => {
		standin.reset();
		execution = await runByCommand(stage, 'e2eLargeErrors01');
		assert.deepEqual(countStatuses(itemsOf(execution, 'eSputnik', 0)), { accepted: LARGE - BAD });
		const refused = itemsOf(execution, 'eSputnik', 1);
		assert.equal(refused.length, BAD);
		assert.equal(refused[1].json.error, 'OCCURRED_DATE_IS_REQUIRED');
		assert.equal(refused[1].json.email, emailOf(BAD_EVERY + 7));
		assert.equal(storedAs('orderCreated').length, LARGE - BAD);
	});

	await cases.run('a summary and the refused items on the error output', () => {
		const [{ json }] = itemsOf(execution, 'Summary', 0);
		assert.equal(json.accepted, LARGE - BAD);
		assert.deepEqual(json.reasons, { OCCURRED_DATE_IS_REQUIRED: BAD });
		assert.equal(itemsOf(execution, 'Summary', 1).length, BAD);
		assert.equal(storedAs('orderSummed').length, LARGE - BAD);
	});
}
