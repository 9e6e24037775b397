import type { Authentication } from '../../../api/answer';
import type { EventBytes } from '../../../events/eventBytes';
import { createBodyRoom } from './bodyRoom';
import type { Client } from '../../../api/client';
import {
	pastEventsBody,
	pastEventsPath,
	readPastEventsAnswer,
	type Answer,
	type ApiVersion,
} from '../pastEvents';

/**
 * What sends a batch of events, 500 at most, and reads the answer event by event. Never throws. The bytes of bodies are used again
 * within one run.
 */
export function createPastEventsSender(
	client: Client,
	version: ApiVersion,
	authentication: Authentication,
): (batch: readonly EventBytes[]) => Promise<Answer> {
	const path = pastEventsPath(version);
	const room = createBodyRoom();
	return async (batch) => {
		const body = pastEventsBody(batch, room.take);
		const whole = await client({ method: 'POST', path, body });
		const answer = readPastEventsAnswer(whole, batch.length, authentication);
		// Who judged every event has read all of the body; in any other case it may still be on its way.
		if (answer.kind === 'results') room.giveBack(body);
		return answer;
	};
}
