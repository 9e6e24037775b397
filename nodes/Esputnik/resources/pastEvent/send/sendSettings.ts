import type { IExecuteFunctions } from 'n8n-workflow';

import type { ApiVersion } from '../../../contract';
import type { DeliverySettings } from '../../../delivery/deliver';
import { compileDateReader, type DateReader, type DateSettings } from '../../../dates/dateReader';
import { dateSettingProblem } from '../../../dates/words';
import type { MappingSettings } from './pastEvent';
import type { Problem } from '../../../problem';
import { readOptions, readParameter } from '../../../n8n/setting';
import { rawParameter, readEventSettings } from '../../eventShared/eventFields';
import { dateParameters } from './sendFields';
import { sendOptions } from './sendOptions';

/** The parameters of Send Past Events, read once for the whole run. */
export interface SendSettings {
	readonly apiVersion: ApiVersion;
	readonly mapping: Omit<MappingSettings, 'readDate'>;
	readonly dates: DateSettings;
	readonly dateReader: DateReader;
	readonly delivery: Omit<DeliverySettings, 'stopOnProblem'>;
	readonly timeoutMs: number;
	readonly allowRetry: boolean;
	readonly dryRun: boolean;
}

/**
 * Reads the parameters. Those mapped per item come raw, expressions unresolved; the others, which may not differ, are resolved for item 0.
 *
 * @returns why a zone or a date pattern cannot be used, where it cannot
 * @throws {ConfigurationError} where another value cannot be used
 */
export function readSendSettings(context: IExecuteFunctions): SendSettings | Problem {
	const given = readOptions(context);
	const run = dateParameters;

	const dates: DateSettings = {
		format: readParameter(context, run.occurredFormat),
		customFormat: readParameter(context, run.occurredCustomFormat),
		locale: readParameter(context, run.occurredLocale),
		accountTimezone: readParameter(context, run.accountTimezone),
		sourceTimezone: sendOptions.sourceTimezone.read(given),
		offsetHandling: sendOptions.offsetHandling.read(given),
	};
	const occurredParam = sendOptions.occurredParam.read(given);
	const dateReader = compileDateReader(dates, occurredParam === '' ? 'minute' : 'second');
	if ('kind' in dateReader) return dateSettingProblem(dateReader);

	return {
		apiVersion: sendOptions.apiVersion.read(given),
		dates,
		dateReader,
		mapping: {
			...readEventSettings(context, given),
			keyIsRequired: true,
			occurred: rawParameter(context, 'occurred'),
			occurredParam,
		},
		delivery: {
			batchSize: sendOptions.batchSize.read(given),
			parallelRequests: sendOptions.parallelRequests.read(given),
			requestsPerSecond: sendOptions.requestsPerSecond.read(given),
			maxRetries: sendOptions.maxRetries.read(given),
			onUncertain: sendOptions.onUncertain.read(given),
		},
		timeoutMs: sendOptions.timeout.read(given),
		allowRetry: sendOptions.allowRetry.read(given),
		dryRun: sendOptions.dryRun.read(given),
	};
}
