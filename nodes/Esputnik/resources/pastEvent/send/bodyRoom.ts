/** Room for the bodies of a run. */
export interface BodyRoom {
	/** Bytes to write a body into, of exactly this length. */
	readonly take: (length: number) => Buffer;
	/** To be called when nobody reads the body any more: its bytes are overwritten by a later one. */
	readonly giveBack: (body: Buffer) => void;
}

/** Bodies of as many events differ a little in length. */
const SLACK = 1.125;

/**
 * Uses the bytes of bodies again. With fresh ones for each request V8 collects the heap after some hundred requests, again and again, and
 * a heap that holds a million items takes it half a second each time.
 */
export function createBodyRoom(): BodyRoom {
	const spare: Buffer[] = [];
	return {
		take(length) {
			const room = spare.pop();
			const isEnough = room !== undefined && room.length >= length;
			const bytes = isEnough ? room : Buffer.allocUnsafeSlow(Math.ceil(length * SLACK));
			return bytes.subarray(0, length);
		},
		giveBack(body) {
			spare.push(Buffer.from(body.buffer));
		},
	};
}
