import type { Answer } from '../resources/pastEvent/pastEvents';
import type { Problem } from '../problem';
import { classify, retryDelay, type Verdict } from './retryPolicy';
import type { Traffic } from './traffic';

/** What is known of one request between its attempts. */
export interface Attempts {
	/** How often this very body was sent. */
	sent: number;
	/** Retries that its events have behind them. */
	retriesUsed: number;
	/** Why it may be stored already, after an attempt whose end nobody knows. */
	doubt?: Problem;
}

export interface AttemptRules {
	readonly maxRetries: number;
	/** `resend`: an uncertain attempt is repeated like one that was certainly not taken. */
	readonly onUncertain: 'report' | 'resend';
	/** Asked before each attempt and whenever a wait ends early. */
	mayGoOn(): boolean;
	/** Called right before each attempt. */
	starting?(): void;
	/** Called before each wait for another attempt. */
	retrying?(problem: Problem, waitMs: number): void;
}

/** How it ended; `stopped` where it was not to go on before its first or its next attempt. */
export type Ending = Verdict | { readonly kind: 'stopped' };

/**
 * Sends one request until eSputnik judged, refused or lost it, or its retries are used up. Never throws.
 *
 * @param send one attempt; where it throws, nobody knows whether the request was taken
 * @param attempts what came before; kept up to date
 * @returns the last verdict. `later` means that the retries are used up
 */
export async function sendWithRetries(
	send: () => Promise<Answer>,
	attempts: Attempts,
	rules: AttemptRules,
	traffic: Traffic,
): Promise<Ending> {
	const mayGoOn = () => rules.mayGoOn();
	for (;;) {
		const start = await traffic.turn(mayGoOn);
		if (start === undefined) return { kind: 'stopped' };

		rules.starting?.();
		attempts.sent++;
		const verdict = classify(await traffic.send(send, start));

		if (verdict.kind === 'uncertain' || verdict.kind === 'cancelled') {
			attempts.doubt = verdict.problem;
		}
		const resend = verdict.kind === 'uncertain' && rules.onUncertain === 'resend';
		if (verdict.kind !== 'later' && !resend) return verdict;

		const retryAfterMs = verdict.kind === 'later' ? verdict.retryAfterMs : undefined;
		const waitMs = retryDelay(attempts.retriesUsed, traffic.clock.random(), retryAfterMs);
		// The limits are those of the account: what one request is told holds for all.
		if (verdict.kind === 'later') traffic.hold(waitMs);
		if (attempts.retriesUsed >= rules.maxRetries) return verdict;

		if (!mayGoOn()) return { kind: 'stopped' };
		attempts.retriesUsed++;
		rules.retrying?.(verdict.problem, waitMs);
		await traffic.rest(waitMs, mayGoOn);
	}
}
