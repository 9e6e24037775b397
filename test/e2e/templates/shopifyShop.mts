import { queryOf, serve, vendorsOrder, type Shop } from './pages.mts';

/** An order as Shopify's REST Admin API lists it, as far as the templates ask for its fields; the shapes are those of the API's own examples. */
export interface ShopifyOrder {
	readonly id: number;
	readonly email: string | null;
	readonly contact_email: string | null;
	readonly phone: string | null;
	readonly customer: { readonly id: number } | null;
	readonly created_at: string;
	readonly processed_at: string;
	readonly test: boolean;
	readonly confirmed: boolean;
	readonly cancelled_at: string | null;
	readonly financial_status: string;
	readonly fulfillment_status: string | null;
	readonly currency: string;
	readonly total_price: string;
	readonly current_total_price: string;
	readonly total_tax: string;
	readonly current_total_tax: string;
	readonly total_discounts: string;
	readonly total_shipping_price_set: {
		readonly shop_money: { readonly amount: string; readonly currency_code: string };
	};
	readonly line_items: readonly ShopifyLine[];
}

interface ShopifyLine {
	readonly id: number;
	readonly variant_id: number | null;
	readonly product_id: number | null;
	readonly name: string;
	readonly vendor: string | null;
	readonly price: string;
	readonly quantity: number;
	readonly current_quantity: number;
}

export const SHOPIFY_TOKEN = 'shpat_only-for-this-run';

/** Order 3 has an address that nobody can have. */
export const WRONG_ADDRESS = 'not-an-address';

/** What is unusual about some orders, by their number. */
const UNUSUAL: Readonly<Record<number, Partial<ShopifyOrder>>> = {
	1: { test: true },
	2: { confirmed: false },
	3: { email: WRONG_ADDRESS },
	4: { email: null, contact_email: null, customer: null },
	5: { email: null, contact_email: null, phone: null, customer: null },
	6: { email: null, contact_email: null, phone: null },
	7: { email: null },
	8: { financial_status: 'refunded', fulfillment_status: 'fulfilled', current_total_price: '0.00' },
	9: { financial_status: 'voided' },
	10: { cancelled_at: '2024-04-01T10:00:00+03:00', fulfillment_status: 'fulfilled' },
	11: { fulfillment_status: 'partial' },
	12: { fulfillment_status: 'restocked' },
	13: { financial_status: 'partially_refunded', fulfillment_status: 'fulfilled' },
	14: { fulfillment_status: null },
	15: { line_items: [] },
};

/** So many orders, one every three hours from the 25th of March 2024 on, so over the change to summer time. */
export function shopifyOrders(count: number): ShopifyOrder[] {
	return Array.from({ length: count }, (_, number) => {
		const at = new Date(Date.UTC(2024, 2, 25, 0, 7) + number * 3 * 3600_000);
		// The shop is in Toronto.
		const processed = new Date(at.getTime() - 4 * 3600_000).toISOString().slice(0, 19);
		const total = (19.9 + number).toFixed(2);
		return {
			id: 5_678_000_000_001 + number,
			email: `buyer${number}@example.com`,
			contact_email: `contact${number}@example.com`,
			phone: `+38 (067) 000-${String(1000 + number)}`,
			customer: { id: 7_000_000_000_000 + number },
			// All were imported on one day.
			created_at: '2024-09-01T09:00:00-04:00',
			processed_at: `${processed}-04:00`,
			test: false,
			confirmed: true,
			cancelled_at: null,
			financial_status: 'paid',
			fulfillment_status: 'fulfilled',
			currency: 'CAD',
			total_price: '999.00',
			current_total_price: total,
			total_tax: '1.50',
			current_total_tax: '1.40',
			total_discounts: '0.00',
			total_shipping_price_set: { shop_money: { amount: '5.00', currency_code: 'CAD' } },
			line_items: [line(number, 0), line(number, 1)],
			...UNUSUAL[number],
		};
	});
}

function line(order: number, index: number): ShopifyLine {
	return {
		id: 9_000_000 + order * 10 + index,
		variant_id: index === 0 ? 800_000 + order : null,
		product_id: index === 0 ? 700_000 + order : null,
		name: index === 0 ? `Mug "No. ${order}", blue` : 'Gift wrapping',
		vendor: index === 0 ? 'Potters & Co' : null,
		price: '9.95',
		quantity: 2,
		current_quantity: 1 + index,
	};
}

/**
 * A shop that lists its orders as Shopify does: newest first, the next and the previous page by the Link header, whose addresses carry nothing of
 * the first one's filters; `status` is `open` unless asked otherwise.
 */
export async function openShopify(orders: readonly ShopifyOrder[], atMost: number): Promise<Shop> {
	const newestFirst = [...orders].reverse();
	const vendors = await vendorsOrder('shopify/orders.json');
	return await serve((app) => {
		app.get('/admin/api/:version/orders.json', async (request, reply) => {
			if (request.headers['x-shopify-access-token'] !== SHOPIFY_TOKEN)
				return await reply.status(401).send({ errors: '[API] Invalid API key or access token' });
			const query = queryOf(request.query);
			if ('page_info' in query && Object.keys(query).some((key) => !PAGED.includes(key)))
				return await reply.status(400).send({ errors: 'Invalid parameters beside page_info' });
			const fields = query.fields.split(',');
			const filter = 'page_info' in query ? decoded(query.page_info) : query;
			const found = newestFirst.filter(
				(order) =>
					(filter.status === 'any' || order.cancelled_at === null) &&
					Date.parse(order.processed_at) >= Date.parse(filter.processed_at_min) &&
					Date.parse(order.processed_at) <= Date.parse(filter.processed_at_max),
			);
			const size = Math.min(Number(query.limit), atMost);
			const from = 'from' in filter ? Number(filter.from) : 0;
			const link = (rel: string, start: number) => {
				const info = encoded({ ...filter, from: String(start) });
				const place = `http://${request.headers.host ?? ''}${request.url.split('?')[0]}`;
				const rest = `limit=${size}&fields=${encodeURIComponent(query.fields)}&page_info=${info}`;
				return `<${place}?${rest}>; rel="${rel}"`;
			};
			const links = [
				...(from > 0 ? [link('previous', Math.max(0, from - size))] : []),
				...(from + size < found.length ? [link('next', from + size)] : []),
			];
			if (links.length > 0) void reply.header('link', links.join(', '));
			return {
				orders: found
					.slice(from, from + size)
					.map((order) =>
						Object.fromEntries(
							Object.entries({ ...vendors, ...order }).filter(([field]) => fields.includes(field)),
						),
					),
			};
		});
	});
}

/** What may stand beside `page_info`. */
const PAGED = ['page_info', 'limit', 'fields'];

function encoded(filter: Record<string, string>): string {
	return Buffer.from(JSON.stringify(filter)).toString('base64url');
}

function decoded(info: string): Record<string, string> {
	const parsed: unknown = JSON.parse(Buffer.from(info, 'base64url').toString());
	return queryOf(parsed);
}
