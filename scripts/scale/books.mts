import type { Cluster } from './cluster.mts';

/** What became of all rows: the table of orders against the books of the local eSputnik. */
export interface Books {
	readonly rows: number;
	/** Rows that are stored, once or more often. */
	readonly stored: number;
	/** Events that were stored beyond the first of a row. */
	readonly doubled: number;
	readonly rejected: number;
	/** Rows of which n8n cannot say whether they are stored: `doubtful` or `uncertain`. */
	readonly doubtful: number;
	readonly doubtfulStored: number;
	/** Rows that are neither stored nor rejected nor doubtful, and rows that are said to be `accepted` and are not stored. */
	readonly lost: number;
	/** Rows that are said to be `rejected` or to be without outcome and are stored. */
	readonly wrong: number;
}

const AT_A_TIME = 20_000;

/** Asks the local eSputnik for each row of the table. */
export async function compareBooks({ source, standin }: Cluster): Promise<Books> {
	const books = {
		...{ rows: 0, stored: 0, rejected: 0, doubtful: 0 },
		...{ doubtfulStored: 0, lost: 0, wrong: 0 },
	};
	const rows = source.sql`select id, email, esputnik_outcome as outcome from orders order by id`;
	for await (const some of rows.cursor(AT_A_TIME)) {
		const keys = some.map(({ id, email }) => `orderCreated\t${email}\t${id}`);
		const counts = await standin.keyCounts(keys);
		for (const [index, { outcome }] of some.entries()) {
			const isStored = counts[index] > 0;
			const isDoubtful = outcome === 'doubtful' || outcome === 'uncertain';
			books.rows++;
			if (isStored) books.stored++;
			if (outcome === 'rejected') books.rejected++;
			if (isDoubtful) books.doubtful++;
			if (isDoubtful && isStored) books.doubtfulStored++;
			if (!isDoubtful && outcome !== 'rejected' && (!isStored || outcome === null)) books.lost++;
			if (isStored && !isDoubtful && outcome !== 'accepted') books.wrong++;
		}
	}
	const { keys } = await standin.counts();
	return { ...books, doubled: keys.doubled };
}
