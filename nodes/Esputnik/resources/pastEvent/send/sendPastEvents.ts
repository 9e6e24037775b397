import type { Client } from '../../../api/client';
import { deliver, noteText, type Clock, type DeliveryReport } from '../../../delivery/deliver';
import type { DeliverySettings } from '../../../delivery/settings';
import type { EventBytes } from '../../../events/eventBytes';
import type { Authentication } from '../../../api/answer';
import type { ApiVersion } from '../../../contract';
import { pastEventsBody, pastEventsPath } from '../pastEvents';
import { createBodyRoom } from './bodyRoom';
import { judgePastEvents, SwitchedOffTypes, type PastEventVerdict } from './judgement';
import { pastEventWords } from './requestWords';

/** Past events that were mapped and checked, and how they are to be sent. */
export interface PastEventsConsignment {
	readonly events: readonly EventBytes[];
	/** The event type key of the event at a position. */
	readonly typeOf: (position: number) => string;
	readonly apiVersion: ApiVersion;
	readonly authentication: Authentication;
	/** What an AI agent is told to do where nobody knows whether a request was taken. */
	readonly ifUncertain?: string;
	/** Told what happens, a line each: no payload and no secret. */
	readonly log: (line: string) => void;
	/** Told of each answer how many events it settled. */
	readonly progress?: (settled: number) => void;
}

/** Sends past events in batches, and tells what became of each. Never throws. */
export async function deliverPastEvents(
	{ events, typeOf, apiVersion, authentication, ifUncertain, log, progress }: PastEventsConsignment,
	client: Client,
	settings: DeliverySettings,
	clock: Clock,
	signal?: AbortSignal,
): Promise<DeliveryReport> {
	const send = createPastEventsSender(client, apiVersion);
	const switchedOff = new SwitchedOffTypes(typeOf, (type) =>
		log(`Segmentation is switched off for events of type '${type}': no more of them are sent`),
	);
	return await deliver(
		{
			records: events.length,
			send: async (positions) => {
				const verdict = await send(positions.map((position) => events[position]));
				switchedOff.learn(positions, verdict);
				progress?.(settledBy(verdict));
				return verdict;
			},
			words: pastEventWords(authentication, ifUncertain),
			leaveOut: (position) => switchedOff.leaveOut(position),
			kindOf: typeOf,
			observe: (note) => log(noteText(note, 'events')),
		},
		settings,
		clock,
		signal,
	);
}

function settledBy(verdict: PastEventVerdict): number {
	if (verdict.kind !== 'judged') return 0;
	return verdict.records.filter(({ kind }) => kind !== 'notQueued').length;
}

/**
 * What sends a batch of events, 500 at most, and judges the answer event by event. Never throws. The bytes of bodies are used again
 * within one run.
 */
function createPastEventsSender(
	client: Client,
	version: ApiVersion,
): (batch: readonly EventBytes[]) => Promise<PastEventVerdict> {
	const path = pastEventsPath(version);
	const room = createBodyRoom();
	return async (batch) => {
		const body = pastEventsBody(batch, room.take);
		const verdict = judgePastEvents(await client({ method: 'POST', path, body }), batch.length);
		// Who judged every event has read all of the body; in any other case it may still be on its way.
		if (verdict.kind === 'judged') room.giveBack(body);
		return verdict;
	};
}
