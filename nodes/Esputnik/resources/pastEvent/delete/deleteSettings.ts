import type { IExecuteFunctions } from 'n8n-workflow';

import { compileDateReader } from '../../../dates/dateReader';
import { dateSettingProblem } from '../../../dates/words';
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
	const dates = compileDateReader({
		format: 'auto',
		customFormat: '',
		locale: '',
		accountTimezone,
		sourceTimezone: '',
		offsetHandling: 'convert',
	});
	if ('kind' in dates) return dateSettingProblem(dates);
	return {
		bounds: {
			range: readParameter(context, deleteParameters.range),
			maxRangeDays: deleteOptions.maxRangeDays.read(given),
			readDate: dates.read,
			accountTimezone,
		},
		dryRun: deleteOptions.dryRun.read(given),
	};
}
