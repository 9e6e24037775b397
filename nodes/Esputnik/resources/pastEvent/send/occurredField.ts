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

/** When the event occurred, as eSputnik takes it. */
export function compileOccurredField(
	raw: unknown,
	readOccurred: DateReader['read'],
	readers: FieldReaders,
): (json: IDataObject) => string | RefusedField | RefusedDate {
	const reader = readers.compile(LABEL, raw);

	const convert = (value: unknown): string | RefusedField | RefusedDate => {
		if (value instanceof FailedExpression) {
			return { problem: expressionFailed(LABEL, value) };
		}
		const occurred = readOccurred(value);
		return typeof occurred === 'string' ? occurred : { dateFault: occurred };
	};

	if (reader.kind === 'constant') {
		const read = convert(reader.read({}));
		return () => read;
	}
	return (json) => convert(reader.read(json));
}
