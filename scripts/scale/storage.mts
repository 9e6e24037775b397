import type { PostgresDatabase } from '../services/postgres.mts';
import type { Cluster } from './cluster.mts';

/** Room on the disk that a run took. */
export interface Storage {
	/** The table of orders with its indexes, before and after. */
	readonly ordersBefore: number;
	readonly ordersAfter: number;
	/** What Postgres wrote ahead, for n8n's own database, too. */
	readonly walBytes: number;
	/** n8n's own database after the run, the executions that it keeps, and those that it will remove when it prunes. */
	readonly n8nBytes: number;
	readonly executionsKept: number;
	readonly executionsToPrune: number;
}

/** Notes what is there; the function that it gives tells what was added. */
export async function watchStorage({
	source,
	n8nDatabase,
}: Cluster): Promise<() => Promise<Storage>> {
	const walBefore = await number(source, `pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')`);
	const ordersBefore = await number(source, `pg_total_relation_size('orders')`);
	return async () => ({
		ordersBefore,
		ordersAfter: await number(source, `pg_total_relation_size('orders')`),
		walBytes: (await number(source, `pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')`)) - walBefore,
		n8nBytes: await number(n8nDatabase, 'pg_database_size(current_database())'),
		executionsKept: await number(
			n8nDatabase,
			`(select count(*) from execution_entity where "deletedAt" is null)`,
		),
		executionsToPrune: await number(
			n8nDatabase,
			`(select count(*) from execution_entity where "deletedAt" is not null)`,
		),
	});
}

async function number({ sql }: PostgresDatabase, expression: string): Promise<number> {
	const [row] = await sql.unsafe(`select ${expression} as value`);
	return Number(row.value);
}
