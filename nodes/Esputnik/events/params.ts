import type { IDataObject } from 'n8n-workflow';

import type { Problem } from '../problem';
import type { FieldReaders } from '../fields/fieldReader';
import {
	compileItemFields,
	type FieldChoice,
	type ItemFields,
	type UnknownFields,
} from '../fields/itemFields';
import { compileJsonObject } from '../fields/jsonObject';
import type { FieldFault } from '../fields/namedValues';
import { compileRows } from '../fields/rows';
import { fieldProblem } from '../fields/words';
import type { ParamWriter } from './paramWriter';
import { LABELS } from './words';

/** The parameters of events. */
export interface Params {
	/** Writes those of one item. @returns what is wrong with the first that cannot be sent */
	write(json: IDataObject): Problem | undefined;
	/** Fields that were listed and that no item had. */
	unknownFields(): UnknownFields | undefined;
}

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
): Params | Problem {
	const values = compileNamedValues(settings, readers);
	if ('kind' in values) return fieldProblem(values);
	return {
		write: (json) => {
			const fault = values.read(json, writer.add);
			return fault && 'kind' in fault ? fieldProblem(fault) : fault;
		},
		unknownFields: () => values.unknown?.(),
	};
}

function compileNamedValues(
	settings: ParamsSettings,
	readers: FieldReaders,
): (Partial<ItemFields> & Pick<ItemFields, 'read'>) | FieldFault {
	switch (settings.paramsMode) {
		case 'defineBelow': {
			const keepsObjects = settings.nestedValues === 'flatten';
			return { read: compileRows(`'${LABELS.params}'`, settings.params, readers, keepsObjects) };
		}
		case 'autoMapInputData':
			return compileItemFields(settings, {
				include: `'${LABELS.includeFields}'`,
				exclude: `'${LABELS.excludeFields}'`,
			});
		case 'json':
			return { read: compileJsonObject(`'${LABELS.paramsJson}'`, settings.paramsJson, readers) };
	}
}
