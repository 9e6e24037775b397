import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord, parseJson } from '../../../api/json';
import { holdsCode } from '../../../fields/fieldReader';
import { readOptions, readParameter } from '../../../n8n/setting';
import type { DedupeOn } from './sending/fieldSets';
import { importOptions, importParameters } from './importFields';

/** The parameters of Import Contacts that hold for the whole run. */
export interface ImportSettings {
	readonly dedupeOn: DedupeOn;
	/** As saved, expressions unresolved. */
	readonly contact: { readonly mode: 'columns' | 'json'; readonly raw: unknown };
	readonly batchSize: number;
	readonly clearEmptyFields: boolean;
	readonly dryRun: boolean;
	/** '' where new contacts make no event. */
	readonly eventKeyForNewContacts: string;
	readonly groupNames: readonly string[];
	readonly groupNamesExclude: readonly string[];
	readonly maxRetries: number;
	/** Milliseconds to wait for eSputnik to finish; 0 where nobody waits. */
	readonly maxWaitMs: number;
	readonly phoneFormat: 'digits' | 'asIs';
	readonly requestsPerSecond: number;
	readonly restoreDeleted: boolean;
	readonly timeoutMs: number;
	readonly validation: 'strict' | 'server';
}

/** @throws {ConfigurationError} where a value cannot be used */
export function readImportSettings(context: IExecuteFunctions): ImportSettings {
	const given = readOptions(context);
	const mode = readParameter(context, importParameters.contactMode);
	const raw: unknown = context.getNodeParameter(
		mode === 'json' ? 'contactJson' : 'contactMapping',
		0,
		'',
		{ rawExpressions: true },
	);
	return {
		dedupeOn: readParameter(context, importParameters.dedupeOn),
		contact: { mode, raw: mode === 'columns' ? mappingIn(raw) : raw },
		batchSize: importOptions.batchSize.read(given),
		clearEmptyFields: importOptions.clearEmptyFields.read(given),
		dryRun: importOptions.dryRun.read(given),
		eventKeyForNewContacts: importOptions.eventKeyForNewContacts.read(given),
		groupNames: [
			...new Set([
				...importOptions.groupNames.read(given),
				...importOptions.groupsFromList.read(given),
			]),
		],
		groupNamesExclude: importOptions.groupNamesExclude.read(given),
		maxRetries: importOptions.maxRetries.read(given),
		maxWaitMs: importOptions.waitForImport.read(given)
			? importOptions.maxWait.read(given) * 1000
			: 0,
		phoneFormat: importOptions.phoneFormat.read(given),
		requestsPerSecond: importOptions.requestsPerSecond.read(given),
		restoreDeleted: importOptions.restoreDeleted.read(given),
		timeoutMs: importOptions.timeout.read(given),
		validation: importOptions.validation.read(given),
	};
}

/**
 * The columns as text, which the editor never writes: JSON of the mapping, or an expression that gives an object. n8n takes away the
 * `=` of an expression here, since a mapping as a whole is none in its editor.
 */
function mappingIn(raw: unknown): unknown {
	if (typeof raw !== 'string') return raw;
	const mapping = parseJson(raw);
	if (isRecord(mapping) && 'mappingMode' in mapping) return mapping;
	return holdsCode(raw) && !raw.startsWith('=') ? `=${raw}` : raw;
}
