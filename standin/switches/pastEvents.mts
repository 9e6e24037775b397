import { Type } from '@sinclair/typebox';
import { choice, count, flag, httpStatus, list, text, texts } from './kinds.mts';

/** What an answer to past_events looks like. */
export const answers = {
	malformedEvent: choice(
		['request', 'event'],
		'A missing field, a forbidden character, an over-long value or a parameter name used twice: "request" answers 400 with text for the whole request, "event" gives that event a status.',
	),
	malformedEventStatus: text('INVALID_EVENT', 'The status of such an event.'),
	refusalNamesEvent: flag(
		true,
		'Whether the text of such a 400 names the event and the rule. Off: the text is "Bad Request".',
	),
	tooManyEvents: choice(
		['request', 'event'],
		'More than 500 events: "request" answers 400, "event" gives the events beyond 500 a status.',
	),
	emptyEvents: choice(
		['accept', 'refuse'],
		'An empty list of events: 200 with no results, or 400.',
	),
	booleanValues: choice(
		['accept', 'refuse'],
		'A parameter value true or false in v2; the documentation names text, number, object and list.',
	),
	singleResult: choice(
		['array', 'object'],
		'The results of a request with one event: a list, or the bare object.',
	),
	errorBody: choice(
		['text', 'json', 'empty'],
		'The body of a 4xx answer: plain text, JSON with status and message, or nothing.',
	),
	duplicateEvents: choice(
		['keep', 'drop'],
		'An event that is the same in every field as one accepted before: kept again, or answered ACCEPTED and dropped.',
	),
	resultCounts: choice(
		['right', 'noneAccepted', 'allAccepted', 'swapped', 'absent', 'text'],
		'successCount and errorCount: right; nothing or everything counted as accepted whatever the results say; the two swapped; left out; or as text.',
	),
	statusSpelling: choice(
		['documented', 'lowerCase', 'capitalized', 'padded'],
		'The statuses of the results: as documented, "accepted", "Accepted" or " ACCEPTED ".',
	),
	resultElements: choice(
		['objects', 'texts', 'nulls'],
		'The elements of results: objects with a status, the statuses alone, or null.',
	),
};

/** What the account says of the time of an event. */
export const time = {
	accountTimezone: text('UTC', 'IANA zone in which the account reads times.'),
	now: text(
		'',
		'A fixed present for the rules about future and depth, YYYY-MM-DDTHH:mm in the zone of the account. Empty: the clock.',
	),
	depthDays: count(0, 'Events older than this many days get OCCURRED_TIME_TOO_DEPTH. 0: no limit.'),
};

/** Chosen events. A text matches an event whose contact key or any parameter value contains it. */
export const chosenEvents = {
	poison: list(
		'A request with an event that one of these texts matches gets 400 as a whole, without saying which event.',
	),
	poisonStatus: httpStatus(400, 'The HTTP status of that refusal; 407 as of a proxy, for one.'),
	poisonText: text('Bad Request', 'The text of that refusal.'),
	serverErrorFor: list('Events that one of these texts matches get SERVER_ERROR.'),
	serverErrorAttempts: count(
		1,
		'How many times such an event gets it before it is accepted. 0: always.',
	),
	segmentationDisabled: list('Event type keys whose events get EVENT_SEGMENTATION_DISABLED.'),
	statusFor: texts('Text → status: events that the text matches get this status.'),
	requiredParams: Type.Record(Type.String(), Type.Array(Type.String()), {
		default: {},
		description:
			'Event type key → parameter names without which a live event of the type gets 400 ("Validate parameters").',
	}),
};

/** DELETE past_events. */
export const deleting = {
	deletionActive: flag(false, 'DELETE past_events is enabled for the account.'),
	deletionInactiveStatus: httpStatus(403, 'What DELETE answers where it is not enabled.'),
	deletionInactiveText: text(
		'Deleting past events is not enabled for this organisation',
		'The text of that answer.',
	),
	deletionAnswer: choice(
		['empty', 'text', 'noContent'],
		'Success of DELETE: 200 without a body, 200 with text, or 204.',
	),
	deletionWithoutRange: choice(
		['refuse', 'everything'],
		'DELETE without a range, as when a proxy lost its body: 400, or every event goes.',
	),
};
