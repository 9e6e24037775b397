import type { Fault } from '../../standin/faults.mts';
import {
	basic,
	EVENT,
	sendAlone,
	statuses,
	until,
	withStandin,
	type Ending,
} from '../support/standinClient.mts';

const ACCEPTED = '{"results":[{"status":"ACCEPTED"}],"successCount":1,"errorCount":0}';

describe('faults of the local eSputnik', () => {
	const cases: ReadonlyArray<[string, Fault, Partial<Ending>, number]> = [
		[
			'500, nothing stored',
			{ kind: 'status', status: 500 },
			{ status: 500, text: 'Internal Server Error' },
			0,
		],
		[
			'500 with a text, stored all the same',
			{ kind: 'status', status: 500, text: 'Oops', stored: true },
			{ status: 500, text: 'Oops' },
			1,
		],
		[
			'503 with Retry-After',
			{ kind: 'status', status: 503, retryAfter: '2' },
			{ status: 503, retryAfter: '2' },
			0,
		],
		[
			'a page of a proxy',
			{ kind: 'status', status: 502, text: '<h1>Bad gateway</h1>', contentType: 'text/html' },
			{ status: 502, text: '<h1>Bad gateway</h1>' },
			0,
		],
		[
			'another 2xx',
			{ kind: 'status', status: 202, text: '', stored: true },
			{ status: 202, text: '' },
			1,
		],
		[
			'a redirect',
			{ kind: 'redirect', location: 'http://localhost:9/elsewhere' },
			{
				status: 302,
				location: 'http://localhost:9/elsewhere',
			},
			0,
		],
		['a permanent redirect', { kind: 'redirect', status: 308 }, { status: 308 }, 0],
		[
			'a reset before reading',
			{ kind: 'resetBeforeReading' },
			{ status: undefined, broken: 'ECONNRESET' },
			0,
		],
		[
			'a reset after reading',
			{ kind: 'resetAfterReading' },
			{ status: undefined, broken: 'ECONNRESET' },
			0,
		],
		[
			'a reset after accepting',
			{ kind: 'resetAfterAccepting' },
			{ status: undefined, broken: 'ECONNRESET' },
			1,
		],
		['a slow answer', { kind: 'slow', ms: 30 }, { status: 200, text: ACCEPTED }, 1],
		['a dripping answer', { kind: 'drip', ms: 60 }, { status: 200, text: ACCEPTED }, 1],
		[
			'half an answer',
			{ kind: 'cut' },
			{
				status: 200,
				text: ACCEPTED.slice(0, Math.floor(ACCEPTED.length / 2)),
				broken: 'ECONNRESET',
			},
			1,
		],
		[
			'an answer that is no JSON',
			{ kind: 'notJson', text: '<html>' },
			{ status: 200, text: '<html>' },
			1,
		],
		['an empty answer', { kind: 'empty' }, { status: 200, text: '' }, 1],
		[
			'too few results',
			{ kind: 'resultsShorter' },
			{ text: '{"results":[],"successCount":1,"errorCount":0}' },
			1,
		],
		[
			'too many results',
			{ kind: 'resultsLonger', by: 2 },
			{
				text: '{"results":[{"status":"ACCEPTED"},{"status":"ACCEPTED"},{"status":"ACCEPTED"}],"successCount":1,"errorCount":0}',
			},
			1,
		],
		['nothing', { kind: 'pass' }, { status: 200, text: ACCEPTED }, 1],
	];
	it.each(cases)('lets a request meet %s, and the next one none', (_name, fault, ending, stored) =>
		withStandin({}, async ({ standin }) => {
			standin.faults.push(fault);
			expect(await sendAlone(standin)).toMatchObject(ending);
			expect(standin.received.count).toBe(stored);
			expect(standin.received.requests[0].fault).toBe(fault.kind);
			expect(await sendAlone(standin)).toMatchObject({ status: 200, text: ACCEPTED });
			expect(standin.received.count).toBe(stored + 1);
		}),
	);

	it.each([
		['events stored', true, 1],
		['nothing stored', false, 0],
	])('never answers a hanging request, with %s', (_name, stored, count) =>
		withStandin({}, async ({ standin }) => {
			standin.faults.push({ kind: 'hang', stored });
			const met = until(() => standin.received.requests[0]?.fault === 'hang');
			const kept = met.then(() => until(() => standin.received.count === count));
			const giveUp = kept.then(() => new Promise((resolve) => setTimeout(resolve, 50)));
			expect(await sendAlone(standin, 'a', giveUp)).toEqual({ text: '', broken: 'gave up' });
			expect(standin.received.count).toBe(count);
			expect((await sendAlone(standin)).status).toBe(200);
		}),
	);

	it('keeps a dripping answer under way for the time that it was told', () =>
		withStandin({}, async ({ standin }) => {
			standin.faults.push({ kind: 'drip', ms: 60_000 });
			expect(await sendAlone(standin, 'a', 200)).toMatchObject({ broken: 'gave up' });
		}));

	it.each(['drip', 'cut', 'slow', 'hang'] as const)(
		'serves on when a client gives up before an answer that meets %s',
		(kind) =>
			withStandin({ latencyMs: 100 }, async ({ standin }) => {
				standin.faults.push({ kind, ms: 100, times: 5 });
				const early = Array.from({ length: 5 }, (_, i) => sendAlone(standin, 'a', 30 + 25 * i));
				await Promise.all(early);
				// On a busy machine a client may have left before its request met one.
				standin.faults.clear();
				expect((await sendAlone(standin)).status).toBe(200);
			}),
	);

	it('gives the faults out in their order, as often as told', () =>
		withStandin({}, async ({ standin }) => {
			standin.faults.push(
				{ kind: 'status', status: 429, times: 2 },
				{ kind: 'pass' },
				{ kind: 'status', status: 503 },
			);
			const endings: Ending[] = [];
			for (let i = 0; i < 5; i++) endings.push(await sendAlone(standin));
			expect(endings.map(({ status }) => status)).toEqual([429, 429, 200, 503, 200]);
			expect(standin.faults.waiting).toEqual([]);
		}));

	const aimed: ReadonlyArray<[string, Partial<Fault>]> = [
		['the number of the request', { request: 2 }],
		['the requests before it', { skip: 1 }],
		['a text in the body', { body: 'second@' }],
	];
	it.each(aimed)('aims a fault by %s', (_name, aim) =>
		withStandin({}, async ({ standin }) => {
			standin.faults.push({ kind: 'status', status: 500, ...aim });
			const endings: Ending[] = [];
			for (const name of ['first@', 'second@', 'third@'])
				endings.push(await sendAlone(standin, name));
			expect(endings.map(({ status }) => status)).toEqual([200, 500, 200]);
		}),
	);

	it('aims a fault by method and path', () =>
		withStandin({ deletionActive: true }, async ({ standin, call, send }) => {
			standin.faults.push(
				{ kind: 'status', status: 500, method: 'DELETE' },
				{ kind: 'status', status: 502, path: 'account/info' },
			);
			expect((await send(EVENT)).status).toBe(200);
			expect((await call('GET', '/api/v1/account/info')).status).toBe(502);
			expect((await call('DELETE', '/api/v1/past_events', {})).status).toBe(500);
		}));

	it('asks a function of the test, request by request', () =>
		withStandin({}, async ({ standin }) => {
			standin.faults.decide = ({ number }) =>
				number % 2 === 0 ? { kind: 'status', status: 503, retryAfter: '0' } : undefined;
			const endings: Ending[] = [];
			for (let i = 0; i < 4; i++) endings.push(await sendAlone(standin));
			expect(endings.map(({ status }) => status)).toEqual([200, 503, 200, 503]);
		}));

	it('lets a refusal be what it is, whatever fault its answer meets', () =>
		withStandin({}, async ({ standin, call }) => {
			standin.faults.push({ kind: 'notJson' }, { kind: 'resultsLonger' }, { kind: 'empty' });
			for (let i = 0; i < 3; i++) {
				const reply = await call(
					'POST',
					'/api/v1/past_events',
					{ events: [EVENT] },
					basic('wrong'),
				);
				expect(reply).toMatchObject({ status: 401, text: 'Unauthorized' });
			}
		}));

	it('refuses a fault that it does not know', () =>
		withStandin({}, async ({ call, standin }) => {
			for (const fault of [
				{ kind: 'earthquake' },
				{ kind: 'status', status: 5 },
				{ kind: 'cut', x: 1 },
			]) {
				expect((await call('POST', '/_faults', fault)).status).toBe(400);
			}
			expect(standin.faults.waiting).toEqual([]);
		}));

	it('waits before each answer, the events being stored before', () =>
		withStandin({ latencyMs: 60_000 }, async ({ standin }) => {
			const stored = until(() => standin.received.count === 1);
			expect(await sendAlone(standin, 'a', stored)).toMatchObject({ broken: 'gave up' });
		}));

	it('goes away and comes back on the same port with what it received', () =>
		withStandin({}, async ({ standin, send, call }) => {
			const { port } = standin;
			await send(EVENT);
			standin.faults.push({ kind: 'hang' });
			const hanging = sendAlone(standin);
			await until(() => standin.received.count === 2);
			await standin.pause();
			expect((await hanging).broken).toBe('ECONNRESET');
			expect(await sendAlone(standin)).toMatchObject({ broken: 'ECONNREFUSED' });
			await standin.resume();
			expect(standin.port).toBe(port);
			expect(statuses(await send(EVENT))).toEqual(['ACCEPTED']);
			expect(standin.received.count).toBe(3);

			expect((await call('POST', '/_restart', { downMs: 50 })).status).toBe(200);
			let back: Ending;
			do back = await sendAlone(standin);
			while (back.status !== 200);
			expect(standin.received.count).toBe(4);
		}));

	it('closes while requests hang', async () => {
		await withStandin({}, async ({ standin }) => {
			standin.faults.push({ kind: 'hang', times: 2 }, { kind: 'drip', ms: 60_000 });
			void sendAlone(standin);
			void sendAlone(standin);
			void sendAlone(standin);
			await until(() => standin.received.count === 3);
		});
	});
});
