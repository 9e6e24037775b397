/** A number as people write it: never with an exponent (`1e21`, `1e-7`), which importers misread. */
export function numberText(number: number): string {
	return hasNoExponent(number) ? String(number) : withoutExponent(String(number));
}

/** Whether JavaScript writes a number without an exponent. */
export function hasNoExponent(number: number): boolean {
	const size = Math.abs(number);
	return (size >= 1e-6 && size < 1e21) || size === 0;
}

/** A number that JavaScript's own cannot hold, or that came as text: its digits, without exponent. */
export class ExactNumber {
	constructor(readonly digits: string) {}
}

const DECIMAL = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:e([+-]?\d+))?$/i;

/** Beyond these nobody means a number; it would be written out in as many digits. */
const LARGEST_EXPONENT = 400;
const LONGEST = 1_000;

/**
 * Reads a decimal number, `12.50`, `-3`, `1e21`, with all of its digits.
 *
 * @returns undefined where the text is no such number
 */
export function readNumber(text: string): number | ExactNumber | undefined {
	const parts = text.length > LONGEST ? null : DECIMAL.exec(text);
	if (!parts || Math.abs(Number(parts[3] ?? 0)) > LARGEST_EXPONENT) return undefined;
	const number = Number(text);
	const digits = withoutExponent(text);
	return canonical(digits) === canonical(numberText(number)) ? number : new ExactNumber(digits);
}

/** Writes a decimal number out: `1.5e3` → `1500`. What is none (`NaN`) stays as it is. */
function withoutExponent(text: string): string {
	const parts = DECIMAL.exec(text);
	if (!parts) return text;
	const [, sign, mantissa, exponent = '0'] = parts;
	const [whole, fraction = ''] = mantissa.split('.');
	const digits = whole + fraction;
	const point = whole.length + Number(exponent);
	const written =
		point <= 0
			? `0.${'0'.repeat(-point)}${digits}`
			: point >= digits.length
				? digits.padEnd(point, '0')
				: `${digits.slice(0, point)}.${digits.slice(point)}`;
	return `${sign === '-' ? '-' : ''}${written.replace(/^0+(?=\d)/, '')}`;
}

/** One form for each number: no zeros behind, no minus before nothing. */
function canonical(digits: string): string {
	const short = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
	return short === '-0' ? '0' : short;
}

/**
 * The number that an object stands for: MongoDB's `{ "$numberDecimal": "12.50" }` and its relatives, and the 64 bits `{ low, high }` of
 * MongoDB (with `unsigned`) and Neo4j. What may as well be a range of two numbers stays an object.
 */
export function numberInObject(object: object): ExactNumber | undefined {
	if ('low' in object && 'high' in object) {
		return integerOfHalves(object, Object.keys(object).length);
	}
	const key = MONGO_NUMBERS.find((name) => name in object);
	if (key === undefined || Object.keys(object).length > 1) return undefined;
	const value: unknown = Reflect.get(object, key);
	const number = readNumber(String(value));
	if (number === undefined) return undefined;
	return new ExactNumber(withoutExponent(String(value)));
}

const MONGO_NUMBERS = ['$numberDecimal', '$numberDouble', '$numberInt', '$numberLong'];

function integerOfHalves(
	{ low, high, unsigned }: { low: unknown; high: unknown; unsigned?: unknown },
	members: number,
): ExactNumber | undefined {
	if (typeof low !== 'number' || typeof high !== 'number') return undefined;
	if ((low | 0) !== low || (high | 0) !== high) return undefined;
	const isMongo = members === 3 && typeof unsigned === 'boolean';
	const isNeo4j = members === 2 && !mayBeRange(low, high);
	if (!isMongo && !isNeo4j) return undefined;
	const bits = (BigInt(high) << 32n) | BigInt(low >>> 0);
	return new ExactNumber(String(unsigned === true ? BigInt.asUintN(64, bits) : bits));
}

/** The lower half of a number beyond 32 bits is seldom small, nor does a range go down; a number within 32 bits has only its sign above. */
function mayBeRange(low: number, high: number): boolean {
	if (high === (low < 0 ? -1 : 0)) return false;
	return Math.abs(low) < 65_536 || (low >= 0 && low <= high);
}
