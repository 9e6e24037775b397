import type { IExecuteFunctions } from 'n8n-workflow';

import type { Problem } from '../problem';
import type { SecondRun } from './runGuards';

/** One key per execution: so many are kept of each node, in 27 kB of n8n's database. */
const KEPT_KEYS = 1000;

/** For each run of an execution, told by n8n's signal for Stop, and node: whether the execution had run before. */
const known = new WeakMap<AbortSignal, Map<string, Promise<boolean>>>();

/**
 * Why a run is refused whose execution n8n runs a second time: in the queue mode of n8n 1 a job that stalled is begun anew by another
 * worker, under the same execution id. To be asked right before the first request, since it also marks the execution in n8n's own store
 * of processed data.
 *
 * Every later run of the node in the same run of the execution (in a loop, or called by an AI agent) has the answer of the first. A store that
 * fails keeps nothing from being sent.
 */
export async function secondRunProblem(
	context: IExecuteFunctions,
	{ harm, insteadOfRetry, allowRetry }: SecondRun,
): Promise<Problem | undefined> {
	const signal = context.getExecutionCancelSignal();
	if (allowRetry || signal === undefined) return undefined;
	const answers = known.get(signal) ?? new Map<string, Promise<boolean>>();
	known.set(signal, answers);
	const { id } = context.getNode();
	const answer = answers.get(id) ?? hasRunBefore(context);
	answers.set(id, answer);
	if (!(await answer)) return undefined;
	return {
		reason: 'RETRIED_EXECUTION',
		what: `n8n runs this execution a second time, because it lost sight of the first run; ${harm}`,
		advice: insteadOfRetry,
	};
}

async function hasRunBefore(context: IExecuteFunctions): Promise<boolean> {
	try {
		// An execution that waited goes on by the same id, with another run of the node.
		const run = context.evaluateExpression('{{ $runIndex }}', 0);
		const key = `${context.getExecutionId()}/${String(run)}`;
		const { processed } = await context.helpers.checkProcessedAndRecord([key], 'node', {
			mode: 'entries',
			maxEntries: KEPT_KEYS,
		});
		return processed.length > 0;
	} catch {
		context.logger.debug(
			"n8n's store of processed data could not be asked, so it is not marked that this execution sends",
		);
		return false;
	}
}
