import assert from 'node:assert/strict';
import type { Cases } from './support/cases.mts';
import { BAD_EVERY, LARGE, emailOf, occurredAt } from './support/files.mts';
import { countStatuses, itemsOf, runByCommand } from './support/runs.mts';
import type { CommandStage } from './support/stage.mts';
import {
	SEND,
	end,
	esputnik,
	manualTrigger,
	readCsv,
	workflow,
	type WorkflowJson,
} from './support/workflows.mts';

const BAD = LARGE / BAD_EVERY;

/** The workflows of this topic, to be imported by the command line, too. */
export function commandLineWorkflows(files: string): (WorkflowJson & { id: string })[] {
	const rows = (file: string) => [manualTrigger(), ...readCsv(`${files}/${file}`)];
	const summary = { ...SEND, options: { output: 'summary' } };
	const toErrorBranch = { onError: 'continueErrorOutput' } as const;
	const branches = [end('Accepted'), end('Refused')];
	return [
		{
			id: 'e2eLargeEvents01',
			...workflow('100,000 events', [...rows('large.csv'), esputnik(SEND)]),
		},
		{
			id: 'e2eLargeSummary1',
			...workflow('100,000 summary', [...rows('large.csv'), esputnik(summary)]),
		},
		{
			id: 'e2eLargeErrors01',
			...workflow(
				'100,000 error output',
				[...rows('large-flawed.csv'), esputnik(SEND, toErrorBranch)],
				branches,
			),
		},
		{
			id: 'e2eLargeSumErr01',
			...workflow(
				'100,000 summary, error output',
				[...rows('large-flawed.csv'), esputnik(summary, toErrorBranch)],
				branches,
			),
		},
	];
}

/** 100,000 items in runs without the editor, each compared with what the stand-in received. */
export async function commandLine(cases: Cases, stage: CommandStage): Promise<void> {
	cases.topic('The command line, 100,000 items');
	const { standin } = stage;

	await cases.run('one outcome per event, in order, each stored once', async () => {
		standin.reset();
		const execution = await runByCommand(stage, 'e2eLargeEvents01');
		const items = itemsOf(execution, 'eSputnik');
		assert.deepEqual(countStatuses(items), { accepted: LARGE });
		for (const index of [0, 499, 500, 70_001, LARGE - 1]) {
			assert.equal(items[index].json.keyValue, emailOf(index));
			assert.equal(items[index].json.occurred, occurredAt(index));
			assert.deepEqual(items[index].pairedItem, { item: index });
		}
		// A request beyond the limit of a second is refused as a whole and sent again.
		const taken = standin.received.sends.filter(({ accepted }) => accepted > 0);
		assert.equal(taken.length, LARGE / 500);
		const keys = new Set(standin.received.events.map(({ keyValue }) => keyValue));
		assert.equal(standin.received.count, LARGE);
		assert.equal(keys.size, LARGE);
	});

	await cases.run('a summary in place of the outcomes', async () => {
		standin.reset();
		const [{ json }, ...more] = itemsOf(await runByCommand(stage, 'e2eLargeSummary1'), 'eSputnik');
		assert.equal(more.length, 0);
		const { total, accepted, requests, rejected, uncertain, notSent } = json;
		assert.deepEqual(
			{ total, accepted, requests, rejected, uncertain, notSent },
			{ total: LARGE, accepted: LARGE, requests: 200, rejected: 0, uncertain: 0, notSent: 0 },
		);
		assert.equal(standin.received.count, LARGE);
	});

	await cases.run('the error output takes the refused items, the rest are accepted', async () => {
		standin.reset();
		const execution = await runByCommand(stage, 'e2eLargeErrors01');
		assert.deepEqual(countStatuses(itemsOf(execution, 'Accepted')), { accepted: LARGE - BAD });
		const refused = itemsOf(execution, 'Refused');
		assert.equal(refused.length, BAD);
		assert.equal(refused[1].json.error, 'OCCURRED_DATE_IS_REQUIRED');
		assert.equal(refused[1].json.email, emailOf(BAD_EVERY + 7));
		assert.equal(standin.received.count, LARGE - BAD);
	});

	await cases.run('a summary and the refused items on the error output', async () => {
		standin.reset();
		const execution = await runByCommand(stage, 'e2eLargeSumErr01');
		const [{ json }] = itemsOf(execution, 'Accepted');
		assert.equal(json.accepted, LARGE - BAD);
		assert.deepEqual(json.reasons, { OCCURRED_DATE_IS_REQUIRED: BAD });
		assert.equal(itemsOf(execution, 'Refused').length, BAD);
		assert.equal(standin.received.count, LARGE - BAD);
	});
}
