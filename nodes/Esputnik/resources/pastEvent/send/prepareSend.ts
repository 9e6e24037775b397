import type { IExecuteFunctions } from 'n8n-workflow';

import { createClient, type Account } from '../../../api/client';
import type { EventBytes } from '../../../events/eventBytes';
import { formName } from '../../../dates/words';
import { readAccount } from '../../../n8n/account';
import { settingThatDiffers } from '../../../n8n/rawParameters';
import { repeatProblem, type SecondRun } from '../../../n8n/runGuards';
import type { Delivered, Delivering, ItemRun, MappedRun } from '../../../n8n/runItems';
import { authentication } from '../../../n8n/sharedSettings';
import { isProblem, type Problem } from '../../../problem';
import { hintsAfterRun } from '../../../events/hints';
import { PAST_EVENT_WORDS, pastEventsBody, pastEventsPath } from '../pastEvents';
import { allFieldsProblem, guardModelKeys, warningForModel } from '../../eventShared/agentTool';
import { eventRunParameters } from '../../eventShared/eventFields';
import { shownRequests } from '../../eventShared/shownRequests';
import { tokenServesV1 } from '../../eventShared/tokenServesV1';
import { dateHints, watchDates, zoneFault, type OccurredSample } from './datesSeen';
import { compileMapping, takeEvent, type MappedItem } from './pastEvent';
import { dateParameters } from './sendFields';
import { sendOptions } from './sendOptions';
import { deliverPastEvents } from './sendPastEvents';
import { readSendSettings, type SendSettings } from './sendSettings';

/**
 * Reads and checks what concerns the whole run.
 *
 * @throws {ConfigurationError} and whatever n8n throws where a parameter or the credential cannot be read
 */
export async function prepareSend(
	context: IExecuteFunctions,
): Promise<ItemRun<MappedItem, EventBytes> | Problem> {
	const settings = readSendSettings(context);
	if (isProblem(settings)) return settings;
	const refusal = refusalOf(context, settings);
	if (refusal !== undefined) return refusal;
	const differing = await settingThatDiffers(
		context,
		{
			parameters: [authentication, ...Object.values(dateParameters), ...eventRunParameters],
			options: Object.values(sendOptions),
		},
		context.getExecutionCancelSignal(),
	);
	if (differing !== undefined) return differing;

	const account = await readAccount(context);
	const version = tokenServesV1(account.authentication, settings.apiVersion);
	if (version !== undefined) return version;
	const { dryRun, dates } = settings;
	const seen = watchDates(settings.dateReader, dryRun);
	const mapping = compileMapping({ ...settings.mapping, readDate: seen.read }, (expression, item) =>
		context.evaluateExpression(expression, item),
	);
	if (isProblem(mapping)) return mapping;

	const guard = guardModelKeys(context);
	return {
		map: (json, item) => guard(mapping.map(json, item)),
		recordOf: takeEvent,
		problemOf: ({ problem, dateFault }) => problem ?? (dateFault && seen.problemOf(dateFault)),
		hints: () => [...hintsAfterRun(mapping.facts()), ...dateHints(dates, seen.samples())],
		fault: ({ mapped }) => (dryRun ? undefined : zoneFault(mapped)),
		show: dryRun
			? (run) =>
					shownRequests(run, {
						url: `${account.baseUrl}${pastEventsPath(settings.apiVersion)}`,
						batchSize: settings.delivery.batchSize,
						bodyOf: pastEventsBody,
						alsoTold: { dates: seen.samples().map(shownSample) },
					})
			: undefined,
		onlyOnce: secondRun(settings),
		deliver: async (run, how) => await deliverEvents(context, settings, account, run, how),
	};
}

function shownSample({ form, value, occurred }: OccurredSample) {
	return { form: formName(form), value, occurred };
}

async function deliverEvents(
	context: IExecuteFunctions,
	settings: SendSettings,
	account: Account,
	{ mapped, records, itemOf }: MappedRun<MappedItem, EventBytes>,
	{ stopOnProblem, clock, signal, log, progress }: Delivering,
): Promise<Delivered> {
	const harm = 'it may be stored already, and a second call could store it twice';
	return await deliverPastEvents(
		{
			events: records,
			typeOf: (event) => mapped[itemOf[event]].eventTypeKey ?? '',
			apiVersion: settings.apiVersion,
			authentication: account.authentication,
			ifUncertain: warningForModel(context, harm),
			log,
			progress,
		},
		createClient(context, { account, timeoutMs: settings.timeoutMs, spared: PAST_EVENT_WORDS }),
		{ ...settings.delivery, stopOnProblem },
		clock,
		signal,
	);
}

function secondRun({ allowRetry }: SendSettings): SecondRun {
	return {
		harm: 'it would send events that were accepted already a second time',
		insteadOfRetryOnFail: "The node repeats failed requests by itself: see 'Max Retries'.",
		insteadOfRetry:
			"Run the workflow with the items that are missing, or switch on the option 'Allow Retry of Executions' when you know that nothing was accepted.",
		allowRetry,
	};
}

function refusalOf(context: IExecuteFunctions, settings: SendSettings): Problem | undefined {
	const repeat = settings.dryRun ? undefined : repeatProblem(context, secondRun(settings));
	return repeat ?? allFieldsProblem(context, settings.mapping.paramsMode);
}
