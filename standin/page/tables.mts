import { markup, type Html, type Value } from './html.mts';

export const NOTHING = markup`<p class="soft">Nothing yet.</p>`;

/** A column of a table: its heading, and what stands in it; numbers stand to the right. */
export type Column<T> = readonly [heading: string, cell: (row: T) => Value];

export function table<T>(rows: readonly T[], columns: ReadonlyArray<Column<T>>): Html {
	if (rows.length === 0) return NOTHING;
	const first = rows[0];
	const classes = columns.map(([, cell]) => (isNumber(cell(first)) ? 'n' : ''));
	const heads = columns.map(([heading], i) => markup`<th class="${classes[i]}">${heading}</th>`);
	const lines = rows.map((row) => {
		const cells = columns.map(([, cell], i) => {
			const value = cell(row);
			const text = typeof value === 'number' ? number(value) : value;
			return markup`<td class="${classes[i]}">${text}</td>`;
		});
		return markup`<tr>${cells}</tr>\n`;
	});
	return markup`<div class="scroll"><table><tr>${heads}</tr>\n${lines}</table></div>`;
}

function isNumber(value: Value): boolean {
	return typeof value === 'number';
}

/** A table of counts by name. */
export function counted(name: string, counts: Readonly<Record<string, number>>): Html {
	return table(Object.entries(counts), [
		[name, ([key]) => (key === '0' ? 'no whole answer' : key)],
		['Count', ([, count]) => count],
	]);
}

/** A number as people read it. */
export function number(value: number): string {
	return value.toLocaleString('en-US');
}
