import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { compileOccurred, type OccurredSettings } from '../../../dates/occurred';
import type { DeletionRangeSettings } from './deletionRange';
import type { Problem } from '../../../problem';
import { optionalSwitch, text, wholeNumber } from '../../../n8n/parameterValues';

/** The parameters of Delete Past Events that concern the whole run. */
export interface DeleteSettings {
	readonly bounds: Omit<DeletionRangeSettings, 'range'>;
	readonly dryRun: boolean;
}

/**
 * @returns why the zone cannot be used, where it cannot
 * @throws {ConfigurationError} where another value cannot be used
 */
export function readDeleteSettings(context: IExecuteFunctions): DeleteSettings | Problem {
	const options: IDataObject = context.getNodeParameter('options', 0, {});
	const accountTimezone = text(context.getNodeParameter('accountTimezone', 0, ''));
	const occurred: OccurredSettings = {
		format: 'auto',
		customFormat: '',
		accountTimezone,
		sourceTimezone: '',
		offsetHandling: 'convert',
	};
	const readFrom = compileOccurred(occurred, 'From');
	const readTo = compileOccurred(occurred, 'To');
	if (typeof readFrom !== 'function') return readFrom;
	if (typeof readTo !== 'function') return readTo;
	return {
		bounds: {
			maxRangeDays: wholeNumber('Max Range in Days', options.maxRangeDays, 31, { min: 1 }),
			readFrom,
			readTo,
			accountTimezone,
		},
		dryRun: optionalSwitch('Dry Run', options, 'dryRun'),
	};
}
