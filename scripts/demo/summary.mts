import type { INodeExecutionData } from 'n8n-workflow';
import { property } from '../../test/support/property.mts';

/** What became of the orders, counted from the items that left the eSputnik node. */
export interface DemoSummary {
	readonly accepted: number;
	/** Everything that left by the error output, by reason, most frequent first. */
	readonly refused: readonly Refused[];
	readonly requests: number;
	/** The node's own time in milliseconds. */
	readonly durationMs: number;
}

export interface Refused {
	readonly reason: string;
	readonly count: number;
	/** The message of the first such order. */
	readonly message: string;
}

/**
 * @param accepted the items of the success branch
 * @param toCorrect the items of the error branch: `{ error: reason, message, … }`
 */
export function summarize(
	accepted: readonly INodeExecutionData[],
	toCorrect: readonly INodeExecutionData[],
	cost: { readonly requests: number; readonly durationMs: number },
): DemoSummary {
	const refused = new Map<string, Refused>();
	for (const { json } of toCorrect) {
		const reason = text(json.error);
		const { count = 0, message = text(json.message) } = refused.get(reason) ?? {};
		refused.set(reason, { reason, count: count + 1, message });
	}
	return {
		accepted: accepted.filter(({ json }) => property(json, 'status') === 'accepted').length,
		refused: [...refused.values()].sort((one, other) => other.count - one.count),
		...cost,
	};
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}
