import { isBasic, queryOf, serve, vendorsOrder, type Shop } from './pages.mts';

/** An order as WooCommerce's REST API v3 lists it, as far as the template asks for its fields; the shapes are those of the API's documentation. */
export interface WooOrder {
	readonly id: number;
	readonly parent_id: number;
	readonly number: string;
	readonly status: string;
	readonly currency: string;
	readonly date_created: string;
	readonly date_created_gmt: string;
	readonly date_modified: string;
	readonly date_modified_gmt: string;
	readonly discount_total: string;
	readonly shipping_total: string;
	readonly total: string;
	readonly total_tax: string;
	readonly customer_id: number;
	readonly payment_method: string;
	readonly billing: { readonly email: string; readonly phone: string };
	readonly shipping: {
		readonly address_1: string;
		readonly address_2: string;
		readonly city: string;
		readonly postcode: string;
	};
	readonly line_items: readonly WooLine[];
	readonly date_paid: string | null;
}

interface WooLine {
	readonly id: number;
	readonly name: string;
	readonly product_id: number;
	readonly variation_id: number;
	readonly quantity: number;
	readonly subtotal: string;
	readonly total: string;
	readonly price: number;
	readonly image?: { readonly src: string };
}

export const WOO_KEY = { consumerKey: 'ck_only-for-this-run', consumerSecret: 'cs_unused' };

/** The site's clocks: behind UTC by so many hours, summer and winter. */
const BEHIND_UTC = 3;

/** What is unusual about some orders, by their number. */
const UNUSUAL: Readonly<Record<number, Partial<WooOrder>>> = {
	1: { status: 'checkout-draft' },
	2: { parent_id: 400 },
	3: { customer_id: 0, billing: { email: '', phone: '' } },
	4: { customer_id: 0, billing: { email: '', phone: '(050) 000-4444' } },
	5: { billing: { email: '', phone: '' } },
	6: { customer_id: 0 },
	7: { customer_id: 0 },
	8: { billing: { email: 'not-an-address', phone: '' } },
	9: { status: 'refunded' },
	10: { status: 'failed' },
	11: { status: 'on-hold' },
	12: { status: 'packed-by-robot' },
	13: { status: 'pending', date_paid: null },
};

/** So many orders, one every two hours from the 28th of March 2024 on, so over the change to summer time. */
export function wooOrders(count: number): WooOrder[] {
	return Array.from({ length: count }, (_, number) => {
		const at = Date.UTC(2024, 2, 28, 0, 17, 9) + number * 2 * 3600_000;
		return {
			id: 500 + number,
			parent_id: 0,
			number: `N-${500 + number}`,
			status: 'completed',
			currency: 'UAH',
			date_created: gmt(at - BEHIND_UTC * 3600_000),
			date_created_gmt: gmt(at),
			date_modified: gmt(at - (BEHIND_UTC - 1) * 3600_000),
			date_modified_gmt: gmt(at + 3600_000),
			discount_total: '1.00',
			shipping_total: '10.00',
			total: (29.35 + number).toFixed(2),
			total_tax: '1.35',
			customer_id: 30 + number,
			payment_method: 'bacs',
			billing: { email: `buyer${number}@example.com`, phone: '(555) 555-5555' },
			shipping: { address_1: '969 Market', address_2: '', city: 'Lviv', postcode: '79000' },
			line_items: [
				{
					id: 9000 + number,
					name: 'Ship Your Idea &ndash; Color: Black',
					product_id: 22,
					variation_id: number % 2 === 0 ? 0 : 23,
					quantity: 2,
					subtotal: '6.00',
					total: '5.00',
					price: 2.5,
					...(number % 2 === 0 ? { image: { src: 'https://example.com/22.png' } } : {}),
				},
			],
			date_paid: null,
			...UNUSUAL[number],
		};
	});
}

/** `2017-03-22T19:28:02`: as WooCommerce writes UTC, without saying so. */
export function gmt(milliseconds: number): string {
	return new Date(milliseconds).toISOString().slice(0, 19);
}

/** A shop whose orders can change, answering as WooCommerce does: a Link header on every answer, `prev` before `next`. */
export async function openWoo(orders: () => readonly WooOrder[]): Promise<Shop> {
	const { consumerKey, consumerSecret } = WOO_KEY;
	const vendors = await vendorsOrder('woocommerce/orders.json');
	return await serve((app) => {
		app.get('/wp-json/wc/v3/orders', async (request, reply) => {
			if (!isBasic(request.headers.authorization, consumerKey, consumerSecret))
				return await reply.status(401).send({ code: 'woocommerce_rest_cannot_view' });
			const query = queryOf(request.query);
			const inGmt = query.dates_are_gmt === 'true';
			const between = (value: string, after = '', before = '9999') =>
				value > after.slice(0, 19) && value < before.slice(0, 19);
			const found = orders().filter(
				(order) =>
					between(inGmt ? order.date_created_gmt : order.date_created, query.after, query.before) &&
					between(
						inGmt ? order.date_modified_gmt : order.date_modified,
						query.modified_after,
						query.modified_before,
					),
			);
			found.sort((one, other) => one.id - other.id);
			if (query.order !== 'asc') found.reverse();
			const size = Number(query.per_page);
			const page = Number('page' in query ? query.page : 1);
			const pages = Math.ceil(found.length / size);
			const root = `http://${request.headers.host ?? ''}`;
			const link = (rel: string, number: number) => {
				const place = new URL(`${root}${request.url}`);
				place.searchParams.set('page', String(number));
				return `<${place.href}>; rel="${rel}"`;
			};
			const links = [
				`<${root}/wp-json/>; rel="https://api.w.org/"`,
				...(page > 1 ? [link('prev', page - 1)] : []),
				...(page < pages ? [link('next', page + 1)] : []),
			];
			void reply.header('link', links.join(', ')).header('x-wp-total', found.length);
			return found.slice((page - 1) * size, page * size).map((order) => ({ ...vendors, ...order }));
		});
	});
}
