import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import type { StopText } from '../report/stopText';

/** The node's *On Error* setting. */
export type OnError = 'stop' | 'continue' | 'errorOutput';

export function readOnError(context: IExecuteFunctions): OnError {
	const { onError } = context.getNode();
	if (onError === 'continueErrorOutput') return 'errorOutput';
	return onError === 'continueRegularOutput' || context.continueOnFail() ? 'continue' : 'stop';
}

/**
 * The error that stops the workflow, with its text as it is: NodeOperationError replaces a message that holds a code such as
 * ECONNREFUSED, even inside a quoted value, by a text of its own. The reasons stand in its description, a line each.
 */
export function stopError(
	context: IExecuteFunctions,
	{ headline, reasons }: StopText,
): NodeOperationError {
	const error = new NodeOperationError(context.getNode(), headline);
	error.message = headline;
	error.description = reasons.join('\n');
	return error;
}
