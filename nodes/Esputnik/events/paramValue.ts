import { numberText, obstacleToJson, withoutToJson } from '../fields/jsonText';

/** `v1` takes text only; `v2` takes text or JSON (contract: "value"). */
export type ApiVersion = 'v1' | 'v2';

/** A value that cannot be sent, with the reason as the end of a sentence. */
export class UnusableValue {
	constructor(readonly why: string) {}
}

/**
 * The value of a parameter. v1: always its text (numbers without exponent, dates as ISO, objects and arrays as their JSON). v2: a text
 * as it is, everything else as JSON.
 *
 * @returns '' where the value is empty (null, undefined, ''), or why the value cannot be sent
 */
export function paramText(value: unknown, apiVersion: ApiVersion): string | UnusableValue {
	switch (typeof value) {
		case 'string':
			return value;
		case 'number':
			if (!Number.isFinite(value)) break;
			return apiVersion === 'v1' ? numberText(value) : JSON.stringify(value);
		case 'boolean':
			return String(value);
		case 'undefined':
			return '';
		case 'object':
			if (value === null) return '';
			return objectText(value, apiVersion);
	}
	return new UnusableValue(obstacleToJson(value) ?? 'cannot be sent');
}

function objectText(value: object, apiVersion: ApiVersion): string | UnusableValue {
	const obstacle = obstacleToJson(value);
	if (obstacle) return new UnusableValue(obstacle);
	const plain = apiVersion === 'v1' ? withoutToJson(value) : value;
	return plain === value ? JSON.stringify(value) : paramText(plain, apiVersion);
}
