import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { problemMessage, type Problem } from '../problem';
import { errorItem, outcomeItem } from '../report/outcomeItems';
import { runRefusedMessage } from '../report/stopMessage';
import { readOnError, stopError } from './onError';

/**
 * The output of a run that is refused before it is known which operation it belongs to.
 *
 * @throws {NodeOperationError} under *Stop Workflow*
 */
export function refuseRun(context: IExecuteFunctions, problem: Problem): INodeExecutionData[][] {
	const onError = readOnError(context);
	if (onError === 'stop') throw stopError(context, runRefusedMessage(problem));
	const json = { status: 'notSent', reason: problem.reason, message: problemMessage(problem) };
	return [
		context
			.getInputData()
			.map((input, item) =>
				onError === 'errorOutput'
					? errorItem({ ...json }, item, input.json)
					: outcomeItem({ ...json }, item),
			),
	];
}
