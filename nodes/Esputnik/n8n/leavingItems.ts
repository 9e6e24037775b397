import type { INodeExecutionData } from 'n8n-workflow';

/** An empty array for the items that leave the node. */
export function leavingItems(hasErrorOutput: boolean): INodeExecutionData[] {
	return hasErrorOutput ? new QuicklyEmptied() : [];
}

/**
 * Where a node has an error output n8n empties its array by `shift`, item by item, and JavaScript moves all the others each time: 0.7 s
 * for 100,000 items, a minute for a million. Here the first `shift` turns the array round, and each takes from the end.
 */
class QuicklyEmptied extends Array<INodeExecutionData> {
	#isTurned = false;

	static override get [Symbol.species](): ArrayConstructor {
		return Array;
	}

	override shift(): INodeExecutionData | undefined {
		if (!this.#isTurned) this.reverse();
		this.#isTurned = true;
		return this.pop();
	}
}
