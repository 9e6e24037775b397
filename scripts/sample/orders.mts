import { stringify } from 'csv-stringify/sync';
import { DateTime } from 'luxon';
import { DEFECTS, type Defect } from './defects.mts';
import { Random } from './random.mts';
import { MARKETS, type Market } from './words.mts';

/** A row of the CSV: texts, as an export has them. `items` holds JSON. */
export interface OrderRow {
	readonly order_id: string;
	readonly email: string;
	readonly phone: string;
	readonly customer_name: string;
	readonly city: string;
	readonly created_at: string;
	readonly order_date: string;
	readonly status: string;
	readonly total_cost: string;
	readonly currency: string;
	readonly items: string;
}

export interface Sample {
	readonly rows: readonly OrderRow[];
	/** By reason: how many rows the node, or eSputnik after it, has to refuse. All others are good. */
	readonly refusals: Readonly<Record<string, number>>;
	/** How many of the rows the node itself has to refuse: these are never sent. */
	readonly refusedByNode: number;
}

const SHOP_ZONE = 'Europe/Kyiv';
const FIRST_ORDER = DateTime.fromISO('2024-01-01T00:00', { zone: 'utc' });
const SECONDS_OF_ORDERS = 540 * 24 * 60 * 60;
const CUSTOMERS_PER_ORDER = 0.35;

/** The ways in which the channels of a shop write one and the same time. All are read without a word about them. */
const CHANNELS: readonly ((at: DateTime) => string | null)[] = [
	(at) => at.setZone(SHOP_ZONE).toISO({ suppressMilliseconds: true }),
	(at) => at.setZone(SHOP_ZONE).toISO({ suppressMilliseconds: true }),
	(at) => at.toUTC().toISO({ suppressMilliseconds: true }),
	(at) => at.toUTC().toISO(),
	(at) => at.setZone(SHOP_ZONE).toFormat('yyyy-MM-dd HH:mm:ss'),
	(at) => at.setZone(SHOP_ZONE).toFormat('dd.MM.yyyy HH:mm'),
	(at) => at.setZone(SHOP_ZONE).toRFC2822(),
	(at) => String(Math.floor(at.toSeconds())),
];

const STATUSES = ['DELIVERED', 'DELIVERED', 'DELIVERED', 'IN_PROGRESS', 'INITIALIZED', 'CANCELLED'];

/**
 * Makes orders of a shop that does not exist: customers in three languages, eight ways to write a date, line items as
 * JSON, and now and then a broken row. The same count and seed give the same orders everywhere.
 */
export function sampleOrders(count: number, seed = 1): Sample {
	const random = new Random(seed);
	const customers = Array.from({ length: Math.ceil(count * CUSTOMERS_PER_ORDER) }, (_, number) =>
		customer(random, number),
	);
	const refusals: Record<string, number> = {};
	let refusedByNode = 0;
	const rows = Array.from({ length: count }, (_, index) => {
		const row = order(random, index, random.pick(customers));
		const defect = pickDefect(random);
		if (!defect) return row;
		refusals[defect.reason] = (refusals[defect.reason] ?? 0) + 1;
		if (defect.refusedBy === 'node') refusedByNode += 1;
		return { ...row, ...defect.values(row, random) };
	});
	return { rows, refusals, refusedByNode };
}

/** A customer as a shop lists one; fields that are not known are empty. */
export type CustomerRow = Pick<OrderRow, 'email' | 'phone' | 'customer_name' | 'city'>;

const PLAUSIBLE_EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** The customers who placed the orders of a sample, each once, as far as their address can be one. */
export function sampleCustomers({ rows }: Sample): CustomerRow[] {
	const customers = new Map<string, CustomerRow>();
	for (const { email, phone, customer_name, city } of rows) {
		if (PLAUSIBLE_EMAIL.test(email)) customers.set(email, { email, phone, customer_name, city });
	}
	return [...customers.values()];
}

/** The orders as a CSV file with a header row, the way a shop exports them. */
export function ordersCsv(rows: readonly OrderRow[]): string {
	return stringify([...rows], { header: true });
}

interface Customer {
	readonly market: Market;
	readonly name: string;
	readonly email: string;
	readonly phone: string;
	readonly city: string;
}

function customer(random: Random, number: number): Customer {
	const market = random.pick(MARKETS);
	const [first, firstLatin] = random.pick(market.firstNames);
	const [last, lastLatin] = random.pick(market.lastNames);
	return {
		market,
		name: `${first} ${last}`,
		email: `${firstLatin}.${lastLatin}.${number}@example.com`,
		phone: `${market.phonePrefix}${String(number).padStart(7, '0')}`,
		city: random.pick(market.cities),
	};
}

function order(
	random: Random,
	index: number,
	{ market, name, email, phone, city }: Customer,
): OrderRow {
	const at = FIRST_ORDER.plus({ seconds: random.between(0, SECONDS_OF_ORDERS) });
	const items = Array.from({ length: random.between(1, 4) }, () => lineItem(random, market));
	const total = items.reduce((sum, { quantity, cost }) => sum + quantity * cost, 0);
	return {
		order_id: String(100_001 + index),
		email,
		phone,
		customer_name: name,
		city,
		created_at: random.pick(CHANNELS)(at) ?? '',
		order_date: at.setZone(SHOP_ZONE).toFormat("yyyy-MM-dd'T'HH:mm:ss"),
		status: random.pick(STATUSES),
		total_cost: total.toFixed(2),
		currency: market.currency,
		items: JSON.stringify(items),
	};
}

function lineItem(random: Random, { products, currency }: Market) {
	const number = random.between(0, products.length - 1);
	const [name, category, cost] = products[number];
	const externalItemId = `${currency}-${number + 1}`;
	return {
		externalItemId,
		name,
		category,
		quantity: random.between(1, 3),
		cost,
		url: `https://shop.example.com/p/${externalItemId}`,
	};
}

function pickDefect(random: Random): Defect | undefined {
	let place = random.next() * 10_000;
	return DEFECTS.find(({ perTenThousand }) => (place -= perTenThousand) < 0);
}
