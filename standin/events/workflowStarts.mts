/** A workflow that eSputnik would have started for a live event. */
export interface WorkflowStart {
	readonly eventTypeKey: string;
	readonly keyValue: string;
	/** Whom it would have been for; undefined where the event matched no contact. */
	readonly contact?: string;
	readonly request: number;
}

export interface StartsOfType {
	readonly starts: number;
	/** For how many different contacts. */
	readonly contacts: number;
	/** How many were for no contact. */
	readonly withoutContact: number;
}

const KEPT_STARTS = 1000;

/** What live events would have set going, were one workflow bound to each event type. */
export class WorkflowStarts {
	#byType = new Map<
		string,
		{ starts: number; withoutContact: number; contacts: Set<string>; keys: Set<string> }
	>();
	#last: WorkflowStart[] = [];

	/** The last starts, up to a thousand, in their order. */
	get last(): readonly WorkflowStart[] {
		return this.#last.slice(-KEPT_STARTS);
	}

	get byType(): Readonly<Record<string, StartsOfType>> {
		return Object.fromEntries(
			Array.from(this.#byType, ([type, { starts, withoutContact, contacts }]) => [
				type,
				{ starts, contacts: contacts.size, withoutContact },
			]),
		);
	}

	/** @param isUnique whether the workflow of the type processes unique events alone: a key value starts it once */
	add(start: WorkflowStart, isUnique: boolean): void {
		const known = this.#byType.get(start.eventTypeKey);
		const type = known ?? { starts: 0, withoutContact: 0, contacts: new Set(), keys: new Set() };
		if (known === undefined) this.#byType.set(start.eventTypeKey, type);
		if (isUnique && start.keyValue !== '') {
			if (type.keys.has(start.keyValue)) return;
			type.keys.add(start.keyValue);
		}
		type.starts++;
		if (start.contact === undefined) type.withoutContact++;
		else type.contacts.add(start.contact);
		this.#last.push(start);
		if (this.#last.length > 2 * KEPT_STARTS) this.#last = this.#last.slice(-KEPT_STARTS);
	}

	clear(): void {
		this.#byType.clear();
		this.#last = [];
	}
}
