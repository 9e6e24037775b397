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

	test.each([5, 100])('reaches 99 %% of %i requests per second and never more', async (limit) => {
		const { attempts, endedAt } = await deliverAll(REQUESTS, takeAll, {
			settings: { batchSize: 1, parallelRequests: 16, requestsPerSecond: limit },
			latency: (attempt) => (attempt * 37) % 100,
		});
		const ideal = ((REQUESTS - limit) / limit) * 1000;
		expect(ideal / endedAt).toBeGreaterThan(0.99);
		for (let later = limit; later < REQUESTS; later++) {
			expect(attempts[later].at - attempts[later - limit].at).toBeGreaterThan(1000);
		}
	});

	test.each([
		['all alike', () => 50],
		['the first one long on its way', (attempt: number) => (attempt === 1 ? 900 : 50)],
	])('eSputnik sees no more in any second, by their arrival: %s', async (_, latency) => {
		const limit = 10;
		const { attempts } = await deliverAll(500, takeAll, {
			settings: { batchSize: 1, parallelRequests: 16, requestsPerSecond: limit },
			latency,
		});
		// The first one arrives just before its answer, the others some a little later after their start than others.
		const arrivals = attempts
			.map(({ at }, index) => at + (index === 0 ? latency(1) : (index * 7) % 4))
			.sort((a, b) => a - b);
		expect(arrivals).toHaveLength(500);
		for (let later = limit; later < arrivals.length; later++) {
			expect(arrivals[later] - arrivals[later - limit]).toBeGreaterThan(1000);
		}
	});

	test('a million events share one outcome per request', async () => {
		const { outcomes } = await deliverAll(1_000_000, takeAll);
		expect(outcomes).toHaveLength(1_000_000);
		expect(new Set(outcomes).size).toBe(2000);
		expect(outcomes[999_999]).toEqual({ status: 'accepted', request: 2000 });
	});
});
