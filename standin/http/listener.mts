import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Connections } from './connections.mts';

/** Lets an HTTP server listen, go away and come back on the same port. */
export class Listener {
	readonly #server: Server;
	readonly #host: string;

	readonly #connections: Connections;
	#port: number;

	constructor(server: Server, connections: Connections, host: string, port: number) {
		this.#server = server;
		this.#connections = connections;
		this.#host = host;
		this.#port = port;
	}

	/** The port; after the first `start` never 0. */
	get port(): number {
		return this.#port;
	}

	/** @throws Error saying what to do where the port is taken */
	async start(): Promise<void> {
		if (this.#server.listening) return;
		this.#server.listen(this.#port, this.#host);
		try {
			await once(this.#server, 'listening');
		} catch (error) {
			if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
				throw new Error(
					`Port ${this.#port} is in use by another program. Choose another one with --port, or 0 for any free port.`,
				);
			}
			throw error;
		}
		const address = this.#server.address();
		if (typeof address === 'object' && address !== null) this.#port = address.port;
	}

	/** Ends every connection and refuses new ones. */
	async stop(): Promise<void> {
		if (!this.#server.listening) return;
		const closed = once(this.#server, 'close');
		this.#server.close();
		this.#server.closeAllConnections();
		this.#connections.close();
		await closed;
	}
}
