import * as n8nWorkflow from 'n8n-workflow';

import { compareReaderWithEngine } from '../support/readerDifferential.mts';

describe('A compiled parameter', () => {
	it('gives what the engine gives, for thousands of generated paths, expressions and items', async () => {
		const { compared, direct, differences } = await compareReaderWithEngine(n8nWorkflow, 700, 2024);
		expect(differences.slice(0, 3)).toEqual([]);
		expect(compared).toBeGreaterThan(4_000);
		expect(direct).toBeGreaterThan(800);
	}, 120_000);
});
