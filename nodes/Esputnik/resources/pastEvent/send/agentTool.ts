import type { IExecuteFunctions } from 'n8n-workflow';

import { PREDEFINED_EVENT_TYPES } from '../../../contract';
import type { Outcome } from '../../../delivery/outcome';
import { holdsCode } from '../../../fields/fieldReader';
import type { MappedItem } from './pastEvent';
import { quotable, type Problem } from '../../../problem';
import type { MappedRun } from './mapItems';
import { isAgentTool } from '../../../n8n/runGuards';

const DO_NOT_REPEAT =
	'Do not call this tool again for this event: it may be stored already, and a second call could store it twice.';

const PREDEFINED = new Set(PREDEFINED_EVENT_TYPES.map(({ key }) => key));

/**
 * An unknown key makes a new event type, so a key that an AI model made up may not: as a tool, a key from an expression must be one
 * of the predefined ones. A key typed into the node is its builder's own.
 */
export function guardModelKeys(context: IExecuteFunctions, run: MappedRun): MappedRun {
	if (!isAgentTool(context) || !isExpression(context)) return run;
	const { mapped } = run;
	const allowed = (item: number) => PREDEFINED.has(mapped[item].eventTypeKey ?? '');
	const forbidden = run.itemOfEvent.filter((item) => !allowed(item));
	return {
		mapped,
		events: run.events.filter((_, event) => allowed(run.itemOfEvent[event])),
		itemOfEvent: run.itemOfEvent.filter(allowed),
		refused: [
			...run.refused,
			...forbidden.map((item) => ({ item, problem: madeUpKey(mapped[item]) })),
		].sort((a, b) => a.item - b.item),
	};
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
export function warnModel(context: IExecuteFunctions, outcomes: Outcome[]): Outcome[] {
	if (!isAgentTool(context)) return outcomes;
	return outcomes.map((outcome) =>
		outcome.status === 'uncertain'
			? { ...outcome, problem: { ...outcome.problem, advice: DO_NOT_REPEAT } }
			: outcome,
	);
}
