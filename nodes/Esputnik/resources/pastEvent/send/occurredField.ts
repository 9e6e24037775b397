import type { IDataObject } from 'n8n-workflow';

import { FailedExpression } from '../../../fields/engineExpressions';
import { expressionFailed } from '../../../fields/words';
import type { FieldReaders } from '../../../fields/fieldReader';
import type { DateReader } from '../../../dates/dateReader';
import type { DateFault } from '../../../dates/faults';
import type { RefusedField } from '../../../events/keyValue';

const LABEL = "'Occurred'";

/** A date from which none came out; it is put into words when all dates of the run are known. */
export interface RefusedDate {
	readonly dateFault: DateFault;
}

/** When the event occurred. */
export interface OccurredField {
	/** As eSputnik takes it as the time of an event. */
	read(json: IDataObject): string | RefusedField | RefusedDate;
	/** As `YYYY-MM-DDTHH:mm:ss`, for a parameter; undefined where the date cannot be read. */
	readWithSeconds(json: IDataObject): string | undefined;
}

/**
 * @param raw the parameter as saved
 * @param toMinute reads the time of the event
 * @param toSecond reads the same with its seconds
 */
export function compileOccurredField(
	raw: unknown,
	toMinute: DateReader['read'],
	toSecond: DateReader['read'],
	readers: FieldReaders,
): OccurredField {
	const reader = readers.compile(LABEL, raw);

	const convert = (value: unknown): string | RefusedField | RefusedDate => {
		if (value instanceof FailedExpression) {
			return { problem: expressionFailed(LABEL, value) };
		}
		const occurred = toMinute(value);
		return typeof occurred === 'string' ? occurred : { dateFault: occurred };
	};
	const constant = reader.kind === 'constant' ? convert(reader.read({})) : undefined;

	return {
		read: (json) => constant ?? convert(reader.read(json)),
		readWithSeconds(json) {
			const occurred = toSecond(reader.read(json));
			if (typeof occurred !== 'string') return undefined;
			return occurred.includes('T') ? occurred : `${occurred}T00:00:00`;
		},
	};
}
