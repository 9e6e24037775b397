import Fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';

/** A local server that answers like a shop's. */
export interface Shop {
	readonly url: string;
	/** The addresses that were asked for, in order. */
	readonly asked: readonly string[];
	readonly close: () => Promise<void>;
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

/** The query of a request, each parameter once. */
export function queryOf(query: unknown): Record<string, string> {
	return z.record(z.string()).parse(query);
}

/** Whether the headers carry this user and password. */
export function isBasic(header: string | undefined, user: string, password: string): boolean {
	return header === `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
