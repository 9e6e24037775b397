import { Type, type TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Fault } from '../../standin/faults.mts';
import { FAULT_KINDS } from '../../standin/faults.mts';
import { SWITCH_GROUPS, Switches } from '../../standin/options.mts';
import { choicesOf } from '../../standin/switchTable.mts';

/** One way in which the local eSputnik is not as it is by default. */
export interface Deviation {
	/** Under which it is counted: a heading of SWITCHES.md. */
	readonly group: string;
	readonly name: string;
	/** What two deviations of one run must not share. */
	readonly subject: string;
	readonly switches: Partial<Switches>;
	readonly faults: readonly Fault[];
	/** The credential that it concerns. */
	readonly authentication?: 'apiToken' | 'oAuth2';
}

/** How the books are kept is no way to behave: without them nothing can be checked. */
export const BOOK_KEEPING: ReadonlySet<string> = new Set(Object.keys(SWITCH_GROUPS.Running));

const POISON: Partial<Switches> = { poison: ['buyer3@'] };

/** Values for switches that are no choices, and where other values tell more than the generic ones. */
const SAMPLES: { readonly [Name in keyof Switches]?: ReadonlyArray<Switches[Name]> } = {
	accountTimezone: ['Europe/Kyiv'],
	now: ['2024-01-01T00:10'],
	depthDays: [1],
	poison: [['buyer3@'], ['buyer3@', 'buyer17@', 'buyer25@'], ['@example.com']],
	poisonStatus: [401, 403, 407, 413, 422, 500],
	serverErrorFor: [['buyer4@', 'buyer9@'], ['@example.com']],
	serverErrorAttempts: [0, 3],
	segmentationDisabled: [['orderCreated']],
	statusFor: [{ 'buyer5@': 'BRAND_NEW' }, { 'buyer6@': 'OCCURRED_TIME_IN_FUTURE' }],
	deletionInactiveStatus: [400, 401, 404, 405, 500],
	hosts: [['esputnik.com']],
	wrongHostStatus: [403, 404],
	tokenLifetimeSeconds: [1],
	oauthAccessTokenSeconds: [1],
	oauthRefreshTokenSeconds: [1],
	oauthRefreshDelayMs: [100, 2500],
	postPastEventsPerSecond: [2],
	deletePastEventsPerSecond: [1],
	maxBodyBytes: [600],
	latencyMs: [50],
	htmlInstead: [['/past_events'], ['POST'], ['DELETE']],
	statusInstead: [
		// To a deletion 204 says that it was carried out: nobody could tell.
		{ POST: 204 },
		...[302, 400, 401, 403, 404, 407, 408, 413, 429, 500, 502, 503].map((status) => ({
			'/past_events': status,
		})),
	],
};

/** What else has to be so for a switch to show. */
const COMPANIONS: { readonly [Name in keyof Switches]?: Partial<Switches> } = {
	singleResult: POISON,
	errorBody: POISON,
	poisonStatus: POISON,
	poisonText: POISON,
	serverErrorAttempts: { serverErrorFor: ['buyer4@', 'buyer9@'] },
	resultCounts: { statusFor: { 'buyer5@': 'BRAND_NEW' } },
	retryAfter: { postPastEventsPerSecond: 2, deletePastEventsPerSecond: 1 },
	tooLargeStatus: { maxBodyBytes: 600 },
	wrongHostStatus: { hosts: ['esputnik.com'] },
	refusalId: POISON,
	echo: POISON,
	echoOf: { ...POISON, echo: 'plain' },
	echoIn: { statusFor: { 'buyer5@': 'BRAND_NEW', 'buyer6@': 'OTHER' }, echo: 'halves' },
	deletionActive: { deletionActive: false },
	deletionInactiveStatus: { deletionActive: false },
	deletionInactiveText: { deletionActive: false },
};

/** Tried in turn for a switch without samples. */
const GENERIC: readonly unknown[] = [
	404,
	7,
	'x',
	['buyer3@'],
	{ 'buyer3@': 'x' },
	{ orderCreated: ['x'] },
];

const SomeSwitches = Type.Partial(Switches);

/** Every switch that concerns how eSputnik behaves, with every value that its table or its kind offers, and every fault. */
export function allDeviations(): Deviation[] {
	const ofSwitches = Object.entries(SWITCH_GROUPS).flatMap(([group, switches]) =>
		Object.entries<TSchema>(switches)
			.filter(([name]) => !BOOK_KEEPING.has(name))
			.flatMap(([name, schema]) => ofSwitch(group, name, schema)),
	);
	return [...ofSwitches, ...FAULTS.map(ofFault)];
}

function ofSwitch(group: string, name: string, schema: TSchema): Deviation[] {
	return valuesOf(name, schema).map((value) => {
		const switches = { ...companionsOf(name), [name]: value };
		if (!Value.Check(SomeSwitches, switches)) throw new Error(`${name} cannot be ${String(value)}`);
		const authentication = credentialOf(name);
		return {
			group,
			name: `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
			subject: name,
			switches,
			faults: [],
			...(authentication !== undefined && { authentication }),
		};
	});
}

function companionsOf(name: string): object {
	return new Map<string, object>(Object.entries(COMPANIONS)).get(name) ?? {};
}

function credentialOf(name: string): Deviation['authentication'] {
	if (name.startsWith('oauth')) return 'oAuth2';
	return name.startsWith('token') ? 'apiToken' : undefined;
}

function valuesOf(name: string, schema: TSchema): readonly unknown[] {
	const samples = new Map<string, readonly unknown[]>(Object.entries(SAMPLES)).get(name);
	if (samples !== undefined) return samples;
	const byDefault: unknown = schema.default;
	if (typeof byDefault === 'boolean') return [!byDefault];
	const others = choicesOf(schema).filter((choice) => choice !== byDefault);
	if (others.length > 0) return others;
	const generic = GENERIC.find((value) => Value.Check(schema, value));
	if (generic === undefined) throw new Error(`No value is known for the switch "${name}"`);
	return [generic];
}

/** Every kind of fault, at one request in the middle and at all. */
const FAULTS: readonly Fault[] = [
	...once({ kind: 'hang' }, { kind: 'hang', stored: false }, { kind: 'slow', ms: 100 }),
	...once({ kind: 'slow', ms: 60_000 }, { kind: 'drip', ms: 60_000 }, { kind: 'drip', ms: 100 }),
	{ kind: 'deaf', skip: 1 },
	{ kind: 'drop', skip: 1 },
	{ kind: 'drop', times: 99 },
	{ kind: 'hang', times: 99 },
	...onceAndAlways(
		{ kind: 'resetBeforeReading' },
		{ kind: 'resetAfterReading' },
		{ kind: 'resetAfterAccepting' },
		{ kind: 'cut' },
		{ kind: 'notJson' },
		{ kind: 'empty' },
		{ kind: 'early' },
		{ kind: 'mislabelled' },
		{ kind: 'resultsShorter' },
		{ kind: 'resultsLonger' },
		{ kind: 'flood', megabytes: 64 },
		{ kind: 'redirect', location: 'http://127.0.0.1:1/' },
		{ kind: 'status', status: 429, retryAfter: '0' },
		{ kind: 'status', status: 429, retryAfter: '1' },
		{ kind: 'status', status: 503, retryAfter: '0' },
		{ kind: 'status', status: 500 },
		{ kind: 'status', status: 500, stored: true },
		{ kind: 'status', status: 504, stored: true },
		{ kind: 'status', status: 202, stored: true },
		{ kind: 'status', status: 400, text: 'No' },
		{ kind: 'status', status: 408, stored: true },
		{ kind: 'status', status: 413 },
		{ kind: 'status', status: 401 },
		{ kind: 'status', status: 403, text: '<!doctype html><title>Blocked</title>' },
		{ kind: 'status', status: 200, text: '{"status":401,"message":"Unauthorized"}' },
	),
	{ kind: 'pass' },
];

function once(...faults: readonly Fault[]): Fault[] {
	return faults.map((fault) => ({ ...fault, request: 2 }));
}

function onceAndAlways(...faults: readonly Fault[]): Fault[] {
	return [...once(...faults), ...faults.map((fault) => ({ ...fault, times: 99 }))];
}

function ofFault(fault: Fault): Deviation {
	const { kind, ...details } = fault;
	return {
		group: 'Faults',
		name: [kind, fault.status, JSON.stringify(details)]
			.filter((part) => part !== undefined)
			.join(' '),
		subject: 'fault',
		switches: {},
		faults: [fault],
	};
}

/** The kinds of faults that no deviation has; there should be none. */
export function missingFaults(): string[] {
	return Object.keys(FAULT_KINDS).filter((name) => !FAULTS.some(({ kind }) => kind === name));
}
