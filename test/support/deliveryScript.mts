import * as fc from 'fast-check';

import type { DeliverySettings } from '../../nodes/Esputnik/delivery/deliver.ts';
import { json, type ServerAnswer } from './serverAnswer.mts';
import { POISON, type EventNature, type Fault } from './modelServer.mts';

/** One random run: what is delivered, what goes wrong, and how it is to be delivered. */
export interface DeliveryScript {
	readonly natures: readonly EventNature[];
	/** One for each attempt; those beyond the list have none. */
	readonly faults: readonly Fault[];
	/** Milliseconds, one for each attempt, over and over. */
	readonly latencies: readonly number[];
	/** Events in one request beyond which the server answers 413. */
	readonly sizeLimit: number;
	readonly settings: DeliverySettings;
	/** How many types the events have in turn. */
	readonly types: number;
	/** How many contacts the events belong to in turn, where their order is to be kept; 0: it is not. */
	readonly contacts: number;
	/** When the user clicks Stop, in milliseconds; undefined: never. */
	readonly cancelAt: number | undefined;
	/** The chance behind the jitter. */
	readonly chance: readonly number[];
}

const nature: fc.Arbitrary<EventNature> = fc.oneof(
	{ weight: 30, arbitrary: fc.constant<EventNature>({ kind: 'good' }) },
	{
		weight: 2,
		arbitrary: fc
			.constantFrom('OCCURRED_TIME_IN_FUTURE', 'EVENT_SEGMENTATION_DISABLED', 'BRAND_NEW_STATUS')
			.map((value): EventNature => ({ kind: 'refused', status: value })),
	},
	{
		weight: 2,
		arbitrary: fc
			.constantFrom('Bad event', 'Another bad event')
			.map((text): EventNature => ({ kind: 'poison', text })),
	},
	{
		weight: 2,
		arbitrary: fc
			.constantFrom(POISON, 'SERVER_ERROR', 'DUPLICATE')
			.map((then): EventNature => ({ kind: 'once', then })),
	},
	{
		weight: 2,
		arbitrary: fc
			.integer({ min: 1, max: 4 })
			.map((times): EventNature => ({ kind: 'queueFull', times })),
	},
);

const status = (code: number, retryAfterMs?: number): ServerAnswer => ({
	kind: 'status',
	status: code,
	form: 'text',
	text: `HTTP ${code}`,
	...(retryAfterMs !== undefined && { retryAfterMs }),
});

const noAnswer = (reason: 'CONNECTION_LOST' | 'TIMEOUT'): ServerAnswer => ({
	kind: 'noAnswer',
	reason,
	text: reason,
});

const NOT_TAKEN: readonly ServerAnswer[] = [
	status(429),
	status(429, 1000),
	status(429, 3_600_000),
	status(503, 2000),
	{ kind: 'notTaken', reason: 'CONNECTION_FAILED', text: 'CONNECTION_FAILED' },
];

const FATAL: readonly ServerAnswer[] = [301, 302, 307, 401, 402, 403, 404, 405, 415, 451].map(
	(code) => status(code),
);

const LOST: ReadonlyArray<ServerAnswer | 'throw'> = [
	...[408, 500, 502, 503, 504, 520, 202, 204].map((code) => status(code)),
	noAnswer('CONNECTION_LOST'),
	noAnswer('TIMEOUT'),
	{ kind: 'status', status: 200, form: 'text', text: 'not JSON' },
	json({ results: [{ status: 'ACCEPTED' }, {}] }),
	{ kind: 'results', statuses: [] },
	'throw',
];

const fault: fc.Arbitrary<Fault> = fc.oneof(
	{ weight: 20, arbitrary: fc.constant<Fault>({ kind: 'none' }) },
	{
		weight: 6,
		arbitrary: fc.constantFrom(...NOT_TAKEN).map((answer): Fault => ({ kind: 'notTaken', answer })),
	},
	{
		weight: 4,
		arbitrary: fc
			.tuple(fc.constantFrom(...LOST), fc.boolean())
			.map(([answer, taken]): Fault => ({ kind: 'lost', answer, taken })),
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom(...FATAL).map((answer): Fault => ({ kind: 'fatal', answer })),
	},
);

const faults: fc.Arbitrary<readonly Fault[]> = fc.oneof(
	{ weight: 1, arbitrary: fc.constant([]) },
	{ weight: 4, arbitrary: fc.array(fault, { maxLength: 40, size: 'max' }) },
	// A server that fails in one way for long.
	{ weight: 1, arbitrary: fault.map((always) => new Array<Fault>(300).fill(always)) },
);

const settings: fc.Arbitrary<DeliverySettings> = fc.record({
	batchSize: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(64)),
	parallelRequests: fc.integer({ min: 0, max: 16 }),
	requestsPerSecond: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.constant(100)),
	maxRetries: fc.integer({ min: 0, max: 6 }),
	onUncertain: fc.constantFrom('report', 'resend'),
	stopOnProblem: fc.constantFrom(false, false, true),
});

const latency = fc.integer({ min: 0, max: 2000 });

export const deliveryScript: fc.Arbitrary<DeliveryScript> = fc.record({
	natures: fc.oneof(
		{ weight: 12, arbitrary: fc.array(nature, { maxLength: 60, size: 'max' }) },
		// Events that are all alike: the search among them has to end.
		{ weight: 1, arbitrary: nature.map((all) => new Array<EventNature>(90).fill(all)) },
	),
	faults,
	latencies: fc.array(latency, { minLength: 1, maxLength: 5 }),
	sizeLimit: fc.oneof(
		{ weight: 6, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
		{ weight: 1, arbitrary: fc.integer({ min: 1, max: 8 }) },
	),
	settings,
	types: fc.integer({ min: 1, max: 3 }),
	contacts: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20 })),
	cancelAt: fc.oneof(
		{ weight: 3, arbitrary: fc.constant(undefined) },
		{ weight: 1, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
	),
	chance: fc.array(
		fc.integer({ min: 0, max: 999 }).map((n) => n / 1000),
		{
			minLength: 1,
			maxLength: 5,
		},
	),
});
