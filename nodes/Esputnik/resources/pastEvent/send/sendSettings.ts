import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { ApiVersion } from '../pastEvents';
import { MAX_EVENTS_PER_REQUEST, SEND_REQUESTS_PER_SECOND } from '../../../contract';
import type { DeliverySettings } from '../../../delivery/deliver';
import { compileOccurred, type OccurredSettings } from '../../../dates/occurred';
import type { MappingSettings } from './pastEvent';
import type { Problem } from '../../../problem';
import { keepSamples, type OccurredSamples } from './occurredSamples';
import { choice, optionalSwitch, text, wholeNumber } from '../../../n8n/parameterValues';
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
	const resolved = (name: string, fallback: string): unknown =>
		context.getNodeParameter(name, 0, fallback);
	const options: IDataObject = context.getNodeParameter('options', 0, {});

	const apiVersion = choice('API Version', options.apiVersion, 'v1', ['v1', 'v2']);
	const occurred: OccurredSettings = {
		format: choice('Date Format', resolved('occurredFormat', 'auto'), 'auto', [
			'auto',
			'dayFirst',
			'monthFirst',
			'unixSeconds',
			'unixMilliseconds',
			'spreadsheetSerial',
			'custom',
		]),
		customFormat: text(resolved('occurredCustomFormat', '')),
		accountTimezone: text(resolved('accountTimezone', '')),
		sourceTimezone: text(options.sourceTimezone),
		offsetHandling: choice('Offset Handling', options.offsetHandling, 'convert', [
			'convert',
			'ignore',
		]),
	};
	const occurredReader = compileOccurred(occurred);
	if (typeof occurredReader !== 'function') return occurredReader;
	const dryRun = optionalSwitch('Dry Run', options, 'dryRun');
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
			paramsMode: choice('Parameters Mode', resolved('paramsMode', 'defineBelow'), 'defineBelow', [
				'defineBelow',
				'autoMapInputData',
				'json',
			]),
			params: raw('params'),
			include: choice('Include', resolved('include', 'all'), 'all', ['all', 'selected', 'except']),
			includeFields: text(resolved('includeFields', '')),
			excludeFields: text(resolved('excludeFields', '')),
			paramsJson: raw('paramsJson'),
			apiVersion,
			nestedValues: choice('Nested Values', options.nestedValues, 'json', ['json', 'flatten']),
			emptyValues: choice('Empty Values', options.emptyValues, 'skip', ['skip', 'send']),
			validation: choice('Validation', options.validation, 'strict', ['strict', 'server']),
			binaryMode: context.getWorkflowSettings().binaryMode,
			itemCount: context.getInputData().length,
		},
		delivery: {
			batchSize: wholeNumber('Batch Size', options.batchSize, MAX_EVENTS_PER_REQUEST, {
				min: 1,
				max: MAX_EVENTS_PER_REQUEST,
			}),
			parallelRequests: wholeNumber('Parallel Requests', options.parallelRequests, 4, {
				min: 1,
				max: 16,
			}),
			requestsPerSecond: wholeNumber(
				'Requests per Second',
				options.requestsPerSecond,
				SEND_REQUESTS_PER_SECOND,
				{ min: 1 },
			),
			maxRetries: wholeNumber('Max Retries', options.maxRetries, 5, { min: 0, max: 10 }),
			onUncertain: choice('When a Request Is Uncertain', options.onUncertain, 'report', [
				'report',
				'resend',
			]),
		},
		timeoutMs: wholeNumber('Timeout', options.timeout, 60_000, { min: 1, max: MAX_TIMER_MS }),
		...readOutputSettings(context),
		allowRetry: optionalSwitch('Allow Retry of Executions', options, 'allowRetry'),
		dryRun,
	};
}

/** Timers of Node.js hold 31 bits; a longer one would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;
