import { LIVE_EVENTS_PER_SECOND } from '../../../contract';
import { numberSetting, optionsField } from '../../../n8n/setting';
import * as shared from '../../../n8n/sharedSettings';

/** The options of Send Events; their defaults are those of the contract and of careful delivery. */
export const sendOptions = {
	allowRetry: shared.allowRetry({
		harm: 'It sends again what was accepted before, so workflows in eSputnik may start twice and people get messages twice.',
	}),
	apiVersion: shared.apiVersion,
	dryRun: shared.dryRun({ description: 'Whether to show what would be sent and send nothing' }),
	emptyValues: shared.emptyValues,
	includeInputFields: shared.includeInputFields,
	maxEvents: numberSetting({
		label: 'Max Events',
		name: 'maxEvents',
		min: 1,
		default: 100,
		description:
			'A run with more items sends nothing at all, so that a history that came here by mistake messages nobody',
	}),
	maxRetries: shared.maxRetries,
	nestedValues: shared.nestedValues,
	onUncertain: shared.onUncertain({
		harm: 'workflows may start twice, and people get messages twice',
	}),
	output: shared.output({ record: 'Event' }),
	parallelRequests: shared.parallelRequests,
	requestsPerSecond: shared.requestsPerSecond({
		default: LIVE_EVENTS_PER_SECOND,
		description: `The API takes ${LIVE_EVENTS_PER_SECOND} a second from an account; other executions and programs share them`,
	}),
	timeout: shared.timeout,
	validation: shared.validation,
};

export const sendOptionsField = optionsField(Object.values(sendOptions));
