import { dayOf, yearOf } from '../reading';
import type { DateForm, Reading } from '../reading';
import { CLOCK_TIME, readTail, readTimed, timeOfParts } from './timeOfDay';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const MONTH =
	'(?<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:(?<=t)ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?';
const WEEKDAY =
	'(?:(?<weekday>Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:r(?:s(?:day)?)?)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)\\.?(?<comma>,?) )?';
const DAY = '(?<day>\\d{1,2})(?:st|nd|rd|th)?';
const YEAR = '(?<year>\\d{4}|\\d\\d)(?!\\d)';

/** `12 May 2024`, `Sun, 12 May 2024 10:11:12 +0300`, `12-May-24`, `12/May/2024:10:11:12 +0000`, `12MAY2024` */
const DAY_FIRST = new RegExp(
	`^${WEEKDAY}${DAY}(?<mark>[ /-]?)${MONTH},?\\k<mark>${YEAR}(?<tail>.*)$`,
	'i',
);
/** `May 12, 2024 10:11 AM`, `Sun May 12 2024 10:11:12 GMT+0300`, `May-12-24` */
const MONTH_FIRST = new RegExp(
	`^${WEEKDAY}${MONTH}(?<mark>[ -])${DAY},?\\k<mark>${YEAR}(?<tail>.*)$`,
	'i',
);
/** `2024-May-12` */
const YEAR_FIRST = new RegExp(
	`^(?<year>\\d{4})(?<mark>[ /-]?)${MONTH}\\k<mark>${DAY}(?!\\d)(?<tail>.*)$`,
	'i',
);
/** `Sun May 12 10:11:12 2024`, with a zone before the year or after it */
const YEAR_LAST = new RegExp(
	`^${WEEKDAY}${MONTH} ${DAY} ${CLOCK_TIME}(?: (?<zone>\\S+))? (?<year>\\d{4})(?: (?<lastZone>[+-]\\d{4}))?$`,
	'i',
);

/**
 * English texts with the month by name: of mail (RFC 5322) and HTTP (RFC 9110), of JavaScript, Java, Unix and Go, of databases and
 * exports. Names of other languages are read with a custom format only. A weekday that does not fit the date is refused. A text
 * without a zone is a local time, that of C's `ctime`, too, which is UTC in HTTP alone.
 */
export function readNamedMonths(text: string): Reading | undefined {
	return readDayFirst(text) ?? readMonthFirst(text) ?? readYearLast(text);
}

type Parts = Readonly<Record<string, string | undefined>>;

function readDayFirst(text: string): Reading | undefined {
	const parts = DAY_FIRST.exec(text)?.groups;
	if (!parts) return undefined;
	const { weekday, mark, year } = parts;
	// A colon stands before the time in the logs of Apache (`12/May/2024:10:11:12`) and in SAS (`12MAY2024:10:11:12`).
	const hasColon = /^\/?$/.test(mark) && year.length === 4;
	const tail = hasColon ? parts.tail.replace(/^:/, ' ') : parts.tail;
	const isMail = mark === ' ' && tail !== '';
	const isHttp = weekday !== undefined && /GMT$/i.test(tail);
	const read = readTail(isHttp ? 'http' : 'rfc2822', dayOfParts(parts), tail, { isMail });
	const isRfc = read?.kind === 'zoned' && (mark === ' ' || isHttp);
	// `24 May 12` and `12May24` may begin with the year; in mail and with hyphens the year comes last.
	if (read === undefined || (year.length === 2 && mark !== '-' && !isRfc)) return undefined;
	return isRfc ? read : { ...read, form: 'monthByName' };
}

function readMonthFirst(text: string): Reading | undefined {
	const parts = MONTH_FIRST.exec(text)?.groups ?? YEAR_FIRST.exec(text)?.groups;
	if (!parts || (parts.year.length === 2 && parts.mark !== '-')) return undefined;
	const isJavaScript = parts.weekday !== undefined && / GMT[+-]/.test(parts.tail);
	const form: DateForm = isJavaScript ? 'javascript' : 'monthByName';
	return readTail(form, dayOfParts(parts), parts.tail);
}

function readYearLast(text: string): Reading | undefined {
	const parts = YEAR_LAST.exec(text)?.groups;
	if (!parts || (parts.zone !== undefined && parts.lastZone !== undefined)) return undefined;
	return readTimed('ctime', dayOfParts(parts) + timeOfParts(parts), parts.zone ?? parts.lastZone);
}

/** NaN where there is no such day, or where it is another weekday. */
function dayOfParts({ year = '', month = '', day, weekday }: Parts): number {
	const start = dayOf(yearOf(year), indexOf(MONTHS, month) + 1, Number(day));
	const isWeekday =
		weekday === undefined || new Date(start).getUTCDay() === indexOf(WEEKDAYS, weekday);
	return isWeekday ? start : NaN;
}

function indexOf(names: readonly string[], name: string): number {
	return names.indexOf(name.slice(0, 3).toLowerCase());
}
