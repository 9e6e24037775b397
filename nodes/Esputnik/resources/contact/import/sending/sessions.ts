import type { Client } from '../../../../api/client';
import type { Traffic } from '../../../../delivery/traffic';
import { verdictOnFault, type RequestFault } from '../../../../requests/requestFault';
import { readSessionState, type ContactIds } from './answers';
import { importStatusPath } from './importBody';

/** How an import ended, as far as it was waited for. */
export type SessionEnd =
	| { readonly kind: 'finished'; readonly mapping: ContactIds }
	| { readonly kind: 'failed'; readonly mapping: ContactIds; readonly description: string }
	/** The wait ran out, or the user clicked Stop. */
	| { readonly kind: 'stillWorking' }
	/** The credential may not ask. */
	| { readonly kind: 'cannotAsk'; readonly fault: RequestFault };

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Waits until eSputnik has finished each import, by asking for one after another through the traffic of the run. An answer that says
 * nothing (an unknown session, a failing server) counts as "still working": a new session may be unknown for a while (contract).
 *
 * @param maxWaitMs for all of them together
 * @returns how each ended, by session
 */
export async function waitForSessions(
	sessions: readonly string[],
	client: Client,
	traffic: Traffic,
	maxWaitMs: number,
): Promise<ReadonlyMap<string, SessionEnd>> {
	const ends = new Map<string, SessionEnd>();
	const { clock } = traffic;
	const deadline = clock.now() + maxWaitMs;
	const mayGoOn = () => !traffic.cancelled && clock.now() < deadline;

	const ask = async (session: string): Promise<SessionEnd> => {
		const start = await traffic.turn(mayGoOn);
		if (start === undefined) return STILL_WORKING;
		const answer = await traffic.send(
			async () => await client({ method: 'GET', path: importStatusPath(session) }),
			start,
		);
		if (answer === 'broken' || answer === 'cancelled') return STILL_WORKING;
		if (answer.kind === 'status' && answer.status >= 200 && answer.status <= 299) {
			const state = readSessionState(answer.json);
			return state.kind === 'working' ? STILL_WORKING : state;
		}
		const verdict = verdictOnFault(answer);
		if (verdict.kind === 'later' && verdict.retryAfterMs !== undefined) {
			traffic.hold(Math.min(verdict.retryAfterMs, LONGEST_PAUSE_MS * 12));
		}
		const isUnknown = answer.kind === 'status' && answer.status === 404;
		return verdict.kind === 'fatal' && !isUnknown
			? { kind: 'cannotAsk', fault: verdict.fault }
			: STILL_WORKING;
	};

	for (const session of sessions) {
		let end = await ask(session);
		for (let pause = FIRST_PAUSE_MS; end.kind === 'stillWorking' && mayGoOn(); ) {
			await traffic.rest(Math.min(pause, deadline - clock.now()), mayGoOn);
			if (mayGoOn()) end = await ask(session);
			pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS);
		}
		ends.set(session, end);
	}
	return ends;
}

const STILL_WORKING: SessionEnd = { kind: 'stillWorking' };
