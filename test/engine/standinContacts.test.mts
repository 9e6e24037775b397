import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { StandinOptions } from '../../standin/options.mts';
import {
	basic,
	EVENT,
	jsonOf,
	withStandin,
	type Reply,
	type StandinClient,
} from '../support/standinClient.mts';

const email = (value: string) => ({ type: 'email', value });
const sms = (value: string) => ({ type: 'sms', value });
const ANN = {
	channels: [email('Ann@Example.com'), sms('+380 50 123-45-67')],
	firstName: 'Ann',
	lastName: 'Bee',
	externalCustomerId: 'c-17',
	languageCode: 'uk',
	timeZone: 'Europe/Kyiv',
	address: { region: '', town: 'Kyiv', address: 'Street 1', postcode: '01001' },
	fields: [{ id: 15867, value: 'gold' }],
};
const BOB = { channels: [email('bob@example.com')], firstName: 'Bob' };
const contact = (number: number) => ({ channels: [email(`c${number}@example.com`)] });
const many = (count: number) => Array.from({ length: count }, (_, i) => contact(i));

const FailedContacts = Type.Array(Type.Record(Type.String(), Type.Unknown()));
const Answer = Type.Object({
	id: Type.Optional(Type.Integer()),
	asyncSessionId: Type.Optional(Type.String()),
	failedContacts: Type.Optional(Type.Unknown()),
	errorMessage: Type.Optional(Type.String()),
});

const post = ({ call }: StandinClient, contacts: unknown, more: object = {}): Promise<Reply> =>
	call('POST', '/api/v1/contacts', { contacts, dedupeOn: 'email', ...more });

async function answerOf(client: StandinClient, contacts: unknown, more?: object) {
	const reply = await post(client, contacts, more);
	expect(reply.status).toBe(200);
	return jsonOf(Answer, reply);
}

const failedOf = ({ failedContacts = [] }: { failedContacts?: unknown }) =>
	Value.Parse(FailedContacts, failedContacts);

/** A stand-in whose imports end at once. */
const atOnce = (options: Partial<StandinOptions>, test: (client: StandinClient) => Promise<void>) =>
	withStandin({ importMs: 0, ...options }, test);

describe('POST contacts of the local eSputnik', () => {
	it('makes contacts with all that was sent, and groups that did not exist', () =>
		atOnce({}, async (client) => {
			const { standin, call } = client;
			const answer = await answerOf(client, [ANN, BOB], { groupNames: ['Imported', 'Newsletter'] });
			expect(Object.keys(answer)).toEqual(['asyncSessionId']);
			expect(standin.contacts.all).toMatchObject([
				{
					id: 1,
					values: {
						email: 'Ann@Example.com',
						sms: '+380 50 123-45-67',
						firstName: 'Ann',
						lastName: 'Bee',
						externalCustomerId: 'c-17',
						languageCode: 'uk',
						timeZone: 'Europe/Kyiv',
						town: 'Kyiv',
						address: 'Street 1',
						postcode: '01001',
					},
					additional: new Map([[15867, 'gold']]),
					groups: new Set(['Imported', 'Newsletter']),
				},
				{ id: 2, values: { email: 'bob@example.com', firstName: 'Bob' } },
			]);
			expect((await call('GET', '/api/v1/groups')).text).toContain('"name":"Imported"');
			await post(client, [BOB], { groupNamesExclude: ['Imported'], contactFields: ['firstName'] });
			expect([...(standin.contacts.all[1]?.groups ?? [])]).toEqual(['Newsletter']);
		}));

	const found: ReadonlyArray<[string, object, object]> = [
		['email', { dedupeOn: 'email' }, { channels: [email('ANN@example.com')] }],
		['sms', { dedupeOn: 'sms' }, { channels: [sms('380501234567')] }],
		[
			'email_or_sms by the phone',
			{ dedupeOn: 'email_or_sms' },
			{ channels: [sms('380501234567')] },
		],
		[
			'externalCustomerId',
			{ dedupeOn: 'externalCustomerId' },
			{ ...BOB, externalCustomerId: 'c-17' },
		],
		['id', { dedupeOn: 'id' }, { ...BOB, id: 1 }],
		['id as text', { dedupeOn: 'id' }, { ...BOB, id: '1' }],
		[
			'fieldId',
			{ dedupeOn: 'fieldId', fieldId: 15867 },
			{ ...BOB, fields: [{ id: 15867, value: 'gold' }] },
		],
		['push', { dedupeOn: 'push' }, { channels: [{ type: 'webpush', value: 'push-1' }] }],
	];
	it.each(found)('finds a contact by %s and updates it', (_name, more, change) =>
		atOnce({}, async (client) => {
			const push = { type: 'webpush', value: 'push-1' };
			await post(client, [{ ...ANN, channels: [...ANN.channels, push] }]);
			await post(client, [{ ...change, lastName: 'New' }], {
				contactFields: ['lastName'],
				...more,
			});
			expect(client.standin.contacts.all).toMatchObject([
				{ id: 1, values: { firstName: 'Ann', lastName: 'New' } },
			]);
		}),
	);

	it('does not update the field in dedupeOn itself', () =>
		atOnce({}, async (client) => {
			await post(client, [ANN]);
			const again = { channels: [email('ANN@EXAMPLE.COM')] };
			await post(client, [again], { contactFields: ['email'] });
			expect(client.standin.contacts.all[0]?.values.email).toBe('Ann@Example.com');
		}));

	const wins: ReadonlyArray<[StandinOptions['externalIdWins'], number[], number]> = [
		// Ann is found by her id, Bob by his address.
		['contact', [1, 2], 2],
		// Bob has no id, so that he is taken for a new contact.
		['request', [1, 3], 3],
		// Nobody has the address that came with the id.
		['never', [3, 2], 3],
	];
	it.each(wins)('searches the external id first: %s', (externalIdWins, ids, count) =>
		atOnce({ externalIdWins }, async (client) => {
			await post(client, [ANN], { dedupeOn: 'externalCustomerId' });
			await post(client, [BOB]);
			const moved = { ...ANN, channels: [email('new@example.com')] };
			const { asyncSessionId } = await answerOf(client, [moved, BOB], {
				contactFields: ['email', 'firstName'],
			});
			const status: unknown = JSON.parse(
				(await client.call('GET', `/api/v1/importstatus/${asyncSessionId}`)).text,
			);
			expect(status).toMatchObject({ mapping: ids.map((contactId) => ({ contactId })) });
			expect(client.standin.contacts.count).toBe(count);
			const { email: address } = client.standin.contacts.all[0]?.values ?? {};
			expect(address).toBe(externalIdWins === 'never' ? 'Ann@Example.com' : 'new@example.com');
		}),
	);

	describe('the null trap', () => {
		it('empties what is named and missing, channels too, and leaves the rest', () =>
			atOnce({}, async (client) => {
				await post(client, [ANN]);
				const change = { channels: [email('ann@example.com')], lastName: 'Cee' };
				await post(client, [change], { contactFields: ['lastName', 'firstName', 'sms'] });
				expect(client.standin.contacts.all[0]?.values).toMatchObject({
					firstName: null,
					lastName: 'Cee',
					sms: null,
					town: 'Kyiv',
					externalCustomerId: 'c-17',
				});
				expect(client.standin.received.counts().contactValuesEmptied).toBe(2);
				expect(client.standin.contacts.find('sms', '380501234567')).toBeUndefined();
			}));

		it('empties every missing field where contactFields is missing', () =>
			atOnce({}, async (client) => {
				await post(client, [ANN]);
				await post(client, [{ channels: [email('ann@example.com')], lastName: 'Cee' }]);
				const { values } = client.standin.contacts.all[0] ?? { values: {} };
				expect(Object.entries(values).filter(([, value]) => value !== null)).toEqual([
					['lastName', 'Cee'],
					['email', 'Ann@Example.com'],
				]);
			}));

		it('holds for additional fields by customFieldsIDs, which nothing else changes', () =>
			atOnce({}, async (client) => {
				const field = (value: string) => [{ id: 15867, value }];
				const more = { contactFields: ['firstName'] };
				await post(client, [ANN]);
				await post(client, [{ ...ANN, fields: field('silver') }], more);
				expect(client.standin.contacts.all[0]?.additional.get(15867)).toBe('gold');
				await post(client, [{ ...ANN, fields: field('silver') }], {
					...more,
					customFieldsIDs: [15867],
				});
				expect(client.standin.contacts.all[0]?.additional.get(15867)).toBe('silver');
				await post(client, [{ ...ANN, fields: [] }], { ...more, customFieldsIDs: [15867] });
				expect(client.standin.contacts.all[0]?.additional.get(15867)).toBeNull();
			}));

		it('changes nothing when the same request comes again', () =>
			atOnce({}, async (client) => {
				const more = { contactFields: ['firstName', 'lastName', 'sms', 'town'] };
				await post(client, [ANN], more);
				const before = JSON.stringify(client.standin.contacts.all[0]?.values);
				await post(client, [ANN], more);
				expect(JSON.stringify(client.standin.contacts.all[0]?.values)).toBe(before);
				expect(client.standin.contacts.count).toBe(1);
				expect(client.standin.contacts.emptied).toBe(0);
				await post(client, [{ ...ANN, lastName: 'Cee' }], more);
				expect(client.standin.received.imports).toMatchObject([
					{ created: 1, changed: 0 },
					{ created: 0, changed: 0 },
					{ created: 0, changed: 1 },
				]);
			}));
	});

	describe('what is not taken', () => {
		it.each([
			['no dedupeOn', { dedupeOn: undefined }],
			['another dedupeOn', { dedupeOn: 'name' }],
			['fieldId without a field', { dedupeOn: 'fieldId' }],
			['an unknown contact field', { contactFields: ['shoe'] }],
			['no contacts', { contacts: [] }],
			['a contact that is none', { contacts: ['x'] }],
		])('is refused with 400: %s', (_name, more) =>
			atOnce({}, async (client) => {
				expect((await post(client, [BOB], more)).status).toBe(400);
				expect(client.standin.contacts.count).toBe(0);
			}),
		);

		const surplus: ReadonlyArray<[StandinOptions['tooManyContacts'], number, number, number]> = [
			['request', 400, 0, 0],
			['failed', 200, 3000, 2],
			['cut', 200, 3000, 0],
		];
		it.each(surplus)('is more than 3,000: %s', (tooManyContacts, status, stored, failed) =>
			atOnce({ tooManyContacts }, async (client) => {
				const reply = await post(client, many(3002));
				expect(reply.status).toBe(status);
				expect(client.standin.contacts.count).toBe(stored);
				if (status === 200) expect(failedOf(jsonOf(Answer, reply))).toHaveLength(failed);
			}),
		);

		const channels: ReadonlyArray<[StandinOptions['contactWithoutChannel'], number, number]> = [
			['request', 400, 0],
			['failed', 200, 1],
		];
		it.each(channels)('has no channel: %s', (contactWithoutChannel, status, stored) =>
			atOnce({ contactWithoutChannel }, async (client) => {
				const reply = await post(client, [{ firstName: 'Nobody' }, BOB]);
				expect(reply.status).toBe(status);
				expect(client.standin.contacts.count).toBe(stored);
				if (status === 400) return;
				expect(failedOf(jsonOf(Answer, reply))).toEqual([
					{ firstName: 'Nobody', error: 'The contact has no channels' },
				]);
			}),
		);

		const fails: ReadonlyArray<[string, object, object?]> = [
			['an address that is none', { channels: [email('ann')] }],
			['a phone that is too short', { channels: [sms('12345')] }, { dedupeOn: 'sms' }],
			['a name of 41 characters', { ...BOB, firstName: 'x'.repeat(41) }],
			['a name with four digits', { ...BOB, lastName: 'R2D2-34' }],
			['nothing to find it by', { channels: [sms('380501234567')] }],
			['a text above 1,000', { ...BOB, fields: [{ id: 15872, value: 'x'.repeat(1001) }] }],
			['a number that is none', { ...BOB, fields: [{ id: 15868, value: 'many' }] }],
			['a number beyond int32', { ...BOB, fields: [{ id: 15868, value: '2147483648' }] }],
			['a number that is no text', { ...BOB, fields: [{ id: 15868, value: 5 }] }],
			['a value that is not allowed', { ...BOB, fields: [{ id: 15867, value: 'iron' }] }],
			['one of several not allowed', { ...BOB, fields: [{ id: 15874, value: 'hats,cats' }] }],
			['a date with a time', { ...BOB, fields: [{ id: 15871, value: '2020-01-01T10:00' }] }],
			['a time without a date', { ...BOB, fields: [{ id: 15870, value: '10:00' }] }],
			[
				'a long value of fieldId',
				{ ...BOB, fields: [{ id: 15872, value: 'x'.repeat(51) }] },
				{ dedupeOn: 'fieldId', fieldId: 15872 },
			],
		];
		it.each(fails)('fails alone: %s', (_name, bad, more = { dedupeOn: 'email' }) =>
			atOnce({}, async (client) => {
				const answer = await answerOf(client, [bad, ANN], more);
				expect(failedOf(answer)).toHaveLength(1);
				expect(client.standin.contacts.count).toBe(1);
			}),
		);

		it('takes values at their limits', () =>
			atOnce({}, async (client) => {
				const values = [
					[15867, 'gold'],
					[15868, '-2147483648'],
					[15869, '12.50'],
					[15870, '2020-01-01T10:00'],
					[15871, '2020-01-01'],
					[15872, 'x'.repeat(1000)],
					[15873, 'x'.repeat(5000)],
					[15874, 'hats,shoes'],
				].map(([id, value]) => ({ id, value }));
				const bob = { ...BOB, firstName: 'x'.repeat(40), fields: values };
				expect(failedOf(await answerOf(client, [bob]))).toEqual([]);
			}));

		it.each([
			['40', 1],
			['60', 0],
		] as const)('has a name of more than %s characters', (nameLength, failed) =>
			atOnce({ nameLength }, async (client) => {
				const answer = await answerOf(client, [{ ...BOB, firstName: 'x'.repeat(60) }]);
				expect(failedOf(answer)).toHaveLength(failed);
			}),
		);

		it('fails with any error that the switch gives it, or is missing without a word', () =>
			atOnce(
				{ contactErrorFor: { 'bob@': 'Blacklisted' }, contactsMissing: ['c1@'] },
				async (client) => {
					const answer = await answerOf(client, [BOB, ANN, contact(1)]);
					expect(failedOf(answer)).toEqual([{ ...BOB, error: 'Blacklisted' }]);
					expect(client.standin.contacts.all).toMatchObject([{ values: { firstName: 'Ann' } }]);
					const { asyncSessionId } = answer;
					const { text } = await client.call('GET', `/api/v1/importstatus/${asyncSessionId}`);
					expect(text).toContain('Ann@Example.com');
					expect(text).not.toContain('c1@');
				},
			));

		const deleted: ReadonlyArray<[StandinOptions['deletedContact'], number]> = [
			['silent', 0],
			['failed', 1],
		];
		it.each(deleted)('was deleted before, and restored only when asked: %s', (deletedContact, n) =>
			atOnce({ deletedContacts: ['bob@'], deletedContact }, async (client) => {
				expect(failedOf(await answerOf(client, [BOB]))).toHaveLength(n);
				expect(client.standin.contacts.count).toBe(0);
				await answerOf(client, [BOB], { restoreDeleted: true });
				expect(client.standin.contacts.count).toBe(1);
				expect(failedOf(await answerOf(client, [BOB]))).toEqual([]);
			}),
		);

		it('is the same body within a minute, where told', () =>
			atOnce({ duplicateImport: 'refuse' }, async (client) => {
				expect((await post(client, [BOB])).status).toBe(200);
				expect(await post(client, [BOB])).toMatchObject({
					status: 409,
					text: 'Duplicated request',
				});
				expect((await post(client, [BOB, ANN])).status).toBe(200);
				client.standin.configure({ duplicateImport: 'accept' });
				expect((await post(client, [BOB])).status).toBe(200);
			}));

		it('is another method or another kind of body', () =>
			atOnce({}, async ({ call, standin }) => {
				expect((await call('PUT', '/api/v1/contacts', {})).status).toBe(405);
				const response = await fetch(`${standin.baseUrl}/v1/contacts`, {
					method: 'POST',
					headers: { authorization: basic(standin.apiKey), 'content-type': 'application/xml' },
					body: '<contacts/>',
				});
				expect(response.status).toBe(415);
			}));
	});

	describe('the answer', () => {
		const TWO_BAD = [
			{ channels: [email('ann')], externalCustomerId: 'c-1' },
			{ channels: [email('AN N@b.c')] },
		];

		it('lists failed contacts by their fields and the error, without index or external id', () =>
			atOnce({}, async (client) => {
				const error = 'The email address is not valid';
				expect(failedOf(await answerOf(client, [BOB, ...TWO_BAD]))).toEqual([
					{ channels: [email('ann')], error },
					{ channels: [email('AN N@b.c')], error },
				]);
				client.standin.configure({
					failedContactExternalId: true,
					failedContactChannels: 'normalized',
				});
				expect(failedOf(await answerOf(client, TWO_BAD))).toEqual([
					{ channels: [email('ann')], externalCustomerId: 'c-1', error },
					{ channels: [email('an n@b.c')], error },
				]);
			}));

		it('has one failed contact as the bare object, where told', () =>
			atOnce({ failedContacts: 'object' }, async (client) => {
				expect(await answerOf(client, TWO_BAD.slice(0, 1))).toMatchObject({
					failedContacts: { channels: [email('ann')] },
				});
				expect(failedOf(await answerOf(client, TWO_BAD))).toHaveLength(2);
			}));

		it.each([
			['present', true],
			['absent', false],
		] as const)('has its session %s where all failed', (allFailedSession, has) =>
			atOnce({ allFailedSession }, async (client) => {
				const answer = await answerOf(client, TWO_BAD);
				expect(answer.asyncSessionId !== undefined).toBe(has);
				expect((await answerOf(client, [BOB, ...TWO_BAD])).asyncSessionId).toBeDefined();
			}),
		);

		it.each([
			['beside', true, 1],
			['instead', false, 0],
		] as const)('has an error message %s', (importErrorMessagePlace, has, stored) =>
			atOnce(
				{ importErrorMessage: 'The account is full', importErrorMessagePlace },
				async (client) => {
					const answer = await answerOf(client, [BOB]);
					expect(answer.errorMessage).toBe('The account is full');
					expect(answer.asyncSessionId !== undefined).toBe(has);
					expect(client.standin.contacts.count).toBe(stored);
				},
			),
		);

		it('has an id, where told', () =>
			atOnce({ importAnswerId: true }, async (client) => {
				expect((await answerOf(client, [BOB])).id).toBe(0);
			}));
	});

	describe('a new contact with eventKeyForNewContacts', () => {
		it('makes an event, which starts workflows, for new contacts alone', () =>
			atOnce({}, async (client) => {
				await post(client, [BOB]);
				await post(client, [ANN, BOB], { eventKeyForNewContacts: 'newContact' });
				expect(client.standin.received.events).toMatchObject([
					{ eventTypeKey: 'newContact', keyValue: 'Ann@Example.com', live: true, contactId: 2 },
				]);
				expect(client.standin.received.counts().workflowStarts).toEqual({
					newContact: { starts: 1, contacts: 1, withoutContact: 0 },
				});
			}));
	});

	it('lets events of imported contacts belong to somebody', () =>
		atOnce({}, async (client) => {
			const event = { ...EVENT, params: [{ name: 'Email', value: 'bob@EXAMPLE.com' }] };
			await client.send(event);
			await post(client, [BOB]);
			await client.send(event);
			expect(client.standin.received.events.map(({ contactId }) => contactId)).toEqual([
				undefined,
				1,
			]);
			const page = await (await fetch(client.standin.url)).text();
			expect(page).toContain('1 of them without a contact');
			expect(page).toContain('bob@example.com');
			expect(page).toContain('The last imports of contacts');
		}));

	it('only counts where bodies are not looked at', () =>
		atOnce({ validate: false }, async (client) => {
			const { asyncSessionId } = await answerOf(client, many(7));
			expect(asyncSessionId).toBeDefined();
			expect(client.standin.received.imports).toMatchObject([{ contacts: 7, state: 'finished' }]);
		}));
});

describe('who may import contacts', () => {
	const keys: ReadonlyArray<[StandinOptions['keyRights'], number, number, number]> = [
		['full', 200, 200, 200],
		['eventsAndContacts', 200, 200, 200],
		['eventsAndAddingContacts', 200, 403, 200],
		['events', 403, 403, 200],
		['messages', 403, 403, 200],
	];
	it.each(keys)('a key with the rights %s', (keyRights, add, read, fields) =>
		atOnce({ keyRights }, async (client) => {
			expect((await post(client, [BOB])).status).toBe(add);
			expect((await client.call('GET', '/api/v1/groups')).status).toBe(read);
			expect((await client.call('GET', '/api/v1/addressbooks')).status).toBe(fields);
		}),
	);

	it.each([400, 401, 403])('answers %i where a right is missing', (contactsForbiddenStatus) =>
		atOnce({ keyRights: 'events', contactsForbiddenStatus }, async (client) => {
			expect((await post(client, [BOB])).status).toBe(contactsForbiddenStatus);
		}),
	);

	it('answers 401 as JSON with the status', () =>
		atOnce({}, async ({ call }) => {
			const reply = await call('POST', '/api/v1/contacts', {}, basic('wrong'));
			expect(reply).toMatchObject({
				status: 401,
				text: '{"status":401,"message":"Unauthorized"}',
			});
		}));

	it('takes OAuth with the scope, and API tokens never', () =>
		atOnce({}, async ({ call, standin }) => {
			const bearer = `Bearer ${standin.oauth.grant().accessToken}`;
			const send = (by: string) =>
				call('POST', '/api/v1/contacts', { contacts: [BOB], dedupeOn: 'email' }, by);
			expect((await send(bearer)).status).toBe(200);
			expect((await send(`Bearer ${standin.token}`)).status).toBe(401);
			standin.configure({ oauthContacts: false });
			expect((await send(bearer)).status).toBe(403);
		}));

	it('shares the limit of everything else, and may have one of its own', () =>
		atOnce({ otherPerSecond: 2 }, async (client) => {
			for (const path of ['account/info', 'addressbooks']) {
				expect((await client.call('GET', `/api/v1/${path}`)).status).toBe(200);
			}
			const paths = Array.from({ length: 8 }, () => post(client, [BOB]));
			expect((await Promise.all(paths)).map(({ status }) => status)).toContain(429);
			client.standin.configure({ otherPerSecond: 0, contactsPerSecond: 1 });
			const second = await Promise.all([1, 2, 3].map(() => post(client, [BOB])));
			expect(second.map(({ status }) => status)).toContain(429);
			expect((await client.call('GET', '/api/v1/account/info')).status).toBe(200);
		}));
});
