import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FaultQueue } from '../faults.mts';

export interface ConnectionCounts {
	/** How many connections of clients are open now; those of the stand-in's own addresses count too. */
	readonly open: number;
	/** How many there were. */
	readonly total: number;
	/** How many met the fault `deaf` or `drop`. */
	readonly disturbed: number;
}

/** Watches the connections to a server, and lets them meet the faults that wait for one. */
export class Connections {
	readonly #faults: FaultQueue;
	readonly #deaf = new Set<Socket>();
	#counts = { open: 0, total: 0, disturbed: 0 };

	constructor(server: Server, faults: FaultQueue) {
		this.#faults = faults;
		const listeners = server.listeners('connection');
		server.removeAllListeners('connection');
		server.on('connection', (socket: Socket) => {
			this.#count(socket);
			if (this.#isDisturbed(socket)) return;
			for (const serve of listeners) Reflect.apply(serve, server, [socket]);
		});
	}

	get counts(): ConnectionCounts {
		return { ...this.#counts };
	}

	/** Ends the connections that the server does not know of. */
	close(): void {
		for (const socket of this.#deaf) socket.destroy();
	}

	#count(socket: Socket): void {
		this.#counts.open++;
		this.#counts.total++;
		socket.once('close', () => this.#counts.open--);
	}

	#isDisturbed(socket: Socket): boolean {
		const fault = this.#faults.takeByConnection();
		if (fault === undefined) return false;
		this.#counts.disturbed++;
		socket.on('error', () => socket.destroy());
		if (fault.kind === 'drop') {
			socket.resetAndDestroy();
			return true;
		}
		this.#deaf.add(socket);
		socket.once('close', () => this.#deaf.delete(socket));
		// What comes is read and thrown away: only so does the end of the connection show.
		socket.once('end', () => socket.destroy()).resume();
		return true;
	}
}
