import { dayOf, yearOf } from '../reading';
import type { Reading } from '../reading';
import { readTail } from './timeOfDay';

export type DayMonthOrder = 'dayFirst' | 'monthFirst';

const YEAR_LAST =
	/^(?<first>\d{1,2})(?<mark>[./-])(?:(?<=\.) )?(?<second>\d{1,2})\k<mark>(?:(?<=\.) )?(?<year>\d{4}|\d\d)(?!\d)(?<dot>\.?)(?<tail>.*)$/;
const YEAR_FIRST =
	/^(?<year>\d{4})(?<mark>[./-])(?:(?<=\.) )?(?<month>\d{1,2})\k<mark>(?:(?<=\.) )?(?<day>\d{1,2})(?!\d)(?<dot>\.?)(?<tail>.*)$/;

/** `2024/05/12`, `2024-5-12 9:05:07`, `2024.05.12`, `2024. 5. 12.`: a year of four digits in front, then month and day. */
export function readYearFirst(text: string): Reading | undefined {
	const parts = YEAR_FIRST.exec(text)?.groups;
	if (!parts || isOddDot(parts)) return undefined;
	const day = dayOf(Number(parts.year), Number(parts.month), Number(parts.day));
	return readTail('yearFirst', day, parts.tail, { has24Hours: parts.mark === '-' });
}

/**
 * `12.05.2024`, `1.5.2024 9:05`, `12.05.24 10:11:12 +03:00`: with dots the day comes first. A year of two digits needs a time after it:
 * `12.05.24` alone may be a time of day, too, or begin with the year.
 */
export function readDotted(text: string): Reading | undefined {
	const parts = YEAR_LAST.exec(text)?.groups;
	if (!parts || parts.mark !== '.' || (parts.year.length === 2 && parts.tail === '')) {
		return undefined;
	}
	return readYearLast(parts, 'dayFirst', 'dotted');
}

/** Day, month and year of four or two digits with dots, slashes or hyphens, in an order that is known. */
export function readOrdered(text: string, order: DayMonthOrder): Reading | undefined {
	const parts = YEAR_LAST.exec(text)?.groups;
	return parts && readYearLast(parts, order, order);
}

/** Whether a text looks like a date of which nobody can say what is the day, the month or the year. */
export function isUnordered(text: string): boolean {
	const parts = YEAR_LAST.exec(text)?.groups;
	return parts !== undefined && (parts.mark !== '.' || parts.year.length === 2);
}

type Parts = Readonly<Record<string, string>>;

function readYearLast(
	parts: Parts,
	order: DayMonthOrder,
	form: 'dotted' | DayMonthOrder,
): Reading | undefined {
	if (isOddDot(parts)) return undefined;
	const [first, second, year] = [Number(parts.first), Number(parts.second), yearOf(parts.year)];
	const day = order === 'dayFirst' ? dayOf(year, second, first) : dayOf(year, first, second);
	return readTail(form, day, parts.tail);
}

/** A dot after the last number is good style in Hungary, Croatia and Korea, where the other marks are dots, too. */
function isOddDot({ mark, dot }: Parts): boolean {
	return dot !== '' && mark !== '.';
}
