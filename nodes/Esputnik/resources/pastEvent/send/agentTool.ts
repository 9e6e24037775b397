import type { IExecuteFunctions } from 'n8n-workflow';

import { PREDEFINED_EVENT_TYPES } from '../../../contract';
import { holdsCode } from '../../../fields/fieldReader';
import { isAgentTool } from '../../../n8n/runGuards';
import { quotable, type Problem } from '../../../problem';
import type { ItemOutcome } from '../../../report/outcomeItems';
import type { MappedItem } from './pastEvent';

const DO_NOT_REPEAT =
	'Do not call this tool again for this event: it may be stored already, and a second call could store it twice.';

const PREDEFINED = new Set(PREDEFINED_EVENT_TYPES.map(({ key }) => key));

/**
 * An unknown key makes a new event type, so a key that an AI model made up may not: as a tool, a key from an expression must be one
 * of the predefined ones. A key typed into the node is its builder's own.
 *
 * @returns what refuses an event with a key that is made up
 */
export function guardModelKeys(context: IExecuteFunctions): (mapped: MappedItem) => MappedItem {
	if (!isAgentTool(context) || !isExpression(context)) return (mapped) => mapped;
	return (mapped) =>
		mapped.event === undefined || PREDEFINED.has(mapped.eventTypeKey ?? '')
			? mapped
			: { ...mapped, event: undefined, problem: madeUpKey(mapped) };
}

/** Whether the key as saved, a text or a resource locator whose value is one, is worked out. */
function isExpression(context: IExecuteFunctions): boolean {
	const raw: unknown = context.getNodeParameter('eventTypeKey', 0, '', { rawExpressions: true });
	const value: unknown =
		typeof raw === 'object' && raw !== null && 'value' in raw ? raw.value : raw;
	return typeof value === 'string' && value.startsWith('=') && holdsCode(value.slice(1));
}

function madeUpKey({ eventTypeKey }: MappedItem): Problem {
	return {
		reason: 'CONFIGURATION',
		what: 'The AI model chose an event type that eSputnik does not predefine; sending it would create a new one',
		value: quotable(eventTypeKey),
		advice: `Enter a fixed key in the node, or use one of: ${[...PREDEFINED].join(', ')}.`,
	};
}

/** As a tool: an uncertain outcome tells the model not to try again, as models do. */
export function warnModel(
	context: IExecuteFunctions,
	outcomes: readonly ItemOutcome[],
): readonly ItemOutcome[] {
	if (!isAgentTool(context)) return outcomes;
	return outcomes.map((outcome) =>
		outcome.status === 'uncertain' && outcome.problem !== undefined
			? { ...outcome, problem: { ...outcome.problem, advice: DO_NOT_REPEAT } }
			: outcome,
	);
}
