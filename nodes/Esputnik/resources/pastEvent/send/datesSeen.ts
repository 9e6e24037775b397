import type { DateReader } from '../../../dates/dateReader';
import type { DateFault } from '../../../dates/faults';
import type { DateForm, ReadingKind } from '../../../dates/reading';
import { quotableDate } from '../../../dates/whyUnread';
import { countFits, type FormatFits } from '../../../dates/formatFits';
import { adviseOnDate, dateProblem } from '../../../dates/words';
import type { Problem } from '../../../problem';
import { toTheMinute } from './occurredField';

/** A date as it came and as it leaves; `form` and `kind` say how it was recognised. */
export interface OccurredSample {
	readonly form: DateForm;
	readonly kind: ReadingKind;
	readonly value: string;
	readonly occurred: string;
}

/** What a run has seen of its dates. */
export interface DatesSeen {
	/** The reader, which is watched. */
	readonly read: DateReader['read'];
	/** One for each form of date found; outside of a dry run the first date only. */
	samples(): readonly OccurredSample[];
	/** A fault in words: those of an ambiguous date tell what all ambiguous dates so far have in common. */
	problemOf(fault: DateFault): Problem;
}

/**
 * Watches a reader of dates, for the dry run, for the hint after a run and for the words about ambiguous dates.
 *
 * @param everyForm keep a sample of each form (dry run), or of the first date only
 */
export function watchDates(reader: DateReader, everyForm: boolean): DatesSeen {
	const byForm = new Map<DateForm, OccurredSample>();
	const fits = countFits();
	const keep = (value: unknown, occurred: string): void => {
		const recognised = reader.recognise(value);
		if (recognised === undefined || byForm.has(recognised.form)) return;
		const { form, kind } = recognised;
		byForm.set(form, { form, kind, value: quotableDate(value), occurred: toTheMinute(occurred) });
	};
	return {
		read: (value) => {
			const occurred = reader.read(value);
			if (typeof occurred !== 'string') fits.add(occurred);
			else if (everyForm || byForm.size === 0) keep(value, occurred);
			return occurred;
		},
		samples: () => [...byForm.values()],
		problemOf: (fault) => occurredProblem(fault, fits),
	};
}

/** What is wrong with the date of an event. */
export function occurredProblem(fault: DateFault, fits?: FormatFits): Problem {
	return dateProblem(fault, { label: 'Occurred', adviseOn: (given) => adviseOnDate(given, fits) });
}
