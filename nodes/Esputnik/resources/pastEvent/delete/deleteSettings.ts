import type { IExecuteFunctions } from 'n8n-workflow';

import { compileOccurred, type OccurredSettings } from '../../../dates/occurred';
import type { DeletionRangeSettings } from './deletionRange';
import type { Problem } from '../../../problem';
import { readOptions, readParameter } from '../../../n8n/setting';
import { deleteOptions, deleteParameters } from './deleteFields';

/** The parameters of Delete Past Events that concern the whole run. */
export interface DeleteSettings {
	readonly bounds: DeletionRangeSettings;
	readonly dryRun: boolean;
}

/**
 * @returns why the zone cannot be used, where it cannot
 * @throws {ConfigurationError} where another value cannot be used
 */
export function readDeleteSettings(context: IExecuteFunctions): DeleteSettings | Problem {
	const given = readOptions(context);
	const accountTimezone = readParameter(context, deleteParameters.accountTimezone);
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
			range: readParameter(context, deleteParameters.range),
			maxRangeDays: deleteOptions.maxRangeDays.read(given),
			readFrom,
			readTo,
			accountTimezone,
		},
		dryRun: deleteOptions.dryRun.read(given),
	};
}
