export interface Group {
	readonly id: number;
	readonly name: string;
	readonly type: 'Static' | 'Dynamic' | 'Combined';
}

const FIRST: readonly Group[] = [
	{ id: 1, name: 'Newsletter', type: 'Static' },
	{ id: 2, name: 'Buyers of this month', type: 'Dynamic' },
	{ id: 3, name: 'Buyers of all regions', type: 'Combined' },
];

/** The groups (segments) of the account: one of each type from the start, and the static ones that imports name. */
export class Groups {
	#groups: readonly Group[] = FIRST;

	get all(): readonly Group[] {
		return this.#groups;
	}

	/** Makes those that are missing. @returns the names of those that take contacts */
	take(names: readonly string[]): readonly string[] {
		for (const name of names) {
			if (this.#groups.some((group) => group.name === name)) continue;
			this.#groups = [...this.#groups, { id: this.#groups.length + 1, name, type: 'Static' }];
		}
		return names.filter((name) =>
			this.#groups.some((group) => group.name === name && group.type === 'Static'),
		);
	}

	clear(): void {
		this.#groups = FIRST;
	}
}
