import { Type, type Static, type TSchema, type TUnsafe } from '@sinclair/typebox';
import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler';
import { Value } from '@sinclair/typebox/value';

export type Version = 'v1' | 'v2' | 'v3';

/** Guide: "up to 500 events" in one request. */
export const MAX_EVENTS = 500;

/** An event in the form that its version takes: `params` is a list in v1 and v2, an object in v3. */
export interface SentEvent {
	readonly eventTypeKey: string;
	/** Missing in live events alone. */
	readonly keyValue?: string;
	readonly params: readonly Param[] | Readonly<Record<string, unknown>>;
	readonly occurred?: unknown;
}

export interface Param {
	readonly name: string;
	readonly value: unknown;
}

export type Checked =
	| { readonly event: SentEvent; readonly problem?: undefined }
	| { readonly problem: string };

/** Which rules hold for an event besides those of its version. */
export interface FormRules {
	/** Whether v2 takes true and false as values. */
	readonly booleans: boolean;
	/** Live events need no key value. */
	readonly live?: boolean;
}

/**
 * Checks the form of one event: fields, types, lengths, characters, names used once. Not `occurred`, which has statuses of its own.
 * @returns the event, or which field breaks which rule, as in "keyValue is required …"
 */
export function checkEvent(
	version: Version,
	candidate: unknown,
	{ booleans, live = false }: FormRules,
): Checked {
	const form = FORMS[live ? 'live' : 'past'][version === 'v2' && !booleans ? 'v2Strict' : version];
	if (!form.Check(candidate)) {
		const error = form.Errors(candidate).First();
		const field = error?.path.slice(1).replaceAll('/', '.') ?? '';
		return { problem: `${field} ${String(error?.schema.rule ?? error?.message)}`.trim() };
	}
	const twice = nameUsedTwice(candidate);
	return twice === undefined
		? { event: candidate }
		: { problem: `params has the name ${JSON.stringify(twice)} twice` };
}

/** The parameters of an event as a list, whatever its version. */
export function paramsOf(event: SentEvent): readonly Param[] {
	const { params } = event;
	if (isList(params)) return params;
	return Object.entries(params).map(([name, value]) => ({ name, value }));
}

/** The body of past_events. */
export const EventList = Type.Object({ events: Type.Array(Type.Unknown()) });

export function isListOfEvents(body: unknown): body is Static<typeof EventList> {
	return Value.Check(EventList, body);
}

/** Whether something has the shape of an event of any version; the rules are `checkEvent`'s. */
export function isEvent(value: unknown): value is SentEvent {
	return ANY_EVENT.Check(value);
}

function isList(params: SentEvent['params']): params is readonly Param[] {
	return Array.isArray(params);
}

/** Few names, so comparing each with each is several times faster than a set; this runs for every event of a benchmark. */
function nameUsedTwice({ params }: SentEvent): string | undefined {
	if (!isList(params)) return undefined;
	if (params.length > 100) {
		const names = new Set<string>();
		return params.find(({ name }) => names.size === names.add(name).size)?.name;
	}
	for (let i = 1; i < params.length; i++) {
		const name = params[i]?.name;
		for (let j = 0; j < i; j++) if (params[j]?.name === name) return name;
	}
	return undefined;
}

/*
 * The rules are written down here a second time, apart from the node's own, so that a slip there shows in a test.
 * Sources: the guide "How to Send Past Events" and the vendor's OpenAPI description of 2025-06.
 */
const WITHOUT_FORBIDDEN = '^[^<;’\\\\/|"`\'^?!,>]*$';
const FORBIDDEN_RULE = 'none of < ; ’ \\ / | " ` \' ^ ? ! , >';

const eventTypeKey = Type.String({
	minLength: 1,
	maxLength: 100,
	pattern: WITHOUT_FORBIDDEN,
	rule: `is required, has at most 100 characters and ${FORBIDDEN_RULE}`,
});
const keyValue = Type.String({
	minLength: 1,
	maxLength: 300,
	pattern: WITHOUT_FORBIDDEN,
	rule: `is required, has at most 300 characters and ${FORBIDDEN_RULE}`,
});
const NAME_RULE = 'is required and has at most 100 characters';
const name = Type.String({ minLength: 1, maxLength: 100, rule: NAME_RULE });

const textValue = Type.String({ rule: 'is required and must be a string' });
const rawJson = [
	Type.String(),
	Type.Number(),
	Type.Object({}),
	Type.Array(Type.Unknown()),
] as const;
const value = Type.Union([...rawJson, Type.Boolean()], {
	rule: 'is required and must be a string or raw JSON',
});
const valueButBoolean = Type.Union([...rawJson], {
	rule: 'is required and must be a string, a number, an object or a list',
});

const LIST = { rule: 'is required and must be a list of names and values' };
const named = Type.Record(Type.String({ pattern: '^[\\s\\S]{1,100}$' }), Type.Unknown(), {
	additionalProperties: false,
	rule: `is required and must be an object; each name ${NAME_RULE}`,
});

const ANY_EVENT = TypeCompiler.Compile(
	Type.Object({
		eventTypeKey: Type.String(),
		keyValue: Type.Optional(Type.String()),
		params: Type.Union([
			Type.Array(Type.Object({ name: Type.String(), value: Type.Unknown() })),
			Type.Record(Type.String(), Type.Unknown()),
		]),
	}),
);

/** The forms of an event by version. */
function forms(
	key: TSchema,
): Readonly<Record<Version | 'v2Strict', TypeCheck<TUnsafe<SentEvent>>>> {
	const withParams = (params: TSchema) =>
		TypeCompiler.Compile(
			Type.Unsafe<SentEvent>(Type.Object({ eventTypeKey, keyValue: key, params })),
		);
	const listOf = (value: TSchema) => withParams(Type.Array(Type.Object({ name, value }), LIST));
	return {
		v1: listOf(textValue),
		v2: listOf(value),
		v2Strict: listOf(valueButBoolean),
		v3: withParams(named),
	};
}

const FORMS = { past: forms(keyValue), live: forms(Type.Optional(keyValue)) };
