import type { Random } from './random.mts';

/** A way in which a row of the sample is broken, and what becomes of it. */
export interface Defect {
	/** The reason that the node must give for it. */
	readonly reason: string;
	/** Whether eSputnik refuses it (after it was sent) or the node (before). */
	readonly refusedBy: 'node' | 'eSputnik';
	/** How many of 10,000 rows have it, on average. */
	readonly perTenThousand: number;
	/** What stands in the row instead. */
	readonly values: (
		row: { email: string },
		random: Random,
	) => { email?: string; created_at?: string };
}

/** What goes wrong in exports of real shops. A row has one defect at most, so its reason is certain. */
export const DEFECTS: readonly Defect[] = [
	{
		reason: 'KEY_VALUE_REQUIRED',
		refusedBy: 'node',
		perTenThousand: 40,
		values: () => ({ email: '' }),
	},
	{
		reason: 'KEY_VALUE_NOT_AN_EMAIL',
		refusedBy: 'node',
		perTenThousand: 15,
		values: ({ email }, random) => ({
			email: random.pick([email.replace('@', ' at '), '+380671234567', 'guest']),
		}),
	},
	{
		reason: 'KEY_VALUE_FORBIDDEN_CHARACTER',
		refusedBy: 'node',
		perTenThousand: 15,
		values: ({ email }, random) => ({
			email: random.pick([`o'${email}`, `<${email}>`, `${email};`, `"${email}"`]),
		}),
	},
	{
		reason: 'KEY_VALUE_TOO_LONG',
		refusedBy: 'node',
		perTenThousand: 4,
		values: ({ email }) => ({ email: `${'very.'.repeat(60)}${email}` }),
	},
	{
		reason: 'INCORRECT_OCCURRED_DATE_FORMAT',
		refusedBy: 'node',
		perTenThousand: 20,
		values: (_, random) => ({
			created_at: random.pick(['yesterday', 'n/a', '2024-13-45 10:00:00', '31.02.2025', '10:45']),
		}),
	},
	{
		reason: 'OCCURRED_AMBIGUOUS',
		refusedBy: 'node',
		perTenThousand: 15,
		values: (_, random) => ({
			created_at: `0${random.between(1, 9)}/1${random.between(0, 2)}/2024 10:11`,
		}),
	},
	{
		reason: 'OCCURRED_DATE_IS_REQUIRED',
		refusedBy: 'node',
		perTenThousand: 10,
		values: () => ({ created_at: '' }),
	},
	{
		reason: 'OCCURRED_TIME_IN_FUTURE',
		refusedBy: 'eSputnik',
		perTenThousand: 8,
		values: (_, random) => ({ created_at: `20${random.between(90, 99)}-05-12T10:11:00Z` }),
	},
];
