import type { Problem } from '../problem';
import { notTriedAlone } from './problems';

const REFUSALS_THAT_SUFFICE = 32;

/**
 * The search for the bad events of one refused request, by halves. It is given up where halving leads nowhere: when 32 of the
 * extra requests were refused with the same text and none was taken, it is not single events that eSputnik dislikes.
 */
export class Isolation {
	/** What to say of the events that were not tried alone, once the search was given up. */
	givenUp?: Problem;
	private anyTaken = false;
	private readonly refusals = new Map<string, number>();

	/** An extra request was taken. */
	taken(): void {
		this.anyTaken = true;
	}

	/** An extra request was refused. @returns whether that ends the search */
	refused(refusal: Problem): boolean {
		const text = `${refusal.what} ${refusal.value ?? ''}`;
		const count = (this.refusals.get(text) ?? 0) + 1;
		this.refusals.set(text, count);
		if (this.givenUp !== undefined || this.anyTaken || count < REFUSALS_THAT_SUFFICE) return false;
		this.givenUp = notTriedAlone(refusal);
		return true;
	}
}

/** Two halves, the first of them the larger one where they differ. */
export function halves<T>(list: readonly T[]): [T[], T[]] {
	const middle = Math.ceil(list.length / 2);
	return [list.slice(0, middle), list.slice(middle)];
}
