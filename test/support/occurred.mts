import { compileDateReader } from '../../nodes/Esputnik/dates/dateReader.ts';
import type { DateSettings, Precision } from '../../nodes/Esputnik/dates/dateReader.ts';
import {
	adviseOnDate,
	dateProblem,
	dateSettingProblem,
	formName,
} from '../../nodes/Esputnik/dates/words.ts';
import { problemMessage } from '../../nodes/Esputnik/problem.ts';
import type { Problem } from '../../nodes/Esputnik/problem.ts';

/** The settings that a fresh node has. */
export const DEFAULTS: DateSettings = {
	format: 'auto',
	customFormat: '',
	locale: '',
	accountTimezone: '',
	sourceTimezone: '',
	offsetHandling: 'convert',
};

type ReadInWords = (value: unknown) => string | Problem;

/** A reader with some settings other than the defaults, or what is wrong with them, as *Send Past Events* tells it. */
export function compileOccurred(
	settings: Partial<DateSettings>,
	precision?: Precision,
): ReadInWords | Problem {
	const reader = compileDateReader({ ...DEFAULTS, ...settings }, precision);
	if ('kind' in reader) return dateSettingProblem(reader);
	return (value) => {
		const result = reader.read(value);
		if (typeof result === 'string') return result;
		return dateProblem(result, { label: 'Occurred', adviseOn: (fault) => adviseOnDate(fault) });
	};
}

/** A reader with some settings other than the defaults; throws where they are at fault. */
export function readerOf(settings: Partial<DateSettings>, precision?: Precision): ReadInWords {
	const reader = compileOccurred(settings, precision);
	if (typeof reader !== 'function') throw new Error(problemMessage(reader));
	return reader;
}

/** What comes out of one value: the text that is sent, or the code of the reason. */
export function occurredOf(
	value: unknown,
	settings: Partial<DateSettings>,
	precision?: Precision,
): string {
	const result = readerOf(settings, precision)(value);
	return typeof result === 'string' ? result : result.reason;
}

/** What comes out of one value: the text that is sent, or the message. */
export function messageOf(value: unknown, settings: Partial<DateSettings>): string {
	const result = readerOf(settings)(value);
	return typeof result === 'string' ? result : problemMessage(result);
}

/** The form in which Automatic recognises a value, for people. */
export function formOf(value: unknown): string {
	const reader = compileDateReader(DEFAULTS);
	const recognised = 'kind' in reader ? undefined : reader.recognise(value);
	return recognised === undefined ? 'not readable' : formName(recognised.form);
}
