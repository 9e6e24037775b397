import { Type } from '@sinclair/typebox';
import type { StandinOptions } from '../../standin/options.mts';
import { jsonOf, until, withStandin, type StandinClient } from '../support/standinClient.mts';

const CONTACTS = [
	{ channels: [{ type: 'email', value: 'Ann@Example.com' }], externalCustomerId: 'c-1' },
	{ channels: [{ type: 'email', value: 'bob@example.com' }] },
	{ channels: [{ type: 'email', value: 'cid@example.com' }] },
];
const Answer = Type.Object({ asyncSessionId: Type.String() });
const Status = Type.Object({
	status: Type.Optional(Type.String()),
	timestamp: Type.String(),
	description: Type.Optional(Type.String()),
	mapping: Type.Optional(Type.Unknown()),
});

async function start({ call }: StandinClient, contacts: unknown = CONTACTS, more: object = {}) {
	const reply = await call('POST', '/api/v1/contacts', { contacts, dedupeOn: 'email', ...more });
	return jsonOf(Answer, reply).asyncSessionId;
}

const ask = ({ call }: StandinClient, session: string) =>
	call('GET', `/api/v1/importstatus/${session}`);

const statusOf = async (client: StandinClient, session: string) =>
	jsonOf(Status, await ask(client, session));

describe('GET importstatus of the local eSputnik', () => {
	const ended = ({ standin }: StandinClient) =>
		until(() => standin.received.imports.every(({ state }) => state === 'finished'));

	it('is STARTED at first, with nothing stored', () =>
		withStandin({ importMs: 600_000 }, async (client) => {
			const session = await start(client);
			expect((await statusOf(client, session)).status).toBe('STARTED');
			expect(client.standin.contacts.count).toBe(0);
			expect(client.standin.received.imports).toMatchObject([
				{ session, contacts: 3, failed: 0, stored: 0, state: 'running' },
			]);
			expect((await client.call('GET', '/_received')).text).toContain(session);
		}));

	it('is FINISHED in the end, and the contacts are stored', () =>
		withStandin({ importMs: 20 }, async (client) => {
			const session = await start(client);
			await ended(client);
			expect((await statusOf(client, session)).status).toBe('FINISHED');
			expect(client.standin.contacts.count).toBe(3);
			expect(client.standin.received.imports).toMatchObject([{ stored: 3, created: 3 }]);
		}));

	it('has other words, where told', () =>
		withStandin(
			{ importMs: 600_000, importWord: 'Queued', importWordCase: 'lower' },
			async (client) => {
				expect((await statusOf(client, await start(client))).status).toBe('queued');
				client.standin.configure({ importMs: 0 });
				expect((await statusOf(client, await start(client))).status).toBe('finished');
			},
		));

	it.each([
		['nothing', 0],
		['part', 1],
	] as const)('may end in ERROR, with %s stored', (importErrorStores, stored) =>
		withStandin({ importMs: 0, importEnd: 'ERROR', importErrorStores }, async (client) => {
			const status = await statusOf(client, await start(client));
			expect(status).toMatchObject({ status: 'ERROR', description: 'The import has failed' });
			expect(status.mapping).toBeUndefined();
			expect(client.standin.contacts.count).toBe(stored);
		}),
	);

	it('may never end', () =>
		withStandin({ importMs: 20, importEnd: 'never' }, async (client) => {
			const session = await start(client);
			await new Promise((resolve) => setTimeout(resolve, 100));
			expect((await statusOf(client, session)).status).toBe('IMPORTING');
			expect(client.standin.contacts.count).toBe(0);
		}));

	it('may take requests in another order than they came', () =>
		withStandin({ importMs: 700, importUneven: true }, async (client) => {
			const person = (firstName: string) => [{ ...CONTACTS[1], firstName }];
			const more = { contactFields: ['firstName'] };
			await start(client, person('First'), more);
			await start(client, person('Second'), more);
			await ended(client);
			expect(client.standin.contacts.all).toMatchObject([{ values: { firstName: 'First' } }]);
		}));

	it('may not find a session for a while', () =>
		withStandin({ importMs: 0, importNotFoundMs: 1000 }, async (client) => {
			const session = await start(client);
			expect((await ask(client, session)).status).toBe(404);
			await new Promise((resolve) => setTimeout(resolve, 1050));
			expect((await statusOf(client, session)).status).toBe('FINISHED');
		}));

	const unknown: ReadonlyArray<[StandinOptions['unknownSession'], number, string]> = [
		['404', 404, 'Not Found'],
		['400', 400, 'Bad Request: there is no such session'],
	];
	it.each(unknown)('does not know a session: %s', (unknownSession, status, text) =>
		withStandin({ unknownSession }, async (client) => {
			expect(await ask(client, 'none')).toMatchObject({ status, text });
		}),
	);

	it('does not know a session: 200 without a status', () =>
		withStandin({ unknownSession: '200' }, async (client) => {
			expect((await statusOf(client, 'none')).status).toBeUndefined();
		}));

	it('forgets a session after its lifetime', () =>
		withStandin({ importMs: 0, sessionLifetimeMs: 800 }, async (client) => {
			const session = await start(client);
			expect((await ask(client, session)).status).toBe(200);
			await new Promise((resolve) => setTimeout(resolve, 850));
			expect((await ask(client, session)).status).toBe(404);
			client.standin.configure({ sessionLifetimeMs: 0 });
			expect((await ask(client, session)).status).toBe(200);
		}));

	it('forgets imports under way when it is reset', () =>
		withStandin({ importMs: 500 }, async (client) => {
			const session = await start(client);
			client.standin.reset();
			await new Promise((resolve) => setTimeout(resolve, 600));
			expect(client.standin.contacts.count).toBe(0);
			expect((await ask(client, session)).status).toBe(404);
		}));
});

describe('the mapping of a finished import', () => {
	const mapped = async (
		options: Partial<StandinOptions>,
		contacts?: readonly object[],
		more?: object,
	) => {
		let mapping: unknown;
		await withStandin({ importMs: 0, ...options }, async (client) => {
			({ mapping } = await statusOf(client, await start(client, contacts, more)));
		});
		return mapping;
	};
	const entry = (dedupeValue: string, contactId: number | string) => ({ dedupeValue, contactId });

	it('names all contacts, half of them, or is absent', async () => {
		expect(await mapped({})).toEqual([
			entry('Ann@Example.com', 1),
			entry('bob@example.com', 2),
			entry('cid@example.com', 3),
		]);
		expect(await mapped({ mapping: 'cut' })).toEqual([entry('Ann@Example.com', 1)]);
		expect(await mapped({ mapping: 'absent' })).toBeUndefined();
	});

	it('is a list or, for one contact, the bare object', async () => {
		const one = CONTACTS.slice(1, 2);
		expect(await mapped({}, one)).toEqual([entry('bob@example.com', 1)]);
		expect(await mapped({ mappingForm: 'object' }, one)).toEqual(entry('bob@example.com', 1));
		expect(await mapped({ mappingForm: 'object' })).toHaveLength(3);
	});

	it('has ids as numbers or as text', async () => {
		const one = CONTACTS.slice(1, 2);
		expect(await mapped({ mappingContactId: 'text' }, one)).toEqual([
			entry('bob@example.com', '1'),
		]);
	});

	it('names contacts as sent, normalized, or by the external id', async () => {
		expect(await mapped({ mappingDedupeValue: 'normalized' })).toEqual([
			entry('ann@example.com', 1),
			entry('bob@example.com', 2),
			entry('cid@example.com', 3),
		]);
		expect(await mapped({ mappingDedupeValue: 'externalId' })).toEqual([
			entry('c-1', 1),
			entry('bob@example.com', 2),
			entry('cid@example.com', 3),
		]);
		const phone = [{ channels: [{ type: 'sms', value: '+38 (050) 123-45-67' }] }];
		const more = { dedupeOn: 'sms' };
		expect(await mapped({}, phone, more)).toEqual([entry('+38 (050) 123-45-67', 1)]);
		expect(await mapped({ mappingDedupeValue: 'normalized' }, phone, more)).toEqual([
			entry('380501234567', 1),
		]);
	});
});

describe('lists for the panel', () => {
	const listed = async (options: Partial<StandinOptions>, path: string) => {
		let body: unknown;
		await withStandin(options, async ({ call }) => {
			body = JSON.parse((await call('GET', `/api/v1/${path}`)).text);
		});
		return body;
	};

	it('shows the additional fields, one of each type', async () => {
		const body = JSON.stringify(await listed({}, 'addressbooks'));
		const types = Array.from(body.matchAll(/"type":"(\w+)"/g), ([, type]) => type).sort();
		expect(types).toEqual(
			[
				'TEXTFIELD',
				'TEXTAREA',
				'NUMBER',
				'DECIMAL',
				'DATE',
				'DATETIME',
				'COMBOBOX',
				'CHECKBOXLIST',
			].sort(),
		);
		expect(body).toContain(
			'{"id":15867,"name":"Loyalty level","fieldKey":"LOYALTY_LEVEL","description":{"type":"COMBOBOX","allowedValues":{"possibleValues":["silver","gold"]},"required":false,"readonly":false}}',
		);
		expect(body).toMatch(/^\{"addressBook":\{"addressBookId":1,/);
	});

	it('collapses lists of one, or never', async () => {
		expect(await listed({ addressBookSize: 'one' }, 'addressbooks')).toMatchObject({
			addressBook: { fieldGroups: { name: 'Purchases', fields: { id: 15867 } } },
		});
		expect(
			await listed({ addressBookSize: 'one', addressBookForm: 'arrays' }, 'addressbooks'),
		).toMatchObject({
			addressBook: [{ fieldGroups: [{ name: 'Purchases', fields: [{ id: 15867 }] }] }],
		});
		expect(await listed({ addressBookSize: 'none' }, 'addressbooks')).toMatchObject({
			addressBook: { fieldGroups: [] },
		});
	});

	it('writes scalars as text and types in lower case, where told', async () => {
		const options = { addressBookSize: 'one', addressBookScalars: 'text' } as const;
		expect(await listed({ ...options, addressBookTypes: 'lower' }, 'addressbooks')).toMatchObject({
			addressBook: {
				addressBookId: '1',
				fieldGroups: {
					fields: { id: '15867', description: { type: 'combobox', required: 'false' } },
				},
			},
		});
	});

	it('shows groups of each type, page by page, as a list or within an object', async () => {
		const all = [
			{ id: 1, name: 'Newsletter', type: 'Static' },
			{ id: 2, name: 'Buyers of this month', type: 'Dynamic' },
			{ id: 3, name: 'Buyers of all regions', type: 'Combined' },
		];
		expect(await listed({}, 'groups')).toEqual(all);
		expect(await listed({ groupsForm: 'object' }, 'groups')).toEqual({ groups: all });
		expect(await listed({}, 'groups?startindex=2&maxrows=1')).toEqual([all[1]]);
	});
});

describe('contacts for tests in other processes', () => {
	it('are made at once and shown page by page', () =>
		withStandin({}, async ({ call }) => {
			expect(JSON.parse((await call('POST', '/_contacts', CONTACTS)).text)).toEqual({ count: 3 });
			expect(JSON.parse((await call('GET', '/_contacts?offset=1&limit=1')).text)).toEqual({
				count: 3,
				contacts: [
					{
						id: 2,
						values: { email: 'bob@example.com' },
						additional: {},
						groups: [],
						revision: 1,
					},
				],
			});
			await call('POST', '/_reset');
			expect(JSON.parse((await call('GET', '/_contacts')).text)).toEqual({
				count: 0,
				contacts: [],
			});
		}));
});
