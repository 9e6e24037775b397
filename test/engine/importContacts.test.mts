import { jsonOf, stopTextOf, useStandin } from '../support/esputnik.mts';
import { importInto, importsOf, statusesOf } from '../support/importing.mts';
import { ESPUTNIK } from '../support/workflowJson.mts';

const standin = useStandin({ importMs: 30 });

type Switched = Parameters<ReturnType<typeof standin>['configure']>[0];

/** What a test changes in the stand-in, for itself alone. */
function withSwitches(patch: Switched): void {
	const before = { ...standin().switches };
	standin().configure(patch);
	undo.push(() => standin().configure(before));
}
const undo: Array<() => void> = [];
afterEach(() => {
	for (const one of undo.splice(0)) one();
});

const ANN = {
	email: 'ann@example.com',
	phone: '+38 (050) 123-45-67',
	first: 'Ann',
	city: 'Kyiv',
};
const BOB = { email: 'Bob@Example.com', first: 'Bob' };
const EVE = { email: 'eve@example.com', city: 'Lviv' };

test('contacts are imported, waited for and told with the id that eSputnik gave them', async () => {
	const run = await importInto(standin(), [ANN, BOB]);

	expect(run.output(ESPUTNIK)).toEqual([
		{
			json: {
				status: 'imported',
				email: 'ann@example.com',
				phone: '380501234567',
				contactId: '1',
				session: expect.any(String),
				request: 1,
			},
			pairedItem: { item: 0 },
		},
		{
			json: {
				status: 'imported',
				email: 'Bob@Example.com',
				contactId: '2',
				session: expect.any(String),
				request: 2,
			},
			pairedItem: { item: 1 },
		},
	]);
	expect(standin().contacts.all[0].values).toMatchObject({ sms: '380501234567', town: 'Kyiv' });
});

describe('nothing is wiped', () => {
	test('contacts with the same fields go together, and each request lists just those', async () => {
		await importInto(standin(), [ANN, BOB, EVE, { ...ANN, email: 'ann2@example.com' }]);

		expect(
			importsOf(standin()).map(({ contacts, contactFields }) => [contacts.length, contactFields]),
		).toEqual([
			[2, ['sms', 'firstName', 'town']],
			[1, ['firstName']],
			[1, ['town']],
		]);
	});

	test('a field that is empty here stays as it is in eSputnik', async () => {
		await importInto(standin(), [ANN]);
		await importInto(standin(), [
			{ email: 'ANN@example.com', first: 'Anna', phone: '', city: null },
		]);

		expect(standin().contacts.all).toHaveLength(1);
		expect(standin().contacts.all[0].values).toMatchObject({
			firstName: 'Anna',
			sms: '380501234567',
			town: 'Kyiv',
		});
		expect(standin().received.counts().contactValuesEmptied).toBe(0);
	});

	test('a contact of which only the address is known lists that, since an empty list may count as none', async () => {
		await importInto(standin(), [ANN]);
		await importInto(standin(), [{ email: ANN.email }]);

		expect(importsOf(standin())[1].contactFields).toEqual(['email']);
		expect(standin().received.counts().contactValuesEmptied).toBe(0);
	});

	test('Clear Empty Fields empties what is empty', async () => {
		await importInto(standin(), [ANN]);
		await importInto(standin(), [{ email: ANN.email, first: 'Anna' }], {
			options: { clearEmptyFields: true },
		});

		expect(standin().contacts.all[0].values).toMatchObject({
			firstName: 'Anna',
			sms: null,
			town: null,
		});
	});

	test('beside an external id, which eSputnik looks for first, the address is updated', async () => {
		const columns = { email: '={{ $json.email }}', externalCustomerId: '={{ $json.id }}' };
		await importInto(standin(), [{ email: 'old@example.com', id: 'c-17' }], { columns });
		await importInto(standin(), [{ email: 'new@example.com', id: 'c-17' }], { columns });

		expect(standin().contacts.all.map(({ values }) => values.email)).toEqual(['new@example.com']);
	});

	test('contacts with an external id go apart from those without, as eSputnik may ignore the address for all', async () => {
		withSwitches({ externalIdWins: 'request' });
		const columns = { email: '={{ $json.email }}', externalCustomerId: '={{ $json.id }}' };
		const run = await importInto(
			standin(),
			[{ email: 'a@example.com', id: 7 }, { email: 'b@example.com' }],
			{ columns },
		);

		expect(statusesOf(run)).toEqual(['imported', 'imported']);
		expect(importsOf(standin())).toHaveLength(2);
	});
});

describe('the mapping', () => {
	test('automatically, columns take the fields of their names, whatever the case, and of usual other names', async () => {
		const items = [
			{
				Email: 'a@example.com',
				phoneNumber: '380501234567',
				FIRST_NAME: 'Ann',
				surname: 'Bee',
				City: 'Kyiv',
				zip: '01001',
				id: 5,
				address: { street: 'no text' },
				other: 'not sent',
			},
		];
		const run = await importInto(standin(), items, {
			parameters: { contactMapping: { mappingMode: 'autoMapInputData', value: null } },
		});

		expect(statusesOf(run)).toEqual(['imported']);
		expect(importsOf(standin())[0].contacts).toEqual([
			{
				channels: [
					{ type: 'email', value: 'a@example.com' },
					{ type: 'sms', value: '380501234567' },
				],
				firstName: 'Ann',
				lastName: 'Bee',
				address: { town: 'Kyiv', postcode: '01001' },
			},
		]);
	});

	test.each([
		['an expression', '={{ { email: $json.email, "field:15867": $json.level } }}'],
		[
			'text with expressions',
			'={ "email": "{{ $json.email }}", "field:15867": "{{ $json.level }}" }',
		],
	])('JSON from %s, with an additional field', async (_, contactJson) => {
		const run = await importInto(standin(), [{ email: 'a@example.com', level: 'GOLD' }], {
			parameters: { contactMode: 'json', contactJson },
		});

		expect(statusesOf(run)).toEqual(['imported']);
		expect(importsOf(standin())[0]).toMatchObject({
			contacts: [{ fields: [{ id: 15867, value: 'gold' }] }],
			customFieldsIDs: [15867],
		});
	});

	test.each([
		['an expression', '={{ { email: $json.email, firstName: $json.first } }}'],
		[
			'text with expressions',
			'={ "email": "{{ $json.email }}", "firstName": "{{ $json.first }}" }',
		],
		[
			'JSON of the mapping',
			'{ "mappingMode": "defineBelow", "value": { "email": "={{ $json.email }}", "firstName": "={{ $json.first }}" } }',
		],
		['JSON of an automatic mapping', '{ "mappingMode": "autoMapInputData", "value": null }'],
		[
			'an expression that gives the mapping',
			'={{ { mappingMode: "defineBelow", value: { email: $json.email } } }}',
		],
		[
			'an expression in the place of the columns',
			{ mappingMode: 'defineBelow', value: '={{ { email: $json.email } }}' },
		],
	])('columns that stand as %s in a workflow not made in the editor', async (_, contactMapping) => {
		const run = await importInto(standin(), [{ email: 'ann@example.com', first: 'Ann' }], {
			parameters: { contactMapping },
		});

		expect(statusesOf(run)).toEqual(['imported']);
		expect(importsOf(standin())[0].contacts).toMatchObject([
			{ channels: [{ type: 'email', value: 'ann@example.com' }] },
		]);
	});

	test('an additional field is sent as well where the account does not tell its list', async () => {
		withSwitches({ keyRights: 'eventsAndAddingContacts' });
		standin().faults.push({ kind: 'status', status: 403, path: '/addressbooks' });
		const run = await importInto(standin(), [{ email: 'a@example.com' }], {
			columns: { email: '={{ $json.email }}', 'field:15867': 'gold' },
		});

		expect(statusesOf(run)).toEqual(['imported']);
	});

	test('a column that does not exist, and none at all, refuse the run before anything is sent', async () => {
		for (const columns of [{ mail: 'a@example.com' }, {}]) {
			const run = await importInto(standin(), [ANN], { columns });
			expect(statusesOf(run)).toEqual(['notSent CONFIGURATION']);
		}
		expect(standin().received.requests).toHaveLength(0);
	});
});

describe('checks before sending', () => {
	const columns = {
		email: '={{ $json.email }}',
		phone: '={{ $json.phone }}',
		firstName: '={{ $json.first }}',
		externalCustomerId: '={{ $json.ext }}',
		id: '={{ $json.id }}',
	};
	test.each([
		[{ email: 'no address' }, 'email', 'rejected EMAIL_INVALID'],
		[{ email: 'a@example.com', phone: '12345' }, 'email', 'rejected PHONE_INVALID'],
		[{ email: 'a@example.com', phone: '1234567890123456' }, 'email', 'rejected PHONE_INVALID'],
		[{ email: 'a@example.com', phone: '3.80501E+11' }, 'email', 'rejected PHONE_INVALID'],
		[{ email: 'a@example.com', phone: '+380501234567 ext. 5' }, 'email', 'rejected PHONE_INVALID'],
		[{ email: 'a@example.com', first: 'x'.repeat(41) }, 'email', 'rejected NAME_TOO_LONG'],
		[{ phone: '380501234567' }, 'email', 'rejected CONTACT_WITHOUT_CHANNEL'],
		[{ email: 'a@example.com' }, 'sms', 'rejected CONTACT_WITHOUT_CHANNEL'],
		[{ first: 'Ann' }, 'email_or_sms', 'rejected CONTACT_WITHOUT_CHANNEL'],
		[{ ext: 'c-17' }, 'externalCustomerId', 'rejected CONTACT_WITHOUT_CHANNEL'],
		[{ email: 'a@example.com' }, 'externalCustomerId', 'rejected KEY_VALUE_REQUIRED'],
		[{ email: 'a@example.com', id: 'x' }, 'id', 'rejected PARAM_VALUE_INVALID'],
		[{ email: ['a@example.com'] }, 'email', 'rejected PARAM_VALUE_INVALID'],
		[{ phone: 380501234567 }, 'sms', 'imported'],
		[{ email: 'a@example.com', ext: 17 }, 'externalCustomerId', 'imported'],
		[{ phone: '00 380 50 1234567' }, 'email_or_sms', 'imported'],
	])('%j found by %s: %s', async (item, dedupeOn, status) => {
		const run = await importInto(standin(), [item], { columns, parameters: { dedupeOn } });

		expect(statusesOf(run)).toEqual([status]);
		if (status !== 'imported') expect(standin().received.requests).toHaveLength(0);
	});

	test.each([
		[15867, 'silver', 'imported'],
		[15867, 'bronze', 'rejected PARAM_VALUE_INVALID'],
		[15868, 12, 'imported'],
		[15868, 2147483648, 'rejected PARAM_VALUE_INVALID'],
		[15868, -2147483648, 'imported'],
		[15868, '1.5', 'rejected PARAM_VALUE_INVALID'],
		[15869, '12.5', 'imported'],
		[15869, '12,5', 'rejected PARAM_VALUE_INVALID'],
		[15870, '2024-05-12 10:11:12', 'imported'],
		[15870, '12/05/2024', 'rejected PARAM_VALUE_INVALID'],
		[15871, '1990-05-12T00:00:00.000Z', 'imported'],
		[15871, new Date('1990-05-12T00:00:00Z'), 'imported'],
		[15871, 'yesterday', 'rejected PARAM_VALUE_INVALID'],
		[15872, 'x'.repeat(1001), 'rejected PARAM_VALUE_INVALID'],
		[15873, 'x'.repeat(5000), 'imported'],
		[15874, 'Shoes, bags', 'imported'],
		[15874, ['Shoes', 'bags'], 'imported'],
		[15874, 'shoes, coats', 'rejected PARAM_VALUE_INVALID'],
		[15874, [{ name: 'shoes' }], 'rejected PARAM_VALUE_INVALID'],
	])('the additional field %i with %p: %s', async (field, value, status) => {
		const run = await importInto(standin(), [{ email: 'a@example.com', value }], {
			columns: { email: '={{ $json.email }}', [`field:${field}`]: '={{ $json.value }}' },
		});

		expect(statusesOf(run)).toEqual([status]);
	});

	test('Validation by eSputnik sends it all and tells what eSputnik says', async () => {
		withSwitches({ contactWithoutChannel: 'failed' });
		const run = await importInto(standin(), [{ ext: 'c-17', first: 'x'.repeat(50) }, BOB], {
			columns,
			parameters: { dedupeOn: 'externalCustomerId' },
			options: { validation: 'server' },
		});

		expect(statusesOf(run)[1]).toBe('rejected KEY_VALUE_REQUIRED');
		expect(jsonOf(run)[0].status).not.toBe('imported');
		expect(importsOf(standin())).toHaveLength(1);
	});

	test('the decimals of a phone number that was taken for a number are no digits of it', async () => {
		await importInto(standin(), [{ email: 'a@example.com', phone: '380501234567.0' }]);

		expect(importsOf(standin())[0].contacts).toMatchObject([
			{ channels: [{}, { type: 'sms', value: '380501234567' }] },
		]);
	});

	test('a key of the event for new contacts that eSputnik forbids refuses the run', async () => {
		const run = await importInto(standin(), [ANN], {
			options: { eventKeyForNewContacts: 'new?' },
		});

		expect(statusesOf(run)).toEqual(['notSent EVENT_TYPE_KEY_FORBIDDEN_CHARACTER']);
		expect(jsonOf(run)[0].message).toContain("'Event for New Contacts'");
		expect(standin().received.requests).toHaveLength(0);
	});

	test.each([[{ id: 'abc' }], [{ id: '12345678901234567890' }]])(
		'an id that is no number of eSputnik (%j) does not spoil the request of the others where eSputnik checks',
		async (wrong) => {
			const run = await importInto(
				standin(),
				[
					{ email: 'a@example.com', ...wrong },
					{ email: 'b@example.com', id: 7 },
				],
				{ columns, parameters: { dedupeOn: 'id' }, options: { validation: 'server' } },
			);

			expect(importsOf(standin())).toMatchObject([{ contacts: [wrong, { id: 7 }] }]);
			expect(statusesOf(run)[1]).toBe('imported');
		},
	);

	test('under Stop Workflow one bad contact keeps all from being sent', async () => {
		const run = await importInto(standin(), [ANN, { email: 'nobody' }], {
			onError: 'stopWorkflow',
		});

		expect(stopTextOf(run)).toContain('1 of 2 items cannot be sent, so nothing was sent');
		expect(standin().received.requests).toHaveLength(0);
	});
});

describe('the same contact twice in a run', () => {
	test('the later one wins where it says all that the earlier one says', async () => {
		const run = await importInto(standin(), [
			{ email: 'ann@example.com', first: 'Anne' },
			BOB,
			{ email: 'ANN@example.com', first: 'Ann', city: 'Kyiv' },
		]);

		expect(statusesOf(run)).toEqual(['rejected CONTACT_DUPLICATE', 'imported', 'imported']);
		expect(jsonOf(run)[0].message).toContain("'ann@example.com (item 2)'");
		expect(standin().contacts.all.map(({ values }) => values.firstName)).toEqual(['Bob', 'Ann']);
	});

	test('with Clear Empty Fields the later one says all, also where it is empty', async () => {
		await importInto(standin(), [ANN]);
		const run = await importInto(
			standin(),
			[
				{ email: ANN.email, first: 'Anna', city: 'Lviv' },
				{ email: ANN.email, first: 'Anne', city: '' },
			],
			{ options: { clearEmptyFields: true } },
		);

		expect(statusesOf(run)).toEqual(['rejected CONTACT_DUPLICATE', 'imported']);
		expect(standin().contacts.all.map(({ values }) => values)).toMatchObject([
			{ firstName: 'Anne', town: null },
		]);
	});

	test('under Stop Workflow the text names the repeated ones together', async () => {
		const items = ['a', 'b', 'c', 'a', 'b', 'c'].map((name) => ({ email: `${name}@example.com` }));
		const run = await importInto(standin(), items, { onError: 'stopWorkflow' });

		expect(stopTextOf(run)).toContain(
			"so this one is not sent (3): 'a@example.com (item 3)' [item 0]",
		);
	});

	test('one with other fields goes along with the later one, in one request', async () => {
		const run = await importInto(standin(), [
			{ email: 'ann@example.com', first: 'Anne', city: 'Kyiv' },
			{ email: 'ann@example.com', first: 'Ann', phone: '380501234567' },
		]);

		expect(statusesOf(run)).toEqual(['imported', 'imported']);
		expect(importsOf(standin())).toHaveLength(1);
		expect(standin().contacts.all.map(({ values }) => values)).toMatchObject([
			{ firstName: 'Ann', town: 'Kyiv', sms: '380501234567' },
		]);
	});

	test.each([
		['10-1', '101'],
		['aB', 'Ab'],
		['007', '7'],
	])('the external ids %s and %s are two customers', async (one, other) => {
		const run = await importInto(
			standin(),
			[
				{ email: 'a@example.com', id: one },
				{ email: 'b@example.com', id: other },
			],
			{
				columns: { email: '={{ $json.email }}', externalCustomerId: '={{ $json.id }}' },
				parameters: { dedupeOn: 'externalCustomerId' },
			},
		);

		expect(statusesOf(run)).toEqual(['imported', 'imported']);
		expect(new Set(jsonOf(run).map(({ contactId }) => contactId)).size).toBe(2);
	});

	test.each([
		[
			'email_or_sms',
			{ email: 'ann@example.com', phone: '380501234567' },
			{ phone: '+380501234567' },
		],
		[
			'email_or_sms',
			{ phone: '380501234567' },
			{ email: 'ann@example.com', phone: '380501234567' },
		],
		['email', { email: 'ann@example.com', id: 'c-17' }, { email: 'ANN@example.com' }],
	])('found by %s, %j and %j are one and go in one request', async (dedupeOn, one, other) => {
		const run = await importInto(
			standin(),
			[
				{ ...one, first: 'Anne', city: 'Kyiv' },
				{ ...other, first: 'Ann' },
			],
			{
				columns: {
					email: '={{ $json.email }}',
					phone: '={{ $json.phone }}',
					externalCustomerId: '={{ $json.id }}',
					firstName: '={{ $json.first }}',
					town: '={{ $json.city }}',
				},
				parameters: { dedupeOn },
			},
		);

		expect(statusesOf(run)).toEqual(['imported', 'imported']);
		expect(importsOf(standin())).toHaveLength(1);
		expect(standin().contacts.all.map(({ values }) => values)).toMatchObject([
			{ firstName: 'Ann', town: 'Kyiv' },
		]);
	});

	test('an address and a phone of two contacts in one item make them one', async () => {
		const run = await importInto(
			standin(),
			[
				{ email: 'ann@example.com', first: 'Ann' },
				{ phone: '380501234567', city: 'Kyiv' },
				{ email: 'ann@example.com', phone: '380501234567' },
			],
			{ parameters: { dedupeOn: 'email_or_sms' } },
		);

		expect(statusesOf(run)).toEqual(['imported', 'imported', 'imported']);
		expect(importsOf(standin()).map(({ contacts }) => contacts.length)).toEqual([1]);
	});

	test('one phone of two addresses makes no contact disappear', async () => {
		const run = await importInto(
			standin(),
			[
				{ email: 'ann@example.com', phone: '380501234567' },
				{ email: 'bob@example.com', phone: '380501234567' },
			],
			{ parameters: { dedupeOn: 'email_or_sms' } },
		);

		expect(importsOf(standin()).flatMap(({ contacts }) => contacts)).toHaveLength(2);
		expect(statusesOf(run)).not.toContain('rejected CONTACT_DUPLICATE');
	});
});

describe('items that may be the same contact', () => {
	const columns = {
		email: '={{ $json.email }}',
		phone: '={{ $json.phone }}',
		externalCustomerId: '={{ $json.id }}',
		firstName: '={{ $json.first }}',
		town: '={{ $json.city }}',
	};

	test('every item has an outcome, in whatever way later ones change what earlier ones say', async () => {
		const run = await importInto(
			standin(),
			[
				{ email: 'ann@example.com', phone: '380501111111' },
				{ email: 'ann@example.com', phone: '380502222222' },
				{ phone: '380501111111', city: 'Kyiv' },
				{ phone: '380501111111' },
				{ phone: '380501111111', city: 'Lviv' },
			],
			{ columns, parameters: { dedupeOn: 'email_or_sms' } },
		);

		expect(statusesOf(run)).toEqual([
			'rejected CONTACT_DUPLICATE',
			'imported',
			'rejected CONTACT_DUPLICATE',
			'rejected CONTACT_DUPLICATE',
			'imported',
		]);
	});

	test('two customers of one address are told as imported, and none by the id of the other', async () => {
		withSwitches({ externalIdWins: 'contact', mappingDedupeValue: 'sent' });
		const run = await importInto(
			standin(),
			[
				{ email: 'family@example.com', id: 'c-1' },
				{ email: 'family@example.com', id: 'c-2' },
				{ email: 'bob@example.com', id: 'c-3' },
			],
			{ columns },
		);

		const ids = standin().contacts.all.map(({ id }) => String(id));
		expect(statusesOf(run)).toEqual(['imported', 'imported', 'imported']);
		expect(jsonOf(run).map(({ contactId }) => contactId)).toEqual([undefined, undefined, ids[2]]);
	});

	test('where eSputnik names an address once that two of them have, neither is taken for it', async () => {
		withSwitches({ mappingDedupeValue: 'sent', contactsMissing: ['c-2'] });
		const run = await importInto(
			standin(),
			[
				{ email: 'family@example.com', id: 'c-1' },
				{ email: 'family@example.com', id: 'c-2' },
				{ email: 'bob@example.com', id: 'c-3' },
			],
			{ columns },
		);

		expect(statusesOf(run)).toEqual([
			'unconfirmed IMPORT_NOT_CONFIRMED',
			'unconfirmed IMPORT_NOT_CONFIRMED',
			'imported',
		]);
	});
});

describe('contacts that eSputnik leaves out', () => {
	test.each(['array', 'object'] as const)('failedContacts as %s', async (failedContacts) => {
		withSwitches({ failedContacts, contactErrorFor: { 'bob@example.com': 'Contact is blocked' } });
		const run = await importInto(standin(), [
			{ email: 'ann@example.com', first: 'Ann' },
			{ email: 'bob@example.com', first: 'Bob' },
		]);

		expect(statusesOf(run)).toEqual(['imported', 'rejected CONTACT_REJECTED']);
		expect(jsonOf(run)[1].message).toContain('Contact is blocked');
	});

	test.each(['sent', 'normalized'] as const)(
		'their channels as %s',
		async (failedContactChannels) => {
			withSwitches({ failedContactChannels, contactErrorFor: { 'Bob@Example.com': 'No' } });
			const run = await importInto(standin(), [
				{ email: 'ann@example.com', first: 'Ann' },
				{ email: 'Bob@Example.com', first: 'Bob' },
			]);

			expect(statusesOf(run)).toEqual(['imported', 'rejected CONTACT_REJECTED']);
		},
	);

	test.each(['present', 'absent'] as const)(
		'all of them, the session %s',
		async (allFailedSession) => {
			withSwitches({ allFailedSession, contactErrorFor: { '@': 'No' } });
			const run = await importInto(standin(), [ANN, BOB]);

			expect(statusesOf(run)).toEqual(['rejected CONTACT_REJECTED', 'rejected CONTACT_REJECTED']);
		},
	);

	test('where two may be meant, both say so', async () => {
		withSwitches({ contactErrorFor: { 'c-1': 'Blocked' } });
		const columns = { phone: '={{ $json.phone }}', externalCustomerId: '={{ $json.id }}' };
		const run = await importInto(
			standin(),
			[
				{ phone: '380501234567', id: 'c-1' },
				{ phone: '380501234567', id: 'c-2' },
				{ phone: '380501234568', id: 'c-3' },
			],
			{ columns, parameters: { dedupeOn: 'externalCustomerId' } },
		);

		expect(statusesOf(run)).toEqual([
			'uncertain CONTACT_REJECTED',
			'uncertain CONTACT_REJECTED',
			'imported',
		]);
	});

	test.each([
		['beside', 'imported'],
		['instead', 'rejected IMPORT_FAILED'],
	] as const)('a full account, its errorMessage %s the session: %s', async (place, status) => {
		withSwitches({
			importErrorMessage: 'The limit of contacts is reached',
			importErrorMessagePlace: place,
		});
		const run = await importInto(standin(), [ANN]);

		expect(statusesOf(run)).toEqual([status]);
		if (place === 'instead') {
			expect(jsonOf(run)[0].message).toContain('The limit of contacts is reached');
		}
	});

	test.each([
		['unconfirmed IMPORT_NOT_CONFIRMED', {}],
		['queued IMPORT_NOT_CONFIRMED', { waitForImport: false }],
	])(
		'what eSputnik says beside the session is told with a contact that is not confirmed: %s',
		async (status, options) => {
			withSwitches({
				importErrorMessage: 'The limit of contacts is reached',
				importErrorMessagePlace: 'beside',
				contactsMissing: ['ann@'],
			});
			const run = await importInto(standin(), [ANN], { options });

			expect(statusesOf(run)).toEqual([status]);
			expect(jsonOf(run)[0].message).toContain('The limit of contacts is reached');
		},
	);

	test('one bad contact that makes eSputnik refuse the whole request is found', async () => {
		withSwitches({ contactWithoutChannel: 'request' });
		const items = [1, 2, 3, 4, 5, 6, 7].map((number) => ({
			id: `c-${number}`,
			...(number !== 4 && { email: `c${number}@example.com` }),
			city: 'Kyiv',
		}));
		const run = await importInto(standin(), items, {
			columns: {
				externalCustomerId: '={{ $json.id }}',
				email: '={{ $json.email }}',
				town: '={{ $json.city }}',
			},
			parameters: { dedupeOn: 'externalCustomerId' },
			options: { validation: 'server' },
		});

		expect(statusesOf(run)[3]).toBe('rejected REQUEST_REJECTED');
		expect(statusesOf(run).filter((status) => status === 'imported')).toHaveLength(6);
	});
});

describe('waiting for eSputnik', () => {
	test.each([
		{ mapping: 'all', mappingForm: 'object' },
		{ mapping: 'all', mappingForm: 'array', mappingContactId: 'text' },
		{ mapping: 'all', mappingDedupeValue: 'normalized' },
		{ mapping: 'all', mappingDedupeValue: 'externalId' },
		{ importNotFoundMs: 300 },
		{ importWord: 'PREPARING' },
		{ importWordCase: 'lower' },
	] as const)('a finished import told as %j', async (switches) => {
		withSwitches(switches);
		const run = await importInto(standin(), [{ ...ANN, id: 'C-17' }], {
			columns: { email: '={{ $json.email }}', externalCustomerId: '={{ $json.id }}' },
		});

		expect(statusesOf(run)).toEqual(['imported']);
		expect(jsonOf(run)[0].contactId).toBe('1');
	});

	test.each<Switched>([{ mapping: 'absent' }, { contactsMissing: ['ann@'] }])(
		'a contact that eSputnik does not name at the end (%j) is unconfirmed and leaves by the error branch',
		async (switches) => {
			withSwitches(switches);
			const run = await importInto(standin(), [{ email: 'ann@example.com' }], {
				onError: 'continueErrorOutput',
			});

			expect(jsonOf(run, 0)).toEqual([]);
			expect(jsonOf(run, 1)).toMatchObject([
				{ error: 'IMPORT_NOT_CONFIRMED', details: { status: 'unconfirmed' } },
			]);
		},
	);

	test.each(['nothing', 'part'] as const)(
		'an import that ends in ERROR and stored %s',
		async (stored) => {
			withSwitches({ importEnd: 'ERROR', importErrorStores: stored });
			const run = await importInto(standin(), [
				{ email: 'a@example.com' },
				{ email: 'b@example.com' },
			]);

			for (const status of statusesOf(run)) {
				expect(['imported', 'unconfirmed IMPORT_FAILED']).toContain(status);
			}
			expect(statusesOf(run)[1]).toBe('unconfirmed IMPORT_FAILED');
		},
	);

	test.each(['404', '400', '200'] as const)(
		'an import that never ends, or is forgotten (%s), is queued when the wait is over, and leaves by the success branch',
		async (unknownSession) => {
			withSwitches({ importEnd: 'never', unknownSession, sessionLifetimeMs: 1 });
			const run = await importInto(standin(), [ANN], {
				options: { maxWait: 1 },
				onError: 'continueErrorOutput',
			});

			expect(jsonOf(run, 0)).toMatchObject([{ status: 'queued', reason: 'WAIT_ENDED' }]);
		},
	);

	test.each([
		['an import that never ends', { importEnd: 'never' }],
		['a session that is not known yet', { importNotFoundMs: 600_000 }],
	] as const)(
		'a click on Stop ends the wait for %s, and the log names the session',
		async (_, switches) => {
			withSwitches(switches);
			const stop = new AbortController();
			const asked = () =>
				standin().received.requests.filter(({ path }) => path.includes('/importstatus/'));
			let askedBefore = 0;
			const look = setInterval(() => {
				if (asked().length < 2) return;
				clearInterval(look);
				askedBefore = asked().length;
				stop.abort();
			}, 10);
			const run = await importInto(standin(), [ANN, BOB], { run: { signal: stop.signal } });

			expect(run.status).toBe('canceled');
			expect(asked()).toHaveLength(askedBefore);
			const log = run.logs.map(({ message }) => message).join('\n');
			expect(log).toContain('2 contacts queued: items 0–1');
			const sessions = asked().map(({ path }) => path.split('/').at(-1));
			expect(log).toContain(String(sessions[0]));
			expect(log).toMatch(/2 imports not seen to its end, session \S+, \S+;/);
			expect(log).not.toContain(ANN.email);
		},
	);

	test('nobody waits where that is switched off', async () => {
		const run = await importInto(standin(), [ANN], { options: { waitForImport: false } });

		expect(jsonOf(run)).toEqual([
			{
				status: 'queued',
				email: ANN.email,
				phone: '380501234567',
				session: expect.any(String),
				request: 1,
			},
		]);
		expect(standin().received.requests).toHaveLength(1);
	});
});

describe('what may be sent again', () => {
	test('an import whose fate is unknown is sent again by itself', async () => {
		standin().faults.push({ kind: 'resetAfterReading' });
		const run = await importInto(standin(), [ANN]);

		expect(statusesOf(run)).toEqual(['imported']);
		expect(importsOf(standin())).toHaveLength(2);
	});

	test('but not where new contacts make an event, which would start workflows twice', async () => {
		standin().faults.push({ kind: 'resetAfterReading' });
		const run = await importInto(standin(), [ANN], {
			options: { eventKeyForNewContacts: 'contactImported' },
		});

		expect(statusesOf(run)).toEqual(['uncertain CONNECTION_LOST']);
		expect(importsOf(standin())).toHaveLength(1);
	});

	test('Retry On Fail is harmless, and refused with an event for new contacts', async () => {
		const settings = { retryOnFail: true };
		expect(statusesOf(await importInto(standin(), [ANN], { settings }))).toEqual(['imported']);
		const run = await importInto(standin(), [ANN], {
			settings,
			options: { eventKeyForNewContacts: 'contactImported' },
		});
		expect(statusesOf(run)).toEqual(['notSent RETRY_ON_FAIL']);
	});

	test('429 is waited for', async () => {
		standin().faults.push({ kind: 'status', status: 429, retryAfter: '1' });
		expect(statusesOf(await importInto(standin(), [ANN]))).toEqual(['imported']);
	});

	test('an equal request within a minute (409) is uncertain, never taken for a refusal', async () => {
		withSwitches({ duplicateImport: 'refuse' });
		await importInto(standin(), [ANN]);
		const run = await importInto(standin(), [ANN], { options: { maxRetries: 0 } });

		expect(jsonOf(run)[0]).toMatchObject({ status: 'uncertain' });
		expect(jsonOf(run)[0].message).toContain('HTTP 409');
	});
});

test('a missing right and a wrong key end the run with what to do', async () => {
	withSwitches({ keyRights: 'messages' });
	const run = await importInto(standin(), [ANN, BOB]);

	expect(statusesOf(run)).toEqual(['notSent FORBIDDEN', 'notSent FORBIDDEN']);
	expect(jsonOf(run)[0].message).toContain('add and update contacts');
	expect(standin().received.requests).toHaveLength(1);
});

test('segments, the event for new contacts and restoring go out as they are set', async () => {
	await importInto(standin(), [ANN], {
		options: {
			groupNames: 'Imported 2026, VIP',
			groupNamesExclude: 'Old',
			restoreDeleted: true,
			eventKeyForNewContacts: 'contactImported',
			phoneFormat: 'asIs',
		},
	});

	expect(importsOf(standin())[0]).toMatchObject({
		groupNames: ['Imported 2026', 'VIP'],
		groupNamesExclude: ['Old'],
		restoreDeleted: true,
		eventKeyForNewContacts: 'contactImported',
		contacts: [{ channels: [{}, { type: 'sms', value: '+38 (050) 123-45-67' }] }],
	});
});

test.each([
	['Find Contacts By', { parameters: { dedupeOn: '={{ $itemIndex === 0 ? "email" : "sms" }}' } }],
	['Clear Empty Fields', { options: { clearEmptyFields: '={{ $itemIndex === 0 }}' } }],
])('%s that differs from contact to contact refuses the run', async (label, given) => {
	const run = await importInto(
		standin(),
		[{ email: 'ann@example.com' }, { email: 'bob@example.com' }],
		given,
	);

	expect(importsOf(standin())).toEqual([]);
	expect(jsonOf(run)).toMatchObject([{ status: 'notSent' }, { status: 'notSent' }]);
	expect(jsonOf(run)[1].message).toContain(`'${label}' has to be the same for every item`);
});

test('a dry run shows the requests and sends nothing', async () => {
	const run = await importInto(standin(), [ANN, BOB, { email: 'nobody' }], {
		options: { dryRun: true },
	});

	expect(standin().received.requests).toHaveLength(0);
	const [first, second, summary, refused] = jsonOf(run);
	expect(first).toMatchObject({ method: 'POST', contacts: 1, body: { dedupeOn: 'email' } });
	expect(second).toMatchObject({ contacts: 1, body: { contactFields: ['firstName'] } });
	expect(summary).toEqual({
		summary: {
			total: 3,
			wouldBeSent: 2,
			rejected: 1,
			requests: 2,
			reasons: { EMAIL_INVALID: 1 },
		},
	});
	expect(refused).toMatchObject({ status: 'rejected', reason: 'EMAIL_INVALID' });
});

test('one summary counts every status', async () => {
	const run = await importInto(standin(), [ANN, BOB, { email: 'nobody' }], {
		options: { output: 'summary' },
	});

	expect(jsonOf(run)).toMatchObject([
		{ total: 3, imported: 2, queued: 0, unconfirmed: 0, rejected: 1, uncertain: 0, notSent: 0 },
	]);
});

test('no item, and an item without any field, send nothing', async () => {
	expect(jsonOf(await importInto(standin(), []))).toEqual([]);
	expect(statusesOf(await importInto(standin(), [{}]))).toEqual(['notSent EMPTY_INPUT']);
	expect(standin().received.requests).toHaveLength(0);
});

test('a contact that is typed into the node is one behind a Manual Trigger, too', async () => {
	const typed = { email: 'ann@example.com', firstName: 'Ann' };

	expect(statusesOf(await importInto(standin(), [{}], { columns: typed }))).toEqual(['imported']);
});

test('5,000 contacts go in five requests, one after another', async () => {
	const items = Array.from({ length: 5_000 }, (_, index) => ({ email: `c${index}@example.com` }));
	const run = await importInto(standin(), items);

	expect(new Set(statusesOf(run))).toEqual(new Set(['imported']));
	expect(importsOf(standin()).map(({ contacts }) => contacts.length)).toEqual([
		1000, 1000, 1000, 1000, 1000,
	]);
});
