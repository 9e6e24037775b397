import type { IDataObject } from 'n8n-workflow';

import { FailedExpression } from './engineExpressions';
import { expressionFailed } from './eventParams';
import type { ReadField } from './eventTypeKey';
import type { FieldReaders } from './fieldReader';
import type { OccurredReader } from './occurred';

const LABEL = "'Occurred'";

/** When the event occurred, as eSputnik takes it. */
export function compileOccurredField(
	raw: unknown,
	readOccurred: OccurredReader,
	readers: FieldReaders,
): (json: IDataObject) => ReadField {
	const reader = readers.compile(LABEL, raw);

	const convert = (value: unknown): ReadField => {
		if (value instanceof FailedExpression) {
			return { text: '', problem: expressionFailed(LABEL, value) };
		}
		const occurred = readOccurred(value);
		return typeof occurred === 'string' ? { text: occurred } : { text: '', problem: occurred };
	};

	if (reader.kind === 'constant') {
		const read = convert(reader.read({}));
		return () => read;
	}
	return (json) => convert(reader.read(json));
}
