import { DateTime } from 'luxon';
import { MINUTE, reading } from './reading';
import type { Reading } from './reading';

const ENGLISH = { locale: 'en-US', numberingSystem: 'latn', setZone: true, zone: 'utc' } as const;
const JAVASCRIPT_DATE =
	/^([A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d{4} \d\d:\d\d:\d\d GMT[+-]\d{4})(?: \(.*\))?$/;
/** asctime pads the day with a second space, which many a copy has lost. */
const ASCTIME_DAY = /^([A-Z][a-z]{2} [A-Z][a-z]{2}) (\d )/;
const JAVASCRIPT_TOKENS = "EEE MMM dd yyyy HH:mm:ss 'GMT'ZZZ";

/**
 * The English texts that computers write with the month by name, all of them instants: HTTP dates (RFC 9110: IMF-fixdate, RFC 850 and
 * asctime), RFC 2822 dates, and what `Date.prototype.toString` gives. A weekday that does not fit the date is refused.
 */
export function readNamedMonths(text: string): Reading | undefined {
	const [, javascriptDate] = JAVASCRIPT_DATE.exec(text) ?? [];
	if (javascriptDate !== undefined) {
		return instant(
			'JavaScript date text',
			DateTime.fromFormat(javascriptDate, JAVASCRIPT_TOKENS, ENGLISH),
		);
	}
	return (
		instant('HTTP date', DateTime.fromHTTP(text.replace(ASCTIME_DAY, '$1  $2'), ENGLISH)) ??
		instant('RFC 2822', DateTime.fromRFC2822(text, ENGLISH))
	);
}

function instant(form: string, dateTime: DateTime): Reading | undefined {
	if (!dateTime.isValid) return undefined;
	const offset = Math.round(dateTime.offset * MINUTE);
	return reading(form, 'zoned', dateTime.toMillis() + offset, offset);
}
