import { compileOccurred } from '../../nodes/Esputnik/dates/occurred.ts';
import type { OccurredReader, OccurredSettings } from '../../nodes/Esputnik/dates/occurred.ts';
import { problemMessage } from '../../nodes/Esputnik/problem.ts';

/** The settings that a fresh node has. */
export const DEFAULTS: OccurredSettings = {
	format: 'auto',
	customFormat: '',
	accountTimezone: '',
	sourceTimezone: '',
	offsetHandling: 'convert',
};

/** A reader with some settings other than the defaults; throws where they are at fault. */
export function readerOf(settings: Partial<OccurredSettings>): OccurredReader {
	const reader = compileOccurred({ ...DEFAULTS, ...settings });
	if (typeof reader !== 'function') throw new Error(problemMessage(reader));
	return reader;
}

/** What comes out of one value: the text that is sent, or the code of the reason. */
export function occurredOf(value: unknown, settings: Partial<OccurredSettings>): string {
	const result = readerOf(settings)(value);
	return typeof result === 'string' ? result : result.reason;
}
