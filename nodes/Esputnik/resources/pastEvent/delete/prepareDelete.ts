import type { IExecuteFunctions } from 'n8n-workflow';

import type { Account } from '../../../api/client';
import { isProblem, type Problem } from '../../../problem';
import { readAccount } from '../../../n8n/account';
import { readDeleteSettings, type DeleteSettings } from './deleteSettings';
import {
	agentToolProblem,
	retriedExecutionProblem,
	retryOnFailProblem,
} from '../../../n8n/runGuards';
import { settingFault } from '../../../n8n/settingFault';

export interface PreparedDelete {
	readonly settings: DeleteSettings;
	readonly account: Account;
}

/** Reads and checks what concerns the whole run. Never throws: a fault comes back as the problem of every item. */
export async function prepareDelete(context: IExecuteFunctions): Promise<PreparedDelete | Problem> {
	try {
		const agent = agentToolProblem(context, { deletes: true, mapsAutomatically: false });
		if (agent !== undefined) return agent;
		const settings = readDeleteSettings(context);
		if (isProblem(settings)) return settings;
		const repeats = settings.dryRun
			? undefined
			: (retryOnFailProblem(context, 'delete') ?? retriedExecutionProblem(context, 'delete'));
		return repeats ?? { settings, account: await readAccount(context) };
	} catch (error) {
		return settingFault(error);
	}
}
