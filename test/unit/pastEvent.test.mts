import type { IDataObject } from 'n8n-workflow';

import { compileDateReader } from '../../nodes/Esputnik/dates/dateReader.ts';
import type { MappingSettings } from '../../nodes/Esputnik/resources/pastEvent/send/pastEvent.ts';
import {
	CONTACT,
	eventOf,
	mapItem,
	mapItems,
	mappingOf,
	paramsOf,
	rows,
} from '../support/mapping.mts';

const ORDER = { ...CONTACT, id: 'A-1' };

describe('An item becomes an event', () => {
	it("in the form of the vendor's guide, byte for byte", () => {
		const item = { email: 'buyer.contact@email.com', cost: 999, at: '2020-06-04T13:43' };
		const [mapped] = mapItems({ params: rows(['cost', '={{ $json.cost }}']) }, [item]);
		expect(eventOf(mapped)).toBe(
			'{"eventTypeKey":"orderCreated","keyValue":"buyer.contact@email.com",' +
				'"params":[{"name":"cost","value":"999"}],"occurred":"2020-06-04T13:43"}',
		);
		expect(mapped).toMatchObject({
			eventTypeKey: 'orderCreated',
			keyValue: 'buyer.contact@email.com',
			occurred: '2020-06-04T13:43',
			problem: undefined,
		});
	});

	it('without parameters where it has none', () => {
		expect(eventOf(mapItem({}))).toBe(
			'{"eventTypeKey":"orderCreated","keyValue":"a@b.co","params":[],"occurred":"2020-06-04T13:43"}',
		);
	});

	it('of many others, of any length, each whole', () => {
		const items = Array.from({ length: 2_000 }, (_, index) => ({
			...CONTACT,
			note: `${'«Київ» '.repeat(index % 500)}${index}`,
		}));
		const params = rows(['note', '={{ $json.note }}']);
		const notes = mapItems({ params }, items).map((mapped) => paramsOf(mapped));
		expect(notes).toEqual(items.map(({ note }) => [{ name: 'note', value: note }]));
	});

	it('also after an item that was refused half way', () => {
		const params = rows(['first', 'x'], ['value', '={{ $json.value }}']);
		const mapped = mapItems({ params }, [
			{ ...CONTACT, value: 1 },
			{ ...CONTACT, value: Number.NaN },
			{ ...CONTACT, value: 2 },
		]);
		expect(mapped[1].problem?.reason).toBe('PARAM_VALUE_INVALID');
		expect([mapped[0], mapped[2]].map(paramsOf)).toEqual(
			['1', '2'].map((value) => [
				{ name: 'first', value: 'x' },
				{ name: 'value', value },
			]),
		);
	});
});

describe('The event type', () => {
	it.each<[string, unknown]>([
		[
			'from the list',
			{ __rl: true, mode: 'list', value: 'orderCreated', cachedResultName: 'Order Created' },
		],
		['by key', { __rl: true, mode: 'id', value: 'orderCreated' }],
		['as an expression in the locator', { __rl: true, mode: 'id', value: '={{ $json.type }}' }],
		[
			'as an expression that the engine works out',
			{ __rl: true, mode: 'id', value: '=order{{ $json.suffix }}' },
		],
		['as an expression for the whole', '={{ $json.type }}'],
		[
			'as an expression for the whole that gives a locator',
			'={{ ({ mode: "id", value: $json.type }) }}',
		],
		['as plain text', 'orderCreated'],
	])('may be given %s', (_, eventTypeKey) => {
		const mapped = mapItem({ eventTypeKey }, { type: 'orderCreated', suffix: 'Created' });
		expect(mapped.eventTypeKey).toBe('orderCreated');
		expect(eventOf(mapped)).toContain('{"eventTypeKey":"orderCreated",');
	});

	it('may differ from item to item', () => {
		const types = ['orderCreated', 'Візит', 'orderCreated', 'say "hi"'];
		const mapped = mapItems(
			{ eventTypeKey: '={{ $json.type }}', validation: 'server' },
			types.map((type) => ({ ...CONTACT, type })),
		);
		expect(mapped.map(({ eventTypeKey }) => eventTypeKey)).toEqual(types);
		expect(mapped.map((item) => eventOf(item).split(',"keyValue"')[0])).toEqual(
			types.map((type) => `{"eventTypeKey":${JSON.stringify(type)}`),
		);
	});
});

describe('The contact key', () => {
	it.each<[string, IDataObject[string], string]>([
		['text', 'a@b.co', 'a@b.co'],
		["a long number of MongoDB's", { $numberLong: '9007199254740993' }, '9007199254740993'],
		["a number of Neo4j's", { low: 42, high: 0 }, '42'],
		['a number', 380501234567, '380501234567'],
		['a number too large to be written without an exponent', 1e21, '1000000000000000000000'],
	])('may be %s', (_, key, text) => {
		expect(mapItem({ keyValue: '={{ $json.key }}' }, { key }).keyValue).toBe(text);
	});

	it.each<[string, Partial<MappingSettings>, IDataObject, unknown]>([
		[
			'as the chosen parameter, after the others',
			{ params: rows(['a', '1']) },
			{},
			[
				{ name: 'a', value: '1' },
				{ name: 'email', value: 'a@b.co' },
			],
		],
		[
			'as another parameter',
			{ contactIdentifier: 'externalCustomerId' },
			{},
			[{ name: 'externalCustomerId', value: 'a@b.co' }],
		],
		[
			'not where the item has one of that name, in any case',
			{ params: rows(['EMail', 'c@d.eu']) },
			{},
			[{ name: 'EMail', value: 'c@d.eu' }],
		],
		[
			'where the item has one that is empty and left out',
			{ params: rows(['email', '={{ $json.none }}']) },
			{},
			[{ name: 'email', value: 'a@b.co' }],
		],
		['not by default of the guide', { contactIdentifier: 'none' }, {}, []],
		[
			'as text in version 2 too',
			{ contactIdentifier: 'contactId', keyValue: '={{ $json.id }}', apiVersion: 'v2' },
			{ id: 42 },
			[{ name: 'contactId', value: '42' }],
		],
	])('is sent %s', (_, settings, fields, params) => {
		expect(paramsOf(mapItem({ contactIdentifier: 'email', ...settings }, fields))).toEqual(params);
	});
});

describe('What the contact key is', () => {
	const contactIdentifier = '={{ $json.email ? "email" : "phone" }}';
	const keyValue = '={{ $json.email || $json.phone }}';

	it('may differ from item to item', () => {
		const mapped = mapItems({ contactIdentifier, keyValue }, [
			{ ...CONTACT },
			{ ...CONTACT, email: '', phone: 380501234567 },
		]);
		expect(mapped.map(paramsOf)).toEqual([
			[{ name: 'email', value: 'a@b.co' }],
			[{ name: 'phone', value: '380501234567' }],
		]);
	});

	it('is an email address where an expression gives nothing', () => {
		const mapped = mapItem({ contactIdentifier: '={{ $json.missing }}' });
		expect(paramsOf(mapped)).toEqual([{ name: 'email', value: 'a@b.co' }]);
	});

	it('refuses the item where there is no such identifier, and the run where it stands in the node', () => {
		const problem = { reason: 'CONFIGURATION', value: 'fax' };
		expect(mapItem({ contactIdentifier: '={{ $json.what }}' }, { what: 'fax' })).toMatchObject({
			event: undefined,
			problem,
		});
		expect(() => mapItem({ contactIdentifier: 'fax' })).toThrow('CONFIGURATION');
	});
});

describe('An item is refused', () => {
	const KEY = '={{ $json.key }}';
	const TYPE = '={{ $json.type }}';

	it.each<[string, Partial<MappingSettings>, IDataObject, object]>([
		[
			'without an event type',
			{ eventTypeKey: { __rl: true, mode: 'list', value: '' } },
			{},
			{ reason: 'EVENT_TYPE_KEY_REQUIRED', what: "'Event Type' is empty" },
		],
		[
			'whose event type comes out empty',
			{ eventTypeKey: TYPE },
			{},
			{ reason: 'EVENT_TYPE_KEY_REQUIRED' },
		],
		[
			'whose event type is an object',
			{ eventTypeKey: TYPE },
			{ type: { a: 1 } },
			{ reason: 'EVENT_TYPE_KEY_REQUIRED', value: '{"a":1}' },
		],
		[
			'whose event type has 101 characters',
			{ eventTypeKey: TYPE },
			{ type: 'e'.repeat(101) },
			{ reason: 'EVENT_TYPE_KEY_TOO_LONG' },
		],
		[
			'whose event type has a slash',
			{ eventTypeKey: TYPE },
			{ type: 'order/new' },
			{ reason: 'EVENT_TYPE_KEY_FORBIDDEN_CHARACTER', value: 'order/new' },
		],
		[
			'without a key',
			{ keyValue: KEY },
			{},
			{ reason: 'KEY_VALUE_REQUIRED', what: "'Contact Key' is empty", value: undefined },
		],
		['whose key is null', { keyValue: KEY }, { key: null }, { reason: 'KEY_VALUE_REQUIRED' }],
		['whose key is blank', { keyValue: KEY }, { key: ' \t' }, { reason: 'KEY_VALUE_REQUIRED' }],
		['whose key is NaN', { keyValue: KEY }, { key: Number.NaN }, { reason: 'KEY_VALUE_REQUIRED' }],
		[
			'whose key is a list',
			{ keyValue: KEY },
			{ key: ['a@b.co'] },
			{ reason: 'KEY_VALUE_REQUIRED', value: '["a@b.co"]' },
		],
		[
			'whose key has 301 characters',
			{ keyValue: KEY },
			{ key: 'k'.repeat(301) },
			{ reason: 'KEY_VALUE_TOO_LONG' },
		],
		[
			'whose key holds two addresses',
			{ keyValue: KEY, contactIdentifier: 'email' },
			{ key: 'a@b.co, c@d.eu' },
			{ reason: 'KEY_VALUE_FORBIDDEN_CHARACTER' },
		],
		[
			'whose key should be an address and is a number',
			{ keyValue: KEY, contactIdentifier: 'email' },
			{ key: 380501234567 },
			{ reason: 'KEY_VALUE_NOT_AN_EMAIL', value: '380501234567' },
		],
		[
			'whose key should be an address and lacks its end',
			{ keyValue: KEY, contactIdentifier: 'email' },
			{ key: 'buyer@shop' },
			{ reason: 'KEY_VALUE_NOT_AN_EMAIL' },
		],
		[
			'whose key should be an address and has a space',
			{ keyValue: KEY, contactIdentifier: 'email' },
			{ key: 'a b@c.de' },
			{ reason: 'KEY_VALUE_NOT_AN_EMAIL' },
		],
		[
			'without a date',
			{ occurred: '={{ $json.none }}' },
			{},
			{ reason: 'OCCURRED_DATE_IS_REQUIRED' },
		],
		[
			'for the first of several faults, in the order of the panel',
			{ eventTypeKey: TYPE, keyValue: KEY, params: rows(['', '1']) },
			{},
			{ reason: 'EVENT_TYPE_KEY_REQUIRED' },
		],
		[
			'for its key before its date',
			{ keyValue: KEY, occurred: '={{ $json.none }}' },
			{},
			{ reason: 'KEY_VALUE_REQUIRED' },
		],
		[
			'for its date before its parameters',
			{ occurred: '={{ $json.none }}', params: rows(['', '1']) },
			{},
			{ reason: 'OCCURRED_DATE_IS_REQUIRED' },
		],
	])('%s', (_, settings, fields, problem) => {
		const mapped = mapItem(settings, fields);
		expect(mapped.event).toBeUndefined();
		expect(mapped.problem).toMatchObject(problem);
		expect(mapped.problem?.advice).toMatch(/^[A-Z].*\.$/);
	});

	it('and what was empty is not told as if it had been made', () => {
		const { eventTypeKey, keyValue } = mapItem(
			{ eventTypeKey: TYPE, keyValue: KEY },
			{ type: ' ' },
		);
		expect({ eventTypeKey, keyValue }).toEqual({});
	});

	it.each(['<', ';', '’', '\\', '/', '|', '"', '`', "'", '^', '?', '!', ',', '>'])(
		'whose key contains %s',
		(character) => {
			const mapped = mapItem({ keyValue: '={{ $json.key }}' }, { key: `a${character}b` });
			expect(mapped.problem).toMatchObject({
				reason: 'KEY_VALUE_FORBIDDEN_CHARACTER',
				what: expect.stringContaining(` ${character},`),
				value: `a${character}b`,
			});
		},
	);

	it('and tells what could be made of it all the same', () => {
		expect(mapItem({ keyValue: '={{ $json.key }}' }, { key: 'a/b' })).toMatchObject({
			eventTypeKey: 'orderCreated',
			keyValue: 'a/b',
			occurred: '2020-06-04T13:43',
		});
		expect(mapItem({ occurred: '={{ $json.none }}' })).toMatchObject({
			eventTypeKey: 'orderCreated',
			keyValue: 'a@b.co',
			occurred: undefined,
		});
	});

	it('not for lengths, characters and forms where these are left to eSputnik', () => {
		const settings = {
			keyValue: KEY,
			eventTypeKey: TYPE,
			contactIdentifier: 'email',
			validation: 'server',
		} as const;
		for (const text of ['a/b', 'k'.repeat(400), 'no address']) {
			expect(mapItem(settings, { key: text, type: text }).problem).toBeUndefined();
		}
	});

	it.each<[string, Partial<MappingSettings>, string]>([
		[
			"'Event Type'",
			{ eventTypeKey: '={{ $("Nowhere").item.json.x }}' },
			"Referenced node doesn't exist",
		],
		[
			"'Contact Key'",
			{ keyValue: '={{ $json.constructor }}' },
			'invalid constructor function call',
		],
		["'Occurred'", { occurred: '={{ $json.at.trim }}' }, 'this is a function'],
		["'cost' in 'Parameters'", { params: rows(['cost', '={{ 1 + }}']) }, 'invalid syntax'],
		[
			"a name in 'Parameters'",
			{ params: rows(['={{ $json["__proto__"] }}', '1']) },
			'security concerns',
		],
		[
			"'Parameters (JSON)'",
			{ paramsMode: 'json', paramsJson: '={{ $("Nowhere").all() }}' },
			"Referenced node doesn't exist",
		],
	])("where the engine fails at %s, with the engine's text", (label, settings, text) => {
		expect(mapItem(settings).problem).toMatchObject({
			reason: 'EXPRESSION_FAILED',
			what: expect.stringMatching(
				`^n8n could not work out ${label.replace(/[()]/g, '\\$&')}: .*${text}`,
			),
		});
	});

	it('alone, where the engine fails for it only', () => {
		const params = rows(
			['first', '={{ $json.tags.first() }}'],
			['upper', '={{ $json.id.toUpperCase() }}'],
		);
		const mapped = mapItems({ params }, [
			{ ...ORDER, tags: ['x'] },
			{ ...ORDER, tags: 5 },
			{ ...ORDER, tags: ['y'] },
		]);
		expect(mapped.map(({ problem }) => problem?.reason)).toEqual([
			undefined,
			'EXPRESSION_FAILED',
			undefined,
		]);
		expect(paramsOf(mapped[2])).toEqual([
			{ name: 'first', value: 'y' },
			{ name: 'upper', value: 'A-1' },
		]);
	});
});

describe('The time as a parameter', () => {
	const reader = () => {
		const compiled = compileDateReader(
			{
				format: 'auto',
				customFormat: '',
				locale: '',
				accountTimezone: 'Europe/Kyiv',
				sourceTimezone: '',
				offsetHandling: 'convert',
			},
			'second',
		);
		if ('kind' in compiled) throw new Error(compiled.kind);
		return compiled.read;
	};
	const settings = {
		readDate: reader(),
		occurredParam: 'date',
	};

	it.each([
		['2024-05-12T07:11:12.345Z', '2024-05-12T10:11', '2024-05-12T10:11:12'],
		['2024-05-12 10:11', '2024-05-12T10:11', '2024-05-12T10:11:00'],
		['12.05.2024', '2024-05-12', '2024-05-12T00:00:00'],
		[1715497872, '2024-05-12T10:11', '2024-05-12T10:11:12'],
	])('of %s is written in the zone of the account with its seconds', (at, occurred, date) => {
		const mapped = mapItem(settings, { at });
		expect(mapped.occurred).toBe(occurred);
		expect(paramsOf(mapped)).toEqual([{ name: 'date', value: date }]);
	});

	it('is worked out with the event where it is an expression or typed', () => {
		const typed = mapItem({ ...settings, occurred: '2024-05-12T10:11:12' });
		const expression = mapItem(
			{ ...settings, occurred: '={{ $json.day + "T10:11:12" }}' },
			{ day: '2024-05-12' },
		);
		for (const mapped of [typed, expression]) {
			expect(paramsOf(mapped)).toEqual([{ name: 'date', value: '2024-05-12T10:11:12' }]);
		}
	});

	it('leaves a parameter of that name alone, unless it is empty and left out', () => {
		const params = rows(['date', '={{ $json.date }}']);
		expect(paramsOf(mapItem({ ...settings, params }, { date: 'mine' }))).toEqual([
			{ name: 'date', value: 'mine' },
		]);
		expect(paramsOf(mapItem({ ...settings, params }, { date: '' }))).toEqual([
			{ name: 'date', value: '2020-06-04T13:43:00' },
		]);
	});
});

describe('Spaces around a key', () => {
	const settings = { eventTypeKey: '={{ $json.type }}', keyValue: '={{ $json.key }}' };
	const items = [
		{ ...CONTACT, type: 'orderCreated ', key: ' a@b.co\n' },
		{ ...CONTACT, type: 'orderCreated', key: 'c@d.eu' },
		{ ...CONTACT, type: '\u00a0orderCreated', key: 'e@f.gh' },
	];

	it('are taken away before the key is checked', () => {
		const mapped = mapItems({ ...settings, contactIdentifier: 'email' }, items);
		expect(mapped.map(({ problem }) => problem)).toEqual([undefined, undefined, undefined]);
		expect(mapped.map(({ eventTypeKey, keyValue }) => [eventTypeKey, keyValue])).toEqual([
			['orderCreated', 'a@b.co'],
			['orderCreated', 'c@d.eu'],
			['orderCreated', 'e@f.gh'],
		]);
		expect(eventOf(mapped[0])).toContain('{"eventTypeKey":"orderCreated","keyValue":"a@b.co",');
	});

	it('are counted', () => {
		const mapping = mappingOf(settings);
		items.forEach((item, index) => mapping.map(item, index));
		expect(mapping.facts().trimmed).toEqual([
			{ label: "'Event Type'", items: 2 },
			{ label: "'Contact Key'", items: 1 },
		]);
	});
});

describe('The facts of a run', () => {
	it('count what was mapped, by type, and identical events', () => {
		const mapping = mappingOf({
			eventTypeKey: '={{ $json.type }}',
			params: rows(['status', '={{ $json.status }}'], ['email', '={{ $json.to }}']),
		});
		const items = [
			{ type: 'orderCreated', status: 'DELIVERED', to: 'x@y.z' },
			{ type: 'orderCreated', status: 'DELIVERED', to: 'x@y.z' },
			{ type: 'orderCreated', status: 'CANCELLED' },
			{ type: 'visit' },
			{ type: '' },
		].map((fields) => ({ ...CONTACT, ...fields }));
		items.forEach((item, index) => mapping.map(item, index));
		expect(mapping.facts()).toMatchObject({
			items: 5,
			identicalEvents: 1,
			evaluated: [],
			eventTypes: [
				{
					eventTypeKey: 'orderCreated',
					events: 3,
					withoutContact: 1,
					revenue: 2,
					missingParams: new Map([
						['externalOrderId', 3],
						['totalCost', 3],
						['date', 3],
					]),
				},
				{ eventTypeKey: 'visit', events: 1, withoutContact: 1, missingParams: new Map() },
			],
		});
	});

	it('find identical events among many, and only these', () => {
		const mapping = mappingOf({ params: rows(['id', '={{ $json.id }}']) });
		const ids = Array.from({ length: 5_000 }, (_, index) => index % 4_000);
		ids.forEach((id, index) => mapping.map({ ...CONTACT, id }, index));
		expect(mapping.facts().identicalEvents).toBe(1_000);
	});
});
