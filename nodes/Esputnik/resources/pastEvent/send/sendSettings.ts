import type { IExecuteFunctions } from 'n8n-workflow';

import type { ApiVersion } from '../pastEvents';
import type { DeliverySettings } from '../../../delivery/deliver';
import { compileOccurred, type OccurredSettings } from '../../../dates/occurred';
import type { MappingSettings } from './pastEvent';
import type { Problem } from '../../../problem';
import { keepSamples, type OccurredSamples } from './occurredSamples';
import { readOptions, readParameter } from '../../../n8n/setting';
import { sendParameters } from './sendFields';
import { sendOptions } from './sendOptions';
import { readOutputSettings, type OutputSettings } from './sendOutput';

/** The parameters of Send Past Events, read once for the whole run. */
export interface SendSettings extends OutputSettings {
	readonly apiVersion: ApiVersion;
	readonly mapping: MappingSettings;
	readonly occurred: OccurredSettings;
	readonly occurredSamples: OccurredSamples;
	readonly delivery: Omit<DeliverySettings, 'stopOnProblem' | 'eventTypeOf'>;
	readonly timeoutMs: number;
	readonly allowRetry: boolean;
	readonly dryRun: boolean;
}

/**
 * Reads the parameters. Those mapped per item come raw, expressions unresolved; the others are resolved for item 0.
 *
 * @returns why a zone or a date pattern cannot be used, where it cannot
 * @throws {ConfigurationError} where another value cannot be used
 */
export function readSendSettings(context: IExecuteFunctions): SendSettings | Problem {
	const raw = (name: string): unknown =>
		context.getNodeParameter(name, 0, '', { rawExpressions: true });
	const given = readOptions(context);
	const run = sendParameters;

	const apiVersion = sendOptions.apiVersion.read(given);
	const occurred: OccurredSettings = {
		format: readParameter(context, run.occurredFormat),
		customFormat: readParameter(context, run.occurredCustomFormat),
		accountTimezone: readParameter(context, run.accountTimezone),
		sourceTimezone: sendOptions.sourceTimezone.read(given),
		offsetHandling: sendOptions.offsetHandling.read(given),
	};
	const occurredReader = compileOccurred(occurred);
	if (typeof occurredReader !== 'function') return occurredReader;
	const dryRun = sendOptions.dryRun.read(given);
	const occurredSamples = keepSamples(occurredReader, occurred, dryRun);

	return {
		apiVersion,
		occurred,
		occurredSamples,
		mapping: {
			eventTypeKey: raw('eventTypeKey'),
			keyValue: raw('keyValue'),
			contactIdentifier: raw('contactIdentifier'),
			occurred: raw('occurred'),
			occurredReader: occurredSamples.read,
			paramsMode: readParameter(context, run.paramsMode),
			params: raw('params'),
			include: readParameter(context, run.include),
			includeFields: readParameter(context, run.includeFields),
			excludeFields: readParameter(context, run.excludeFields),
			paramsJson: raw('paramsJson'),
			apiVersion,
			nestedValues: sendOptions.nestedValues.read(given),
			emptyValues: sendOptions.emptyValues.read(given),
			validation: sendOptions.validation.read(given),
			binaryMode: context.getWorkflowSettings().binaryMode,
			itemCount: context.getInputData().length,
		},
		delivery: {
			batchSize: sendOptions.batchSize.read(given),
			parallelRequests: sendOptions.parallelRequests.read(given),
			requestsPerSecond: sendOptions.requestsPerSecond.read(given),
			maxRetries: sendOptions.maxRetries.read(given),
			onUncertain: sendOptions.onUncertain.read(given),
		},
		timeoutMs: sendOptions.timeout.read(given),
		...readOutputSettings(context),
		allowRetry: sendOptions.allowRetry.read(given),
		dryRun,
	};
}
