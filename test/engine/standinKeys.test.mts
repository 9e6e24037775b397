import { KeyTally } from '../../standin/events/keyTally.mts';
import { EVENT, withStandin } from '../support/standinClient.mts';

const order = (id: number, change: object = {}) => ({
	...EVENT,
	keyValue: `buyer${id}@example.com`,
	params: [{ name: 'externalOrderId', value: `o-${id}` }],
	...change,
});
const line = (id: number) => `orderCreated\tbuyer${id}@example.com\to-${id}`;

/** Asks with plain lines, as a script would. */
async function askFor(url: string, lines: readonly string[]): Promise<string> {
	const response = await fetch(`${url}/_keys`, {
		method: 'POST',
		headers: { 'content-type': 'text/plain' },
		body: lines.join('\n'),
	});
	expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
	return await response.text();
}

describe('keys of the events at the local eSputnik', () => {
	it.each([true, false])('tells what is stored, doubled and missing (validate: %s)', (validate) =>
		withStandin({ keep: 'keys', validate }, async ({ standin, send, call }) => {
			const orders = Array.from({ length: 500 }, (_, i) => order(i));
			await send(...orders);
			await send(order(7), order(8), order(500));
			await send(order(7));
			const keys = { stored: 504, distinct: 501, doubled: 3 };
			expect(JSON.parse((await call('GET', '/_keys')).text)).toEqual(keys);
			expect(standin.received.counts()).toMatchObject({ events: 504, keys });
			expect(await askFor(standin.url, [line(1), line(7), line(8), line(500), line(501)])).toBe(
				'1\n3\n2\n1\n0\n',
			);
			expect(standin.received.keysOf([line(7)])).toEqual([3]);
			expect(standin.received.events).toEqual([]);
		}),
	);

	it('takes another parameter, values that are no text, and events without it', () =>
		withStandin({ keep: 'keys', keyParam: 'n' }, async ({ standin, call }) => {
			const events = [[{ name: 'n', value: 5 }], [{ name: 'n', value: 'a\tb\nc' }], []].map(
				(params) => order(1, { params }),
			);
			await call('POST', '/api/v2/past_events', { events });
			const start = 'orderCreated\tbuyer1@example.com\t';
			expect(await askFor(standin.url, [`${start}5`, `${start}a b c`, start])).toBe('1\n1\n1\n');
		}));

	it('counts what was accepted alone, live events too', () =>
		withStandin({ keep: 'keys' }, async ({ standin, send, call }) => {
			await send(order(1), order(2, { occurred: 'soon' }));
			await call('POST', '/api/v1/event', order(3));
			expect(await askFor(standin.url, [1, 2, 3].map(line))).toBe('1\n0\n1\n');
			await call('POST', '/_reset');
			expect(standin.received.counts().keys).toEqual({ stored: 0, distinct: 0, doubled: 0 });
		}));

	it('are none where events or only their number are kept', () =>
		withStandin({}, async ({ standin, send }) => {
			await send(order(1));
			standin.configure({ keep: 'counts' });
			await send(order(1));
			expect(standin.received.counts()).toMatchObject({ events: 2, keys: { stored: 0 } });
		}));

	it('are exact for a million events, in the memory of their hashes', () => {
		const tally = new KeyTally();
		const before = process.memoryUsage().arrayBuffers;
		for (let i = 0; i < 1_000_000; i++) tally.add(line(i));
		for (let i = 0; i < 1000; i++) tally.add(line(i * 1000));
		const { stored, distinct, doubled } = tally;
		expect({ stored, distinct, doubled }).toEqual({
			stored: 1_001_000,
			distinct: 1_000_000,
			doubled: 1000,
		});
		expect([0, 1, 999_000, 999_999, 1_000_000].map((i) => tally.count(line(i)))).toEqual([
			2, 1, 2, 1, 0,
		]);
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
	});
});
