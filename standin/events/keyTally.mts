import { hash } from 'node:crypto';
import { paramsOf, type SentEvent } from './validation.mts';

const FIRST_SLOTS = 1 << 16;
const MOST = 0xffff;

/** Slots of an open hash table: the two halves of each hash, and how often it came; 0 where the slot is empty. */
interface Slots {
	readonly high: Uint32Array;
	readonly low: Uint32Array;
	readonly counts: Uint16Array;
}

/**
 * Counts events by their key: event type key, key value and the value of one parameter. Of each key 64 bits of its hash are kept, so that
 * a million events take 21 MB, and two different keys among them share a hash once in tens of millions of runs.
 */
export class KeyTally {
	#slots = emptySlots(FIRST_SLOTS);
	#distinct = 0;
	#stored = 0;

	/** How many events were counted. */
	get stored(): number {
		return this.#stored;
	}

	/** How many different keys they had. */
	get distinct(): number {
		return this.#distinct;
	}

	/** How many of them had the key of another one that came before. */
	get doubled(): number {
		return this.#stored - this.#distinct;
	}

	add(key: string): void {
		this.#stored++;
		const [high, low] = halvesOf(key);
		const slot = findSlot(this.#slots, high, low);
		const count = this.#slots.counts[slot] ?? 0;
		this.#slots.high[slot] = high;
		this.#slots.low[slot] = low;
		this.#slots.counts[slot] = Math.min(count + 1, MOST);
		if (count > 0) return;
		this.#distinct++;
		if (this.#distinct * 2 > this.#slots.counts.length) this.#grow();
	}

	/** How often the key came, at most 65,535. */
	count(key: string): number {
		return this.#slots.counts[findSlot(this.#slots, ...halvesOf(key))] ?? 0;
	}

	clear(): void {
		this.#slots = emptySlots(FIRST_SLOTS);
		this.#distinct = 0;
		this.#stored = 0;
	}

	#grow(): void {
		const { high, low, counts } = this.#slots;
		const larger = emptySlots(counts.length * 2);
		for (const [i, count] of counts.entries()) {
			if (count === 0) continue;
			const slot = findSlot(larger, high[i], low[i]);
			larger.high[slot] = high[i];
			larger.low[slot] = low[i];
			larger.counts[slot] = count;
		}
		this.#slots = larger;
	}
}

/** The key of an event as a line: event type key, key value and the value of the parameter, with tabs between. */
export function keyOf(event: SentEvent, param: string): string {
	const value = paramsOf(event).find(({ name }) => name === param)?.value ?? '';
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return [event.eventTypeKey, event.keyValue ?? '', text]
		.map((part) => part.replace(/[\t\r\n]/g, ' '))
		.join('\t');
}

function emptySlots(size: number): Slots {
	return {
		high: new Uint32Array(size),
		low: new Uint32Array(size),
		counts: new Uint16Array(size),
	};
}

/** Where the hash stands, or the empty slot where it would. The number of slots is a power of two. */
function findSlot({ high, low, counts }: Slots, wantedHigh: number, wantedLow: number): number {
	const mask = counts.length - 1;
	let slot = wantedLow & mask;
	while (counts[slot] > 0 && (high[slot] !== wantedHigh || low[slot] !== wantedLow)) {
		slot = (slot + 1) & mask;
	}
	return slot;
}

function halvesOf(key: string): [high: number, low: number] {
	const digest = hash('sha1', key, 'buffer');
	return [digest.readUInt32LE(0), digest.readUInt32LE(4)];
}
