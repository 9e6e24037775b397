import type { DeliveryFault } from './verdict';

const REFUSALS_THAT_SUFFICE = 32;

/**
 * The search for the bad records of one refused request, by halves. It is given up where halving leads nowhere: when 32 of the
 * extra requests were refused for the same cause and none was taken, it is not single records that the server dislikes.
 */
export class Search<Fault> {
	/** What to say of the records that were not tried alone, once the search was given up. */
	givenUp?: DeliveryFault<Fault>;
	private anyTaken = false;
	private readonly refusals = new Map<string, number>();

	/** An extra request was taken. */
	taken(): void {
		this.anyTaken = true;
	}

	/** An extra request was refused. @returns whether that ends the search */
	refused(refusal: Fault, cause: string): boolean {
		const count = (this.refusals.get(cause) ?? 0) + 1;
		this.refusals.set(cause, count);
		if (this.givenUp !== undefined || this.anyTaken || count < REFUSALS_THAT_SUFFICE) return false;
		this.givenUp = { kind: 'notTriedAlone', refusal };
		return true;
	}
}

/** Two halves, the first of them the larger one where they differ. */
export function halves<T>(list: readonly T[]): [T[], T[]] {
	const middle = Math.ceil(list.length / 2);
	return [list.slice(0, middle), list.slice(middle)];
}
