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

function row(index: number, at: string): string {
	return `${index},${emailOf(index)},${at},${(index % 500) + 0.5},Kyiv`;
}

function csv(rows: readonly string[]): string {
	return `index,email,at,total,city\n${rows.join('\n')}\n`;
}
