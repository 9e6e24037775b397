import { readerOf, withoutInvisible } from './formats';
import { readIsoTimestamp } from './forms/isoTimestamp';
import { dateObjectText } from './forms/objects';
import { HOUR, MINUTE } from './reading';
import { canBeWritten, writeDate, writeTimeWithSeconds } from './writing';

const readAutomatically = readerOf('auto');

/**
 * A value as a date of ISO 8601, for parameters, where no zone is applied: a timestamp of ISO 8601 or SQL stays to the letter; any other
 * form that Automatic reads is written as it says, an epoch in UTC. `12.05.2024 10:11` → `2024-05-12T10:11:00`, `1715508672` →
 * `2024-05-12T10:11:12Z`, `Sun, 12 May 2024 10:11:12 +0300` → `2024-05-12T10:11:12+03:00`. Undefined where nobody can say
 * which date it is: `12/05/2024`, `10:11`, `5`.
 */
export function readDateValue(value: unknown): string | undefined {
	if (typeof value === 'string') {
		const text = withoutInvisible(value);
		if (readIsoTimestamp(text) !== undefined) return text;
	}
	const read = readAutomatically(value);
	if (read === undefined || !canBeWritten(read.wall)) return undefined;
	if (typeof value === 'object' && value !== null) {
		const text = dateObjectText(value);
		if (text !== undefined) return text;
	}
	const { kind, wall, offset } = read;
	if (kind === 'date') return writeDate(wall);
	return writeTimeWithSeconds(wall) + (kind === 'local' ? '' : offsetText(offset));
}

function offsetText(offset: number): string {
	if (offset === 0) return 'Z';
	const minutes = Math.abs(Math.round(offset / MINUTE));
	const hours = Math.floor((minutes * MINUTE) / HOUR);
	const twoDigits = (number: number) => String(number).padStart(2, '0');
	return `${offset < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(minutes % 60)}`;
}
