import type { NodeExecutionHint } from 'n8n-workflow';

import type { DateReader, DateSettings } from '../../../dates/dateReader';
import type { DateFault } from '../../../dates/faults';
import type { DateForm, ReadingKind } from '../../../dates/reading';
import { quotableDate } from '../../../dates/whyUnread';
import { countFits, type FormatFits } from '../../../dates/formatFits';
import { adviseOnDate, dateProblem, SET_ACCOUNT_TIMEZONE } from '../../../dates/words';
import type { Problem } from '../../../problem';
import { formatNumberOf } from '../../../report/format';
import { toTheMinute } from './occurredField';
import type { MappedItem } from './pastEvent';

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
function occurredProblem(fault: DateFault, fits?: FormatFits): Problem {
	return dateProblem(fault, { label: 'Occurred', adviseOn: (given) => adviseOnDate(given, fits) });
}

/**
 * The fault of a run in which a date names an instant while nobody said in which zone the account reads times: eSputnik takes
 * local times only, n8n's own default zone is New York, and stored events cannot be moved.
 */
export function zoneFault(mapped: readonly MappedItem[]): Problem | undefined {
	const unplaced = mapped.flatMap(({ dateFault }) =>
		dateFault?.kind === 'needsAccountZone' ? [dateFault] : [],
	);
	if (unplaced.length === 0) return undefined;
	const [first] = unplaced;
	const { what, advice } = occurredProblem(first);
	const values = formatNumberOf(unplaced.length, 'value');
	const reason = 'ACCOUNT_TIMEZONE_REQUIRED';
	const cannot = `${values} cannot be written without the account's time zone`;
	if (unplaced.some(({ why }) => why !== first.why)) {
		return { reason, what: `${cannot}, e.g. ${first.value}`, advice: `${SET_ACCOUNT_TIMEZONE}.` };
	}
	const told =
		first.why === 'zoned'
			? `${values} ${unplaced.length === 1 ? 'names' : 'name'} an offset`
			: `${cannot}: ${what}`;
	return { reason, what: `${told}, e.g. ${first.value}`, advice };
}

type Zones = Pick<DateSettings, 'accountTimezone' | 'sourceTimezone' | 'offsetHandling'>;

/** Tells how the dates of a run were written, with one example: a wrong hour would put an order on the wrong day for ever. */
export function dateHints(
	zones: Zones,
	samples: readonly Omit<OccurredSample, 'form'>[],
): NodeExecutionHint[] {
	if (samples.length === 0) return [];
	const { kind, value, occurred } = samples[0];
	return [
		{
			message: `'Occurred': ${describeZones(zones, kind)}. Example: '${value}' was written as ${occurred}.`,
			location: 'outputPane',
			type: 'info',
		},
	];
}

function describeZones(
	{ accountTimezone, sourceTimezone, offsetHandling }: Zones,
	kind: ReadingKind,
): string {
	if (accountTimezone === '') return 'times were kept as they are written';
	const converted = `times were converted to ${accountTimezone}`;
	const withoutOffset =
		sourceTimezone === ''
			? 'those without an offset were kept as they are written'
			: `those without an offset were read as ${sourceTimezone}`;
	if (offsetHandling === 'convert') return `${converted}; ${withoutOffset}`;
	const asWritten = 'times were kept as they are written, offsets ignored';
	if (sourceTimezone === '') {
		return kind === 'count'
			? `Unix time was converted to ${accountTimezone}; other ${asWritten}`
			: asWritten;
	}
	return `times were read as ${sourceTimezone}, offsets ignored, and converted to ${accountTimezone}`;
}
