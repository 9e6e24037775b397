/** A number as people write it: never with an exponent (`1e21`, `1e-7`), which importers misread. */
export function numberText(number: number): string {
	const size = Math.abs(number);
	if ((size >= 1e-6 && size < 1e21) || size === 0) return String(number);
	const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(String(number));
	if (!parts) return String(number);
	const [, sign, whole, fraction = '', exponent] = parts;
	const digits = whole + fraction;
	const point = 1 + Number(exponent);
	return point > 0 ? sign + digits.padEnd(point, '0') : `${sign}0.${'0'.repeat(-point)}${digits}`;
}

/** Far beyond anything a shop sends, and far from the depth at which JSON.stringify gives up. */
const DEEPEST = 200;

/**
 * Whether JSON carries a value as it is.
 *
 * @returns what is in the way, as the end of a sentence, or undefined where nothing is
 */
export function obstacleToJson(value: unknown, ancestors: object[] = []): string | undefined {
	switch (typeof value) {
		case 'number':
			return Number.isFinite(value) ? undefined : `is not a number that can be sent (${value})`;
		case 'bigint':
			return 'is a BigInt, which JSON cannot carry';
		case 'function':
		case 'symbol':
			return `is a ${typeof value}, which JSON cannot carry`;
		case 'object':
			return value === null ? undefined : obstacleInObject(value, ancestors);
		default:
			return undefined;
	}
}

function obstacleInObject(value: object, ancestors: object[]): string | undefined {
	if (ancestors.includes(value)) return 'refers to itself';
	if (ancestors.length === DEEPEST) return `is nested more than ${DEEPEST} levels deep`;
	const plain = withoutToJson(value);
	if (plain !== value)
		return plain === null ? 'is not a valid date' : obstacleToJson(plain, ancestors);

	ancestors.push(value);
	const children: unknown[] = Array.isArray(value) ? value : Object.values(value);
	for (const child of children) {
		const obstacle = obstacleToJson(child, ancestors);
		if (obstacle) return obstacle;
	}
	ancestors.pop();
	return undefined;
}

/** What JSON makes of an object that knows better: the ISO text of a `Date` or `DateTime`, null where that is invalid. */
export function withoutToJson(value: object): unknown {
	if (!('toJSON' in value) || typeof value.toJSON !== 'function') return value;
	const plain: unknown = value.toJSON();
	return plain;
}
