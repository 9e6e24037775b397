import type { Clock } from '../../nodes/Esputnik/delivery/traffic.ts';

/**
 * A clock whose time passes only when nothing else is left to do, so that hours of waiting cost no time and every run with the same
 * numbers goes the same way.
 */
export class VirtualClock implements Clock {
	private time = 0;
	private readonly alarms: Array<{ at: number; ring: () => void }> = [];

	/** @param random the source of chance, at least 0 and below 1 */
	constructor(readonly random: () => number = () => 0.5) {}

	now(): number {
		return this.time;
	}

	async sleep(ms: number): Promise<void> {
		await new Promise<void>((resolve) => this.at(this.time + ms, resolve));
	}

	/** Calls `ring` at that time. */
	at(time: number, ring: () => void): void {
		this.alarms.push({ at: time, ring });
	}

	/**
	 * Lets time pass until the promise is settled.
	 *
	 * @throws where nothing is left that could settle it
	 */
	async passUntil<T>(promise: Promise<T>): Promise<T> {
		const state = { settled: false };
		const settle = () => {
			state.settled = true;
		};
		promise.then(settle, settle);
		for (;;) {
			await everythingElse();
			if (state.settled) return await promise;
			if (!this.ringNext()) throw new Error('It never ends: nothing is left to wait for');
		}
	}

	/** Lets time pass until nothing is left to happen. */
	async passAll(): Promise<void> {
		do await everythingElse();
		while (this.ringNext());
	}

	private ringNext(): boolean {
		if (this.alarms.length === 0) return false;
		let next = 0;
		for (let index = 1; index < this.alarms.length; index++) {
			if (this.alarms[index].at < this.alarms[next].at) next = index;
		}
		const [alarm] = this.alarms.splice(next, 1);
		this.time = Math.max(this.time, alarm.at);
		alarm.ring();
		return true;
	}
}

/** Until all promises that could go on have gone on. */
async function everythingElse(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}
