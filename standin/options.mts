import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { IANAZone } from 'luxon';

const flag = (value: boolean, description: string) => Type.Boolean({ default: value, description });
const count = (value: number, description: string) =>
	Type.Integer({ minimum: 0, default: value, description });
const seconds = (value: number, description: string) =>
	Type.Integer({ minimum: 1, default: value, description });
const text = (value: string, description: string) => Type.String({ default: value, description });
const list = (description: string) => Type.Array(Type.String(), { default: [], description });
const choice = <T extends string>(values: readonly [T, ...T[]], description: string) =>
	Type.Unsafe<T>(
		Type.Union(
			values.map((value) => Type.Literal(value)),
			{ default: values[0], description },
		),
	);
const status = (value: number, description: string) =>
	Type.Integer({ minimum: 200, maximum: 599, default: value, description });

/**
 * Everything about eSputnik that its documentation leaves open, or that an account may have one way or the other.
 * The default of a choice is the value named first. `npm run standin -- --help` and SWITCHES.md are made from this table.
 */
export const Switches = Type.Object(
	{
		// What an answer to past_events looks like
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
			['text', 'json'],
			'The body of a 4xx answer: plain text, or JSON with status and message.',
		),
		duplicateEvents: choice(
			['keep', 'drop'],
			'An event that is the same in every field as one accepted before: kept again, or answered ACCEPTED and dropped.',
		),

		// Time
		accountTimezone: text('UTC', 'IANA zone in which the account reads times.'),
		now: text(
			'',
			'A fixed present for the rules about future and depth, YYYY-MM-DDTHH:mm in the zone of the account. Empty: the clock.',
		),
		depthDays: count(
			0,
			'Events older than this many days get OCCURRED_TIME_TOO_DEPTH. 0: no limit.',
		),

		// Chosen events. A text matches an event whose contact key or any parameter value contains it.
		poison: list(
			'A request with an event that one of these texts matches gets 400 as a whole, without saying which event.',
		),
		poisonText: text('Bad Request', 'The text of that 400.'),
		serverErrorFor: list('Events that one of these texts matches get SERVER_ERROR.'),
		serverErrorAttempts: count(
			1,
			'How many times such an event gets it before it is accepted. 0: always.',
		),
		segmentationDisabled: list('Event type keys whose events get EVENT_SEGMENTATION_DISABLED.'),
		statusFor: Type.Record(Type.String(), Type.String(), {
			default: {},
			description: 'Text → status: events that the text matches get this status.',
		}),
		requiredParams: Type.Record(Type.String(), Type.Array(Type.String()), {
			default: {},
			description:
				'Event type key → parameter names without which a live event of the type gets 400 ("Validate parameters").',
		}),

		// Limits
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
		tooLargeStatus: status(413, 'The HTTP status of that refusal.'),
		latencyMs: count(
			0,
			'Milliseconds from reading a request (events are stored then) to its answer.',
		),

		// Credentials
		keyRights: choice(
			['full', 'events', 'eventsAndContacts', 'messages'],
			'The rights of the API key. Without a right to events it gets 403.',
		),
		keyDisabled: flag(false, 'The API key is switched off, as after 90 idle days: 401.'),
		tokenLifetimeSeconds: count(0, 'How long an API token is good. 0: for ever.'),
		tokenRefusedStatus: status(
			401,
			'The HTTP status of an API token outside its methods (v1/event, POST and DELETE v1/past_events).',
		),
		accountInfoTakesTokens: flag(false, 'Whether account/info takes an API token.'),
		hosts: list(
			'The hosts of the brand of this account. Requests to another host are refused. None: any host.',
		),
		wrongHostStatus: status(401, 'The HTTP status of that refusal.'),

		// OAuth 2.0
		oauthConsent: choice(
			['page', 'auto'],
			'The authorize address shows a page with an Allow button, or sends the browser back at once.',
		),
		oauthAccessTokenSeconds: seconds(172_800, 'Lifetime of an access token in seconds.'),
		oauthRefreshTokenSeconds: seconds(2_592_000, 'Lifetime of a refresh token in seconds.'),
		oauthRotation: flag(
			true,
			'A refresh gives a new refresh token; the old one is refused from then on.',
		),
		oauthRefreshNeedsCode: flag(
			false,
			'A refresh must carry the authorization code of the first grant too.',
		),

		// Deleting
		deletionActive: flag(false, 'DELETE past_events is enabled for the account.'),
		deletionInactiveStatus: status(403, 'What DELETE answers where it is not enabled.'),
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

		// Running
		validate: flag(
			true,
			'Off, for benchmarks: bodies are not parsed, every "eventTypeKey": in one counts as an accepted event.',
		),
		keep: choice(
			['events', 'counts'],
			'What is kept of accepted events; "counts", for benchmarks, keeps their number only.',
		),
		keepBodies: count(100, 'How many of the last requests are kept with their body.'),
	},
	{ additionalProperties: false },
);
export type Switches = Static<typeof Switches>;

/** What is fixed when the stand-in starts. */
export const Settings = Type.Object({
	port: Type.Integer({
		minimum: 0,
		maximum: 65_535,
		default: 0,
		description: 'TCP port. 0: any free port. The command takes 8585.',
	}),
	host: text('127.0.0.1', 'Address to listen on.'),
	apiKey: text('standin-key', 'The API key.'),
	token: text('standin-token', 'An API token that is good from the start.'),
	oauthClientId: text('standin-client', 'Client id of the OAuth 2.0 app.'),
	oauthClientSecret: text('standin-client-secret', 'Client secret of the OAuth 2.0 app.'),
});
export type Settings = Static<typeof Settings>;

export type StandinOptions = Settings & Switches;

/**
 * Completes options by their defaults.
 * @throws Error naming the option where a value is not one of those allowed
 */
export function resolveOptions(given: Partial<StandinOptions>): StandinOptions {
	const options = {
		...Value.Create(Settings),
		...Value.Create(Switches),
		...given,
	};
	checkProperties({ ...Settings.properties, ...Switches.properties }, options);
	return options;
}

/**
 * Changes switches in place.
 * @throws Error naming the switch where it is unknown or its value is not allowed; nothing is changed then
 */
export function changeSwitches(switches: Switches, patch: Partial<Switches>): void {
	checkProperties(Switches.properties, patch);
	Object.assign(switches, structuredClone(patch));
}

function checkProperties(schemas: Record<string, TSchema>, values: object): void {
	const known = new Map(Object.entries(schemas));
	for (const [name, value] of Object.entries(values)) {
		const schema = known.get(name);
		if (schema === undefined) throw new Error(`There is no switch "${name}".`);
		if (!Value.Check(schema, value)) {
			throw new Error(`"${name}" cannot be ${JSON.stringify(value)}. ${schema.description ?? ''}`);
		}
		if (name === 'accountTimezone' && !IANAZone.isValidZone(String(value))) {
			throw new Error(`"accountTimezone" cannot be ${JSON.stringify(value)}: no such IANA zone.`);
		}
	}
}
