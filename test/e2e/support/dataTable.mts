import { z } from 'zod';
import type { Stage } from './stage.mts';

const Created = z.object({ id: z.string() });
const Rows = z.object({ count: z.number(), data: z.array(z.record(z.unknown())) });

/** A data table of n8n. */
export interface DataTable {
	readonly rows: () => Promise<Record<string, unknown>[]>;
}

/** Makes a data table of text columns and fills it. */
export async function createDataTable(
	stage: Stage,
	name: string,
	columns: readonly string[],
	rows: readonly Record<string, string>[],
): Promise<DataTable> {
	const tables = await tablesOf(stage);
	const table = Created.parse(
		await stage.api.request('POST', tables, {
			name,
			columns: columns.map((column) => ({ name: column, type: 'string' })),
		}),
	);
	await stage.api.request('POST', `${tables}/${table.id}/insert`, {
		data: rows,
		returnType: 'count',
	});
	return tableAt(stage, `${tables}/${table.id}`);
}

const Tables = z.object({ data: z.array(z.object({ id: z.string(), name: z.string() })) });

/** The data table of this name, made by a workflow. */
export async function openDataTable(stage: Stage, name: string): Promise<DataTable> {
	const tables = await tablesOf(stage);
	const { data } = Tables.parse(await stage.api.request('GET', tables));
	const table = data.find((one) => one.name === name);
	if (table === undefined) throw new Error(`There is no data table ${name}`);
	return tableAt(stage, `${tables}/${table.id}`);
}

async function tablesOf(stage: Stage): Promise<string> {
	const project = Created.parse(await stage.api.request('GET', '/projects/personal'));
	return `/projects/${project.id}/data-tables`;
}

function tableAt(stage: Stage, path: string): DataTable {
	return {
		async rows() {
			const all: Record<string, unknown>[] = [];
			for (;;) {
				const page = Rows.parse(
					await stage.api.request('GET', `${path}/rows?take=250&skip=${all.length}&sortBy=id:asc`),
				);
				all.push(...page.data);
				if (all.length >= page.count) return all;
			}
		},
	};
}
