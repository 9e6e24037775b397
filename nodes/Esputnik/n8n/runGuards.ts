import { isToolType, type IExecuteFunctions } from 'n8n-workflow';

import type { Problem } from '../problem';

/**
 * Whether the node runs as a tool of an AI agent. n8n's `isToolExecution()` answers false in `execute`; what tells is the type of the
 * twin node made for `usableAsTool`, or where the node's log goes.
 */
export function isAgentTool(context: IExecuteFunctions): boolean {
	const node = context.getNode();
	return isToolType(node.type) || node.rewireOutputLogTo === 'ai_tool';
}

/** What a second run of the node would do, and what to do in its place. */
interface SecondRun {
	readonly harm: string;
	readonly insteadOfRetryOnFail: string;
	readonly insteadOfRetry: string;
}

const SECOND_RUN = {
	send: {
		harm: 'it would send events that were accepted already a second time',
		insteadOfRetryOnFail: "The node repeats failed requests by itself: see 'Max Retries'.",
		insteadOfRetry:
			"Run the workflow with the items that are missing, or switch on the option 'Allow Retry of Executions' when you know that nothing was accepted.",
	},
	delete: {
		harm: 'it would also delete what was imported into the range meanwhile',
		insteadOfRetryOnFail: 'The node repeats by itself what eSputnik certainly did not take.',
		insteadOfRetry:
			'Look in eSputnik what is left in the range, then run the workflow anew if need be.',
	},
} satisfies Record<string, SecondRun>;

type Operation = keyof typeof SECOND_RUN;

/** *Retry On Fail* runs the whole node again, so every event that was accepted would be sent again. */
export function retryOnFailProblem(
	context: IExecuteFunctions,
	operation: Operation,
): Problem | undefined {
	if (context.getNode().retryOnFail !== true) return undefined;
	const { harm, insteadOfRetryOnFail } = SECOND_RUN[operation];
	return {
		reason: 'RETRY_ON_FAIL',
		what: `'Retry On Fail' is on in the node's settings; ${harm}`,
		advice: `Switch it off. ${insteadOfRetryOnFail}`,
	};
}

/** An execution started by *Retry* in the executions list runs the node again with the same items. */
export function retriedExecutionProblem(
	context: IExecuteFunctions,
	operation: Operation,
): Problem | undefined {
	if (context.getMode() !== 'retry') return undefined;
	const { harm, insteadOfRetry } = SECOND_RUN[operation];
	return {
		reason: 'RETRIED_EXECUTION',
		what: `This execution was started by 'Retry'; ${harm}`,
		advice: insteadOfRetry,
	};
}

/** What an AI agent may not do: it could delete what nobody asked for, or send fields that nobody chose. */
export function agentToolProblem(
	context: IExecuteFunctions,
	forbidden: { readonly deletes: boolean; readonly mapsAutomatically: boolean },
): Problem | undefined {
	if (!isAgentTool(context)) return undefined;
	if (forbidden.deletes) {
		return {
			reason: 'CONFIGURATION',
			what: 'An AI agent may not delete past events',
			advice: "Choose 'Send Past Events', or run the deletion as a node of the workflow.",
		};
	}
	if (forbidden.mapsAutomatically) {
		return {
			reason: 'CONFIGURATION',
			what: "An AI agent may not send every field: 'Parameters Mode' is 'Map Automatically'",
			advice: "Choose 'Map Each Parameter Manually' or 'JSON'.",
		};
	}
	return undefined;
}
