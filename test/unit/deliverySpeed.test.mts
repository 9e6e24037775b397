import { deliverAll, takeAll } from '../support/deliveries.mts';

const LATENCY_MS = 50;
const REQUESTS = 10_000;

describe('the scheduling alone', () => {
	test.each([1, 4, 8])(
		'reaches 99 %% of the ideal rate with %i in flight and answers after 50 ms',
		async (inFlight) => {
			const { endedAt, requests } = await deliverAll(REQUESTS, takeAll, {
				settings: { batchSize: 1, parallelRequests: inFlight, requestsPerSecond: 100_000 },
				latency: () => LATENCY_MS,
			});
			const ideal = (REQUESTS * LATENCY_MS) / inFlight;
			expect(requests).toBe(REQUESTS);
			expect(ideal / endedAt).toBeGreaterThan(0.99);
		},
	);

	test.each([5, 100])(
		'with answers after 50 ms reaches 99 %% of %i requests per second and never more',
		async (limit) => {
			const { attempts, endedAt } = await deliverAll(REQUESTS, takeAll, {
				settings: { batchSize: 1, parallelRequests: 16, requestsPerSecond: limit },
				latency: () => LATENCY_MS,
			});
			const ideal = ((REQUESTS - limit) / limit) * 1000;
			expect(ideal / endedAt).toBeGreaterThan(0.99);
			for (let later = limit; later < REQUESTS; later++) {
				expect(attempts[later].at - attempts[later - limit].at).toBeGreaterThan(1000);
			}
		},
	);

	test.each([
		['quick', 0, (attempt: number) => (attempt * 37) % 60],
		['slow', 0, (attempt: number) => ((attempt * 7) % 20) * 30],
		['far', 200, (attempt: number) => 200 + ((attempt * 37) % 60)],
		['long on its way at first', 5, (attempt: number) => (attempt === 1 ? 900 : 5)],
	])(
		'eSputnik sees no more in any second, wherever in its time a %s request arrives',
		async (_, quickest, latency) => {
			const limit = 10;
			const { attempts } = await deliverAll(500, takeAll, {
				settings: { batchSize: 1, parallelRequests: 16, requestsPerSecond: limit },
				latency,
			});
			const mostDelay = 250;
			const arrivals = attempts
				.map(({ at }, index) => {
					// What even the quickest needs, all need; any of the rest may be spent on the way.
					const delay = index === 0 ? latency(1) : latency(index + 1) - quickest;
					return (
						at + Math.min(delay, index === 0 ? delay : mostDelay) * ((index * 7) % 3 === 0 ? 1 : 0)
					);
				})
				.sort((a, b) => a - b);
			expect(arrivals).toHaveLength(500);
			for (let later = limit; later < arrivals.length; later++) {
				expect(arrivals[later] - arrivals[later - limit]).toBeGreaterThan(1000);
			}
		},
	);

	test('a million events share one outcome per request', async () => {
		const { outcomes } = await deliverAll(1_000_000, takeAll);
		expect(outcomes).toHaveLength(1_000_000);
		expect(new Set(outcomes).size).toBe(2000);
		expect(outcomes[999_999]).toEqual({ status: 'accepted', request: 2000 });
	});
});
