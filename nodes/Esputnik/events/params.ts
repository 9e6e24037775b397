import type { IDataObject } from 'n8n-workflow';

import type { Problem } from '../problem';
import type { FieldReaders } from '../fields/fieldReader';
import { compileItemFields, type FieldChoice } from '../fields/itemFields';
import { compileJsonObject } from '../fields/jsonObject';
import type { FieldFault, ReadNamedValues } from '../fields/namedValues';
import { compileRows } from '../fields/rows';
import { fieldProblem } from '../fields/words';
import type { ParamWriter } from './paramWriter';

/** Writes the parameters of one item. @returns what is wrong with the first that cannot be sent */
export type WriteParams = (json: IDataObject) => Problem | undefined;

/** How the parameters of an event are made. */
export interface ParamsSettings extends FieldChoice {
	readonly paramsMode: 'defineBelow' | 'autoMapInputData' | 'json';
	/** Raw assignmentCollection, `defineBelow` only. */
	readonly params: unknown;
	/** Raw text or object, `json` only. */
	readonly paramsJson: unknown;
	readonly nestedValues: 'json' | 'flatten';
}

/** @returns how each item's parameters are written, or what is wrong with the settings */
export function compileParams(
	settings: ParamsSettings,
	readers: FieldReaders,
	writer: ParamWriter,
): WriteParams | Problem {
	const read = compileNamedValues(settings, readers);
	if (typeof read !== 'function') return fieldProblem(read);
	return (json) => {
		const fault = read(json, writer.add);
		return fault && 'kind' in fault ? fieldProblem(fault) : fault;
	};
}

function compileNamedValues(
	settings: ParamsSettings,
	readers: FieldReaders,
): ReadNamedValues | FieldFault {
	switch (settings.paramsMode) {
		case 'defineBelow': {
			const keepsObjects = settings.nestedValues === 'flatten';
			return compileRows("'Parameters'", settings.params, readers, keepsObjects);
		}
		case 'autoMapInputData':
			return compileItemFields(settings);
		case 'json':
			return compileJsonObject("'Parameters (JSON)'", settings.paramsJson, readers);
	}
}
