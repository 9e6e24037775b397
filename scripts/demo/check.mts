import { ACCEPTED, MAX_EVENTS_PER_REQUEST } from '../../nodes/Esputnik/contract.ts';
import type { Sample } from '../sample/orders.mts';
import type { CustomersSummary } from './customers.mts';
import type { DemoSummary } from './summary.mts';

/**
 * Compares what the node reports with what the sample was made for, and with what the local eSputnik counted.
 *
 * @param received the statuses that the local eSputnik gave, each with the number of events
 * @returns what does not agree, as sentences; empty where everything does
 */
export function checkDemo(
	{ accepted, refused, requests }: DemoSummary,
	{ rows, refusals, refusedByNode }: Sample,
	received: Readonly<Record<string, number>>,
): string[] {
	const found = Object.fromEntries(refused.map(({ reason, count }) => [reason, count]));
	const expectedRefusals = sum(Object.values(refusals));
	const sent = rows.length - refusedByNode;
	return [
		differs('orders accepted, by the node', accepted, rows.length - expectedRefusals),
		differs('orders accepted, by the local eSputnik', received[ACCEPTED] ?? 0, accepted),
		differs('events received by the local eSputnik', sum(Object.values(received)), sent),
		differs('requests', requests, Math.ceil(sent / MAX_EVENTS_PER_REQUEST)),
		...[...new Set([...Object.keys(refusals), ...Object.keys(found)])].map((reason) =>
			differs(`orders refused with ${reason}`, found[reason] ?? 0, refusals[reason] ?? 0),
		),
	].filter((fault) => fault !== undefined);
}

/** What the import of the customers was for: every event belongs to a contact. */
export function checkCustomers(
	customers: CustomersSummary | undefined,
	withoutContact: number,
): string[] {
	if (customers === undefined) return [];
	return [
		differs('customers imported', customers.imported, customers.customers),
		differs('events without a contact', withoutContact, 0),
	].filter((fault) => fault !== undefined);
}

function differs(what: string, actual: number, expected: number): string | undefined {
	return actual === expected ? undefined : `${what}: ${actual} instead of ${expected}`;
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
