import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ordersCsv, sampleOrders } from '../../../scripts/sample/orders.mts';

/** The orders that the example reads: some are broken on purpose. */
export const SAMPLE = sampleOrders(2000);

/** Items of the large runs. */
export const LARGE = 100_000;

/** Every so many rows of the large file has no date, so that the node refuses it. */
export const BAD_EVERY = 1000;

/** Writes the CSV files that the workflows read. */
export async function writeFiles(folder: string): Promise<void> {
	const orders = Array.from({ length: 2000 }, (_, index) => row(index, occurredAt(index)));
	await writeFile(join(folder, 'sample.csv'), ordersCsv(SAMPLE.rows));
	await writeFile(join(folder, 'spring.csv'), springCsv());
	await writeFile(join(folder, 'orders.csv'), csv(orders.slice(0, 30)));
	await writeFile(join(folder, 'two-thousand.csv'), csv(orders));
	await writeFile(join(folder, 'flawed.csv'), csv([...orders.slice(0, 12), ...flaws()]));
	await writeFile(join(folder, 'large.csv'), largeCsv(occurredAt));
	await writeFile(
		join(folder, 'large-flawed.csv'),
		largeCsv((index) => (index % BAD_EVERY === 7 ? '' : occurredAt(index))),
	);
}

/** 2,000 moments from the middle of February to the middle of April 2024, over the change to summer time in Kyiv. */
export const SPRING: readonly string[] = [
	// By the clocks of Kyiv: the last minute of February, the first of March …
	'2024-02-29T21:59:00Z',
	'2024-02-29T22:00:00Z',
	// … the minutes around the change, 02:59 and then 04:00 …
	'2024-03-31T00:59:00Z',
	'2024-03-31T01:00:00Z',
	// … and the last minute of March, the first of April.
	'2024-03-31T20:59:00Z',
	'2024-03-31T21:00:00Z',
	...Array.from({ length: 1994 }, (_, index) =>
		new Date(Date.UTC(2024, 1, 14, 12, 30) + index * 44 * 60_000).toISOString(),
	),
];

function springCsv(): string {
	return `email,at\n${SPRING.map((at, index) => `${emailOf(index)},${at}`).join('\n')}\n`;
}

/** The address of the buyer of a row. */
export function emailOf(index: number): string {
	return `buyer${index}@example.com`;
}

/** When a row occurred: one a minute from the first of January 2024 on, in the form that eSputnik takes. */
export function occurredAt(index: number): string {
	return new Date(Date.UTC(2024, 0, 1) + index * 60_000).toISOString().slice(0, 16);
}

/** Rows that the node refuses, each for another reason. */
function flaws(): string[] {
	return [
		row(12, ''),
		row(13, '12/05/2024'),
		row(14, occurredAt(14)).replace(emailOf(14), ''),
		row(15, occurredAt(15)).replace(emailOf(15), 'not-an-address'),
	];
}

function row(index: number, at: string): string {
	const total = ((index % 500) + 0.5).toFixed(2);
	return `A-${1000 + index},${emailOf(index)},${at},${total},DELIVERED,${occurredAt(index)}:00,Kyiv`;
}

function largeCsv(at: (index: number) => string): string {
	const rows = Array.from(
		{ length: LARGE },
		(_, index) => `${emailOf(index)},${at(index)},${(index % 500) + 0.5}`,
	);
	return `email,created_at,totalCost\n${rows.join('\n')}\n`;
}

function csv(rows: readonly string[]): string {
	return `externalOrderId,email,created_at,totalCost,status,date,city\n${rows.join('\n')}\n`;
}
