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
	const project = Created.parse(await stage.api.request('GET', '/projects/personal'));
	const tables = `/projects/${project.id}/data-tables`;
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
	return {
		async rows() {
			const all: Record<string, unknown>[] = [];
			for (;;) {
				const page = Rows.parse(
					await stage.api.request(
						'GET',
						`${tables}/${table.id}/rows?take=250&skip=${all.length}&sortBy=id:asc`,
					),
				);
				all.push(...page.data);
				if (all.length >= page.count) return all;
			}
		},
	};
}
