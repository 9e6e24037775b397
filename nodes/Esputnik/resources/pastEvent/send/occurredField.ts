import type { IDataObject } from 'n8n-workflow';

import { FailedExpression } from '../../../fields/engineExpressions';
import { expressionFailed } from '../../../fields/words';
import type { FieldReaders } from '../../../fields/fieldReader';
import type { DateReader } from '../../../dates/dateReader';
import type { DateFault } from '../../../dates/faults';
import type { RejectedField } from '../../../events/keyValue';

const LABEL = "'Occurred'";

/** A date from which none came out; it is put into words when all dates of the run are known. */
export interface RejectedDate {
	readonly dateFault: DateFault;
}

/** When the event occurred, as the reader writes it. */
export function compileOccurredField(
	raw: unknown,
	readDate: DateReader['read'],
	readers: FieldReaders,
): (json: IDataObject) => string | RejectedField | RejectedDate {
	const reader = readers.compile(LABEL, raw);

	const convert = (value: unknown): string | RejectedField | RejectedDate => {
		if (value instanceof FailedExpression) {
			return { problem: expressionFailed(LABEL, value) };
		}
		const occurred = readDate(value);
		return typeof occurred === 'string' ? occurred : { dateFault: occurred };
	};

	if (reader.kind === 'constant') {
		const read = convert(reader.read({}));
		return () => read;
	}
	return (json) => convert(reader.read(json));
}

const TO_THE_MINUTE = 'YYYY-MM-DDTHH:mm'.length;
const TO_THE_DAY = 'YYYY-MM-DD'.length;

/** A time as the time of an event, which has no seconds. */
export function toTheMinute(time: string): string {
	return time.slice(0, TO_THE_MINUTE);
}

/** A time as `YYYY-MM-DDTHH:mm:ss`; a date without a time is its midnight. @param time with seconds, or a date */
export function toTheSecond(time: string): string {
	return time.length === TO_THE_DAY ? `${time}T00:00:00` : time;
}
