import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { compileOccurred } from '../../mapping/occurred';
import type { DeletionRangeSettings } from '../../mapping/deletionRange';
import type { Problem } from '../../problem';
import { optionalSwitch, text, wholeNumber } from './parameterValues';

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
	const read = compileOccurred({
		format: 'auto',
		customFormat: '',
		accountTimezone,
		sourceTimezone: '',
		offsetHandling: 'convert',
	});
	if (typeof read !== 'function') return read;
	return {
		bounds: {
			maxRangeDays: wholeNumber('Max Range in Days', options.maxRangeDays, 31, { min: 1 }),
			read,
			accountTimezone,
		},
		dryRun: optionalSwitch('Dry Run', options, 'dryRun'),
	};
}
