import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import { createClient } from '../../../api/client';
import type { EventBytes } from '../../../events/eventBytes';
import { readAccount } from '../../../n8n/account';
import { repeatProblem, type SecondRun } from '../../../n8n/runGuards';
import type { ItemRun } from '../../../n8n/runItems';
import { settingThatDiffers } from '../../../n8n/rawParameters';
import { readOptions } from '../../../n8n/setting';
import { authentication } from '../../../n8n/sharedSettings';
import { isProblem, problemMessage, type Problem } from '../../../problem';
import { formatCount, formatNumberOf } from '../../../report/format';
import { hintsAfterRun } from '../../../events/hints';
import { allFieldsProblem, guardModelKeys, warningForModel } from '../../eventShared/agentTool';
import { eventRunParameters, readEventSettings } from '../../eventShared/eventFields';
import { shownRequests } from '../../eventShared/shownRequests';
import { tokenServesV1 } from '../../eventShared/tokenServesV1';
import { deliverLiveEvents, liveEventBody, liveEventPath } from './deliverEvents';
import { compileLiveMapping, type MappedLiveEvent } from './liveEvent';
import { sendOptions } from './sendOptions';

/**
 * Reads and checks what concerns the whole run.
 *
 * @throws {ConfigurationError} and whatever n8n throws where a parameter or the credential cannot be read
 */
export async function prepareSend(
	context: IExecuteFunctions,
): Promise<ItemRun<MappedLiveEvent, EventBytes> | Problem> {
	const given = readOptions(context);
	const dryRun = sendOptions.dryRun.read(given);
	const timeoutMs = sendOptions.timeout.read(given);
	const settings = { ...readEventSettings(context, given), keyIsRequired: false };
	const delivery = {
		parallelRequests: sendOptions.parallelRequests.read(given),
		requestsPerSecond: sendOptions.requestsPerSecond.read(given),
		maxRetries: sendOptions.maxRetries.read(given),
		onUncertain: sendOptions.onUncertain.read(given),
	};
	const tooMany = tooManyEvents(context.getInputData().length, sendOptions.maxEvents.read(given));
	const onlyOnce = secondRun(sendOptions.allowRetry.read(given));
	const refusal = dryRun ? undefined : (repeatProblem(context, onlyOnce) ?? tooMany);
	const refused = refusal ?? allFieldsProblem(context, settings.paramsMode);
	if (refused !== undefined) return refused;
	const differing = await settingThatDiffers(
		context,
		{
			parameters: [authentication, ...eventRunParameters],
			options: Object.values(sendOptions),
		},
		context.getExecutionCancelSignal(),
	);
	if (differing !== undefined) return differing;

	const account = await readAccount(context);
	const { apiVersion } = settings;
	const version = tokenServesV1(account.authentication, apiVersion);
	if (version !== undefined) return version;
	const mapping = compileLiveMapping(settings, (expression, item) =>
		context.evaluateExpression(expression, item),
	);
	if (isProblem(mapping)) return mapping;

	const guard = guardModelKeys(context);
	const shown = {
		url: `${account.baseUrl}${liveEventPath(apiVersion)}`,
		batchSize: 1,
		bodyOf: ([event]: readonly EventBytes[]) => liveEventBody(event),
		alsoTold: {},
	};
	return {
		map: (json, item) => guard(mapping.map(json, item)),
		recordOf: ({ event }) => event,
		hints: () => [
			...(dryRun && tooMany !== undefined ? [hint(problemMessage(tooMany))] : []),
			...hintsAfterRun(mapping.facts()),
		],
		onlyOnce,
		show: dryRun ? (run) => shownRequests(run, shown) : undefined,
		deliver: async (
			{ mapped, records, itemOf },
			{ stopOnProblem, clock, signal, log, progress },
		) => {
			const harm = 'its workflow may have started, and a second call could message somebody twice';
			return await deliverLiveEvents(
				{
					events: records,
					contactOf: (event) => mapped[itemOf[event]].contact,
					apiVersion,
					authentication: account.authentication,
					ifUncertain: warningForModel(context, harm),
					log,
					progress,
				},
				createClient(context, { account, timeoutMs, spared: new Set() }),
				{ ...delivery, stopOnProblem },
				clock,
				signal,
			);
		},
	};
}

/** The guard against a history that comes here by mistake. */
function tooManyEvents(items: number, maxEvents: number): Problem | undefined {
	if (items <= maxEvents) return undefined;
	return {
		reason: 'CONFIGURATION',
		what: `${formatNumberOf(items, 'item')} came in, and 'Max Events' is ${formatCount(maxEvents)}: each live event starts the workflows of its type in eSputnik at once, and people may get messages`,
		advice:
			"For events of the past use the resource 'Past Event', 'Send Past Events', which starts no workflows. If all of these happened just now, raise the option 'Max Events'.",
	};
}

function secondRun(allowRetry: boolean): SecondRun {
	return {
		harm: 'it would send events that were accepted already a second time, and people could get messages twice',
		insteadOfRetryOnFail: "The node repeats failed requests by itself: see 'Max Retries'.",
		insteadOfRetry:
			"Run the workflow with the items that are missing, or switch on the option 'Allow Retry of Executions' when you know that nothing was accepted.",
		allowRetry,
	};
}

function hint(message: string): NodeExecutionHint {
	return { message, type: 'warning', location: 'outputPane' };
}
