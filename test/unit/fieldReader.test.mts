import type { IDataObject } from 'n8n-workflow';

import { FailedExpression } from '../../nodes/Esputnik/fields/engineExpressions.ts';
import { createFieldReaders } from '../../nodes/Esputnik/fields/fieldReader.ts';

const ITEM: IDataObject = {
	email: 'a@b.co',
	total: 12.5,
	'created at': 'today',
	"it's": 'apostrophe',
	'say "hi"': 'quotes',
	ім_я: 'Олена',
	customer: { 'first.name': 'Ann', tags: ['x', 'y'] },
	nothing: null,
};

/** Reads a parameter without any engine at hand. */
function readPlainly(raw: unknown, binaryMode?: string): unknown {
	const readers = createFieldReaders(() => {
		throw new Error('the engine was asked');
	}, binaryMode);
	const reader = readers.compile('a parameter', raw);
	readers.start(0);
	return reader.read(ITEM);
}

/** An engine that knows the results of single expressions and of calls of several together. */
function fakeEngine(single: Partial<Record<string, (item: number) => unknown>>) {
	const calls: { expression: string; item: number }[] = [];
	const evaluate = (expression: string, item: number): unknown => {
		calls.push({ expression, item });
		const known = single[expression];
		if (known) return known(item);
		const parts = Object.keys(single).filter((one) => expression.includes(one.slice(2, -2).trim()));
		return parts.map((part) => {
			try {
				return [single[part]?.(item)];
			} catch {
				return 0;
			}
		});
	};
	return { evaluate, calls };
}

describe('A parameter is read without the engine', () => {
	it.each<[string, unknown, unknown]>([
		['when it is typed text', 'orderCreated', 'orderCreated'],
		['when it is an expression of text only', '=orderCreated', 'orderCreated'],
		['when it is a number', 5, 5],
		['when it is a dragged field', '={{ $json.email }}', 'a@b.co'],
		['without spaces', '={{$json.email}}', 'a@b.co'],
		['in brackets with double quotes', '={{ $json["created at"] }}', 'today'],
		['in brackets with single quotes', "={{ $json['created at'] }}", 'today'],
		['with an escaped quote', "={{ $json['it\\'s'] }}", 'apostrophe'],
		['with the other quote', '={{ $json["it\'s"] }}', 'apostrophe'],
		['with double quotes in the name', '={{ $json["say \\"hi\\""] }}', 'quotes'],
		['in another alphabet', '={{ $json.ім_я }}', 'Олена'],
		['by a path with an index', '={{ $json.customer.tags[1] }}', 'y'],
		['by a name with a dot', '={{ $json.customer["first.name"] }}', 'Ann'],
		['with optional chaining', '={{ $json?.customer?.tags?.[0] }}', 'x'],
		['from $input.item.json', '={{ $input.item.json.email }}', 'a@b.co'],
		['when a parent is missing', '={{ $json.company.name }}', undefined],
		['when a parent is null', '={{ $json.nothing.name }}', undefined],
		['when it is null', '={{ $json.nothing }}', null],
	])('%s', (_, raw, value) => {
		expect(readPlainly(raw)).toEqual(value);
	});

	it.each([
		['{{ $json.constructor }}'],
		['{{ $json["__proto__"] }}'],
		['{{ $json.customer.toString }}'],
		['{{ $json.constructorName }}'],
		['{{ $json.customer.tags.map }}'],
		['{{ $json.email.trim() }}'],
		['{{ $json.email.trim }}'],
		['{{ $json.total.toFixed }}'],
		['Order {{ $json.email }}'],
		['{{ $json.email }} '],
		['{{ $json.email }}{{ $json.email }}'],
		['{{ $json[$json.email] }}'],
		['{{ $json.email'],
	])('but not where only the engine can tell: %s', (expression) => {
		expect(readPlainly(`=${expression}`)).toEqual(new FailedExpression('the engine was asked'));
	});

	it('but not from $input.item in workflows whose items hold files in their fields, where it means something else', () => {
		expect(readPlainly('={{ $input.item.json.email }}', 'combined')).toBeInstanceOf(
			FailedExpression,
		);
		expect(readPlainly('={{ $json.email }}', 'combined')).toBe('a@b.co');
	});
});

describe('Parameters that only the engine can work out', () => {
	const compile = (evaluate: (expression: string, item: number) => unknown, raws: string[]) => {
		const readers = createFieldReaders(evaluate);
		const compiled = raws.map((raw) => readers.compile(raw, raw));
		return (item: number) => {
			readers.start(item);
			return compiled.map((reader) => reader.read(ITEM));
		};
	};

	it('are evaluated in one call for each item after the first', () => {
		const { evaluate, calls } = fakeEngine({
			'{{ one() }}': (item) => `one ${item}`,
			'{{ two() }}': (item) => `two ${item}`,
			'{{ three() }}': (item) => `three ${item}`,
		});
		const read = compile(evaluate, ['={{ one() }}', '={{ two() }}', '={{ three() }}']);
		const readings = [0, 1, 2, 3].map(read);
		expect(readings).toEqual([0, 1, 2, 3].map((n) => [`one ${n}`, `two ${n}`, `three ${n}`]));
		expect(calls.filter(({ item }) => item > 0)).toHaveLength(3);
	});

	it('are evaluated alone where one throws in company, and what the engine says then rules', () => {
		const { evaluate, calls } = fakeEngine({
			'{{ one() }}': (item) => `one ${item}`,
			'{{ two() }}': (item) => {
				if (item === 2) throw new Error('no such node');
				return `two ${item}`;
			},
		});
		const read = compile(evaluate, ['={{ one() }}', '={{ two() }}']);
		expect([0, 1, 2, 3].map(read)).toEqual([
			['one 0', 'two 0'],
			['one 1', 'two 1'],
			['one 2', new FailedExpression('no such node')],
			['one 3', 'two 3'],
		]);
		expect(calls.filter(({ item }) => item === 2)).toHaveLength(2);
		expect(calls.filter(({ item }) => item === 3)).toHaveLength(1);
	});

	it('are parsed once where they cannot be parsed', () => {
		const { evaluate, calls } = fakeEngine({
			'{{ 1), (2 }}': () => {
				throw new Error('invalid syntax');
			},
		});
		const read = compile(evaluate, ['={{ 1), (2 }}']);
		expect([0, 1, 2].map(read)).toEqual(
			Array.from({ length: 3 }, () => [new FailedExpression('invalid syntax')]),
		);
		expect(calls).toHaveLength(1);
	});

	it('are told with the plain form of the field that they read', () => {
		const readers = createFieldReaders(() => undefined);
		readers.compile("'Contact Key'", "={{ $('Webhook').item.json.body.email }}");
		readers.compile("'Occurred'", '={{ $json["created at"].toString() }}');
		readers.compile("'Event Type'", '={{ $now }}');
		readers.compile('read directly', '={{ $json.email }}');
		expect(readers.evaluated().map(({ label, plainForm }) => [label, plainForm])).toEqual([
			["'Contact Key'", '{{ $json.body.email }}'],
			["'Occurred'", '{{ $json["created at"] }}'],
			["'Event Type'", undefined],
		]);
	});
});
