import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import type { StopText } from '../report/stopText';
import { isAgentTool } from './runGuards';

/** The node's *On Error* setting. */
export type OnError = 'stop' | 'continue' | 'errorOutput';

export function readOnError(context: IExecuteFunctions): OnError {
	const { onError } = context.getNode();
	if (onError === 'continueErrorOutput') return 'errorOutput';
	return onError === 'continueRegularOutput' || context.continueOnFail() ? 'continue' : 'stop';
}

/**
 * The error that stops the workflow, with its text as it is: NodeOperationError replaces a message that holds a code such as
 * ECONNREFUSED, even inside a quoted value, by a text of its own. The reasons stand in its description, a line each: n8n shows the
 * message as text and the description as HTML. An AI agent may be told the message alone, so there it holds the reasons, too.
 */
export function stopError(
	context: IExecuteFunctions,
	{ headline, reasons }: StopText,
): NodeOperationError {
	const error = new NodeOperationError(context.getNode(), headline);
	if (isAgentTool(context)) {
		error.message = [headline, ...reasons].join('\n');
		return error;
	}
	error.message = headline;
	error.description = reasons.map((reason) => `• ${escapeHtml(reason)}`).join('<br>\n');
	return error;
}

function escapeHtml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
