import type { StandinOptions } from '../../standin/options.mts';
import { EVENT, withStandin, type StandinClient } from '../support/standinClient.mts';

const LIVE = {
	eventTypeKey: 'orderCreated',
	keyValue: 'order-1',
	params: [{ name: 'email', value: 'Ann@Example.com' }],
};
const post = ({ call }: StandinClient, event: unknown, version = 'v1') =>
	call('POST', `/api/${version}/event`, event);
const sized = (bytes: number) => ({
	...LIVE,
	params: [...LIVE.params, { name: 'note', value: 'x'.repeat(bytes) }],
});
const LARGE = sized(20_480);

describe('POST event of the local eSputnik', () => {
	it('keeps the event at the present minute and answers 200 without a body or a content type', () =>
		withStandin({ now: '2024-05-20T12:00' }, async (client) => {
			const { eventTypeKey, keyValue, params } = EVENT;
			const reply = await post(client, { eventTypeKey, keyValue, params });
			expect(reply).toMatchObject({ status: 200, text: '' });
			expect(reply.headers.get('content-type')).toBeNull();
			expect(client.standin.received.events).toEqual([
				{
					eventTypeKey,
					keyValue,
					params,
					occurred: '2024-05-20T12:00',
					request: 1,
					position: 0,
					version: 'v1',
					live: true,
				},
			]);
		}));

	it('misses required params in the words of eSputnik', () =>
		withStandin({ requiredParams: { orderCreated: ['cost', 'status'] } }, async (client) => {
			expect(await post(client, EVENT)).toMatchObject({
				status: 400,
				text: 'The event should have the following params: [cost, status]',
			});
		}));

	it.each(['v1', 'v2', 'v3'])('refuses what is malformed in %s', (version) =>
		withStandin({}, async (client) => {
			for (const body of [undefined, {}, { ...LIVE, keyValue: '' }, { ...LIVE, params: 'x' }]) {
				expect((await post(client, body, version)).status).toBe(400);
			}
			expect(client.standin.received.count).toBe(0);
		}),
	);

	it('takes values by version: text in v1, JSON in v2, an object in v3', () =>
		withStandin({}, async (client) => {
			const list = { ...LIVE, params: [{ name: 'items', value: [{ id: 1 }] }] };
			const object = { ...LIVE, params: { items: [{ id: 1 }] } };
			const statuses = async (version: string) =>
				Promise.all(
					[list, object].map(async (event) => (await post(client, event, version)).status),
				);
			expect(await statuses('v1')).toEqual([400, 400]);
			expect(await statuses('v2')).toEqual([200, 400]);
			expect(await statuses('v3')).toEqual([400, 200]);
		}));

	const large: ReadonlyArray<[StandinOptions['liveTooLarge'], number]> = [
		['400', 400],
		['413', 413],
		['drop', 200],
	];
	it.each(large)('treats more than 20 kB by the switch: %s', (liveTooLarge, status) =>
		withStandin({ liveTooLarge }, async (client) => {
			expect((await post(client, sized(20_000))).status).toBe(200);
			expect((await post(client, LARGE)).status).toBe(status);
			expect(client.standin.received.count).toBe(1);
			expect(client.standin.received.counts().byStatus).toEqual(
				status === 200 ? { ACCEPTED: 1, DROPPED: 1 } : { ACCEPTED: 1 },
			);
		}),
	);

	const nobody: ReadonlyArray<[StandinOptions['liveWithoutIdentifier'], number]> = [
		['refuse', 400],
		['drop', 200],
	];
	it.each(nobody)('without key value and identifier: %s', (liveWithoutIdentifier, status) =>
		withStandin({ liveWithoutIdentifier }, async (client) => {
			const event = { eventTypeKey: 'orderCreated', params: [{ name: 'cost', value: '1' }] };
			const reply = await post(client, event);
			expect(reply.status).toBe(status);
			if (status === 400) expect(reply.text).toContain('contactId, externalCustomerId, email');
			expect(client.standin.received.count).toBe(0);
			expect(client.standin.received.counts().workflowStarts).toEqual({});
		}),
	);

	const identifiers = ['contactId', 'externalCustomerId', 'email', 'phone', 'pushToken'];
	it.each(identifiers)('needs no key value beside the param %s', (name) =>
		withStandin({}, async (client) => {
			const event = { eventTypeKey: 'orderCreated', params: [{ name, value: '380501234567' }] };
			for (const version of ['v1', 'v2']) {
				expect((await post(client, event, version)).status).toBe(200);
			}
			expect(client.standin.received.events).toMatchObject([{ keyValue: '' }, { keyValue: '' }]);
		}),
	);

	const answers: ReadonlyArray<[StandinOptions['liveAnswer'], number, string]> = [
		['empty', 200, ''],
		['noContent', 204, ''],
		['json', 200, '{"status":"OK"}'],
		['accepted', 202, ''],
	];
	it.each(answers)('says yes in v2 by the switch: %s', (liveAnswer, status, text) =>
		withStandin({ liveAnswer }, async (client) => {
			expect(await post(client, LIVE, 'v2')).toMatchObject({ status, text });
			expect(await post(client, LIVE, 'v1')).toMatchObject({ status: 200, text: '' });
		}),
	);

	const keyValues: ReadonlyArray<[StandinOptions['liveV2KeyValue'], number, string[]]> = [
		['taken', 200, ['order-1']],
		['ignored', 200, ['']],
		['refused', 400, []],
	];
	it.each(keyValues)('has the key value in v2 %s', (liveV2KeyValue, status, kept) =>
		withStandin({ liveV2KeyValue }, async (client) => {
			expect((await post(client, LIVE, 'v2')).status).toBe(status);
			expect(client.standin.received.events.map(({ keyValue }) => keyValue)).toEqual(kept);
			expect((await post(client, LIVE, 'v1')).status).toBe(200);
		}),
	);
});

describe('workflows that live events would have started', () => {
	it('are counted by type, with their contacts, each time that an event comes', () =>
		withStandin({}, async (client) => {
			const { standin } = client;
			standin.contacts.create({ values: { email: 'ann@example.com' } });
			const other = { ...LIVE, params: [{ name: 'email', value: 'bob@example.com' }] };
			for (const event of [LIVE, LIVE, other, { ...LIVE, eventTypeKey: 'cartUpdated' }]) {
				await post(client, event);
			}
			expect(standin.received.counts().workflowStarts).toEqual({
				orderCreated: { starts: 3, contacts: 1, withoutContact: 1 },
				cartUpdated: { starts: 1, contacts: 1, withoutContact: 0 },
			});
			expect(standin.received.workflowStarts[0]).toEqual({
				eventTypeKey: 'orderCreated',
				keyValue: 'order-1',
				contact: 'ann@example.com',
				request: 1,
			});
			const page = await (await fetch(standin.url)).text();
			expect(page).toContain('Workflows that would have started');
			expect(page).toContain('ann@example.com');
			expect((await client.call('GET', '/_received?limit=1')).text).toContain(
				'"workflowStarts":[{"eventTypeKey":"cartUpdated"',
			);
		}));

	it('start once for a key value where the workflow processes unique events alone', () =>
		withStandin({ uniqueWorkflows: ['orderCreated'] }, async (client) => {
			for (const keyValue of ['1', '1', '2', undefined, undefined]) {
				expect((await post(client, { ...LIVE, keyValue })).status).toBe(200);
			}
			expect(client.standin.received.count).toBe(5);
			expect(client.standin.received.counts().workflowStarts.orderCreated.starts).toBe(4);
		}));

	it('are none for past events', () =>
		withStandin({}, async (client) => {
			await client.send(EVENT);
			expect(client.standin.received.counts().workflowStarts).toEqual({});
			expect(await (await fetch(client.standin.url)).text()).not.toContain('Workflows that');
		}));
});

describe('whose an event is', () => {
	const ANN = {
		email: 'Ann@Example.com',
		sms: '380501234567',
		externalCustomerId: 'c-17',
		mobilepush: 'push-1',
		contactKey: 'key-1',
	};
	const matching: ReadonlyArray<[string, string]> = [
		['contactId', '1'],
		['CONTACT_ID', '1'],
		['externalCustomerId', 'c-17'],
		['EMAIL', ' ann@example.COM'],
		['emailAddress', 'ann@example.com'],
		['userEmail', 'ann@example.com'],
		['contactEmail', 'ann@example.com'],
		['phone', '+38 (050) 123-45-67'],
		['sms', '380501234567'],
		['phoneNumber', '380501234567'],
		['pushToken', 'push-1'],
		['contactKey', 'key-1'],
		['contact_key', 'key-1'],
	];
	it.each(matching)('is found by %s: %s', (name, value) =>
		withStandin({}, async ({ send, standin }) => {
			standin.contacts.create({ values: ANN });
			await send({ ...EVENT, params: [{ name, value }] });
			await send({ ...EVENT, params: [{ name, value: `${value}9` }] });
			expect(standin.received.events.map(({ contactId }) => contactId)).toEqual([1, undefined]);
			expect(standin.received.counts().withoutContact).toBe(1);
		}),
	);

	it('is not told by the key value, unless the switch says so', () =>
		withStandin({}, async ({ send, standin }) => {
			standin.contacts.create({ values: ANN });
			const keys = ['ann@example.com', '380501234567', 'c-17', 'nobody'];
			const events = keys.map((keyValue) => ({ ...EVENT, keyValue, params: [] }));
			await send(...events);
			expect(standin.received.counts().withoutContact).toBe(4);
			standin.configure({ keyValueFindsContact: true });
			await send(...events);
			expect(standin.received.counts().withoutContact).toBe(5);
		}));

	it('is counted also where events are not kept, and no longer when they are deleted', () =>
		withStandin({ deletionActive: true }, async ({ send, call, standin }) => {
			await send(EVENT);
			await call('DELETE', '/api/v1/past_events', { from: '2000-01-01', to: '2024-01-01' });
			expect(standin.received.counts().withoutContact).toBe(0);
			standin.configure({ keep: 'counts' });
			await send(EVENT, EVENT);
			expect(standin.received.counts().withoutContact).toBe(2);
			expect(await (await fetch(standin.url)).text()).toContain('2 of them without a contact');
		}));

	it('is a new contact of v2 where none matches and segmentation is on for the type', () =>
		withStandin({ segmentationDisabled: ['quiet'] }, async (client) => {
			const { standin } = client;
			const live = (change: object, version: string) =>
				post(client, { ...LIVE, ...change }, version);
			await live({}, 'v1');
			await live({ eventTypeKey: 'quiet' }, 'v2');
			expect(standin.contacts.count).toBe(0);
			await live({}, 'v2');
			await live({ params: [{ name: 'email', value: 'ann@example.com' }] }, 'v2');
			expect(standin.contacts.all).toMatchObject([{ id: 1, values: { email: 'Ann@Example.com' } }]);
			expect(standin.received.events.map(({ contactId }) => contactId)).toEqual([
				undefined,
				undefined,
				1,
				1,
			]);
		}));
});
