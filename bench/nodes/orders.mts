import type { IDataObject } from 'n8n-workflow';

/** The instants of the orders: one every 37 minutes, the offset of the shop's server before them. */
const FIRST_ORDER = Date.UTC(2022, 0, 1);
const STEP_MS = 37 * 60_000;
const OFFSET_MS = 2 * 3_600_000;

const STATUSES = ['DELIVERED', 'IN_PROGRESS', 'INITIALIZED', 'CANCELLED'];
const CITIES = ['Kyiv', 'Львів', 'Warszawa', 'Łódź', 'Praha', 'Berlin'];

/**
 * Orders as an API hands them over: text and numbers, the time with an offset that is not the account's. They are cloned, so
 * that their texts lie in memory in one piece, as those of a parsed answer do.
 */
export function makeOrders(count: number): IDataObject[] {
	const orders = Array.from({ length: count }, (_, index) => ({
		order_id: `WEB-${100_000 + index}`,
		email: `buyer.${index % Math.ceil(count / 3)}@example.com`,
		phone: `+38067${String(index).padStart(7, '0')}`,
		city: CITIES[index % CITIES.length],
		created_at: offsetTime(FIRST_ORDER + index * STEP_MS),
		status: STATUSES[index % STATUSES.length],
		total_cost: 100 + (index % 90_000) / 100,
		currency: index % 3 ? 'UAH' : 'EUR',
	}));
	return structuredClone(orders);
}

function offsetTime(instant: number): string {
	return `${new Date(instant + OFFSET_MS).toISOString().slice(0, 19)}+02:00`;
}

/** The fields that become parameters, in the order of the panel. */
export const PARAMS = [
	['externalOrderId', 'order_id'],
	['totalCost', 'total_cost'],
	['currency', 'currency'],
	['status', 'status'],
	['date', 'created_at'],
	['email', 'email'],
] as const;

/** A field as text. */
export function fieldText(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}
