/**
 * The JSON of one event: UTF-8, a range of bytes that it shares with other events. Nobody changes the bytes. As texts, a million events
 * take twice as much memory, and 100,000 a seventh more of the node's time (bench/RESULTS.md).
 */
export interface EventBytes {
	readonly bytes: Buffer;
	readonly start: number;
	readonly end: number;
}

/** The event's JSON as text. */
export function eventText({ bytes, start, end }: EventBytes): string {
	return bytes.toString('utf8', start, end);
}

/** Writes the JSON of one event after another. */
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
	/** Lets go of the bytes that were written last; those of earlier events live as long as the events. */
	release(): void;
}

/**
 * Each allocation is as large as all before it: V8 looks through the whole heap, all items, each time when 64 MB more were allocated, so
 * few and large ones save time, and bytes that nobody wrote to take no memory.
 */
const FIRST_CHUNK = 1_048_576;
const LARGEST_CHUNK = 268_435_456;

/** Above this length the text is left to JSON.stringify. */
const SHORT = 128;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export function createEventWriter(): EventWriter {
	let bytes = Buffer.alloc(0);
	let allocated = 0;
	let start = 0;
	let position = 0;

	/** Makes room, taking along what the event has so far. */
	const reserve = (length: number) => {
		if (position + length <= bytes.length) return;
		const written = position - start;
		const chunk = Math.min(Math.max(allocated, FIRST_CHUNK), LARGEST_CHUNK);
		const larger = Buffer.allocUnsafeSlow(Math.max(chunk, 2 * (written + length)));
		allocated += larger.length;
		bytes.copy(larger, 0, start, position);
		bytes = larger;
		start = 0;
		position = written;
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
		// JSON.stringify and Buffer.write for each text would take a sixth more of the node's time.
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
			const event = { bytes, start, end: position };
			start = position;
			return event;
		},
		release() {
			bytes = Buffer.alloc(0);
			start = 0;
			position = 0;
		},
	};
}
