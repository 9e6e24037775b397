import * as fc from 'fast-check';

import { LAWS_OF_OUTCOMES, LAWS_OF_REQUESTS, obey } from '../support/deliveryLaws.mts';
import { runScript } from '../support/deliveryRun.mts';
import { deliveryScript } from '../support/deliveryScript.mts';

const RUNS_PER_SEED = 5000;

describe('whatever a server does, delivery keeps its laws', () => {
	test.each([1, 2, 3, 4])(
		`in ${RUNS_PER_SEED} runs of random faults, seed %i`,
		async (seed) => {
			const checkAll = fc.asyncProperty(deliveryScript, async (script) => {
				obey(await runScript(script), LAWS_OF_OUTCOMES, LAWS_OF_REQUESTS);
			});
			await fc.assert(checkAll, { seed, numRuns: RUNS_PER_SEED });
		},
		120_000,
	);
});
