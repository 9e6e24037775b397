import {
	occurredForm,
	quotableDate,
	type OccurredReader,
	type OccurredSettings,
} from '../../../dates/occurred';

/** A date as it came and as it leaves; `form` says how it was recognised. */
export interface OccurredSample {
	readonly form: string;
	readonly value: string;
	readonly occurred: string;
}

export interface OccurredSamples {
	/** The reader, which keeps samples of what it reads. */
	readonly read: OccurredReader;
	/** One for each form of date found; outside of a dry run the first date only. */
	samples(): readonly OccurredSample[];
}

/**
 * Lets a reader keep samples of what it reads, for the dry run and for the hint after a run.
 *
 * @param everyForm look at every value (dry run), or keep the first one only
 */
export function keepSamples(
	read: OccurredReader,
	settings: OccurredSettings,
	everyForm: boolean,
): OccurredSamples {
	const byForm = new Map<string, OccurredSample>();
	const keep = (value: unknown, occurred: string): void => {
		const form = occurredForm(value, settings);
		if (!byForm.has(form)) byForm.set(form, { form, value: quotableDate(value), occurred });
	};
	return {
		read: (value) => {
			const occurred = read(value);
			if (typeof occurred === 'string' && (everyForm || byForm.size === 0)) keep(value, occurred);
			return occurred;
		},
		samples: () => [...byForm.values()],
	};
}
