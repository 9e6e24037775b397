import { DateTime } from 'luxon';

import { quotable, type Problem } from '../../../problem';
import type { DateReader } from '../../../dates/dateReader';
import type { DateFault } from '../../../dates/faults';
import { dateProblem, SET_ACCOUNT_TIMEZONE } from '../../../dates/words';

/** A range that may not be deleted, with the bounds that could be read. */
export interface RejectedRange extends Partial<DeletionRange> {
	readonly problem: Problem;
}

/** A range of local times in the account's zone, `YYYY-MM-DDTHH:mm`, both ends inclusive. */
export interface DeletionRange {
	readonly from: string;
	readonly to: string;
}

export interface DeletionRangeSettings {
	/** `wholeDays`: from 00:00 of the first day to 23:59 of the last; `exact`: to the minute. */
	readonly range: 'wholeDays' | 'exact';
	/** A longer range is refused. */
	readonly maxRangeDays: number;
	/** The same reader as that of `occurred`: what it reads, in the zone into which it converts. */
	readonly readDate: DateReader['read'];
	/** The account's zone, '' where it is unknown. */
	readonly accountTimezone: string;
}

const MINUTES_PER_DAY = 24 * 60;

/**
 * The range that an item asks to delete, or why it may not be deleted. A bare date is never the result: `2024-05-31` as an end
 * would leave that day's events behind.
 *
 * @param now milliseconds since 1970
 */
export function readDeletionRange(
	from: unknown,
	to: unknown,
	settings: DeletionRangeSettings,
	now: number,
): DeletionRange | RejectedRange {
	const { range, readDate } = settings;
	const start = readBound('From', from, range, readDate, 'T00:00');
	const end = readBound('To', to, range, readDate, 'T23:59');
	if (typeof start !== 'string') {
		return { ...(typeof end === 'string' && { to: end }), problem: start };
	}
	if (typeof end !== 'string') return { from: start, problem: end };
	const bounds = { from: start, to: end };
	const problem = problemOfRange(bounds, settings, now);
	return problem === undefined ? bounds : { ...bounds, problem };
}

function readBound(
	label: string,
	value: unknown,
	range: DeletionRangeSettings['range'],
	read: DateReader['read'],
	timeOfWholeDay: string,
): string | Problem {
	const result = read(value);
	if (typeof result !== 'string') return dateProblem(result, { label, adviseOn });
	if (range === 'wholeDays') return `${result.slice(0, 10)}${timeOfWholeDay}`;
	if (result.length > 10) return result;
	return {
		reason: 'INCORRECT_OCCURRED_DATE_FORMAT',
		what: `'${label}' is a date without a time`,
		value: quotable(value),
		advice: "Add the time, or choose 'Whole Days' under 'Range'.",
	};
}

/** A bound has no format to choose. */
function adviseOn({ kind }: DateFault): string {
	switch (kind) {
		case 'needsAccountZone':
			return `${SET_ACCOUNT_TIMEZONE}.`;
		case 'missing':
			return 'Enter a date.';
		default:
			return 'Write it as 2024-05-31 or 2024-05-31T23:59.';
	}
}

function problemOfRange(
	{ from, to }: DeletionRange,
	{ maxRangeDays, accountTimezone }: DeletionRangeSettings,
	now: number,
): Problem | undefined {
	const value = `${from} to ${to}`;
	if (from > to) return refusal("'From' is later than 'To'", value, 'Swap them.');
	// From midnight to midnight is so many days, although the last minute goes, too.
	const minutes = minutesOf(to) - minutesOf(from);
	if (minutes > maxRangeDays * MINUTES_PER_DAY) {
		return refusal(
			`The range is longer than ${maxRangeDays === 1 ? '1 day' : `${maxRangeDays} days`}`,
			value,
			"Check month and year. If you mean it, raise the option 'Max Range in Days'.",
		);
	}
	if (from > latestLocalTime(now, accountTimezone)) {
		return refusal('The range lies wholly in the future', value, 'Check month and year.');
	}
	return undefined;
}

function minutesOf(localTime: string): number {
	return Date.parse(`${localTime}Z`) / 60_000;
}

/** The account's local time; where its zone is unknown, the one that is ahead of all others. */
function latestLocalTime(now: number, accountTimezone: string): string {
	const zone = accountTimezone === '' ? 'UTC+14' : accountTimezone;
	return DateTime.fromMillis(now, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");
}

function refusal(what: string, value: string, advice: string): Problem {
	return { reason: 'CONFIGURATION', what, value, advice };
}

/** A range that is sent once, and the items that ask for it. */
export interface DistinctRange {
	readonly range: DeletionRange;
	readonly items: number[];
}

/** Equal ranges are sent once, in the order in which the items name them. */
export function distinctRanges({
	records,
	itemOf,
}: {
	readonly records: readonly DeletionRange[];
	readonly itemOf: readonly number[];
}): DistinctRange[] {
	const byRange = new Map<string, DistinctRange>();
	records.forEach((range, record) => {
		const item = itemOf[record];
		const key = `${range.from} ${range.to}`;
		const known = byRange.get(key);
		if (known === undefined) byRange.set(key, { range, items: [item] });
		else known.items.push(item);
	});
	return [...byRange.values()];
}
