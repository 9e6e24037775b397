import * as fc from 'fast-check';

import { LAWS } from '../support/deliveryLaws.mts';
import { runScript } from '../support/deliveryRun.mts';
import { deliveryScript } from '../support/deliveryScript.mts';

const RUNS_PER_SEED = 5000;

describe('whatever a server does, delivery keeps its laws', () => {
	test.each([1, 2, 3, 4])(
		`in ${RUNS_PER_SEED} runs of random faults, seed %i`,
		async (seed) => {
			const checkAll = fc.asyncProperty(deliveryScript, async (script) => {
				const run = await runScript(script);
				for (const [law, check] of Object.entries(LAWS)) {
					try {
						check(run);
					} catch (error) {
						throw new Error(`Broken: ${law}`, { cause: error });
					}
				}
			});
			await fc.assert(checkAll, { seed, numRuns: RUNS_PER_SEED });
		},
		120_000,
	);
});
