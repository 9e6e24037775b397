import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { Cases } from '../support/cases.mts';
import { itemsOf, publish } from '../support/runs.mts';
import type { Stage } from '../support/stage.mts';
import { booked, clockIn } from './books.mts';
import {
	fileText,
	formPath,
	runOnce,
	saveCredential,
	template,
	uploadByForm,
	type Preparation,
} from './template.mts';
import { SHOPIFY_TOKEN, WRONG_ADDRESS, openShopify, shopifyOrders } from './shopifyShop.mts';

const FILE = 'shopify-orders.json';
const ZONE = 'Europe/Kyiv';
const ORDERS = shopifyOrders(60);
const PAGE = 25;

const Rows = z.array(z.record(z.string()));

/** The orders of a Shopify shop, three pages of them, and the shop's books beside those of the stand-in. */
export async function shopify(cases: Cases, stage: Stage): Promise<void> {
	cases.topic('Shopify');
	const { standin } = stage;
	const shop = await openShopify(ORDERS, PAGE);
	const token = await saveCredential(stage, 'shopifyAccessTokenApi', {
		shopSubdomain: 'your-shop',
		accessToken: SHOPIFY_TOKEN,
		appSecretKey: 'unused',
	});
	const prepared = (dryRun: boolean): Preparation => ({
		settings: { shopAddress: shop.url, accountTimezone: ZONE, dryRun },
		credentials: { shopifyAccessTokenApi: token },
	});
	let correctable = '';

	await cases.run('a dry run reads the shop and sends nothing', async () => {
		standin.reset();
		const run = await runOnce(stage, await template(FILE, prepared(true)));
		assert.ok(itemsOf(run, 'Products to eSputnik').some(({ json }) => json.method === 'POST'));
		assert.equal(standin.received.requests.length, 0);
		assert.equal(shop.asked.length, Math.ceil(ORDERS.length / PAGE));
	});

	await cases.run('each real order once, with its state, total, items and time', async () => {
		const run = await runOnce(stage, await template(FILE, prepared(false)));
		assert.equal(itemsOf(run, 'Left out').length, 3);
		correctable = await fileText(stage, itemsOf(run, 'to-correct.csv')[0]);
		const sent = new Map(
			booked(stage, 'orderCreated').map((one) => [one.params.externalOrderId, one]),
		);
		const expected = ORDERS.filter((_, number) => ![1, 2, 3, 5].includes(number));
		assert.equal(booked(stage, 'orderCreated').length, expected.length);
		const clock = clockIn(ZONE);
		for (const order of expected) {
			const event = sent.get(String(order.id));
			assert.ok(event, `order ${order.id}`);
			assert.equal(event.occurred, clock(order.processed_at));
			assert.equal(event.params.date, `${clock(order.processed_at)}:00`);
			assert.equal(event.params.totalCost, order.current_total_price);
			assert.equal(event.params.currency, 'CAD');
			assert.equal(event.params.taxes, '1.40');
			assert.equal(event.params.shipping, '5.00');
			assert.deepEqual(
				event.params.items ?? '[]',
				JSON.stringify(
					order.line_items.map((line) => ({
						externalItemId: String(line.variant_id ?? line.id),
						name: line.name,
						quantity: line.current_quantity,
						cost: Number(line.price),
						category: 'no category',
						url: '',
						imageUrl: '',
					})),
				),
			);
		}
		const statusOf = (number: number) => sent.get(String(ORDERS[number].id))?.params.status;
		assert.deepEqual([8, 9, 10, 11, 12, 13, 14, 20].map(statusOf), [
			'CANCELLED',
			'CANCELLED',
			'CANCELLED',
			'IN_PROGRESS',
			'CANCELLED',
			'DELIVERED',
			'INITIALIZED',
			'DELIVERED',
		]);
	});

	await cases.run('a contact by email, else by phone, else by the customer', () => {
		const keyOf = (number: number) => {
			const id = String(ORDERS[number].id);
			const event = booked(stage, 'orderCreated').find(
				({ params }) => params.externalOrderId === id,
			);
			return [event?.keyValue, event?.params.email, event?.params.phone];
		};
		assert.deepEqual(keyOf(20), ['buyer20@example.com', 'buyer20@example.com', '380670001020']);
		assert.deepEqual(keyOf(7), ['contact7@example.com', 'contact7@example.com', '380670001007']);
		assert.deepEqual(keyOf(4), ['380670001004', undefined, '380670001004']);
		assert.deepEqual(keyOf(6), ['7000000000006', undefined, undefined]);
	});

	await cases.run('each line item as an event of its own', () => {
		const expected = ORDERS.filter((_, number) => ![1, 2, 3, 5].includes(number)).flatMap((order) =>
			order.line_items.map(
				(line) =>
					`${order.id} ${line.product_id ?? line.id} ${line.name} ${line.vendor ?? 'undefined'} ${line.price} ${line.current_quantity}`,
			),
		);
		const stored = booked(stage, 'ProductPurchased').map(({ params }) =>
			['externalOrderId', 'productId', 'productName', 'brand', 'productCost', 'quantity']
				.map((name) => String(params[name]))
				.join(' '),
		);
		assert.deepEqual(stored.sort(), expected.sort());
	});

	await cases.run('what was refused is loaded from the list, corrected', async () => {
		const lists = Rows.parse(parse(correctable, { columns: true, bom: true }));
		assert.deepEqual(
			lists.map(({ contactKey, error }) => [contactKey, error]),
			[[WRONG_ADDRESS, 'KEY_VALUE_NOT_AN_EMAIL']],
		);
		const corrected = lists.map((row) => ({
			...row,
			contactKey: 'right@example.com',
			email: 'right@example.com',
		}));
		const workflow = await template(FILE, prepared(false));
		const published = await publish(stage, workflow);
		await uploadByForm(stage, published.id, formPath(workflow.nodes), {
			name: 'corrected.csv',
			content: stringify(corrected, { header: true }),
		});
		await published.unpublish();
		const event = booked(stage, 'orderCreated').at(-1);
		assert.ok(event);
		assert.equal(event.keyValue, 'right@example.com');
		assert.equal(event.params.externalOrderId, String(ORDERS[3].id));
		assert.match(String(event.params.items), /^\[\{"externalItemId":"800003"/);
	});

	await shop.close();
}
