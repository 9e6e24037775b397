import type { IDataObject } from 'n8n-workflow';

import { FailedExpression } from '../../../fields/engineExpressions';
import { expressionFailed } from '../../../fields/words';
import type { FieldReaders } from '../../../fields/fieldReader';
import type { OccurredReader } from '../../../dates/occurred';
import type { RefusedField } from '../../../events/keyValue';

const LABEL = "'Occurred'";

/** When the event occurred, as eSputnik takes it. */
export function compileOccurredField(
	raw: unknown,
	readOccurred: OccurredReader,
	readers: FieldReaders,
): (json: IDataObject) => string | RefusedField {
	const reader = readers.compile(LABEL, raw);

	const convert = (value: unknown): string | RefusedField => {
		if (value instanceof FailedExpression) {
			return { problem: expressionFailed(LABEL, value) };
		}
		const occurred = readOccurred(value);
		return typeof occurred === 'string' ? occurred : { problem: occurred };
	};

	if (reader.kind === 'constant') {
		const read = convert(reader.read({}));
		return () => read;
	}
	return (json) => convert(reader.read(json));
}
