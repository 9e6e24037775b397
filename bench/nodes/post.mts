import type { IExecuteFunctions, IHttpRequestOptions, INodeExecutionData } from 'n8n-workflow';
import { fieldText } from './orders.mts';

const IN_FLIGHT = 4;
const EVENTS_PER_REQUEST = 500;

/** An event as the vendor's guide shows it. */
export interface PlainEvent {
	readonly eventTypeKey: string;
	readonly keyValue: string;
	readonly params: readonly { readonly name: string; readonly value: string }[];
	readonly occurred: string;
}

/** Cuts a list as this project's node cuts it. */
export function batches<T>(all: readonly T[]): T[][] {
	const cut: T[][] = [];
	for (let start = 0; start < all.length; start += EVENTS_PER_REQUEST) {
		cut.push(all.slice(start, start + EVENTS_PER_REQUEST));
	}
	return cut;
}

/** Posts bodies by n8n's bare HTTP helper, as many in flight as this project's node has: the first alone, then four. */
export async function postAll(
	context: IExecuteFunctions,
	bodies: readonly (Buffer | { events: PlainEvent[] })[],
): Promise<void> {
	const options: IHttpRequestOptions = {
		method: 'POST',
		url: fieldText(context.getNodeParameter('url', 0)),
		auth: { username: 'n8n', password: fieldText(context.getNodeParameter('apiKey', 0)) },
		headers: { 'Content-Type': 'application/json; charset=UTF-8', Accept: 'application/json' },
	};
	let next = 0;
	const post = async () => {
		const body = bodies[next++];
		await context.helpers.httpRequest({ ...options, body });
	};
	const postWhileAny = async () => {
		while (next < bodies.length) await post();
	};
	await post();
	await Promise.all(Array.from({ length: IN_FLIGHT }, postWhileAny));
}

/** One small item for each input item. */
export function smallOutput(count: number): INodeExecutionData[][] {
	const items: INodeExecutionData[] = [];
	for (let item = 0; item < count; item++) {
		items.push({ json: { status: 'accepted' }, pairedItem: { item } });
	}
	return [items];
}
