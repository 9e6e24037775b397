import type { IDataObject } from 'n8n-workflow';
import type { Standin } from '../../standin/server.mts';
import type { RunResult } from '../support/engine.mts';
import {
	jsonOf,
	orders,
	send,
	stopTextOf,
	useStandin,
	type SendCase,
} from '../support/esputnik.mts';
import { property } from '../support/property.mts';
import { ESPUTNIK } from '../support/workflowJson.mts';

const standin = useStandin();

beforeEach(() =>
	standin().configure({
		htmlInstead: [],
		latencyMs: 0,
		liveAnswer: 'empty',
		requiredParams: {},
	}),
);

/** *Send Events* with three fields dragged into it. */
async function sendLive(given: SendCase, to: Standin = standin()): Promise<RunResult> {
	const parameters = { resource: 'event', operation: 'send', ...given.parameters };
	return await send(to, { ...given, parameters });
}

function pathsOf(to: Standin): string[] {
	return to.received.requests.map(({ method, path }) => `${method} ${path}`);
}

const row = (name: string, value: string) => ({ id: name, name, value, type: 'string' });

describe('Live events', () => {
	test('go one in a request, without a time, and tell what became of them', async () => {
		const run = await sendLive({ items: orders(2) });

		expect(pathsOf(standin())).toEqual(['POST /api/v1/event', 'POST /api/v1/event']);
		expect(standin().received.requests.map(({ body }) => body)).toEqual(
			orders(2).map(({ email }, index) =>
				JSON.stringify({
					eventTypeKey: 'orderCreated',
					keyValue: email,
					params: [
						{ name: 'externalOrderId', value: ['1000', '1001'][index] },
						{ name: 'totalCost', value: ['10', '10.01'][index] },
						{ name: 'email', value: email },
					],
				}),
			),
		);
		expect(run.output(ESPUTNIK)).toEqual(
			orders(2).map(({ email }, item) => ({
				json: {
					status: 'accepted',
					eventTypeKey: 'orderCreated',
					keyValue: email,
					request: item + 1,
				},
				pairedItem: { item },
			})),
		);
	});

	test.each(['empty', 'noContent', 'json', 'accepted'] as const)(
		'are accepted by v2 whatever its success looks like: %s',
		async (liveAnswer) => {
			standin().configure({ liveAnswer });
			const params = { assignments: [{ ...row('items', '={{ $json.items }}'), type: 'array' }] };
			const run = await sendLive({
				items: [{ ...orders(1)[0], items: [{ sku: 'a' }] }],
				parameters: { params, options: { apiVersion: 'v2' } },
			});

			expect(pathsOf(standin())).toEqual(['POST /api/v2/event']);
			expect(standin().received.events[0].params).toContainEqual({
				name: 'items',
				value: [{ sku: 'a' }],
			});
			expect(jsonOf(run)).toMatchObject([{ status: 'accepted' }]);
		},
	);

	test('of one contact leave one after another, in the order of the items; those of others beside them', async () => {
		standin().configure({ latencyMs: 20 });
		const contacts = ['a@b.co', 'c@d.eu', 'A@b.co', 'e@f.gh', 'a@b.co', 'c@d.eu', 'i@j.kl'];
		const items = contacts.map((email, id) => ({ id, email, total: 1 }));
		await sendLive({ items, parameters: { options: { parallelRequests: 16 } } });

		const sent = standin().received.requests.map(({ body = '', atMs, milliseconds }) => ({
			contact: String(property(JSON.parse(body), 'keyValue')).toLowerCase(),
			id: Number(/"externalOrderId","value":"(\d+)"/.exec(body)?.[1]),
			from: atMs,
			to: atMs + milliseconds,
		}));
		const overlapping = sent.flatMap((one) =>
			sent.filter((other) => other !== one && other.from >= one.from && other.from < one.to - 1),
		);
		expect(overlapping.length).toBeGreaterThan(0);
		for (const contact of new Set(sent.map((request) => request.contact))) {
			const own = sent.filter((request) => request.contact === contact);
			expect(own.map(({ id }) => id)).toEqual(own.map(({ id }) => id).sort((a, b) => a - b));
			own.slice(1).forEach((later, index) => {
				expect(later.from).toBeGreaterThanOrEqual(own[index].to - 1);
			});
		}
	});

	test('need no key where a parameter names the contact', async () => {
		const items = [{ phone: '380501234567' }, { phone: '380501234567' }, { other: 1 }];
		const params = { assignments: [row('phone', '={{ $json.phone }}')] };
		const run = await sendLive({
			items,
			parameters: { keyValue: '', params },
			onError: 'continueRegularOutput',
		});

		expect(standin().received.events).toMatchObject([{ keyValue: '' }, { keyValue: '' }]);
		expect(jsonOf(run)).toMatchObject([
			{ status: 'accepted' },
			{ status: 'accepted' },
			{ status: 'rejected', reason: 'KEY_VALUE_REQUIRED' },
		]);
		expect(jsonOf(run)[0]).not.toHaveProperty('keyValue');
	});

	test('without anything that names the contact are left to eSputnik where checks are', async () => {
		const run = await sendLive({
			items: [{ other: 1 }],
			parameters: { keyValue: '', params: {}, options: { validation: 'server' } },
			onError: 'continueRegularOutput',
		});

		expect(jsonOf(run)).toMatchObject([
			{
				status: 'rejected',
				reason: 'REQUEST_REJECTED',
				message: expect.stringContaining('keyValue'),
			},
		]);
	});

	test('that lack parameters of a validated type are rejected with the text of eSputnik, each on its own', async () => {
		standin().configure({ requiredParams: { orderCreated: ['gift'] } });
		const items = orders(3).map((order, index) => ({ ...order, gift: index === 1 ? '' : 'yes' }));
		const params = { assignments: [row('gift', '={{ $json.gift }}')] };
		const run = await sendLive({ items, parameters: { params }, onError: 'continueRegularOutput' });

		expect(jsonOf(run).map(({ status }) => status)).toEqual(['accepted', 'rejected', 'accepted']);
		expect(jsonOf(run)[1].message).toContain('The event should have the following params: [gift]');
		expect(standin().received.requests).toHaveLength(3);
	});

	test('of more than 20 kB are refused before they are sent', async () => {
		const items = [{ ...orders(1)[0], note: 'я'.repeat(10_000) }, orders(2)[1]];
		const params = { assignments: [row('note', '={{ $json.note }}')] };
		const run = await sendLive({ items, parameters: { params }, onError: 'continueRegularOutput' });

		expect(jsonOf(run)).toMatchObject([
			{ status: 'rejected', reason: 'EVENT_TOO_LARGE', message: expect.stringContaining('20,000') },
			{ status: 'accepted' },
		]);
		expect(standin().received.requests).toHaveLength(1);
	});
});

describe('So that nobody is messaged by mistake', () => {
	test('a run with more items than Max Events sends nothing, and says what would have happened', async () => {
		const run = await sendLive({ items: orders(101) });

		expect(standin().received.requests).toEqual([]);
		expect(stopTextOf(run)).toMatch(
			/^Nothing was sent\. 101 items came in, and 'Max Events' is 100: .*starts the workflows.*people may get messages.*'Send Past Events', which starts no workflows/s,
		);
	});

	test('under Continue every item of such a run is not sent', async () => {
		const run = await sendLive({ items: orders(101), onError: 'continueRegularOutput' });

		expect(jsonOf(run)).toHaveLength(101);
		expect(jsonOf(run).every(({ status }) => status === 'notSent')).toBe(true);
	});

	test('the option lets more through', async () => {
		const run = await sendLive({
			items: orders(101),
			parameters: { options: { maxEvents: 101 } },
		});

		expect(jsonOf(run).filter(({ status }) => status === 'accepted')).toHaveLength(101);
	});

	test.each([
		['Dry Run', 'dryRun', '={{ $json.id === 1000 }}'],
		['Max Events', 'maxEvents', '={{ $json.id === 1000 ? 500 : 1 }}'],
	])('%s that differs from item to item refuses the run', async (label, name, value) => {
		const run = await sendLive({ items: orders(2), parameters: { options: { [name]: value } } });

		expect(standin().received.requests).toEqual([]);
		expect(stopTextOf(run)).toContain(`'${label}' has to be the same for every item`);
	});

	test.each([
		['Retry On Fail', { settings: { retryOnFail: true } }, 'RETRY_ON_FAIL'],
		['an execution started by Retry', { run: { mode: 'retry' } }, 'RETRIED_EXECUTION'],
	] as const)('%s is refused', async (_, given, reason) => {
		const run = await sendLive({ items: orders(1), onError: 'continueRegularOutput', ...given });

		expect(standin().received.requests).toEqual([]);
		expect(jsonOf(run)).toMatchObject([
			{ status: 'notSent', reason, message: expect.stringContaining('messages twice') },
		]);
	});

	test('an event of which nobody knows whether it was taken is not sent again', async () => {
		standin().faults.push({ kind: 'resetAfterAccepting' });
		const run = await sendLive({ items: orders(1), onError: 'continueRegularOutput' });

		expect(standin().received.workflowStarts).toHaveLength(1);
		expect(jsonOf(run)).toMatchObject([
			{ status: 'uncertain', message: expect.stringContaining('messages twice') },
		]);
	});

	test('unless that is chosen', async () => {
		standin().faults.push({ kind: 'resetAfterAccepting' });
		const run = await sendLive({
			items: orders(1),
			parameters: { options: { onUncertain: 'resend' } },
		});

		expect(standin().received.workflowStarts).toHaveLength(2);
		expect(jsonOf(run)).toMatchObject([{ status: 'accepted' }]);
	});

	test('a web page in the place of an answer is uncertain', async () => {
		standin().configure({ htmlInstead: ['/event'] });
		const run = await sendLive({ items: orders(1), onError: 'continueRegularOutput' });

		expect(jsonOf(run)).toMatchObject([{ status: 'uncertain', reason: 'BAD_RESPONSE' }]);
	});

	test('one item without any field is nothing to send', async () => {
		const run = await sendLive({ items: [{}] });

		expect(standin().received.requests).toEqual([]);
		expect(jsonOf(run)).toMatchObject([{ status: 'notSent', reason: 'EMPTY_INPUT' }]);
	});
});

describe('Under the settings of the node', () => {
	test('Stop Workflow sends nothing where an item cannot be sent, and no more after a refusal', async () => {
		const [good, bad] = orders(2);
		const unsendable = await sendLive({ items: [good, { ...bad, email: 'no address' }] });
		expect(standin().received.requests).toEqual([]);
		expect(stopTextOf(unsendable)).toContain('1 of 2 items cannot be sent');

		standin().faults.push({ kind: 'status', status: 400, text: 'no', skip: 1 });
		const stopped = await sendLive({
			items: orders(10),
			parameters: { options: { parallelRequests: 1 } },
		});
		expect(standin().received.events).toHaveLength(1);
		expect(stopTextOf(stopped)).toContain(
			'1 of 10 events are stored; do not run these items again',
		);
	});

	test('the error branch gets what was not accepted', async () => {
		standin().faults.push({ kind: 'status', status: 400, text: 'no', skip: 1 });
		const run = await sendLive({ items: orders(3), onError: 'continueErrorOutput' });

		expect(jsonOf(run)).toHaveLength(2);
		expect(jsonOf(run, 1)).toMatchObject([{ error: 'REQUEST_REJECTED', id: 1001 }]);
	});

	test('a dry run shows the first requests and the counts, and tells of too many items', async () => {
		const run = await sendLive({
			items: orders(150),
			parameters: { options: { dryRun: true } },
		});

		expect(standin().received.requests).toEqual([]);
		const shown = jsonOf(run);
		expect(shown).toHaveLength(4);
		expect(shown[0]).toMatchObject({
			method: 'POST',
			url: `${standin().baseUrl}/v1/event`,
			events: 1,
			body: { eventTypeKey: 'orderCreated', keyValue: 'buyer0@example.com' },
		});
		expect(shown[3]).toMatchObject({
			summary: { total: 150, wouldBeSent: 150, rejected: 0, requests: 150 },
		});
		expect(run.hints(ESPUTNIK).map(({ message }) => message)).toContainEqual(
			expect.stringMatching(/^150 items came in, and 'Max Events' is 100/),
		);
	});

	test('an API token serves version 1 only', async () => {
		const token = {
			credentials: {
				esputnikTokenApi: { apiToken: standin().token, baseUrl: standin().baseUrl },
			},
		};
		const parameters = { authentication: 'apiToken' };
		const v1 = await sendLive({ items: orders(1), parameters, run: token });
		expect(jsonOf(v1)).toMatchObject([{ status: 'accepted' }]);

		const v2 = await sendLive({
			items: orders(1),
			parameters: { ...parameters, options: { apiVersion: 'v2' } },
			run: token,
		});
		expect(stopTextOf(v2)).toContain('An API token serves version 1');
		expect(standin().received.requests).toHaveLength(1);
	});

	test('a summary counts', async () => {
		const run = await sendLive({
			items: orders(3),
			parameters: { options: { output: 'summary' } },
		});

		expect(jsonOf(run)).toMatchObject([{ total: 3, accepted: 3, requests: 3 }]);
	});
});

describe('As a tool of an AI agent', () => {
	const asTool = { rewireOutputLogTo: 'ai_tool' } as const;
	const outcomes = (run: RunResult): IDataObject[] =>
		run.raw.data.resultData.runData[ESPUTNIK].flatMap(({ data }) =>
			(data?.ai_tool[0] ?? []).map(({ json }) => json),
		);

	test('a made-up type and mapping every field are refused', async () => {
		const madeUp = await sendLive({
			items: [{ ...orders(1)[0], type: 'giftWrapped' }],
			parameters: { eventTypeKey: { __rl: true, mode: 'id', value: '={{ $json.type }}' } },
			settings: asTool,
			onError: 'continueRegularOutput',
		});
		expect(outcomes(madeUp)).toMatchObject([{ status: 'rejected', reason: 'CONFIGURATION' }]);

		const all = await sendLive({
			items: orders(1),
			parameters: { paramsMode: 'autoMapInputData' },
			settings: asTool,
			onError: 'continueRegularOutput',
		});
		expect(outcomes(all)).toMatchObject([
			{ status: 'notSent', message: expect.stringContaining('AI agent') },
		]);
		expect(standin().received.requests).toEqual([]);
	});

	test('an uncertain outcome tells the model not to call again', async () => {
		standin().faults.push({ kind: 'resetAfterAccepting' });
		const run = await sendLive({
			items: orders(1),
			settings: asTool,
			onError: 'continueRegularOutput',
		});

		expect(outcomes(run)[0]).toMatchObject({
			status: 'uncertain',
			message: expect.stringContaining('Do not call this tool again'),
		});
	});
});
