import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

/** A parameter as saved, beginning with `=`, and the item that it is read from. */
export interface ReaderCase {
	readonly raw: string;
	readonly json: IDataObject;
}

/** Several parameters of one node, and the items that they are read from one after another. */
export interface ReaderRun {
	readonly raws: readonly string[];
	readonly items: readonly IDataObject[];
}

/** Names of fields as they come: plain, with spaces, dots, quotes, other alphabets, and names that mean something to JavaScript. */
const KEYS = [
	...['id', 'email', 'a', 'b', 'first_name', 'Total', '$amount', '_x', 'customer', 'items', 'tags'],
	...['created at', 'a.b', 'shipping.city', 'order-number', '0', '12', '01', '', ' '],
	...["it's", 'say "hi"', 'back\\slash', '`tick`', '(note)', 'a{b', '}}', '{{', '[0]', 'tab\there'],
	...[
		"ім'я",
		'імʼя',
		'Місто',
		'straße',
		'名前',
		'주소',
		'שם',
		'اسم',
		'naïve',
		'😀',
		'a😀',
		'ﬁ',
		'x\u200d',
	],
	...[
		'class',
		'default',
		'length',
		'name',
		'map',
		'link',
		'keys',
		'size',
		'json',
		'item',
		'$',
		'$json',
	],
	...['constructor', '__proto__', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'binding'],
	...[
		'caller',
		'arguments',
		'constructorName',
		'x.constructor',
		'isEmpty',
		'global',
		'this',
		'undefined',
	],
];

const key = fc.constantFrom(...KEYS);

const leaf = fc.oneof(
	fc.constantFrom(
		'',
		'text',
		'Київ',
		'12.50',
		'😀',
		'=not an expression',
		'{{ $json.id }}',
		' padded ',
	),
	fc.constantFrom(0, -0, 1, -1.5, 1e21, 1e-7, Number.NaN, Infinity, true, false, null, undefined),
	fc.date({ noInvalidDate: true, min: new Date('1990-01-01'), max: new Date('2040-01-01') }),
	fc.string(),
);

const { value } = fc.letrec<{ value: unknown; object: unknown; list: unknown }>((tie) => ({
	value: fc.oneof({ maxDepth: 3 }, leaf, tie('object'), tie('list')),
	object: fc
		.array(fc.tuple(key, tie('value')), { maxLength: 5 })
		.map((entries) => objectOf(entries)),
	list: fc.array(tie('value'), { maxLength: 3 }),
}));

/** An item. Fields named `__proto__` are asked for but not there: n8n's engines lose them. */
const item = fc
	.array(fc.tuple(key, value), { minLength: 1, maxLength: 8 })
	.map((entries) => objectOf(entries));

function objectOf(entries: readonly (readonly [string, unknown])[]): IDataObject {
	const object: IDataObject = {};
	for (const [name, content] of entries) {
		if (name !== '__proto__') Reflect.set(object, name, content);
	}
	return object;
}

const IDENTIFIER = /^[$_\p{ID_Start}][$_\p{ID_Continue}\u200c\u200d]*$/u;

/** One step of a path in one of the ways of writing it. */
function written(name: string, choice: number): string {
	const forms = [
		`["${name.replace(/["\\]/g, '\\$&')}"]`,
		`['${name.replace(/['\\]/g, '\\$&')}']`,
		`?.["${name.replace(/["\\]/g, '\\$&')}"]`,
		`[ '${name.replace(/['\\]/g, '\\$&')}' ]`,
	];
	if (IDENTIFIER.test(name)) forms.push(`.${name}`, `.${name}`, `.${name}`, `?.${name}`);
	if (/^\d+$/.test(name)) forms.push(`[${name}]`, `?.[${name}]`, `[ ${name} ]`);
	return forms[choice % forms.length];
}

/** The names on the way to some value of an item, and beyond it where the value has nothing to give. */
function namesFrom(
	start: unknown,
	choices: readonly number[],
	strays: readonly string[],
): string[] {
	const names: string[] = [];
	let current = start;
	choices.forEach((choice, index) => {
		const own = typeof current === 'object' && current !== null ? Object.keys(current) : [];
		const isStray = own.length === 0 || choice % 5 === 0;
		const name = isStray ? strays[index % strays.length] : own[choice % own.length];
		names.push(name);
		current = fieldOf(current, name);
	});
	return names;
}

function fieldOf(holder: unknown, name: string): unknown {
	if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, name))
		return undefined;
	return Reflect.get(holder, name);
}

const numbers = (maxLength: number) => fc.array(fc.nat(10_000), { maxLength });

/** Paths of every writing into items of every kind. */
export const readerCase: fc.Arbitrary<ReaderCase> = fc
	.record({
		json: item,
		choices: numbers(4),
		forms: fc.array(fc.nat(10_000), { minLength: 4, maxLength: 4 }),
		strays: fc.array(fc.oneof(key, fc.constantFrom('0', '1', 'length', 'toFixed', 'trim')), {
			minLength: 1,
			maxLength: 4,
		}),
		root: fc.constantFrom(
			'$json',
			'$json',
			'$json',
			'$input.item.json',
			'$data',
			'$input.first().json',
		),
		space: fc.constantFrom<[string, string]>(
			['{{ ', ' }}'],
			['{{ ', ' }}'],
			['{{', '}}'],
			['{{\n\t', '  }}'],
			['{{ ', ' }} '],
		),
	})
	.map(({ json, choices, forms, strays, root, space: [open, close] }) => {
		const names = namesFrom(json, choices, strays);
		const path = names.map((name, index) => written(name, forms[index]));
		return { raw: `=${open}${root}${path.join('')}${close}`, json };
	});

/** Expressions that only the engine can work out, those among them that go wrong, and text around them. */
const EXPRESSIONS = [
	...['{{ $json.id + 1 }}', '{{ $json.email.toLowerCase() }}', '{{ $json.items.length * 2 }}'],
	...[
		'{{ $json.a ?? $json.b }}',
		'{{ $json.Total > 5 ? "big" : "small" }}',
		'{{ [$json.a, $json.b] }}',
	],
	...[
		'{{ { a: $json.a, b: { c: 1 } } }}',
		'{{ ({ x: $json.id }) }}',
		'{{ $itemIndex }}',
		'{{ $json }}',
	],
	...[
		'Order {{ $json.id }}',
		'{{ $json.a }} {{ $json.b }}',
		'just text',
		'',
		' ',
		'a "quoted" {{ $json.a }}',
	],
	...[
		'back\\slash {{ $json.a }}',
		'x\u2028y {{ $json.id }}',
		'}} {{ $json.id }}',
		'\\{{ $json.id }}',
	],
	...[
		'{{ $json.a.b.c.d }}',
		'{{ $json.a?.b?.c }}',
		'{{ $json?.["a"]?.["b"] }}',
		'{{ $json.tags?.map?.(x => x) }}',
	],
	...[
		'{{ $json.email.trim }}',
		'{{ $json.tags.map }}',
		'{{ $json.toString }}',
		'{{ $json.constructor }}',
	],
	...[
		'{{ $json["__proto__"] }}',
		'{{ $json.email.isEmpty() }}',
		'{{ $json.tags.first() }}',
		'{{ $json.Total.round() }}',
	],
	...[
		'{{ $json.a?.isEmpty() }}',
		'{{ "isEmpty()" }}',
		"{{ /'/.test($json.email) }}",
		"{{ 'it' + \"'s\" }}",
	],
	...[
		'{{ $json.a // comment\n }}',
		'{{ /* } */ $json.a }}',
		'{{ "https://example.com/" + $json.id }}',
	],
	...[
		'{{ 1), (2 }}',
		'{{ }}',
		'{{}}',
		'{{ $json.a',
		'{{ $json. }}',
		'{{ return 1 }}',
		'{{ $json.a; $json.b }}',
	],
	...[
		'{{ undefined }}',
		'{{ null }}',
		'{{ nothing }}',
		'{{ nothing() }}',
		'{{ NaN }}',
		'{{ f }} {{ v }}',
		'{{ e }}',
	],
	...[
		'{{ $("Nowhere").item.json.a }}',
		'{{ $node["Nowhere"].json.a }}',
		'{{ (() => { throw new Error("no") })() }}',
	],
	...[
		'{{ DateTime.fromISO("2024-05-12T10:11:12", { zone: "Europe/Kyiv" }) }}',
		'{{ new Date(0) }}',
	],
	...[
		'{{ $json.a, $json.b }}',
		'{{ `t ${$json.id}\n2` }}',
		'{{ $json.items.map(i => ({ n: i })) }}',
		'{{ () => 1 }}',
	],
	...[
		'{{ function () { return 1 } }}',
		'{{ (function () { return this })() }}',
		'{{ this }}',
		'{{ $json.$ }}',
	],
	...[
		'{{ $if($json.a, 1, 2) }}',
		'{{ $json.a.b.isEmpty() }}',
		'{{ JSON.stringify($json.a) }}',
		'{{ Object.keys($json) }}',
	],
	...[
		'{{ [1, 2].map((f) => f * 2) }}',
		'{{ typeof $json.a }}',
		'{{ -$json.id }}',
		'{{ $json.a.{b} }}',
		'{{ \\}} }}',
	],
];

/** Several parameters of one node over several items. */
export const readerRun: fc.Arbitrary<ReaderRun> = fc.record({
	raws: fc.array(
		fc.oneof(
			{
				weight: 6,
				arbitrary: fc.constantFrom(...EXPRESSIONS).map((expression) => `=${expression}`),
			},
			{ weight: 2, arbitrary: readerCase.map(({ raw }) => raw) },
		),
		{ minLength: 1, maxLength: 6 },
	),
	items: fc.array(
		fc.oneof(
			item,
			fc
				.record({
					id: fc.nat(),
					email: fc.constantFrom('A@B.C', ''),
					Total: fc.double({ noNaN: true, noDefaultInfinity: true }),
					tags: fc.array(fc.string()),
					items: fc.array(fc.nat(), { maxLength: 3 }),
					a: value,
				})
				.map((fields) => objectOf(Object.entries(fields))),
		),
		{ minLength: 1, maxLength: 4 },
	),
});

/** The first cases of a generator for a seed: always the same. */
export function sample<T>(arbitrary: fc.Arbitrary<T>, count: number, seed: number): T[] {
	return fc.sample(arbitrary, { numRuns: count, seed });
}
