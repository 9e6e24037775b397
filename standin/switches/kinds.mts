import { Type } from '@sinclair/typebox';

/*
 * The kinds of switches. Each takes its default and what it means; the text stands in `--help` and in SWITCHES.md.
 */

export const flag = (value: boolean, description: string) =>
	Type.Boolean({ default: value, description });

export const count = (value: number, description: string) =>
	Type.Integer({ minimum: 0, default: value, description });

export const seconds = (value: number, description: string) =>
	Type.Integer({ minimum: 1, default: value, description });

export const text = (value: string, description: string) =>
	Type.String({ default: value, description });

export const list = (description: string) =>
	Type.Array(Type.String(), { default: [], description });

export const httpStatus = (value: number, description: string) =>
	Type.Integer({ minimum: 200, maximum: 599, default: value, description });

/** The default is the value named first. */
export const choice = <T extends string>(values: readonly [T, ...T[]], description: string) =>
	Type.Unsafe<T>(
		Type.Union(
			values.map((value) => Type.Literal(value)),
			{ default: values[0], description },
		),
	);

/** Text → text. */
export const texts = (description: string) =>
	Type.Record(Type.String(), Type.String(), { default: {}, description });
