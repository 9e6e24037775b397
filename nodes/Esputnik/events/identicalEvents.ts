import type { EventBytes } from './eventBytes';

/** Counts events that are, byte for byte, the same as one before. */
export interface IdenticalEvents {
	add(event: EventBytes): void;
	count(): number;
}

/**
 * A hash table of events, the events of equal hash being compared: a Set of texts would take as long as all the mapping.
 */
export function createIdenticalEvents(): IdenticalEvents {
	const events: EventBytes[] = [];
	let hashes = new Int32Array(1_024);
	/** Positions in `events`, plus one; 0 is free. Never more than half full. */
	let slots = new Int32Array(2_048);
	let identical = 0;
	let view: DataView = new DataView(new ArrayBuffer(0));

	const viewOf = ({ buffer }: Buffer): DataView => {
		if (view.buffer !== buffer) view = new DataView(buffer);
		return view;
	};

	const freeSlot = (hash: number): number => {
		let slot = hash & (slots.length - 1);
		while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
		return slot;
	};

	const grow = () => {
		const larger = new Int32Array(hashes.length * 2);
		larger.set(hashes);
		hashes = larger;
		slots = new Int32Array(hashes.length * 2);
		for (let index = 0; index < events.length; index++) slots[freeSlot(hashes[index])] = index + 1;
	};

	return {
		add(event) {
			const hash = hashOf(viewOf(event.bytes), event);
			let slot = hash & (slots.length - 1);
			while (slots[slot] !== 0) {
				const index = slots[slot] - 1;
				if (hashes[index] === hash && isSame(events[index], event)) {
					identical++;
					return;
				}
				slot = (slot + 1) & (slots.length - 1);
			}
			hashes[events.length] = hash;
			slots[slot] = events.push(event);
			if (events.length === hashes.length) grow();
		},
		count: () => identical,
	};
}

/** Eight bytes at a time, in two halves that the processor works on side by side; the last eight may overlap. */
function hashOf(view: DataView, { start, end }: EventBytes): number {
	let even = end - start;
	let odd = 0;
	for (let at = start; at < end - 8; at += 8) {
		even = (Math.imul(even, MULTIPLIER) + view.getInt32(at, true)) | 0;
		odd = (Math.imul(odd, MULTIPLIER) + view.getInt32(at + 4, true)) | 0;
	}
	even = Math.imul(even, MULTIPLIER) + view.getInt32(end - 8, true);
	odd = Math.imul(odd, MULTIPLIER) + view.getInt32(end - 4, true);
	const hash = Math.imul(even, MULTIPLIER) ^ odd;
	return hash ^ (hash >>> 15);
}

/** Knuth's multiplicative hashing: the odd number next to 2^32 divided by the golden ratio. */
const MULTIPLIER = 0x9e3779b1;

function isSame(one: EventBytes, other: EventBytes): boolean {
	return one.bytes.compare(other.bytes, other.start, other.end, one.start, one.end) === 0;
}
