import type { IDataObject } from 'n8n-workflow';

import type { Problem } from '../problem';
import type { FailedExpression } from '../fields/engineExpressions';
import type { FieldReaders } from '../fields/fieldReader';
import { compileFields, type FieldChoice } from './paramFields';
import { compileJson } from './paramJson';
import { compileRows } from './paramRows';
import type { ParamWriter } from './paramWriter';

/** Writes the parameters of one item; what is wrong with the first that cannot be sent. */
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
	switch (settings.paramsMode) {
		case 'defineBelow':
			return compileRows(settings.params, readers, writer, settings.nestedValues === 'flatten');
		case 'autoMapInputData':
			return compileFields(settings, writer);
		case 'json':
			return compileJson(settings.paramsJson, readers, writer);
	}
}

/** The engine raised for one item. */
export function expressionFailed(label: string, { text }: FailedExpression): Problem {
	return {
		reason: 'EXPRESSION_FAILED',
		what: `n8n could not work out ${label}: ${text.replace(/\.$/, '')}`,
		advice: 'Correct the expression, or drag the field from the input into its place.',
	};
}
