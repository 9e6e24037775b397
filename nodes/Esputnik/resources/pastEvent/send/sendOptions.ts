import { MAX_EVENTS_PER_REQUEST, SEND_REQUESTS_PER_SECOND } from '../../../contract';
import { choiceSetting, optionsField, textSetting, timeZoneSetting } from '../../../n8n/setting';
import * as shared from '../../../n8n/sharedSettings';

/** The options of Send Past Events; their defaults are those of the contract and of careful delivery. */
export const sendOptions = {
	allowRetry: shared.allowRetry({
		harm: 'It sends again what was accepted before, so eSputnik may store those events twice.',
	}),
	apiVersion: shared.apiVersion,
	batchSize: shared.batchSize({
		default: MAX_EVENTS_PER_REQUEST,
		most: MAX_EVENTS_PER_REQUEST,
		records: 'Events',
	}),
	dryRun: shared.dryRun({ description: 'Whether to show what would be sent and send nothing' }),
	emptyValues: shared.emptyValues,
	includeInputFields: shared.includeInputFields,
	maxRetries: shared.maxRetries,
	nestedValues: shared.nestedValues,
	occurredParam: textSetting({
		label: 'Date Parameter',
		name: 'occurredParam',
		placeholder: 'e.g. date',
		description:
			'The name of a parameter that also carries the time, with seconds and in the zone of the account: orderCreated asks for date. A parameter of that name that the item already has wins.',
	}),
	offsetHandling: choiceSetting({
		label: 'Offset Handling',
		name: 'offsetHandling',
		default: 'convert',
		description: 'What to make of dates that carry an offset, such as 2024-05-12T10:11Z',
		choices: [
			{ name: 'Convert to Account Time Zone', value: 'convert' },
			{
				name: 'Keep the Time as Written',
				value: 'ignore',
				description: "For sources that add a wrong Z, such as n8n's Postgres node",
			},
		],
	}),
	onUncertain: shared.onUncertain({ harm: 'eSputnik may store events twice' }),
	output: shared.output({ record: 'Event' }),
	parallelRequests: shared.parallelRequests,
	requestsPerSecond: shared.requestsPerSecond({
		default: SEND_REQUESTS_PER_SECOND,
		description: `The API takes ${SEND_REQUESTS_PER_SECOND} a second from an account; other executions and programs share them`,
	}),
	sourceTimezone: timeZoneSetting({
		label: 'Source Time Zone',
		name: 'sourceTimezone',
		whenUnset: 'Dates without a time zone are sent as they are written',
		description:
			'The time zone of dates that carry none. When empty, such dates are sent as they are written.',
	}),
	timeout: shared.timeout,
	validation: shared.validation,
};

export const sendOptionsField = optionsField(Object.values(sendOptions));
