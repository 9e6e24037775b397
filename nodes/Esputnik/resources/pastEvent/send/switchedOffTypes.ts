const DISABLED = 'EVENT_SEGMENTATION_DISABLED';

/**
 * The event types that the account does not take from the past, learnt from the answers, so that a switched-off type costs one
 * request and not all of them. It is a setting per type: a type counts as switched off where every event of that type in one answer says so.
 */
export class SwitchedOffTypes {
	private readonly types = new Set<string>();

	/** @param typeOf the event type key of the event at a position; without it nothing is learnt */
	constructor(private readonly typeOf: ((position: number) => string) | undefined) {}

	/** @returns the types that this answer showed to be switched off, unless known before */
	learn(positions: readonly number[], statuses: readonly string[]): string[] {
		const { typeOf } = this;
		if (typeOf === undefined || !statuses.includes(DISABLED)) return [];
		const on = new Set<string>();
		const off = new Set<string>();
		statuses.forEach((status, index) =>
			(status === DISABLED ? off : on).add(typeOf(positions[index])),
		);
		const learnt = [...off].filter((type) => !on.has(type) && !this.types.has(type));
		for (const type of learnt) this.types.add(type);
		return learnt;
	}

	has(position: number): boolean {
		return (
			this.types.size > 0 && this.typeOf !== undefined && this.types.has(this.typeOf(position))
		);
	}
}
