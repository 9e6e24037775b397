import { forEachIndex } from '../../nodes/Esputnik/n8n/eventLoop.ts';
import { jsonOf, orders, send, useStandin } from '../support/esputnik.mts';

const standin = useStandin();

/** Clicks Stop as soon as the stand-in has received so many requests. */
function stopAfter(requests: number): AbortSignal {
	const stop = new AbortController();
	const look = setInterval(() => {
		if (standin().received.sends.length < requests) return;
		clearInterval(look);
		stop.abort();
	}, 10);
	return stop.signal;
}

test('a click on Stop ends the node, and the log tells which items are what', async () => {
	standin().configure({ latencyMs: 500 });
	const run = await send(standin(), {
		items: orders(20_000),
		onError: 'continueRegularOutput',
		parameters: { options: { parallelRequests: 2 } },
		run: { signal: stopAfter(5) },
	});
	standin().configure({ latencyMs: 0 });

	expect(run.status).toBe('canceled');
	expect(standin().received.sends).toHaveLength(5);
	const log = run.logs.map(({ message }) => message).join('\n');
	expect(log).toContain('1,500 events accepted: items 0–1,499');
	expect(log).toContain('1,000 events uncertain: items 1,500–2,499');
	expect(log).toContain('17,500 events notSent: items 2,500–19,999');
});

test('it ends also while the node waits to repeat a request', async () => {
	standin().faults.push({ kind: 'status', status: 429, retryAfter: '50', times: 10 });
	const stop = new AbortController();
	const run = await send(standin(), {
		items: orders(1000),
		run: {
			signal: stop.signal,
			onLog: ({ message }) => {
				if (message.includes('attempt 2')) stop.abort();
			},
		},
	});

	expect(run.status).toBe('canceled');
	expect(standin().received.sends).toHaveLength(1);
	expect(run.logs.map(({ message }) => message).join('\n')).toContain('1,000 events notSent');
});

test('the log of a long run tells how far it has come', async () => {
	const now = performance.now.bind(performance);
	const clock = jest
		.spyOn(performance, 'now')
		.mockImplementation(() => now() + 20_000 * standin().received.sends.length);
	const run = await send(standin(), {
		items: orders(1_500),
		parameters: { options: { parallelRequests: 1 } },
	});
	clock.mockRestore();

	const told = run.logs.map(({ message }) => message).filter((text) => text.includes('left'));
	expect(told).toEqual([
		expect.stringMatching(
			/^eSputnik: 500 of 1,500 events sent, \d+ a second, about \d+ seconds left$/,
		),
		expect.stringMatching(/^eSputnik: 1,000 of 1,500 events sent, /),
	]);
});

test('the log holds no payload', async () => {
	const run = await send(standin(), { items: orders(10) });

	const log = JSON.stringify(run.logs);
	expect(log).toContain('10 events accepted');
	expect(log).not.toContain('buyer0@example.com');
});

test('it ends while items are mapped, however long n8n takes to work out one of them', async () => {
	const stop = new AbortController();
	setTimeout(() => stop.abort(), 0);
	const visited = await forEachIndex(1_000, () => busy(30), stop.signal);

	expect(visited).toBeLessThan(3);
});

test('the duration of a run stays true where the clock of the computer is set back meanwhile', async () => {
	const now = Date.now();
	let calls = 0;
	const clock = jest.spyOn(Date, 'now').mockImplementation(() => now - 1_000 * calls++);
	const run = await send(standin(), {
		items: orders(1_000),
		parameters: { options: { output: 'summary' } },
	});
	clock.mockRestore();

	const [{ durationMs }] = jsonOf(run);
	expect(durationMs).toBeGreaterThanOrEqual(0);
	expect(calls).toBeGreaterThan(0);
});

function busy(ms: number): void {
	const end = performance.now() + ms;
	while (performance.now() < end);
}
