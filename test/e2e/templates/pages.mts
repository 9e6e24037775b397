import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';

/** A local server that answers like a shop's. */
export interface Shop {
	readonly url: string;
	/** The addresses that were asked for, in order. */
	readonly asked: readonly string[];
	readonly close: () => Promise<void>;
}

/** Data that are no part of the repository. */
export const SHARED_DATA = join(process.cwd(), '..', 'shared', 'data');

const Fields = z.record(z.unknown());
const Orders = z.union([z.array(Fields), z.object({ orders: z.array(Fields) })]);

/**
 * All fields of an order as the vendor's own example has them, from the data beside the repository: what a template does not ask for comes along as
 * from a real shop. Without those data, no field.
 */
export async function vendorsOrder(file: string): Promise<Record<string, unknown>> {
	const path = join(SHARED_DATA, file);
	if (!existsSync(path)) {
		console.log(
			`  The orders have their needed fields alone, since ../shared/data/${file} is not here`,
		);
		return {};
	}
	const parsed: unknown = JSON.parse(await readFile(path, 'utf8'));
	const orders = Orders.parse(parsed);
	return (Array.isArray(orders) ? orders : orders.orders)[0];
}

/** Serves what `routes` adds on a port of the loopback interface. */
export async function serve(routes: (app: FastifyInstance) => void): Promise<Shop> {
	const asked: string[] = [];
	const app = Fastify();
	app.addHook('onRequest', (request, _reply, done) => {
		asked.push(request.url);
		done();
	});
	routes(app);
	const url = await app.listen({ port: 0, host: '127.0.0.1' });
	return { url, asked, close: async () => await app.close() };
}

/** The query of a request; of a parameter that comes twice the last, as in PHP. */
export function queryOf(query: unknown): Record<string, string> {
	const values = z.record(z.union([z.string(), z.array(z.string())])).parse(query);
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [name, [value].flat().at(-1) ?? '']),
	);
}

/** Whether the headers carry this user and password. */
export function isBasic(header: string | undefined, user: string, password: string): boolean {
	return header === `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
