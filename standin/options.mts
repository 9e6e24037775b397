import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { IANAZone } from 'luxon';
import { contactLists, contacts, importAnswer, importStatus } from './switches/contacts.mts';
import { credentials, oauth } from './switches/credentials.mts';
import { text } from './switches/kinds.mts';
import { limits, running } from './switches/limits.mts';
import { liveEvents } from './switches/liveEvents.mts';
import { misbehaviour } from './switches/misbehaviour.mts';
import { answers, chosenEvents, deleting, time } from './switches/pastEvents.mts';

/** The switches by subject, each with a heading. */
export const SWITCH_GROUPS = {
	'Answers to past events': answers,
	Time: time,
	'Chosen events': chosenEvents,
	Deleting: deleting,
	'Live events, and whose an event is': liveEvents,
	'Importing contacts': contacts,
	'The answer to an import': importAnswer,
	'The status of an import': importStatus,
	'Lists for contacts': contactLists,
	Credentials: credentials,
	'OAuth 2.0': oauth,
	Limits: limits,
	Misbehaviour: misbehaviour,
	Running: running,
};

/**
 * Everything about eSputnik that its documentation leaves open, or that an account may have one way or the other.
 * The default of a choice is the value named first. `npm run standin -- --help` and SWITCHES.md are made from this table.
 */
export const Switches = Type.Object(
	{
		...answers,
		...time,
		...chosenEvents,
		...deleting,
		...liveEvents,
		...contacts,
		...importAnswer,
		...importStatus,
		...contactLists,
		...credentials,
		...oauth,
		...limits,
		...misbehaviour,
		...running,
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
