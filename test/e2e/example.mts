import assert from 'node:assert/strict';
import { EXAMPLE_ID } from '../../scripts/realN8n/example.mts';
import type { Cases } from './support/cases.mts';
import { SAMPLE } from './support/files.mts';
import { countStatuses, itemsOf, runByCommand, type Item } from './support/runs.mts';
import type { Stage } from './support/stage.mts';

/** The example workflow, imported and executed by the command line. */
export async function example(cases: Cases, stage: Stage): Promise<void> {
	cases.topic('The example, by the command line');
	const { standin } = stage;

	await cases.run(
		'every order is accepted or has its reason, and the stand-in agrees',
		async () => {
			standin.reset();
			const execution = await runByCommand(stage, EXAMPLE_ID);
			const accepted = itemsOf(execution, 'Accepted');
			const refused = itemsOf(execution, 'To correct');
			assert.equal(accepted.length + refused.length, SAMPLE.rows.length);
			assert.deepEqual(countStatuses(accepted), { accepted: accepted.length });
			assert.deepEqual(countErrors(refused), SAMPLE.refusals);

			const said = accepted.map(({ json }) => `${String(json.keyValue)} ${String(json.occurred)}`);
			const stored = standin.received.events.map((event) => `${event.keyValue} ${event.occurred}`);
			assert.deepEqual(said.sort(), stored.sort());
		},
	);
}

function countErrors(items: readonly Item[]): Record<string, number> {
	return countStatuses(items.map(({ json }) => ({ json: { status: json.error } })));
}
