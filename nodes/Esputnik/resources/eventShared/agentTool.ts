import type { IExecuteFunctions } from 'n8n-workflow';

import { PREDEFINED_EVENT_TYPES } from '../../contract';
import { holdsCode } from '../../fields/fieldReader';
import { agentToolProblem, isAgentTool } from '../../n8n/runGuards';
import { quotable, type Problem } from '../../problem';
import type { EventBytes } from '../../events/eventBytes';

const PREDEFINED = new Set(PREDEFINED_EVENT_TYPES.map(({ key }) => key));

/**
 * An unknown key makes a new event type, so a key that an AI model made up may not: as a tool, a key from an expression must be one
 * of the predefined ones. A key typed into the node is its builder's own.
 *
 * @returns what refuses an event with a key that is made up
 */
export function guardModelKeys(
	context: IExecuteFunctions,
): <Mapped extends EventWithKey>(mapped: Mapped) => Mapped {
	if (!isAgentTool(context) || !isExpression(context)) return (mapped) => mapped;
	return (mapped) =>
		mapped.event === undefined || PREDEFINED.has(mapped.eventTypeKey ?? '')
			? mapped
			: { ...mapped, event: undefined, problem: madeUpKey(mapped) };
}

interface EventWithKey {
	readonly eventTypeKey?: string;
	readonly event?: EventBytes;
	readonly problem?: Problem;
}

/** Whether the key as saved, a text or a resource locator whose value is one, is worked out. */
function isExpression(context: IExecuteFunctions): boolean {
	const raw: unknown = context.getNodeParameter('eventTypeKey', 0, '', { rawExpressions: true });
	const value: unknown =
		typeof raw === 'object' && raw !== null && 'value' in raw ? raw.value : raw;
	return typeof value === 'string' && value.startsWith('=') && holdsCode(value.slice(1));
}

function madeUpKey({ eventTypeKey }: EventWithKey): Problem {
	return {
		reason: 'CONFIGURATION',
		what: 'The AI model chose an event type that eSputnik does not predefine; sending it would create a new one',
		value: quotable(eventTypeKey),
		advice: `Enter a fixed key in the node, or use one of: ${[...PREDEFINED].join(', ')}.`,
	};
}

/**
 * As a tool: what is said where nobody knows whether an event was taken. Models try again, so it tells them not to.
 *
 * @param harm what a second call could do: `it may be stored already, and a second call could store it twice`
 * @returns undefined where the node is no tool
 */
export function warningForModel(context: IExecuteFunctions, harm: string): string | undefined {
	return isAgentTool(context) ? `Do not call this tool again for this event: ${harm}.` : undefined;
}

/** Why a run is refused as a tool: the model would send whatever the items hold. */
export function allFieldsProblem(
	context: IExecuteFunctions,
	paramsMode: string,
): Problem | undefined {
	return paramsMode === 'autoMapInputData'
		? agentToolProblem(
				context,
				"An AI agent may not send every field: 'Parameters Mode' is 'Map Automatically'",
				"Choose 'Map Each Parameter Manually' or 'JSON'.",
			)
		: undefined;
}
