import type { NodeExecutionHint } from 'n8n-workflow';

import type { MappingFacts } from '../mapping/pastEvent';

/** What a user should know after a run although nothing failed. */
export function hintsAfterRun(facts: MappingFacts): NodeExecutionHint[] {
	return hintTexts(facts).map((message) => ({ message, location: 'outputPane' }));
}

function hintTexts(_facts: MappingFacts): string[] {
	return [];
}
