import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { createClient } from '../../../api/client';
import { PAST_EVENT_WORDS } from '../pastEvents';
import { createPastEventsSender } from './sendPastEvents';
import { deliver, noteText, type DeliveryReport } from '../../../delivery/deliver';
import type { Outcome } from '../../../delivery/outcome';
import type { MappedItem } from './pastEvent';
import { isProblem, type Problem } from '../../../problem';
import { dateHints } from '../../../report/dateHint';
import { hintsAfterRun } from '../../../report/hints';
import { describeRun } from '../../../report/runLog';
import { refusedMessage, runRefusedMessage, stoppedMessage } from '../../../report/stopMessage';
import type { RunCost } from '../../../report/summary';
import { guardModelKeys, warnModel } from './agentTool';
import { systemClock } from '../../../n8n/clock';
import { dryRunOutput } from './dryRun';
import { mapItems, zoneProblem, type MappedRun } from './mapItems';
import { readOnError, stopError } from '../../../n8n/onError';
import type { Operation } from '../../../n8n/nodeTable';
import { prepareSend, type PreparedSend } from './prepareSend';
import { searchEventTypes } from './searchEventTypes';
import { sendFields } from './sendFields';
import { outputOfRefusedRun, sendOutput } from './sendOutput';

const NOTHING_SENT: RunCost = { requests: 0, retries: 0, durationMs: 0 };

const EMPTY_INPUT: Problem = {
	reason: 'EMPTY_INPUT',
	what: 'The input is one item without any field, so there is nothing to send',
	advice: "If you expected items, look at the node before this one ('Always Output Data').",
};

const CANCELLED: Problem = {
	reason: 'CANCELLED',
	what: 'The execution was stopped before this event was sent',
	advice: 'Send it again.',
};

export const sendOperation: Operation = {
	value: 'send',
	name: 'Send Past Events',
	action: 'Send past events',
	description: 'Send each item as an event that occurred in the past',
	fields: sendFields,
	methods: { listSearch: { searchEventTypes } },
	execute: sendPastEvents,
};

/**
 * Send Past Events: maps and checks every item first, sends what may be sent, and tells for each item what became of it.
 *
 * @throws {NodeOperationError} under *Stop Workflow* only, where not every event was accepted
 */
async function sendPastEvents(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const onError = readOnError(context);
	const refuseAll = async (problem: Problem, mapped: readonly MappedItem[] = []) => {
		const settings = outputOfRefusedRun(context);
		const outcomes = notSent(items, problem);
		return await sendOutput(items, mapped, outcomes, NOTHING_SENT, settings, onError);
	};

	if (isEmptyInput(items)) return await refuseAll(EMPTY_INPUT);

	const prepared = await prepareSend(context);
	if (isProblem(prepared)) {
		if (onError === 'stop') throw stopError(context, runRefusedMessage(prepared));
		return await refuseAll(prepared);
	}

	const { settings, mapping } = prepared;
	const started = Date.now();
	const signal = context.getExecutionCancelSignal();
	const run = guardModelKeys(context, await mapItems(items, mapping, signal));
	context.addExecutionHints(
		...hintsAfterRun(mapping.facts()),
		...dateHints(settings.occurred, settings.occurredSamples.samples()),
	);

	if (settings.dryRun) return dryRunOutput(items, run, prepared, onError);

	const zone = zoneProblem(run.refused);
	if (zone !== undefined) {
		if (onError === 'stop') throw stopError(context, runRefusedMessage(zone));
		return await refuseAll(zone, run.mapped);
	}
	if (onError === 'stop' && run.refused.length > 0) {
		throw stopError(context, refusedMessage(run.refused, items.length));
	}

	const report = await deliverEvents(context, prepared, run, onError === 'stop', signal);
	const outcomes = warnModel(context, outcomePerItem(items.length, run, report));
	context.logger.info(describeRun(outcomes, report));
	// n8n throws away what a stopped execution returns or throws; an error would only hide that somebody clicked Stop.
	if (onError === 'stop' && !signal?.aborted && outcomes.some(isNotAccepted)) {
		throw stopError(context, stoppedMessage(outcomes));
	}
	const cost: RunCost = { ...report, durationMs: Date.now() - started };
	return await sendOutput(items, run.mapped, outcomes, cost, settings, onError);
}

function isNotAccepted({ status }: Outcome): boolean {
	return status !== 'accepted';
}

/** What n8n's *Always Output Data* hands over where a node had nothing. */
function isEmptyInput(items: readonly INodeExecutionData[]): boolean {
	return items.length === 1 && Object.keys({ ...items[0].json, ...items[0].binary }).length === 0;
}

function notSent(items: readonly INodeExecutionData[], problem: Problem): Outcome[] {
	const outcome: Outcome = { status: 'notSent', problem };
	return items.map(() => outcome);
}

async function deliverEvents(
	context: IExecuteFunctions,
	{ settings, account }: PreparedSend,
	{ mapped, events, itemOfEvent }: MappedRun,
	stopOnProblem: boolean,
	signal: AbortSignal | undefined,
): Promise<DeliveryReport> {
	const client = createClient(context, {
		account,
		timeoutMs: settings.timeoutMs,
		spared: PAST_EVENT_WORDS,
	});
	return await deliver(
		events,
		createPastEventsSender(client, settings.apiVersion, account.authentication),
		{
			...settings.delivery,
			stopOnProblem,
			eventTypeOf: (event) => mapped[itemOfEvent[event]].eventTypeKey ?? '',
		},
		systemClock(signal),
		signal,
		(note) => context.logger.info(noteText(note)),
	);
}

/** The outcomes of the delivered events at the places of their items, beside those that were refused before. */
function outcomePerItem(
	count: number,
	{ refused, itemOfEvent }: MappedRun,
	{ outcomes }: DeliveryReport,
): Outcome[] {
	if (itemOfEvent.length === count) return outcomes;
	const unmapped: Outcome = { status: 'notSent', problem: CANCELLED };
	const all: Outcome[] = new Array<Outcome>(count).fill(unmapped);
	for (const { item, problem } of refused) all[item] = { status: 'rejected', problem };
	for (let event = 0; event < itemOfEvent.length; event++)
		all[itemOfEvent[event]] = outcomes[event];
	return all;
}
