import type { IExecuteFunctions } from 'n8n-workflow';

import type { Problem } from '../problem';

/**
 * Whether the node runs as a tool of an AI agent. n8n's `isToolExecution()` answers false in `execute`; what tells is the type of the
 * twin node made for `usableAsTool`, or where the node's log goes. n8n-workflow has a function for the former only since 2.6.
 */
export function isAgentTool(context: IExecuteFunctions): boolean {
	const node = context.getNode();
	return node.type.endsWith('Tool') || node.rewireOutputLogTo === 'ai_tool';
}

/** What a second run of the node would do, and what to do in its place. */
export interface SecondRun {
	readonly harm: string;
	readonly insteadOfRetryOnFail: string;
	readonly insteadOfRetry: string;
	/** Whether an execution started by *Retry*, or run a second time by n8n, may go on all the same. */
	readonly allowRetry: boolean;
}

/**
 * Why a run that must not happen twice is refused: *Retry On Fail* runs the whole node again, and an execution started by *Retry* in
 * the executions list runs it again with the same items.
 */
export function repeatProblem(
	context: IExecuteFunctions,
	{ harm, insteadOfRetryOnFail, insteadOfRetry, allowRetry }: SecondRun,
): Problem | undefined {
	if (context.getNode().retryOnFail === true) {
		return {
			reason: 'RETRY_ON_FAIL',
			what: `'Retry On Fail' is on in the node's settings; ${harm}`,
			advice: `Switch it off. ${insteadOfRetryOnFail}`,
		};
	}
	if (context.getMode() === 'retry' && !allowRetry) {
		return {
			reason: 'RETRIED_EXECUTION',
			what: `This execution was started by 'Retry'; ${harm}`,
			advice: insteadOfRetry,
		};
	}
	return undefined;
}

/** The problem of a run that an AI agent may not start. */
export function agentToolProblem(
	context: IExecuteFunctions,
	what: string,
	advice: string,
): Problem | undefined {
	return isAgentTool(context) ? { reason: 'CONFIGURATION', what, advice } : undefined;
}
