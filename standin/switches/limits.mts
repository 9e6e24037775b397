import { choice, count, flag, httpStatus, text } from './kinds.mts';

/** Limits. */
export const limits = {
	postPastEventsPerSecond: count(
		100,
		'Requests a second to POST past_events, each version. 0: no limit.',
	),
	deletePastEventsPerSecond: count(5, 'Requests a second to DELETE past_events. 0: no limit.'),
	postEventPerSecond: count(350, 'Requests a second to POST event, each version. 0: no limit.'),
	otherPerSecond: count(200, 'Requests a second to everything else together. 0: no limit.'),
	retryAfter: choice(
		['none', 'seconds', 'date'],
		'Whether a 429 brings Retry-After, and in which form.',
	),
	maxBodyBytes: count(0, 'Bodies above this size are refused. 0: no limit.'),
	tooLargeStatus: httpStatus(413, 'The HTTP status of that refusal.'),
	latencyMs: count(
		0,
		'Milliseconds from reading a request (events are stored then) to its answer.',
	),
};

/** What is looked at and kept. */
export const running = {
	validate: flag(
		true,
		'Off, for benchmarks: bodies are not parsed, every "eventTypeKey": in one counts as an accepted event, and every "channels": as a contact. With "keys" they are parsed, and not judged.',
	),
	keep: choice(
		['events', 'keys', 'counts'],
		'What is kept of accepted events: all of them; "keys", for runs of millions, a hash of event type key, key value and one parameter, by which GET and POST /_keys tell what is doubled and what is missing; "counts", for benchmarks, their number only.',
	),
	keyParam: text('externalOrderId', 'The parameter whose value is part of such a key.'),
	keepBodies: count(100, 'How many of the last requests are kept with their body.'),
};
