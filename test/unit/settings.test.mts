import { IANAZone } from 'luxon';
import {
	choiceSetting,
	fieldListSetting,
	numberSetting,
	optionsField,
	switchSetting,
	timeZoneSetting,
} from '../../nodes/Esputnik/n8n/setting.ts';

const size = numberSetting({ label: 'Size', name: 'size', default: 5, min: 1, max: 10 });
const color = choiceSetting({
	label: 'Color',
	name: 'color',
	default: 'red',
	choices: [
		{ name: 'Blue', value: 'blue' },
		{ name: 'Red', value: 'red' },
	],
});
const loud = switchSetting({ label: 'Loud', name: 'loud', onceAdded: true });
const fields = fieldListSetting({ label: 'Fields', name: 'fields' });
const zone = timeZoneSetting({ label: 'Zone', name: 'zone', whenUnset: 'Nothing is converted' });

describe('The panel and the reader of a setting', () => {
	it('have one default', () => {
		for (const { field, read } of [size, color, zone]) {
			expect(read({})).toBe(field.default);
			expect(read({ [field.name]: '' })).toBe(field.default);
		}
	});

	it('have the same bounds', () => {
		expect(size.field.typeOptions).toMatchObject({ minValue: 1, maxValue: 10 });
		expect([1, 10].map((value) => size.read({ size: value }))).toEqual([1, 10]);
		for (const value of [0, 11, 1.5, 'many', true]) {
			expect(() => size.read({ size: value })).toThrow('Enter a whole number from 1 to 10.');
		}
	});

	it('have the same values', () => {
		expect(color.field.options).toMatchObject([{ value: 'blue' }, { value: 'red' }]);
		expect(color.read({ color: 'blue' })).toBe('blue');
		expect(() => color.read({ color: 'green' })).toThrow(
			"'Color' has a value that does not exist: 'green'",
		);
	});
});

describe('A switch among the options', () => {
	it('is off where it was not added', () => expect(loud.read({})).toBe(false));

	it.each([true, 'true', ' TRUE '])('is on by %j', (value) =>
		expect(loud.read({ loud: value })).toBe(true),
	);

	it.each([undefined, null, '', 'perhaps', 1])('is neither on nor off by %j', (value) =>
		expect(() => loud.read({ loud: value })).toThrow("'Loud' is neither on nor off"),
	);
});

test('fields are read from a comma-separated text', () => {
	expect(fields.read({ fields: ' id, shipping.city ,, ' })).toEqual(['id', 'shipping.city']);
});

test('options stand in the order of their labels', () => {
	const { options = [] } = optionsField([size, loud, color]);
	expect(options.map(({ name }) => name)).toEqual(['color', 'loud', 'size']);
});

describe('A time zone', () => {
	const values = (zone.field.options ?? []).map((option) =>
		'value' in option ? option.value : '',
	);

	it('is chosen from zones by their current names', () => {
		expect(values).toEqual(expect.arrayContaining(['', 'UTC', 'Europe/Kyiv', 'Asia/Kolkata']));
		expect(values).not.toContain('Europe/Kiev');
		expect(values.filter((value) => value !== '' && !IANAZone.isValidZone(String(value)))).toEqual(
			[],
		);
		expect(new Set(values).size).toBe(values.length);
	});

	it('may be any text, as an expression or a saved workflow holds it', () => {
		expect(zone.read({ zone: ' Europe/Kiev ' })).toBe('Europe/Kiev');
	});
});
