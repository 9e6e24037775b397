import { stringify } from 'csv-stringify/sync';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunResult } from '../../test/support/engine.mts';
import { ESPUTNIK } from '../../test/support/workflowJson.mts';
import type { CustomersSummary } from './customers.mts';
import type { DemoSummary } from './summary.mts';

const LABEL_WIDTH = 34;
const NUMBER_WIDTH = 8;

/** The import of the customers as a table for the terminal. */
export function customersTable(summary: CustomersSummary): string {
	const { customers, imported, requests, durationMs } = summary;
	return [
		row('Customers', customers),
		row('Imported', imported, 'contacts of which eSputnik told the id'),
		row('Requests', requests, `${(durationMs / 1000).toFixed(2)} s in the node, with the wait`),
	].join('\n');
}

/**
 * The summary as a table for the terminal: a label, a number and, for what was refused, the first message.
 *
 * @param withoutContact events that belong to no contact of the local eSputnik
 */
export function reportTable(
	{ accepted, refused, requests, durationMs }: DemoSummary,
	withoutContact: number,
): string {
	const seconds = durationMs / 1000;
	const total = refused.reduce((sum, { count }) => sum + count, 0);
	return [
		row('Accepted', accepted),
		row('  without a contact', withoutContact, withoutContact > 0 ? 'they belong to nobody' : ''),
		row('Rejected', total),
		...refused.map(({ reason, count, message }) => row(`  ${reason}`, count, `e.g. ${message}`)),
		row('Requests', requests),
		row('Events per second', Math.round(accepted / seconds), `${seconds.toFixed(2)} s in the node`),
	].join('\n');
}

/**
 * Keeps the results after the local eSputnik is gone.
 * @returns lines that say where they are
 */
export async function writeResults(
	folder: string,
	run: RunResult,
	standinUrl: string,
): Promise<string[]> {
	const accepted = join(folder, 'accepted.csv');
	const toCorrect = join(folder, 'to-correct.csv');
	const page = join(folder, 'esputnik.html');
	writeFileSync(
		accepted,
		table(
			run.output(ESPUTNIK, 0).map(({ json }) => json),
			['status', 'eventTypeKey', 'keyValue', 'occurred', 'request'],
		),
	);
	writeFileSync(
		toCorrect,
		table(
			run.output(ESPUTNIK, 1).map(({ json }) => json),
			['order_id', 'error', 'message', 'email', 'created_at'],
		),
	);
	writeFileSync(page, await (await fetch(standinUrl)).text());
	return [
		`Accepted orders           ${accepted}`,
		`Orders to correct         ${toCorrect}`,
		`What eSputnik received    ${page}`,
	];
}

function table(rows: object[], columns: string[]): string {
	return stringify(rows, { header: true, columns });
}

function row(label: string, number: number, remark = ''): string {
	const value = number.toLocaleString('en').padStart(NUMBER_WIDTH);
	return `${label.padEnd(LABEL_WIDTH)}${value}  ${short(remark)}`.trimEnd();
}

function short(text: string): string {
	return text.length > 110 ? `${text.slice(0, 109)}…` : text;
}
