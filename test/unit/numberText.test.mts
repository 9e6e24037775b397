import fc from 'fast-check';

import { ExactNumber, numberText, readNumber } from '../../nodes/Esputnik/fields/numberText.ts';
import { JsonMembers, parseJson } from '../../nodes/Esputnik/fields/parseJson.ts';

const sign = fc.constantFrom('', '-');
const digits = fc.stringMatching(/^\d{1,40}$/);

/** A decimal number as JSON writes it, in every way. */
const decimal = fc
	.record({
		sign,
		whole: digits.map((text) => text.replace(/^0+(?=\d)/, '')),
		fraction: fc.option(digits, { nil: undefined }),
		exponent: fc.option(fc.integer({ min: -60, max: 60 }), { nil: undefined }),
	})
	.map(({ sign: minus, whole, fraction, exponent }) => {
		const point = fraction === undefined ? '' : `.${fraction}`;
		return `${minus}${whole}${point}${exponent === undefined ? '' : `e${exponent}`}`;
	});

/** The value of a decimal number times 10^120, exactly. */
function scaled(text: string): bigint {
	const [mantissa, exponent = '0'] = text.split('e');
	const [whole, fraction = ''] = mantissa.split('.');
	return BigInt(whole + fraction) * 10n ** BigInt(120 + Number(exponent) - fraction.length);
}

describe('A number', () => {
	it('is read with all of its digits and written without an exponent', () => {
		fc.assert(
			fc.property(decimal, (text) => {
				const read = readNumber(text);
				const written = read instanceof ExactNumber ? read.digits : numberText(read ?? Number.NaN);
				expect(written).toMatch(/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/);
				expect(scaled(written)).toBe(scaled(text));
			}),
			{ numRuns: 5_000 },
		);
	});

	it.each([
		'',
		' ',
		'9'.repeat(1_001),
		'0x10',
		'1_000',
		'1,5',
		'Infinity',
		'NaN',
		'1e401',
		'--1',
		'.',
		'e5',
		'１２',
	])('is not read from %j', (text) => {
		expect(readNumber(text)).toBeUndefined();
	});
});

describe('JSON', () => {
	it("is read as JavaScript's own reader does", () => {
		fc.assert(
			fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 1, '\t'), (value, indent) => {
				const text = JSON.stringify(value, undefined, indent);
				expect(plain(parseJson(text))).toEqual(JSON.parse(text));
			}),
			{ numRuns: 2_000 },
		);
	});

	it('is refused where that reader refuses it', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[{}[\]",:\\ a1n-]{0,12}$/), (text) => {
				expect(parseJson(text) === undefined).toBe(isRefused(text));
			}),
			{ numRuns: 5_000 },
		);
	});
});

function isRefused(text: string): boolean {
	try {
		JSON.parse(text);
		return false;
	} catch {
		return true;
	}
}

function plain(parsed: ReturnType<typeof parseJson>): unknown {
	if (!parsed || 'duplicate' in parsed) return parsed;
	return parsed.value instanceof JsonMembers ? parsed.value.toObject() : parsed.value;
}
