/**
 * The JSON of one event as it goes into the request: UTF-8, a range of bytes that it shares with other events. The byte after the
 * range is a comma, so that neighbours can be copied together. Nobody changes the bytes.
 */
export interface EventBytes {
	readonly bytes: Buffer;
	readonly start: number;
	readonly end: number;
}

/** The event's JSON as text. */
export function eventText({ bytes, start, end }: EventBytes): string {
	return bytes.toString('utf8', start, end);
}
