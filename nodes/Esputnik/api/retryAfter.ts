/**
 * The wait that an answer asks for.
 *
 * @param headers the answer's headers, names in lower case as Node.js gives them
 * @param now milliseconds since 1970; only an HTTP date needs it
 * @returns milliseconds from now, never negative; undefined where the header is missing or unreadable
 * @see RFC 9110, section 10.2.3: seconds or an HTTP date
 */
export function parseRetryAfter(headers: unknown, now: number = Date.now()): number | undefined {
	const value = valueOf(headers);
	if (value === undefined) return undefined;
	if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
	// An HTTP date begins with a weekday; Date.parse alone would also take '-1' or '5 apples' for a date.
	const at = /^[a-z]{3,9},? /i.test(value) ? Date.parse(value) : Number.NaN;
	return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

function valueOf(headers: unknown): string | undefined {
	if (typeof headers !== 'object' || headers === null) return undefined;
	const entry = Object.entries(headers).find(([name]) => name.toLowerCase() === 'retry-after');
	return entry === undefined ? undefined : String(entry[1]).trim();
}
