import { createBodyRoom } from '../../nodes/Esputnik/resources/pastEvent/send/bodyRoom.ts';
import { pastEventsBody } from '../../nodes/Esputnik/resources/pastEvent/pastEvents.ts';
import type { EventBytes } from '../../nodes/Esputnik/events/eventBytes.ts';

describe('the room for bodies', () => {
	it('leaves a body alone as long as it is not given back', () => {
		const { take } = createBodyRoom();
		const first = pastEventsBody([event('first')], take);
		pastEventsBody([event('other')], take);
		expect(keysIn(first)).toEqual(['first']);
	});

	it('writes whole bodies of any length into bytes that were given back', () => {
		const { take, giveBack } = createBodyRoom();
		const lengths = [40, 3, 41, 300, 1, 299];
		for (const length of lengths) {
			const body = pastEventsBody([event('x'.repeat(length)), event('last')], take);
			expect(keysIn(body)).toEqual(['x'.repeat(length), 'last']);
			giveBack(body);
		}
	});

	it('asks for no new bytes for a body that fits into those given back', () => {
		const { take, giveBack } = createBodyRoom();
		const first = take(1000);
		giveBack(first);
		expect(take(900).buffer).toBe(first.buffer);
	});
});

/** An event of which only the key matters. */
function event(keyValue: string): EventBytes {
	const bytes = Buffer.from(`${JSON.stringify({ keyValue })},`);
	return { bytes, start: 0, end: bytes.length - 1 };
}

function keysIn(body: Buffer): string[] {
	const parsed: { events: { keyValue: string }[] } = JSON.parse(body.toString());
	return parsed.events.map(({ keyValue }) => keyValue);
}
