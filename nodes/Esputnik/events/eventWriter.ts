import type { EventBytes } from './eventBytes';

/** Writes the JSON of one event after another straight into bytes, which is several times faster than by way of texts. */
export interface EventWriter {
	/** Begins an event. One that was begun and not ended leaves nothing behind. */
	begin(): void;
	/** Writes bytes as they are. */
	raw(bytes: Uint8Array): void;
	/** Writes a text that is JSON already. */
	json(text: string): void;
	/** Writes a text as a JSON string. */
	quoted(text: string): void;
	/** Ends the event. */
	end(): EventBytes;
}

/**
 * Bytes that are allocated at first: some 3,000 events, whose size tells what the others will take. V8 looks through the whole heap, all
 * items, each time when 64 MB more were allocated, so that is done in few large portions; untouched bytes take no memory.
 */
const FIRST_CHUNK = 1_048_576;
const LARGEST_CHUNK = 268_435_456;

/** Above this length the text is left to JSON.stringify. */
const SHORT = 128;

const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** @param expected how many events there will be, as far as is known */
export function createEventWriter(expected: number): EventWriter {
	let bytes = Buffer.alloc(0);
	let events = 0;
	let allocated = 0;
	let start = 0;
	let position = 0;

	/** Makes room, taking along what the event has so far. */
	const reserve = (length: number) => {
		if (position + length <= bytes.length) return;
		const written = position - start;
		const larger = Buffer.allocUnsafeSlow(Math.max(nextChunk(), 2 * (written + length)));
		allocated += larger.length;
		bytes.copy(larger, 0, start, position);
		bytes = larger;
		start = 0;
		position = written;
	};

	const nextChunk = (): number => {
		const remaining = expected > events ? expected - events : events;
		const estimate = events === 0 ? 0 : Math.ceil(1.05 * remaining * (allocated / events));
		return Math.min(Math.max(estimate, FIRST_CHUNK), LARGEST_CHUNK);
	};

	const json = (text: string) => {
		reserve(text.length * 3);
		position += bytes.write(text, position);
	};

	return {
		begin() {
			position = start;
		},
		raw(piece) {
			reserve(piece.length);
			bytes.set(piece, position);
			position += piece.length;
		},
		json,
		quoted(text) {
			const { length } = text;
			if (length > SHORT) return json(JSON.stringify(text));
			reserve(length * 2 + 2);
			const target = bytes;
			let at = position;
			target[at++] = QUOTE;
			for (let index = 0; index < length; index++) {
				const unit = text.charCodeAt(index);
				if (unit >= 0x20 && unit < 0x80 && unit !== QUOTE && unit !== BACKSLASH) {
					target[at++] = unit;
				} else if (unit >= 0x80 && unit < 0x800) {
					target[at++] = 0xc0 | (unit >> 6);
					target[at++] = 0x80 | (unit & 0x3f);
				} else {
					return json(JSON.stringify(text));
				}
			}
			target[at++] = QUOTE;
			position = at;
		},
		end() {
			reserve(1);
			events++;
			const event = { bytes, start, end: position };
			bytes[position++] = COMMA;
			start = position;
			return event;
		},
	};
}
