import * as fc from 'fast-check';
import { createServer, type Socket } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import type { Fault } from '../../standin/faults.mts';
import { LAWS_OF_OUTCOMES, obey } from '../support/deliveryLaws.mts';
import { deliveryScript } from '../support/deliveryScript.mts';
import { jsonOf, orders, send, useStandin } from '../support/esputnik.mts';
import { inNode } from '../support/inNode.mts';
import { runOverSockets } from '../support/socketDelivery.mts';

const standin = useStandin();

/** How often the stand-in has each contact's event. */
function stored(): Map<string, number> {
	const times = new Map<string, number>();
	for (const { keyValue } of standin().received.events) {
		times.set(keyValue, (times.get(keyValue) ?? 0) + 1);
	}
	return times;
}

/** Sends orders through the node; what it says of them has to be the truth. */
async function sendThrough(count: number, options: IDataObject): Promise<Record<string, number>> {
	const run = await send(standin(), {
		items: orders(count),
		onError: 'continueRegularOutput',
		parameters: { options: { batchSize: 50, ...options } },
	});
	const outcomes = jsonOf(run).map(({ keyValue, status, reason = '' }) => ({
		key: text(keyValue),
		status: text(status),
		end: `${text(status)} ${text(reason)}`.trim(),
	}));
	const truth = stored();
	const ends: Record<string, number> = {};
	expect(outcomes.map(({ key }) => key)).toEqual(orders(count).map(({ email }) => email));
	for (const { key, status, end } of outcomes) {
		const times = truth.get(key) ?? 0;
		if (status === 'accepted') expect(times).toBeGreaterThanOrEqual(1);
		if (status === 'rejected' || status === 'notSent') expect(times).toBe(0);
		if (options.onUncertain !== 'resend') expect(times).toBeLessThanOrEqual(1);
		ends[end] = (ends[end] ?? 0) + 1;
	}
	return ends;
}

function text(value: unknown): string {
	if (typeof value !== 'string') throw new Error(`Not a text: ${JSON.stringify(value)}`);
	return value;
}

/** One request of 50 events meets the fault; whether they are stored, and what is said of them. */
const ONE_FAULT: ReadonlyArray<[name: string, fault: Fault, stored: boolean, end: string]> = [
	['a reset before reading', { kind: 'resetBeforeReading' }, false, 'uncertain CONNECTION_LOST'],
	['a reset after reading', { kind: 'resetAfterReading' }, false, 'uncertain CONNECTION_LOST'],
	['a reset after accepting', { kind: 'resetAfterAccepting' }, true, 'uncertain CONNECTION_LOST'],
	['half an answer', { kind: 'cut' }, true, 'uncertain CONNECTION_LOST'],
	['an answer that is no JSON', { kind: 'notJson' }, true, 'uncertain BAD_RESPONSE'],
	['an empty answer', { kind: 'empty' }, true, 'uncertain BAD_RESPONSE'],
	['too few results', { kind: 'resultsShorter' }, true, 'uncertain BAD_RESPONSE'],
	['too many results', { kind: 'resultsLonger' }, true, 'uncertain BAD_RESPONSE'],
	['500, stored', { kind: 'status', status: 500, stored: true }, true, 'uncertain HTTP_5XX'],
	['500, not stored', { kind: 'status', status: 500 }, false, 'uncertain HTTP_5XX'],
	['202', { kind: 'status', status: 202, stored: true }, true, 'uncertain BAD_RESPONSE'],
	['408', { kind: 'status', status: 408 }, false, 'uncertain TIMEOUT'],
];

describe('what may have been taken', () => {
	test.each(ONE_FAULT)('%s: is reported and not sent again', async (_, fault, isStored, end) => {
		standin().faults.push({ ...fault, request: 2 });
		expect(await sendThrough(200, {})).toEqual({ accepted: 150, [end]: 50 });
		expect(standin().received.sends).toHaveLength(4);
		expect(standin().received.count).toBe(isStored ? 200 : 150);
	});

	test('the time-out ends an answer that drips and one that never comes, stored or not', async () => {
		standin().faults.push(
			{ kind: 'drip', ms: 60_000, request: 2 },
			{ kind: 'hang', request: 3 },
			{ kind: 'hang', stored: false, request: 4 },
		);
		expect(await sendThrough(200, { timeout: 3000 })).toEqual({
			accepted: 50,
			'uncertain TIMEOUT': 150,
		});
		expect(standin().received.sends).toHaveLength(4);
		expect(standin().received.count).toBe(150);
	}, 30_000);

	test('is sent again where that is asked for', async () => {
		standin().faults.push({ kind: 'resetAfterAccepting', request: 2 });
		expect(await sendThrough(200, { onUncertain: 'resend' })).toEqual({ accepted: 200 });
		expect(standin().received.count).toBe(250);
	});
});

describe('an answer that contradicts itself', () => {
	test.each([
		['counts none of the accepted events', { resultCounts: 'noneAccepted' }],
		['spells the status with small letters', { statusSpelling: 'lowerCase' }],
		['puts spaces around the status', { statusSpelling: 'padded' }],
	] as const)('is uncertain where it %s', async (_, switches) => {
		standin().configure(switches);
		const ends = await sendThrough(100, {});
		standin().configure({ resultCounts: 'right', statusSpelling: 'documented' });

		expect(ends).toEqual({ 'uncertain BAD_RESPONSE': 100 });
		expect(standin().received.sends).toHaveLength(2);
	});
});

describe('refusals of whole requests', () => {
	test('a 407 of a proxy ends the run after one request and names the proxy', async () => {
		standin().configure({ poison: ['@'], poisonStatus: 407 });
		const run = await send(standin(), { items: orders(500), onError: 'continueRegularOutput' });
		standin().configure({ poison: [], poisonStatus: 400 });

		expect(standin().received.sends).toHaveLength(1);
		expect(jsonOf(run)[499]).toMatchObject({ status: 'notSent', reason: 'CONNECTION_FAILED' });
		expect(jsonOf(run)[499].message).toMatch(/proxy.*407/);
	});

	test.each(['none', 'number', 'uuid', 'hex', 'time'] as const)(
		'events that are all refused do not cost a request each, with another id in each refusal: %s',
		async (refusalId) => {
			standin().configure({ poison: ['@'], refusalId });
			const ends = await sendThrough(2000, { batchSize: 500 });
			standin().configure({ poison: [], refusalId: 'none' });

			expect(Object.keys(ends).sort()).toEqual([
				'notSent REQUEST_REJECTED',
				'rejected REQUEST_REJECTED',
			]);
			expect(standin().received.sends.length).toBeLessThan(100);
		},
	);
});

test('a storm of 429 delays a run and loses nothing', async () => {
	standin().configure({ postPastEventsPerSecond: 8, retryAfter: 'seconds' });
	const ends = await sendThrough(1000, { maxRetries: 10 });
	const refused = standin().received.sends.filter(({ status }) => status === 429).length;
	standin().configure({ postPastEventsPerSecond: 100, retryAfter: 'none' });

	expect(ends).toEqual({ accepted: 1000 });
	expect(refused).toBeGreaterThan(0);
}, 60_000);

/** A server that does this with every connection at its first bytes; `heard` are these. */
async function whileServer(
	does: (socket: Socket) => void,
	run: (host: string, heard: Buffer[]) => Promise<void>,
): Promise<void> {
	const heard: Buffer[] = [];
	const open = new Set<Socket>();
	const server = createServer((socket) => {
		open.add(socket);
		socket.on('error', () => undefined).once('close', () => open.delete(socket));
		socket.once('data', (bytes: Buffer) => {
			heard.push(bytes);
			does(socket);
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('It listens on no port.');
	try {
		await run(`127.0.0.1:${address.port}`, heard);
	} finally {
		server.close();
		for (const socket of open) socket.destroy();
	}
}

const NOTHING_SENT = {
	status: 'notSent',
	reason: 'CONNECTION_FAILED',
	message: expect.stringContaining('nothing was sent'),
};

const breakOff = (socket: Socket) => void socket.resetAndDestroy();
const staySilent = () => undefined;
const askForPassword = (socket: Socket) =>
	void socket.end(
		'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n',
	);

/** Sends two orders by https, with one more try. */
async function sendByHttps(host: string) {
	const run = await send(standin(), {
		items: orders(2),
		onError: 'continueRegularOutput',
		baseUrl: `https://${host}/api`,
		parameters: { options: { maxRetries: 1, timeout: 500 } },
	});
	return jsonOf(run);
}

/** Lets everything that goes by https go through a proxy that does this. */
async function sendThroughProxy(does: (socket: Socket) => void) {
	let outcomes: IDataObject[] = [];
	let asked: string[] = [];
	await whileServer(does, async (proxy, heard) => {
		const { HTTPS_PROXY, https_proxy } = process.env;
		Object.assign(process.env, { HTTPS_PROXY: `http://${proxy}`, https_proxy: '' });
		try {
			outcomes = await sendByHttps('esputnik.invalid');
		} finally {
			process.env.HTTPS_PROXY = HTTPS_PROXY ?? '';
			process.env.https_proxy = https_proxy ?? '';
		}
		asked = heard.map(String);
	});
	return { outcomes, asked };
}

const CONNECT = expect.stringContaining('CONNECT esputnik.invalid:443');

test.each([
	['breaks off', breakOff],
	['hangs until the time-out', staySilent],
])('a TLS handshake that %s has carried nothing: sent again, then notSent', async (_, does) => {
	await whileServer(does, async (host, heard) => {
		expect(await sendByHttps(host)).toMatchObject([NOTHING_SENT, NOTHING_SENT]);
		expect(heard).toHaveLength(2);
	});
});

test.each([
	['breaks off', breakOff],
	['hangs until the time-out', staySilent],
])('a proxy that %s has passed nothing on: sent again, then notSent', async (_, does) => {
	const { outcomes, asked } = await sendThroughProxy(does);

	expect(outcomes).toMatchObject([NOTHING_SENT, NOTHING_SENT]);
	expect(asked).toEqual([CONNECT, CONNECT]);
});

test('a proxy that asks for a password is named, and asked once only', async () => {
	const { outcomes, asked } = await sendThroughProxy(askForPassword);
	const outcome = {
		status: 'notSent',
		message: expect.stringMatching(/^The proxy between n8n and eSputnik .*407/),
	};

	expect(outcomes).toMatchObject([outcome, outcome]);
	expect(asked).toEqual([CONNECT]);
});

test('a restart in the middle of a run costs at most the requests in flight', async () => {
	standin().configure({ latencyMs: 20 });
	const running = sendThrough(2000, { maxRetries: 10 });
	while (standin().received.sends.length < 10) await new Promise((next) => setTimeout(next, 5));
	await standin().restart(300);
	const ends = await running;
	standin().configure({ latencyMs: 0 });

	const { accepted, 'uncertain CONNECTION_LOST': lost = 0 } = ends;
	expect(accepted + lost).toBe(2000);
	expect(accepted).toBeGreaterThanOrEqual(2000 - 16 * 50);
}, 60_000);

test('a poisonous event in a batch is found over sockets too', async () => {
	standin().configure({ poison: ['buyer123@'] });
	const ends = await sendThrough(500, { batchSize: 500 });
	standin().configure({ poison: [] });

	expect(ends).toEqual({ accepted: 499, 'rejected REQUEST_REJECTED': 1 });
	expect(standin().received.sends.length).toBeLessThanOrEqual(1 + 18);
});

test('the random scripts of the property test break no law over sockets', async () => {
	const seen = new Set<string>();
	await inNode(standin(), async (context) => {
		for (const script of fc.sample(deliveryScript, { seed: 6, numRuns: 60 })) {
			const run = await runOverSockets(context, script);
			obey(run, LAWS_OF_OUTCOMES);
			for (const { status } of run.report.outcomes) seen.add(status);
		}
	});
	expect([...seen].sort()).toEqual(['accepted', 'notSent', 'rejected', 'uncertain']);
}, 120_000);
