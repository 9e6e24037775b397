import { Random } from '../../scripts/sample/random.mts';
import type { Deviation } from './deviations.mts';
import { emptyTally, runTrial, SETTINGS, type Tally, type Trial } from './trial.mts';

/** Each deviation or pair of them through Send under every error setting, and through Delete under one in turn. */
export function trialsOf(deviations: ReadonlyArray<readonly Deviation[]>): Trial[] {
	return deviations.flatMap((together, index) => [
		...SETTINGS.map((onError): Trial => ({ operation: 'send', onError, deviations: together })),
		{ operation: 'delete', onError: SETTINGS[index % SETTINGS.length], deviations: together },
	]);
}

/** Random pairs of deviations of two subjects, which share no switch and ask for no two credentials. */
export function randomPairs(
	deviations: readonly Deviation[],
	count: number,
	seed: number,
): Array<readonly [Deviation, Deviation]> {
	const random = new Random(seed);
	const pairs: Array<readonly [Deviation, Deviation]> = [];
	while (pairs.length < count) {
		const pair = [random.pick(deviations), random.pick(deviations)] as const;
		if (goTogether(...pair)) pairs.push(pair);
	}
	return pairs;
}

/** Whether two deviations can be tried in one run, and a client can know what came of it. */
export function goTogether(one: Deviation, other: Deviation): boolean {
	const shared = Object.keys(one.switches).some((name) => Object.hasOwn(other.switches, name));
	const credentials = new Set([one.authentication, other.authentication]);
	credentials.delete(undefined);
	const lies = claimsSuccess(one, other) || claimsSuccess(other, one);
	return one.subject !== other.subject && !shared && credentials.size < 2 && !lies;
}

/** A fault that makes a success of the page with which the other keeps a deletion from being carried out: nobody could tell. */
function claimsSuccess({ faults }: Deviation, { subject }: Deviation): boolean {
	const claims = faults.some(
		({ kind, status = 500 }) => kind === 'empty' || (kind === 'status' && status < 300),
	);
	return claims && subject === 'htmlInstead';
}

/**
 * Runs trials, many at a time, since most of them wait.
 *
 * @param done told of each that has ended
 */
export async function runTrials(
	trials: readonly Trial[],
	atOnce: number,
	done: (trial: Trial, tally: Tally) => void,
): Promise<Tally> {
	const total = emptyTally();
	const waiting = [...trials];
	const work = async () => {
		for (let trial = waiting.shift(); trial !== undefined; trial = waiting.shift()) {
			const tally = await runTrial(trial);
			addTo(total, tally);
			done(trial, tally);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, work));
	return total;
}

/** Adds a tally to another. */
export function addTo(total: Tally, tally: Tally): void {
	total.items += tally.items;
	total.done += tally.done;
	total.rejected += tally.rejected;
	total.uncertain += tally.uncertain;
	total.notSent += tally.notSent;
	total.lost += tally.lost;
	total.toldWrongly += tally.toldWrongly;
	total.doubled += tally.doubled;
	total.secrets += tally.secrets;
	total.faults.push(...tally.faults);
}
