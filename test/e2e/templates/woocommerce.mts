import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { Cases } from '../support/cases.mts';
import { itemsOf, publish, type Execution } from '../support/runs.mts';
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
import { WOO_KEY, gmt, openWoo, wooOrders, type WooOrder } from './wooShop.mts';

const FILE = 'woocommerce-orders.json';
const ZONE = 'Europe/Kyiv';
const BACKFILL = 'Backfill';
const NIGHT = 'Every night';

/** When the backfill and the nights begin: long after the orders. */
const FIRST = Date.UTC(2024, 5, 1);
const DAY = 24 * 3600_000;

const Rows = z.array(z.record(z.string()));

/** The orders of a WooCommerce shop, three pages of them, and three nights after. */
export async function woocommerce(cases: Cases, stage: Stage): Promise<void> {
	cases.topic('WooCommerce');
	const { standin } = stage;
	let orders: WooOrder[] = wooOrders(230);
	const shop = await openWoo(() => orders);
	const credential = await saveCredential(stage, 'wooCommerceApi', { ...WOO_KEY, url: shop.url });
	const prepared = (until: number, dryRun = false): Preparation => ({
		settings: { shopAddress: shop.url, accountTimezone: ZONE, until: gmt(until), dryRun },
		credentials: { wooCommerceApi: credential },
	});
	const run = async (until: number, trigger: string, dryRun = false): Promise<Execution> =>
		await runOnce(stage, await template(FILE, prepared(until, dryRun)), trigger);
	/** Changes the state of some orders at a time. */
	const change = (at: number, status: string, ...numbers: readonly number[]) => {
		orders = orders.map((order, number) =>
			numbers.includes(number) ? { ...order, status, date_modified_gmt: gmt(at) } : order,
		);
	};
	let correctable = '';

	await cases.run('a dry run sends nothing, and a night before the backfill ends', async () => {
		standin.reset();
		const dry = await run(FIRST, BACKFILL, true);
		assert.ok(itemsOf(dry, 'eSputnik').some(({ json }) => json.method === 'POST'));
		assert.equal((await run(FIRST, NIGHT)).status, 'error');
		assert.equal(standin.received.requests.length, 0);
	});

	await cases.run(
		'the backfill: each order once, with its state, total, items and time',
		async () => {
			const done = await run(FIRST, BACKFILL);
			assert.equal(done.status, 'error', 'one order is to be corrected, and the run says so');
			assert.equal(itemsOf(done, 'Left out').length, 3);
			correctable = await fileText(stage, itemsOf(done, 'to-correct.csv')[0]);
			const expected = orders.filter((_, number) => ![1, 2, 3, 8].includes(number));
			const sent = new Map(booked(stage).map((event) => [event.params.externalOrderId, event]));
			assert.equal(standin.received.count, expected.length);
			const clock = clockIn(ZONE);
			for (const order of expected) {
				const event = sent.get(String(order.id));
				assert.ok(event, `order ${order.id}`);
				assert.equal(event.occurred, clock(`${order.date_created_gmt}Z`));
				assert.equal(event.params.date, `${event.occurred}:09`);
				assert.equal(event.params.totalCost, order.total);
				assert.equal(event.params.deliveryAddress, '79000, Lviv, 969 Market');
				const [line] = order.line_items;
				assert.deepEqual(JSON.parse(String(event.params.items)), [
					{
						externalItemId: String(line.variation_id || line.product_id),
						name: line.name,
						quantity: 2,
						cost: 2.5,
						category: 'no category',
						url: '',
						imageUrl: line.image?.src ?? '',
					},
				]);
			}
			const statusOf = (number: number) => sent.get(String(orders[number].id))?.params.status;
			assert.deepEqual([0, 9, 10, 11, 12, 13].map(statusOf), [
				'DELIVERED',
				'CANCELLED',
				'CANCELLED',
				'IN_PROGRESS',
				'INITIALIZED',
				'INITIALIZED',
			]);
		},
	);

	await cases.run('guests are never tied together', () => {
		const guests = orders.filter(({ customer_id }) => customer_id === 0);
		const ids = new Set(guests.map(({ id }) => String(id)));
		const events = booked(stage).filter(({ params }) => ids.has(String(params.externalOrderId)));
		assert.deepEqual(
			events.map(({ keyValue, params }) => [keyValue, params.externalCustomerId]),
			[
				['0500004444', undefined],
				['buyer6@example.com', undefined],
				['buyer7@example.com', undefined],
			],
		);
		const known = booked(stage).find(({ params }) => params.externalOrderId === '505');
		assert.equal(known?.keyValue, '35');
	});

	await cases.run('a second backfill is refused', async () => {
		standin.reset();
		assert.equal((await run(FIRST, BACKFILL)).status, 'error');
		assert.equal(standin.received.requests.length, 0);
	});

	await cases.run('a night sends what is new or was changed, and nothing else', async () => {
		const [late] = wooOrders(1);
		change(FIRST + DAY / 2, 'refunded', 20, 21);
		// Too late for this night.
		change(FIRST + DAY + 1000, 'cancelled', 22);
		const created = gmt(FIRST + DAY / 3);
		orders.push({ ...late, id: 9001, date_created_gmt: created, date_modified_gmt: created });
		const night = await run(FIRST + DAY, NIGHT);
		assert.equal(night.status, 'success');
		assert.deepEqual(
			booked(stage).map(
				({ params }) => `${String(params.externalOrderId)} ${String(params.status)}`,
			),
			['520 CANCELLED', '521 CANCELLED', '9001 DELIVERED'],
		);
	});

	await cases.run('where eSputnik takes nothing, the next night sends the same', async () => {
		standin.reset();
		standin.faults.push({ kind: 'status', status: 401, times: 3 });
		await run(FIRST + 2 * DAY, NIGHT);
		assert.equal(standin.received.count, 0);
		standin.faults.clear();
		await run(FIRST + 3 * DAY, NIGHT);
		const ids = booked(stage).map(({ params }) => params.externalOrderId);
		assert.deepEqual(ids, ['522']);
		await run(FIRST + 4 * DAY, NIGHT);
		assert.equal(standin.received.count, 1);
	});

	await cases.run('what was refused is loaded from the list, corrected', async () => {
		const corrected = Rows.parse(parse(correctable, { columns: true, bom: true })).map((row) => ({
			...row,
			contactKey: 'right@example.com',
			email: 'right@example.com',
		}));
		const workflow = await template(FILE, prepared(FIRST));
		const published = await publish(stage, workflow);
		await uploadByForm(stage, published.id, formPath(workflow.nodes), {
			name: 'corrected.csv',
			content: stringify(corrected, { header: true }),
		});
		await published.unpublish();
		const event = booked(stage).at(-1);
		assert.ok(event);
		assert.deepEqual([event.keyValue, event.params.externalOrderId], ['right@example.com', '508']);
		assert.equal(event.occurred, clockIn(ZONE)(`${orders[8].date_created_gmt}Z`));
	});

	await shop.close();
}
