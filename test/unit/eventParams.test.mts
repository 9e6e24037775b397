import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import {
	compileMapping,
	type MappingSettings,
} from '../../nodes/Esputnik/resources/pastEvent/send/pastEvent.ts';
import {
	CONTACT,
	eventOf,
	mapItem,
	mapItems,
	mappingOf,
	paramsOf,
	rows,
	SETTINGS,
	valuesOf,
} from '../support/mapping.mts';

const ALL = { paramsMode: 'autoMapInputData' } as const;
const VALUE = { ...ALL, include: 'selected', includeFields: 'value' } as const;

function nested(levels: number): IDataObject {
	let object: IDataObject = { end: true };
	for (let level = 1; level < levels; level++) object = { next: object };
	return object;
}

/** An item with a field that no item of n8n can hold by its type, and some hold all the same. */
function objectOf(value: unknown): IDataObject {
	const object: IDataObject = {};
	Reflect.set(object, 'value', value);
	return object;
}

function circular(): IDataObject {
	const object: IDataObject = { name: 'loop' };
	object.self = object;
	return object;
}

function nestedList(levels: number): unknown {
	let list: unknown[] = [];
	for (let level = 1; level < levels; level++) list = [list];
	return list;
}

/** As `Object.groupBy` makes them. */
function bareLoop(): unknown {
	const object: unknown = Object.create(null);
	if (typeof object === 'object' && object !== null) Reflect.set(object, 'self', object);
	return object;
}

describe('The value of a parameter is sent', () => {
	it.each<[string, unknown, unknown, unknown]>([
		['text as it is', 'Blue "XL"', 'Blue "XL"', 'Blue "XL"'],
		['text in another alphabet', 'Київ 😀 日本', 'Київ 😀 日本', 'Київ 😀 日本'],
		[
			'line breaks and control characters',
			'a\n\t\u0000\u007f\u2028b',
			'a\n\t\u0000\u007f\u2028b',
			'a\n\t\u0000\u007f\u2028b',
		],
		['half of a character', 'a\ud83d', 'a\ud83d', 'a\ud83d'],
		['a long text', `${'я'.repeat(5_000)}"`, `${'я'.repeat(5_000)}"`, `${'я'.repeat(5_000)}"`],
		['a number', 999.5, '999.5', 999.5],
		['zero', 0, '0', 0],
		[
			'a number so large that JavaScript writes an exponent',
			1.5e21,
			'1500000000000000000000',
			1.5e21,
		],
		['a number so small that JavaScript writes an exponent', 1e-7, '0.0000001', 1e-7],
		['a small negative number', -1.25e-9, '-0.00000000125', -1.25e-9],
		['true', true, 'true', true],
		['false', false, 'false', false],
		[
			'a date',
			new Date('2024-05-12T07:11:12Z'),
			'2024-05-12T07:11:12.000Z',
			'2024-05-12T07:11:12.000Z',
		],
		[
			'a date of Luxon, with its offset',
			DateTime.fromISO('2024-05-12T10:11:12', { zone: 'Europe/Kyiv' }),
			'2024-05-12T10:11:12.000+03:00',
			'2024-05-12T10:11:12.000+03:00',
		],
		['an object', { city: 'Kyiv', zip: 1 }, '{"city":"Kyiv","zip":1}', { city: 'Kyiv', zip: 1 }],
		['a list', [1, 'b', null], '[1,"b",null]', [1, 'b', null]],
		['an empty list', [], '[]', []],
		[
			'a date inside an object',
			{ at: new Date(0) },
			'{"at":"1970-01-01T00:00:00.000Z"}',
			{ at: '1970-01-01T00:00:00.000Z' },
		],
		[
			'a number inside lists and objects without an exponent',
			{ big: [1e21], small: { tiny: 1e-7 } },
			'{"big":[1000000000000000000000],"small":{"tiny":0.0000001}}',
			{ big: [1e21], small: { tiny: 1e-7 } },
		],
		["a decimal of MongoDB's", { $numberDecimal: '12.50' }, '12.50', 12.5],
		[
			"a long of MongoDB's, beyond what JavaScript holds",
			{ $numberLong: '9007199254740993' },
			'9007199254740993',
			9007199254740992,
		],
		[
			"a number of MongoDB's in halves",
			{ low: 5, high: 1, unsigned: false },
			'4294967301',
			4294967301,
		],
		[
			"a negative number of MongoDB's in halves, unsigned",
			{ low: -1, high: -1, unsigned: true },
			'18446744073709551615',
			18446744073709552000,
		],
		["a number of Neo4j's", { low: 42, high: 0 }, '42', 42],
		["a negative number of Neo4j's", { low: -42, high: -1 }, '-42', -42],
		[
			"a time of Neo4j's in milliseconds",
			{ low: 1830483392, high: 399 },
			'1715522434496',
			1715522434496,
		],
		[
			'such numbers inside an object',
			{ total: { $numberDecimal: '1.10' } },
			'{"total":1.10}',
			{ total: 1.1 },
		],
		[
			'a range of two numbers',
			{ low: 10, high: 20 },
			'{"low":10,"high":20}',
			{ low: 10, high: 20 },
		],
		['a range below zero', { low: -5, high: 10 }, '{"low":-5,"high":10}', { low: -5, high: 10 }],
		['an object that says what it is', { toJSON: () => ({ a: 1 }) }, '{"a":1}', { a: 1 }],
	])('%s', (_, value, inV1, inV2) => {
		const v1 = mapItem(VALUE, objectOf(value));
		const v2 = mapItem({ ...VALUE, apiVersion: 'v2' }, objectOf(value));
		expect(paramsOf(v1)).toEqual([{ name: 'value', value: inV1 }]);
		expect(paramsOf(v2)).toEqual([{ name: 'value', value: inV2 }]);
	});
});

describe('A value that JSON cannot carry is a reason against its item, never a crash', () => {
	it.each<[string, unknown, string]>([
		['a BigInt', 12n, 'BigInt'],
		['a BigInt inside an object', { id: 12n }, 'BigInt'],
		['NaN', Number.NaN, 'NaN'],
		['Infinity', Infinity, 'Infinity'],
		['NaN inside a list', [1, [Number.NaN]], 'NaN'],
		['an object that refers to itself', circular(), 'refers to itself'],
		['an object nested 100,000 levels deep', nested(100_000), 'levels deep'],
		['a list nested 100,000 levels deep', nestedList(100_000), 'levels deep'],
		['an object without a prototype that refers to itself', bareLoop(), 'refers to itself'],
		['a date that is none', new Date('nonsense'), 'not a valid date'],
		['a date of Luxon that is none', DateTime.invalid('nonsense'), 'not a valid date'],
		['a function', () => 1, 'function'],
		['a symbol', Symbol('s'), 'symbol'],
		['a Map', new Map([['a', 1]]), 'Map'],
		['a Set inside an object', { tags: new Set(['a']) }, 'Set'],
		['a RegExp', /a/, 'RegExp'],
		['an Error', new Error('no'), 'Error'],
		['bytes', new Uint8Array(2), 'Uint8Array'],
	])('%s', (_, value, why) => {
		for (const nestedValues of ['json', 'flatten'] as const) {
			const item = objectOf(value);
			const compiled = compileMapping({ ...SETTINGS, ...VALUE, nestedValues }, () => undefined);
			if (!('map' in compiled)) throw new Error(compiled.what);
			const { problem, event } = compiled.map({ ...CONTACT, ...item }, 0);
			expect(event).toBeUndefined();
			expect(problem).toMatchObject({
				reason: 'PARAM_VALUE_INVALID',
				what: expect.stringMatching(/^The parameter 'value/),
			});
			if (nestedValues === 'json') expect(problem?.what).toContain(why);
		}
	});
});

it('A value that says of itself that it is nothing is empty', () => {
	const value = { toJSON: () => undefined };
	for (const apiVersion of ['v1', 'v2'] as const) {
		const compiled = compileMapping({ ...SETTINGS, ...VALUE, apiVersion }, () => undefined);
		if (!('map' in compiled)) throw new Error(compiled.what);
		const mapped = compiled.map({ ...CONTACT, ...objectOf(value) }, 0);
		expect(paramsOf(mapped)).toEqual([]);
		expect(paramsOf(compiled.map({ ...CONTACT, ...objectOf([value]) }, 0))).toEqual([
			{ name: 'value', value: apiVersion === 'v1' ? '[null]' : [null] },
		]);
	}
});

it('A value whose own code throws is a reason against its item, and against no other', () => {
	const value = {
		toJSON(): never {
			throw new Error('the connection is closed');
		},
	};
	const compiled = compileMapping({ ...SETTINGS, ...VALUE }, () => undefined);
	if (!('map' in compiled)) throw new Error(compiled.what);
	const [bad, good] = [objectOf(value), { value: 1 }].map((fields, index) =>
		compiled.map({ ...CONTACT, ...fields }, index),
	);
	expect(bad.problem).toMatchObject({
		reason: 'PARAM_VALUE_INVALID',
		value: 'the connection is closed',
	});
	expect(valuesOf(good)).toEqual({ value: '1' });
});

describe('Empty values', () => {
	const fields = { a: '', b: null, c: undefined, d: 0, e: false, f: ' ' };

	it('are left out', () => {
		expect(
			valuesOf(mapItem({ ...ALL, include: 'except', excludeFields: 'email, at' }, fields)),
		).toEqual({
			d: '0',
			e: 'false',
			f: ' ',
		});
	});

	it("are sent as '' where that is chosen", () => {
		const settings = {
			...ALL,
			include: 'except',
			excludeFields: 'email, at',
			emptyValues: 'send',
		} as const;
		expect(valuesOf(mapItem(settings, fields))).toEqual({
			a: '',
			b: '',
			c: '',
			d: '0',
			e: 'false',
			f: ' ',
		});
	});
});

describe('Every field of the item', () => {
	const order = {
		id: 7,
		'created at': 'today',
		'a.b': 'dotted',
		a: { b: 'nested' },
		shipping: { city: 'Kyiv', street: { name: 'Khreshchatyk', no: 1 } },
		items: [{ sku: 'x', price: 1 }],
	};

	it.each<[string, Partial<MappingSettings>, Record<string, unknown>]>([
		[
			'becomes a parameter, the key and the date too',
			{ ...ALL, apiVersion: 'v2' },
			{ ...CONTACT, ...order },
		],
		[
			'is left out unless it is selected by name or path, which is then its name',
			{
				...ALL,
				include: 'selected',
				includeFields: ' id ,shipping.city,, items[0].sku, a.b, missing, missing.too, id.deeper',
			},
			{ id: '7', 'shipping.city': 'Kyiv', 'items[0].sku': 'x', 'a.b': 'dotted' },
		],
		[
			'is left out where it is excluded by name or path',
			{
				...ALL,
				include: 'except',
				excludeFields:
					'email, at, id, shipping.city, shipping.street.no, items[0].price, a.b, missing.x',
				apiVersion: 'v2',
			},
			{
				'created at': 'today',
				a: { b: 'nested' },
				shipping: { street: { name: 'Khreshchatyk' } },
				items: [{ sku: 'x' }],
			},
		],
		[
			'is flattened by path; lists stay lists',
			{
				...ALL,
				include: 'selected',
				includeFields: 'id, shipping, items',
				nestedValues: 'flatten',
			},
			{
				id: '7',
				'shipping.city': 'Kyiv',
				'shipping.street.name': 'Khreshchatyk',
				'shipping.street.no': '1',
				items: '[{"sku":"x","price":1}]',
			},
		],
		[
			'may lose a part before it is flattened',
			{
				...ALL,
				include: 'except',
				excludeFields: 'email,at,id,created at,a,a.b,items,shipping.street',
				nestedValues: 'flatten',
			},
			{ 'shipping.city': 'Kyiv' },
		],
	])('%s', (_, settings, params) => {
		expect(valuesOf(mapItem(settings, order))).toEqual(params);
	});

	it.each<[Partial<MappingSettings>, object | undefined]>([
		[
			{ include: 'selected', includeFields: 'id, totl, shipping.town, nothing, a.b' },
			{ label: "'Fields to Include'", names: ['totl', 'shipping.town'], items: 2 },
		],
		[
			{ include: 'except', excludeFields: 'ID, items[0].sku' },
			{ label: "'Fields to Exclude'", names: ['ID'], items: 2 },
		],
		[{ include: 'except', excludeFields: 'late' }, undefined],
		[{ include: 'all', excludeFields: 'not looked at' }, undefined],
	])('tells which listed fields no item has: %j', (choice, unknownFields) => {
		const mapping = mappingOf({ ...ALL, ...choice });
		mapping.map({ ...CONTACT, ...order, nothing: null }, 0);
		mapping.map({ ...CONTACT, late: 1 }, 1);
		expect(mapping.facts().unknownFields).toEqual(unknownFields);
	});

	it.each(['selected', 'except'] as const)('needs a list of names with %s', (include) => {
		expect(
			compileMapping({ ...SETTINGS, ...ALL, include, includeFields: ' , ' }, () => undefined),
		).toMatchObject({ reason: 'CONFIGURATION' });
	});
});

describe('Rows', () => {
	it.each<[string, unknown, string, unknown, unknown]>([
		['text stays text', '12.50', 'string', '12.50', '12.50'],
		['a number becomes text', 12.5, 'string', '12.5', '12.5'],
		['a whole object becomes its JSON', { a: 1 }, 'string', '{"a":1}', '{"a":1}'],
		[
			'a date becomes ISO',
			new Date(0),
			'string',
			'1970-01-01T00:00:00.000Z',
			'1970-01-01T00:00:00.000Z',
		],
		['text becomes a number', '12.50', 'number', '12.5', 12.5],
		['text becomes true', 'TRUE', 'boolean', 'true', true],
		['0 becomes false', 0, 'boolean', 'false', false],
		['text becomes a list', '[1,2]', 'array', '[1,2]', [1, 2]],
		['text becomes an object', '{"a":1}', 'object', '{"a":1}', { a: 1 }],
		['text of JavaScript becomes an object', '{ a: 1 }', 'object', '{"a":1}', { a: 1 }],
		['true becomes 1', true, 'number', '1', 1],
		["a decimal of MongoDB's becomes a number", { $numberDecimal: '1.50' }, 'number', '1.50', 1.5],
		[
			'a text of more digits than a number holds keeps them',
			'12345678901234567890',
			'number',
			'12345678901234567890',
			Number('12345678901234567890'),
		],
		[
			'digits in the text of an object stay',
			'{"id":12345678901234567890}',
			'object',
			'{"id":12345678901234567890}',
			{ id: Number('12345678901234567890') },
		],
		['a dotted date stays as it is written', '12.05.2024', 'dateTime', '12.05.2024', '12.05.2024'],
		['a time stays as it is written', '10:11', 'dateTime', '10:11', '10:11'],
		['a number stays where a date is expected', 5, 'dateTime', '5', 5],
		[
			'a date object becomes ISO',
			new Date(0),
			'dateTime',
			'1970-01-01T00:00:00.000Z',
			'1970-01-01T00:00:00.000Z',
		],
	])('are converted as in Edit Fields: %s', (_, value, type, inV1, inV2) => {
		const params = rows(['p', '={{ $json.value }}', type]);
		expect(valuesOf(mapItem({ params }, objectOf(value)))).toEqual({ p: inV1 });
		expect(valuesOf(mapItem({ params, apiVersion: 'v2' }, objectOf(value)))).toEqual({ p: inV2 });
	});

	it.each([
		['abc', 'number', 'a number'],
		['0x1F', 'number', 'a number'],
		[' ', 'number', 'a number'],
		[[5], 'number', 'a number'],
		['{"a":1,"a":2}', 'object', 'an object in which each name occurs once'],
		['{ id: 12345678901234567890 }', 'object', 'an object'],
		[[1], 'dateTime', 'a date'],
		[true, 'dateTime', 'a date'],
		['perhaps', 'boolean', 'true or false'],
		['{"a":1}', 'array', 'a list'],
		['[1]', 'object', 'an object'],
		[[1], 'object', 'an object'],
		['someday', 'dateTime', 'a date'],
	])('that cannot be converted refuse the item: %s to %s', (value, type, expected) => {
		const params = rows(['p', '={{ $json.value }}', type]);
		expect(mapItem({ params }, { value })).toMatchObject({
			event: undefined,
			problem: {
				reason: 'PARAM_VALUE_INVALID',
				what: `'p' in 'Parameters' expects ${expected}`,
				value: typeof value === 'string' ? value : JSON.stringify(value),
			},
		});
	});

	it.each(['number', 'boolean', 'array', 'object', 'string'])(
		'of the type %s may be empty',
		(type) => {
			const params = rows(
				['a', '={{ $json.nothing }}', type],
				['b', '={{ $json.empty }}', type],
				['c', '', type],
			);
			expect(paramsOf(mapItem({ params }, { empty: '' }))).toEqual([]);
		},
	);

	it('take their names and values from expressions, several and with text around them', () => {
		const params = rows(
			['={{ $json.name }}', '={{ $json.id + 1 }}'],
			['label', '=Order {{ $json.id }} of {{ $json.email.toUpperCase() }}'],
			['fixed', 'UAH'],
			['list', '={{ [$json.id, $json.id] }}'],
			['when', "={{ DateTime.fromISO('2024-05-12', { zone: 'utc' }) }}"],
		);
		expect(
			mapItems({ params }, [
				{ ...CONTACT, id: 1, name: 'one' },
				{ ...CONTACT, id: 2, name: 'two' },
				{ ...CONTACT, id: 3, name: 'three' },
			]).map(valuesOf),
		).toEqual(
			['one', 'two', 'three'].map((name, index) => ({
				[name]: String(index + 2),
				label: `Order ${index + 1} of A@B.CO`,
				fixed: 'UAH',
				list: `[${index + 1},${index + 1}]`,
				when: '2024-05-12T00:00:00.000Z',
			})),
		);
	});

	it('may all come from one expression, whose texts are no expressions themselves', () => {
		const list = '[{ name: "id", value: $json.id }, { name: "note", value: "=text" }]';
		for (const params of [
			{ assignments: `={{ ${list} }}` },
			`={{ { assignments: ${list} } }}`,
			{
				assignments: [
					{ name: 'id', value: '={{ $json.id }}' },
					'={{ { name: "note", value: "=text" } }}',
				],
			},
		]) {
			expect(valuesOf(mapItem({ params }, { id: 7 }))).toEqual({ id: '7', note: '=text' });
		}
	});

	it('refuse the item where the expression gives none', () => {
		expect(mapItem({ params: '={{ $json.id }}' }, { id: 7 })).toMatchObject({
			event: undefined,
			problem: { reason: 'PARAMS_NOT_AN_OBJECT', value: '7' },
		});
	});

	it('that nobody filled in are no parameters', () => {
		expect(paramsOf(mapItem({ params: rows(['', ''], ['a', '1']) }))).toEqual([
			{ name: 'a', value: '1' },
		]);
	});

	it('of type text give an object that is to be flattened to flattening', () => {
		const params = rows(['shipping', '={{ $json.shipping }}']);
		expect(
			valuesOf(mapItem({ params, nestedValues: 'flatten' }, { shipping: { city: 'Kyiv' } })),
		).toEqual({ 'shipping.city': 'Kyiv' });
	});
});

describe('The JSON mode', () => {
	const json = (paramsJson: unknown, fields: IDataObject = {}) =>
		mapItem({ paramsMode: 'json', paramsJson }, fields);

	it.each<[string, unknown]>([
		['a typed object', '{ "cost": 999, "ok": true }'],
		[
			'a typed list of names and values',
			'[{ "name": "cost", "value": 999 }, { "name": "ok", "value": true }]',
		],
		['an expression that gives an object', '={{ { cost: $json.cost, ok: true } }}'],
		[
			'an expression that gives a list',
			"={{ [{ name: 'cost', value: $json.cost }, { name: 'ok', value: true }] }}",
		],
		[
			'an expression that gives JSON as text',
			'={{ JSON.stringify({ cost: $json.cost, ok: true }) }}',
		],
		['text with expressions in it', '={ "cost": {{ $json.cost }}, "ok": true }'],
		['a field', '={{ $json.params }}'],
		['an object of a saved workflow', { cost: 999, ok: true }],
		['one with expressions in it', { cost: '={{ $json.cost }}', ok: '={{ $json.cost > 1 }}' }],
		[
			'a list with expressions in it',
			[
				{ name: 'cost', value: '={{ $json.cost }}' },
				{ name: '=ok', value: true },
			],
		],
	])('takes %s', (_, paramsJson) => {
		expect(valuesOf(json(paramsJson, { cost: 999, params: { cost: 999, ok: true } }))).toEqual({
			cost: '999',
			ok: 'true',
		});
	});

	it('keeps every digit of a number, typed or from an expression', () => {
		const text =
			'{ "id": 12345678901234567890, "rate": 0.12345678901234567891, "list": [9007199254740993] }';
		const digits = {
			id: '12345678901234567890',
			rate: '0.12345678901234567891',
			list: '[9007199254740993]',
		};
		expect(valuesOf(json(text))).toEqual(digits);
		expect(valuesOf(json('={{ $json.text }}', { text }))).toEqual(digits);
		const inV2 = mapItem({ paramsMode: 'json', paramsJson: text, apiVersion: 'v2' });
		expect(eventOf(inV2)).toContain('{"name":"id","value":12345678901234567890}');
		expect(eventOf(inV2)).toContain('{"name":"list","value":[9007199254740993]}');
	});

	it.each([
		['{"cost":"1","cost":"2"}', 'cost'],
		['{"a":{"x":1,"\\u0078":2}}', 'x'],
		['[{"name":"a","value":{"y":[{"z":1,"z":2}]}}]', 'z'],
	])('refuses a name that occurs twice: %s', (text, name) => {
		const problem = { reason: 'PARAM_NAME_DUPLICATE', value: name };
		expect(json(text)).toMatchObject({ event: undefined, problem });
		expect(json('={{ $json.text }}', { text })).toMatchObject({ event: undefined, problem });
	});

	it('leaves a name of the event that occurs twice to eSputnik where checks are', () => {
		const paramsJson = '{"cost":"1","cost":"2"}';
		const mapped = mapItem({ paramsMode: 'json', paramsJson, validation: 'server' });
		expect(paramsOf(mapped)).toEqual([
			{ name: 'cost', value: '1' },
			{ name: 'cost', value: '2' },
		]);
	});

	it.each<[string, unknown, string, string]>([
		['text that is no JSON', '{ cost: }', 'PARAMS_NOT_JSON', 'Correct it'],
		['nothing', '', 'PARAMS_NOT_JSON', 'Correct it'],
		[
			'text that an expression has spoilt',
			'={ "title": "{{ $json.title }}" }',
			'PARAMS_NOT_JSON',
			'Use an expression that gives an object',
		],
		['a number', '5', 'PARAMS_NOT_AN_OBJECT', 'Give an object'],
		['a list without names', '["cost"]', 'PARAMS_NOT_AN_OBJECT', 'Give an object'],
		[
			'an expression that gives nothing',
			'={{ $json.missing }}',
			'PARAMS_NOT_AN_OBJECT',
			'Give an object',
		],
	])('refuses %s', (_, paramsJson, reason, advice) => {
		expect(json(paramsJson, { title: 'Blue "XL"' }).problem).toMatchObject({
			reason,
			advice: expect.stringContaining(advice),
		});
	});
});

describe('The names of parameters', () => {
	it.each<[string, Partial<MappingSettings>, IDataObject, string]>([
		['have to be there', { params: rows(['', '1']) }, {}, 'PARAM_NAME_REQUIRED'],
		[
			'may come out empty',
			{ params: rows(['={{ $json.missing }}', '1']) },
			{},
			'PARAM_NAME_REQUIRED',
		],
		['have at most 100 characters', ALL, { ['n'.repeat(101)]: 1 }, 'PARAM_NAME_TOO_LONG'],
		['occur once among rows', { params: rows(['a', '1'], ['a', '2']) }, {}, 'PARAM_NAME_DUPLICATE'],
		[
			'occur once in a list',
			{ paramsMode: 'json', paramsJson: '[{"name":"a","value":1},{"name":"a","value":2}]' },
			{},
			'PARAM_NAME_DUPLICATE',
		],
		[
			'occur once after flattening',
			{ ...ALL, nestedValues: 'flatten' },
			{ 'shipping.city': 'Lviv', shipping: { city: 'Kyiv' } },
			'PARAM_NAME_DUPLICATE',
		],
		[
			'occur once when one of them is an expression',
			{ params: rows(['a', '1'], ['={{ $json.name }}', '2']) },
			{ name: 'a' },
			'PARAM_NAME_DUPLICATE',
		],
	])('%s', (_, settings, fields, reason) => {
		expect(mapItem(settings, fields)).toMatchObject({ event: undefined, problem: { reason } });
		expect(mapItem({ ...settings, validation: 'server' }, fields).problem).toBeUndefined();
	});

	it.each<[string, unknown]>([
		['an object', { a: 1 }],
		['a Map', new Map()],
		['a list', ['a']],
		['NaN', Number.NaN],
	])('are texts: %s is none', (_, name) => {
		const paramsJson = [{ name: '={{ $json.value }}', value: 1 }];
		for (const settings of [
			{ params: rows(['={{ $json.value }}', '1']) },
			{ paramsMode: 'json', paramsJson, validation: 'server' } as const,
		]) {
			expect(mapItem(settings, objectOf(name)).problem).toMatchObject({
				reason: 'PARAM_NAME_REQUIRED',
				what: 'The name of a parameter is not a text',
			});
		}
	});

	it('may be numbers', () => {
		expect(valuesOf(mapItem({ params: rows(['={{ $json.id }}', 'x']) }, { id: 7 }))).toEqual({
			7: 'x',
		});
	});

	it('may repeat where one of the values is empty and left out', () => {
		const params = rows(['a', '={{ $json.missing }}'], ['a', '2']);
		expect(paramsOf(mapItem({ params }))).toEqual([{ name: 'a', value: '2' }]);
	});

	it('may have 100 characters of which each takes two units', () => {
		expect(mapItem(ALL, { ['😀'.repeat(100)]: 1 }).problem).toBeUndefined();
	});

	it('are told apart over a run in which every item has other ones', () => {
		const items = Array.from({ length: 6_000 }, (_, index) => ({
			...CONTACT,
			[`field ${index}`]: index,
		}));
		const mapped = mapItems(ALL, [...items, { ...CONTACT, a: 1 }]);
		expect(mapped.every(({ problem }) => problem === undefined)).toBe(true);
		expect(valuesOf(mapped[5_999])).toEqual({ ...CONTACT, 'field 5999': '5999' });
	});
});
