import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Items of the large runs. */
export const LARGE = 100_000;

/** Every so many rows of the large file has no date, so that the node refuses it. */
export const BAD_EVERY = 1000;

/** Writes the CSV files that the workflows read. */
export async function writeFiles(folder: string): Promise<void> {
	const large = Array.from({ length: LARGE }, (_, index) => row(index, occurredAt(index)));
	const flawed = large.map((line, index) => (index % BAD_EVERY === 7 ? row(index, '') : line));
	await writeFile(join(folder, 'orders.csv'), csv(large.slice(0, 30)));
	await writeFile(join(folder, 'two-thousand.csv'), csv(large.slice(0, 2000)));
	await writeFile(join(folder, 'flawed.csv'), csv([...large.slice(0, 12), ...flaws()]));
	await writeFile(join(folder, 'large.csv'), csv(large));
	await writeFile(join(folder, 'large-flawed.csv'), csv(flawed));
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
	return `A-${1000 + index},${emailOf(index)},${at},${total},DELIVERED,${at}:00,Kyiv`;
}

function csv(rows: readonly string[]): string {
	return `externalOrderId,email,created_at,totalCost,status,date,city\n${rows.join('\n')}\n`;
}
