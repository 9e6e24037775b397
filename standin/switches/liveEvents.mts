import { choice, flag, list } from './kinds.mts';

/** POST event. */
export const liveEvents = {
	liveWithoutIdentifier: choice(
		['refuse', 'drop'],
		'A live event without a key value and without a parameter that identifies a contact: 400 with text, or 200 and dropped.',
	),
	liveTooLarge: choice(
		['400', '413', 'drop'],
		'A live event above 20 kB: 400, 413, or 200 and dropped.',
	),
	liveAnswer: choice(
		['empty', 'noContent', 'json', 'accepted'],
		'Success of v2/event and v3/event: 200 without a body, 204, 200 with JSON, or 202. v1/event answers 200 without a body.',
	),
	liveV2KeyValue: choice(
		['taken', 'ignored', 'refused'],
		'A key value in v2/event, which stands in the examples and not in the schema: taken, left out, or 400.',
	),
	uniqueWorkflows: list(
		'Event type keys whose workflow has "Process unique events" on: it starts once for each key value.',
	),
	keyValueFindsContact: flag(
		false,
		'Whether the key value of an event finds its contact where no parameter does, as an address, a phone or an external id.',
	),
};
