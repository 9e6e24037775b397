import type { IExecuteFunctions } from 'n8n-workflow';

import type { Problem } from '../problem';
import type { SecondRun } from './runGuards';

/** One key per execution: so many are kept of each node, in 27 kB of n8n's database. */
const KEPT_KEYS = 1000;

/** How often a key is looked for after it was written. */
const MOST_LOOKS = 5;

/** An execution that is marked in n8n's store, as far as that can be known. */
interface Mark {
	/** Whether it was marked before, so that it had run. */
	readonly wasThere: Promise<boolean>;
	/** Marks it where it is not; gives whether it was. */
	readonly renew: () => Promise<boolean>;
	isKept: boolean;
}

/** The marks of each run of an execution, told by n8n's signal for Stop, by node. */
const marks = new WeakMap<AbortSignal, Map<string, Mark>>();

/** What this process wrote last: one mark at a time. */
let lastMark: Promise<unknown> = Promise.resolve();

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
	const ofExecution = marks.get(signal) ?? new Map<string, Mark>();
	marks.set(signal, ofExecution);
	const { id } = context.getNode();
	const mark = ofExecution.get(id) ?? newMark(context);
	ofExecution.set(id, mark);
	if (!(await mark.wasThere)) return undefined;
	return {
		reason: 'RETRIED_EXECUTION',
		what: `n8n runs this execution a second time, because it lost sight of the first run; ${harm}`,
		advice: insteadOfRetry,
	};
}

/**
 * Looks after the mark, once: n8n reads all keys of a node and then writes them anew, so of executions that begin at the same moment one may
 * remove the key of another. To be called while more requests are to come, when some time has passed since the mark was made.
 */
export function keepMark(context: IExecuteFunctions): void {
	const signal = context.getExecutionCancelSignal();
	const mark = signal && marks.get(signal)?.get(context.getNode().id);
	if (mark === undefined || mark.isKept) return;
	mark.isKept = true;
	void inTurn(context, async () => {
		for (let look = 1; look <= MOST_LOOKS && !(await mark.renew()); look++);
		return true;
	});
}

function newMark(context: IExecuteFunctions): Mark {
	const renew = async () => {
		// An execution that waited goes on by the same id, with another run of the node.
		const run = context.evaluateExpression('{{ $runIndex }}', 0);
		const key = `${context.getExecutionId()}/${String(run)}`;
		const { processed } = await context.helpers.checkProcessedAndRecord([key], 'node', {
			mode: 'entries',
			maxEntries: KEPT_KEYS,
		});
		return processed.length > 0;
	};
	// Of two executions that are the first ever of their node one fails, and then finds the row that the other one has made.
	return { wasThere: inTurn(context, () => renew().catch(renew)), renew, isKept: false };
}

/** Asks the store when whoever asked before has an answer; false where it fails. */
async function inTurn(context: IExecuteFunctions, ask: () => Promise<boolean>): Promise<boolean> {
	const asking = lastMark.then(ask).catch(() => {
		context.logger.debug(
			"n8n's store of processed data could not be asked, so it is not marked that this execution sends",
		);
		return false;
	});
	lastMark = asking;
	return await asking;
}
