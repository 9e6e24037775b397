import { dayOf, reading, timeOf } from './reading';
import type { Reading } from './reading';

export type DayMonthOrder = 'dayFirst' | 'monthFirst';

const DATE = String.raw`(?<first>\d{1,2})(?<separator>[./-]) ?(?<second>\d{1,2})\k<separator> ?(?<year>\d{4})`;
const TIME = String.raw`(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<seconds>\d\d)(?:[.,]\d+)?)?`;
const HALF = String.raw`(?: ?(?<half>[AaPp])\.?[Mm]\.?)?`;
const NUMERIC = new RegExp(`^${DATE}(?:(?:,? |T)${TIME}${HALF})?$`);
const SLASHED = /^\d{1,4}\/\d{1,2}\/\d{1,4}(?!\d)/;
const YEAR_LAST_WITH_HYPHENS = /^\d{1,2}-\d{1,2}-\d{4}(?!\d)/;

/** `12.05.2024`, `1.5.2024 9:05`, `12.05.2024 10:11:12`: with dots the day comes first. */
export function readDotted(text: string): Reading | undefined {
	return text.includes('.') ? readNumeric(text, 'dayFirst', '.', 'dotted date') : undefined;
}

/** Day, month and year of four digits with dots, slashes or hyphens, in an order that is known, and a time of 24 hours or with AM/PM. */
export function readOrdered(text: string, order: DayMonthOrder): Reading | undefined {
	return readNumeric(text, order, './-', order === 'dayFirst' ? 'day first' : 'month first');
}

/** Whether a text is a date of which nobody can say what is the day and what is the month. */
export function isAmbiguous(text: string): boolean {
	return SLASHED.test(text) || YEAR_LAST_WITH_HYPHENS.test(text);
}

function readNumeric(
	text: string,
	order: DayMonthOrder,
	separators: string,
	form: string,
): Reading | undefined {
	const parts = NUMERIC.exec(text)?.groups;
	if (!parts || !separators.includes(parts.separator)) return undefined;
	const first = Number(parts.first);
	const second = Number(parts.second);
	const year = Number(parts.year);
	const day = order === 'dayFirst' ? dayOf(year, second, first) : dayOf(year, first, second);
	if (parts.hour === undefined) return reading(form, 'date', day);

	const hour = hourOfDay(Number(parts.hour), parts.half);
	const time = timeOf(hour, Number(parts.minute), Number(parts.seconds ?? 0));
	return reading(form, 'local', day + time);
}

function hourOfDay(hour: number, half: string | undefined): number {
	if (half === undefined) return hour;
	if (hour < 1 || hour > 12) return NaN;
	return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}
