import type { IExecuteFunctions } from 'n8n-workflow';

import type { Account } from '../../../api/client';
import { compileMapping, type Mapping } from './pastEvent';
import { isProblem, type Problem } from '../../../problem';
import { readParameter } from '../../../n8n/setting';
import { authentication } from '../../../n8n/sharedSettings';
import { readAccount } from '../../../n8n/account';
import {
	agentToolProblem,
	retriedExecutionProblem,
	retryOnFailProblem,
} from '../../../n8n/runGuards';
import { settingFault } from '../../../n8n/settingFault';
import { readSendSettings, type SendSettings } from './sendSettings';

/** Everything a run needs before it looks at its items. */
export interface PreparedSend {
	readonly settings: SendSettings;
	readonly account: Account;
	readonly mapping: Mapping;
}

/** Reads and checks what concerns the whole run. Never throws: a fault comes back as the problem of every item. */
export async function prepareSend(context: IExecuteFunctions): Promise<PreparedSend | Problem> {
	try {
		const settings = readSendSettings(context);
		if (isProblem(settings)) return settings;
		const refusal = refusalOf(context, settings);
		if (refusal !== undefined) return refusal;

		const account = await readAccount(context);
		const mapping = compileMapping(settings.mapping, (expression, item) =>
			context.evaluateExpression(expression, item),
		);
		return isProblem(mapping) ? mapping : { settings, account, mapping };
	} catch (error) {
		return settingFault(error);
	}
}

function refusalOf(context: IExecuteFunctions, settings: SendSettings): Problem | undefined {
	const retried = settings.allowRetry ? undefined : retriedExecutionProblem(context, 'send');
	const resends = settings.dryRun ? undefined : (retryOnFailProblem(context, 'send') ?? retried);
	return (
		resends ??
		agentToolProblem(context, {
			deletes: false,
			mapsAutomatically: settings.mapping.paramsMode === 'autoMapInputData',
		}) ??
		tokenVersionProblem(context, settings)
	);
}

/** API tokens are good for v1/event and v1/past_events only (API token page). */
function tokenVersionProblem(
	context: IExecuteFunctions,
	{ apiVersion }: SendSettings,
): Problem | undefined {
	const isToken = readParameter(context, authentication) === 'apiToken';
	if (!isToken || apiVersion === 'v1') return undefined;
	return {
		reason: 'CONFIGURATION',
		what: `An API token serves version 1 of eSputnik's API only, and the option 'API Version' says ${apiVersion}`,
		advice: 'Choose V1, or a credential with an API key or OAuth2.',
	};
}
