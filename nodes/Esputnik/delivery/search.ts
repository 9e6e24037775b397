import type { DeliveryFault } from './verdict';

/** What the searches of a run may cost: one extra request for each five records, and never more than this. */
const RECORDS_PER_EXTRA_REQUEST = 5;
const MOST_EXTRA_REQUESTS = 2000;

/**
 * Small runs may cost more: 50 bad records can lie in 500 in 2^230 ways, which no 100 answers tell apart. Halving finds them with 432 requests
 * at most where they are of one kind and refused for one cause, and with 470 in the worst case that was found.
 */
const EXTRA_REQUESTS_OF_SMALL_RUNS = 480;

/** So many refusals for one cause, and nothing taken: perhaps no record of the kind will ever be. */
const REFUSALS_THAT_RAISE_DOUBT = 6;

/** So few records are rather sent to the end than given up. */
const FEW_RECORDS = 32;

/** Records that no kind tells apart, and parts that hold several kinds. */
const MIXED = '';

/** A refusal of a request. `tooLarge`: for its size. */
export interface Refusal<Fault> {
	readonly fault: Fault;
	readonly cause: string;
	readonly tooLarge?: boolean;
}

/** Some records of a refused request, sent for themselves. */
export interface Part<Fault> {
	readonly search: Search<Fault>;
	/** The kind of all of its records, or that of mixed ones. */
	readonly kind: string;
	/** The kind for which this record alone is to show whether any is taken. */
	readonly probeOf?: string;
}

/** What is known of one kind of records in a search. */
interface Knowledge<Fault> {
	/** By cause. */
	readonly refusals: Map<string, number>;
	anyTaken: boolean;
	/** While single records are tried: how many are out, and for which cause the others were refused. */
	probes?: { readonly cause: string; left: number };
	/** None of the kind will be taken, as far as anyone can tell. */
	hopeless?: Refusal<Fault>;
}

/** What the searches of a run share: what they may cost, and what they taught. */
export class Searches {
	private readonly budget: number;
	private spent = 0;
	/** By kind the causes for which searches were given up. */
	private readonly lessons = new Map<string, Set<string>>();
	/** Records in a request beyond which it may be too large, as far as is known. */
	largestRequest = Number.POSITIVE_INFINITY;

	/** @param kindOf what records that may be refused for one cause have in common, such as their type */
	constructor(
		records: number,
		readonly kindOf: (position: number) => string = () => MIXED,
	) {
		const forAll = Math.floor(records / RECORDS_PER_EXTRA_REQUEST);
		this.budget = Math.min(MOST_EXTRA_REQUESTS, Math.max(EXTRA_REQUESTS_OF_SMALL_RUNS, forAll));
	}

	/** Whether so many extra requests may be made; they count as made then. */
	afford(requests: number): boolean {
		if (this.spent + requests > this.budget) return false;
		this.spent += requests;
		return true;
	}

	/** So many extra requests are not sent after all. */
	giveBack(requests: number): void {
		this.spent -= requests;
	}

	learn(kind: string, cause: string): void {
		const causes = this.lessons.get(kind) ?? new Set();
		this.lessons.set(kind, causes.add(cause));
	}

	knows(kind: string, cause: string): boolean {
		return this.lessons.get(kind)?.has(cause) ?? false;
	}

	forget(kind: string): void {
		this.lessons.delete(kind);
	}
}

/**
 * The search for the bad records of one refused request, by halves, breadth first.
 *
 * Where all of a kind are refused, halving leads nowhere. So once 6 parts were refused for the same cause and none was taken, one record
 * of each waiting part is tried alone; where all of these are refused for that cause, too, the kind is given up. In later requests a cause
 * that is known in this way is put to the same test at once.
 */
export class Search<Fault> {
	private readonly knowledge = new Map<string, Knowledge<Fault>>();

	/** @param records in the refused request */
	constructor(
		private readonly searches: Searches,
		private readonly records: number,
	) {}

	/** The kind of all of these records, or that of mixed ones. */
	kindOf(positions: readonly number[]): string {
		const [first] = positions;
		const kind = this.searches.kindOf(first);
		return positions.every((position) => this.searches.kindOf(position) === kind) ? kind : MIXED;
	}

	/** Why records of the kind are not tried any more; undefined where they are. */
	givenUp(kind: string): DeliveryFault<Fault> | undefined {
		const refusal = this.knowledge.get(kind)?.hopeless;
		return refusal === undefined ? undefined : { kind: 'notTriedAlone', refusal: refusal.fault };
	}

	/** A part was taken. */
	taken(positions: readonly number[]): void {
		const { searches } = this;
		for (const kind of new Set([
			MIXED,
			...positions.map((position) => searches.kindOf(position)),
		])) {
			this.of(kind).anyTaken = true;
			searches.forget(kind);
		}
		if (!Number.isFinite(searches.largestRequest)) return;
		// Where a half was taken, a single record was too large, not their number.
		searches.largestRequest =
			positions.length * 2 >= this.records
				? Number.POSITIVE_INFINITY
				: Math.max(searches.largestRequest, positions.length);
	}

	/**
	 * The request, or a part of it, was refused.
	 *
	 * @param part unless it is the request itself
	 * @param waiting how many records of its kind wait in other parts
	 * @returns `goOn`: divide it; `probe`: try single records of all parts of its kind first; `giveUp`: none of the kind will be taken
	 */
	refused(
		positions: readonly number[],
		refusal: Refusal<Fault>,
		part: Part<Fault> | undefined,
		waiting: number,
	): 'goOn' | 'probe' | 'giveUp' {
		const kind = part?.probeOf ?? part?.kind ?? this.kindOf(positions);
		const known = this.of(kind);
		const { cause } = refusal;
		if (refusal.tooLarge === true && !known.anyTaken) this.shrinkRequests(positions.length);
		if (known.hopeless !== undefined) return 'giveUp';
		if (known.anyTaken) return 'goOn';

		if (part?.probeOf !== undefined) {
			const { probes } = known;
			if (probes?.cause !== cause || --probes.left > 0) return 'goOn';
			known.hopeless = refusal;
			this.searches.learn(kind, cause);
			return 'giveUp';
		}
		const refusals = (known.refusals.get(cause) ?? 0) + (part === undefined ? 0 : 1);
		known.refusals.set(cause, refusals);
		const isDoubtful = refusals >= REFUSALS_THAT_RAISE_DOUBT || this.searches.knows(kind, cause);
		const isMany = positions.length + waiting > FEW_RECORDS;
		return isDoubtful && isMany && known.probes === undefined ? 'probe' : 'goOn';
	}

	/** Single records are tried. @param count how many */
	probing(kind: string, cause: string, count: number): void {
		this.of(kind).probes = { cause, left: count };
	}

	/**
	 * What to send in the place of a refused request: the records of each kind that was refused for this cause before, and the others
	 * together; else two halves, between kinds where that can be.
	 */
	divide(positions: readonly number[], { cause }: Refusal<Fault>): number[][] {
		const kinds = new Map<string, number[]>();
		for (const position of positions) {
			const kind = this.searches.kindOf(position);
			const ofKind = kinds.get(kind);
			if (ofKind === undefined) kinds.set(kind, [position]);
			else ofKind.push(position);
		}
		const isKnown = (kind: string) => this.searches.knows(kind, cause);
		const known = [...kinds].filter(([kind]) => isKnown(kind)).map(([, ofKind]) => ofKind);
		const others = [...kinds].filter(([kind]) => !isKnown(kind)).flatMap(([, ofKind]) => ofKind);
		return known.length > 0 && others.length > 0
			? [others, ...known]
			: halves([...kinds.values()].flat());
	}

	private shrinkRequests(records: number): void {
		const { searches } = this;
		searches.largestRequest = Math.min(searches.largestRequest, Math.ceil(records / 2));
	}

	private of(kind: string): Knowledge<Fault> {
		const known = this.knowledge.get(kind) ?? { refusals: new Map(), anyTaken: false };
		this.knowledge.set(kind, known);
		return known;
	}
}

/** Two halves, the first of them the larger one where they differ. */
export function halves<T>(list: readonly T[]): [T[], T[]] {
	const middle = Math.ceil(list.length / 2);
	return [list.slice(0, middle), list.slice(middle)];
}

/** One record and the others. Not the first one: what is bad may come at regular distances. */
export function oneAndOthers<T>(list: readonly T[]): [T[], T[]] {
	const one = Math.floor(list.length * 0.618);
	return [[list[one]], list.filter((_, index) => index !== one)];
}
