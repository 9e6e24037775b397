import type { Authentication, HttpAnswer } from '../../../api/answer';
import type { Client } from '../../../api/client';
import type { ApiVersion } from '../../../contract';
import { deliver, noteText, type Clock, type DeliveryReport } from '../../../delivery/deliver';
import type { DeliverySettings } from '../../../delivery/settings';
import type { Verdict, Words } from '../../../delivery/verdict';
import type { EventBytes } from '../../../events/eventBytes';
import { isTaken, verdictOnFault, type RequestFault } from '../../../requests/requestFault';
import { deliveryWords, requestProblem, type RequestTerms } from '../../../requests/requestWords';

/** Live events that were mapped and checked, and how they are to be sent. */
export interface LiveEventsConsignment {
	readonly events: readonly EventBytes[];
	/** By what the event at a position finds its contact. */
	readonly contactOf: (position: number) => string | undefined;
	readonly apiVersion: ApiVersion;
	readonly authentication: Authentication;
	/** What an AI agent is told to do where nobody knows whether a request was taken. */
	readonly ifUncertain?: string;
	/** Told what happens, a line each: no payload and no secret. */
	readonly log: (line: string) => void;
	/** Told of each answer how many events it settled. */
	readonly progress?: (settled: number) => void;
}

/** The path of live events below the base URL. */
export function liveEventPath(version: ApiVersion): string {
	return `/${version}/event`;
}

/** The body of a request: the event itself. */
export function liveEventBody({ bytes, start, end }: EventBytes): Buffer {
	return bytes.subarray(start, end);
}

/**
 * Sends live events, one a request, and tells what became of each. Never throws. Those of one contact are never on their way together:
 * a workflow has to see them in their order.
 */
export async function deliverLiveEvents(
	{
		events,
		contactOf,
		apiVersion,
		authentication,
		ifUncertain,
		log,
		progress,
	}: LiveEventsConsignment,
	client: Client,
	settings: Omit<DeliverySettings, 'batchSize'>,
	clock: Clock,
	signal?: AbortSignal,
): Promise<DeliveryReport> {
	const path = liveEventPath(apiVersion);
	return await deliver(
		{
			records: events.length,
			send: async ([position]) => {
				const body = liveEventBody(events[position]);
				const verdict = judgeLiveEvent(await client({ method: 'POST', path, body }));
				if (verdict.kind === 'judged' || verdict.kind === 'refused') progress?.(1);
				return verdict;
			},
			words: liveEventWords(authentication, ifUncertain),
			// No text of an item begins with this character unless somebody put it there.
			sequenceKey: (position) => contactOf(position) ?? `\0${position}`,
			observe: (note) => log(noteText(note)),
		},
		{ ...settings, batchSize: 1 },
		clock,
		signal,
	);
}

/** What an answer says about a request of one live event. */
function judgeLiveEvent(answer: HttpAnswer): Verdict<RequestFault> {
	return isTaken(answer)
		? { kind: 'judged', records: [{ kind: 'accepted' }] }
		: verdictOnFault(answer);
}

function liveEventWords(authentication: Authentication, ifUncertain?: string): Words<RequestFault> {
	const terms: RequestTerms = {
		authentication,
		one: 'event',
		many: 'events',
		right: 'send events',
		access: 'events',
		api: 'events API',
		lookFirst:
			ifUncertain ??
			'It may or may not have been taken: look in eSputnik whether it is there before you send it again, or its workflow may start twice and the contact get messages twice.',
		ifSlow: ifUncertain === undefined ? "If this happens often, raise 'Timeout'." : '',
		ifCrowded: "If other workflows send events at the same time, lower 'Requests per Second'.",
	};
	return deliveryWords(terms, (fault, together) => requestProblem(fault, terms, together));
}
