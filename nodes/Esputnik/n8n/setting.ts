import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ConfigurationError } from '../configurationError';
import { fieldList } from '../fields/fieldList';
import { quotable, type Problem } from '../problem';
import { timeZoneChoices } from './timeZones';

/** A parameter in one definition: what the panel shows of it and how its value is read, with the same default. */
export interface Setting<Value> {
	readonly field: INodeProperties;
	/**
	 * @param values holds the value by the name of the field; an option that was not added is absent
	 * @throws {ConfigurationError} naming the label and what may stand there: an expression may yield anything
	 */
	readonly read: (values: Readonly<Record<string, unknown>>) => Value;
}

interface Texts {
	/** As the panel shows it. */
	readonly label: string;
	readonly name: string;
	readonly description?: string;
}

/** A whole number within its bounds. */
export function numberSetting(
	given: Texts & { readonly default: number; readonly min: number; readonly max?: number },
): Setting<number> {
	const { label, name, min, max = Number.MAX_SAFE_INTEGER } = given;
	const isBounded = max !== Number.MAX_SAFE_INTEGER;
	return {
		field: {
			...textsOf(given),
			type: 'number',
			typeOptions: { minValue: min, ...(isBounded && { maxValue: max }), numberPrecision: 0 },
			default: given.default,
		},
		read: ({ [name]: value }) => {
			if (isNothing(value)) return given.default;
			const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
			if (Number.isInteger(number) && number >= min && number <= max) return number;
			throw new ConfigurationError(
				`'${label}' cannot be used`,
				isBounded
					? `Enter a whole number from ${min} to ${max}.`
					: `Enter a whole number from ${min} on.`,
				quotable(value),
			);
		},
	};
}

interface Choice<Value extends string> {
	readonly value: Value;
	readonly name: string;
	readonly description?: string;
	/** Not offered where the node is a tool of an AI agent. */
	readonly hiddenFromAgents?: boolean;
}

/** One of several values, in the order of the menu: by name, where there are five or more. */
export function choiceSetting<const Value extends string>(
	given: Texts & {
		readonly default: NoInfer<Value>;
		readonly choices: ReadonlyArray<Choice<Value>>;
	},
): Setting<Value> {
	const { label, name, choices } = given;
	const options = choices.map(({ hiddenFromAgents = false, ...choice }) => ({
		...choice,
		...(hiddenFromAgents && { displayOptions: { hide: { '@tool': [true] } } }),
	}));
	return {
		field: {
			...textsOf(given),
			type: 'options',
			default: given.default,
			options,
		},
		read: ({ [name]: value }) => {
			if (isNothing(value)) return given.default;
			const found = choices.find((choice) => choice.value === value);
			if (found !== undefined) return found.value;
			throw new ConfigurationError(
				`'${label}' has a value that does not exist`,
				`Choose one of: ${choices.map((choice) => choice.value).join(', ')}.`,
				quotable(value),
			);
		},
	};
}

/**
 * A switch among the options: off where it was not added. What is neither on nor off is refused: taken for off without a word it
 * would make a dry run send.
 */
export function switchSetting(
	given: Texts & {
		/** How it stands once it was added. */
		readonly onceAdded: boolean;
	},
): Setting<boolean> {
	const { label, name, onceAdded } = given;
	return {
		field: { ...textsOf(given), type: 'boolean', default: onceAdded },
		read: (values) => {
			if (!Object.hasOwn(values, name)) return false;
			const value = asText(values[name]).toLowerCase();
			if (value === 'true' || value === 'false') return value === 'true';
			throw new ConfigurationError(
				`'${label}' is neither on nor off`,
				'Switch it on or off, or let its expression give true or false.',
				quotable(values[name]),
			);
		},
	};
}

/** A text; surrounding spaces are nobody's intention. */
export function textSetting(given: Texts & { readonly placeholder?: string }): Setting<string> {
	const { name, placeholder } = given;
	return {
		field: {
			...textsOf(given),
			type: 'string',
			default: '',
			...(placeholder !== undefined && { placeholder }),
		},
		read: ({ [name]: value }) => asText(value),
	};
}

/** A time zone, saved as its IANA name and chosen from a list; an expression, or a saved workflow, may hold any text. */
export function timeZoneSetting(given: Texts & { readonly whenUnset: string }): Setting<string> {
	const text = textSetting(given);
	const options = [
		{ name: 'Not Set', value: '', description: given.whenUnset },
		...timeZoneChoices(),
	];
	return { ...text, field: { ...text.field, type: 'options', options } };
}

/** Names or paths of fields, comma-separated: `id, shipping.city` → `['id', 'shipping.city']` */
export function fieldListSetting(
	given: Texts & { readonly placeholder?: string },
): Setting<readonly string[]> {
	const text = textSetting(given);
	return { field: text.field, read: (values) => fieldList(text.read(values)) };
}

/** The same setting, shown under a condition only. */
export function shownWhen<Value>(
	setting: Setting<Value>,
	displayOptions: INodeProperties['displayOptions'],
): Setting<Value> {
	return { ...setting, field: { ...setting.field, displayOptions } };
}

/** The collection 'Options' of a panel, sorted by label. */
export function optionsField(settings: ReadonlyArray<Setting<unknown>>): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: settings
			.map(({ field }) => field)
			.sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

/** What was added to the collection 'Options', to be read by the settings of which it is made. */
export function readOptions(
	context: IExecuteFunctions,
	item = 0,
): Readonly<Record<string, unknown>> {
	const options: unknown = context.getNodeParameter('options', item, {});
	return typeof options === 'object' && options !== null ? { ...options } : {};
}

/** The value of a setting that stands in the panel itself. @throws {ConfigurationError} */
export function readParameter<Value>(
	context: IExecuteFunctions,
	{ field, read }: Setting<Value>,
	item = 0,
): Value {
	return read({ [field.name]: context.getNodeParameter(field.name, item, field.default) });
}

/** A setting that cannot be used as a problem of the run: our own check, a credential that n8n cannot give, a broken expression. */
export function settingFault(error: unknown): Problem {
	if (error instanceof ConfigurationError) return error.problem;
	const text = error instanceof Error ? error.message : String(error);
	return {
		reason: 'CONFIGURATION',
		what: `The node's settings could not be read: ${text.replace(/[.\s]+$/, '')}`,
		advice: 'Check the parameters and the credential of this node.',
	};
}

function textsOf({
	label,
	name,
	description,
}: Texts): Pick<INodeProperties, 'displayName' | 'name' | 'description'> {
	return { displayName: label, name, ...(description !== undefined && { description }) };
}

function isNothing(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

function asText(value: unknown): string {
	return value === undefined || value === null ? '' : String(value).trim();
}

/** The workflow's setting, which n8n has since 2.5. The first 2.x cannot even be asked. */
export function readBinaryMode(context: IExecuteFunctions): string | undefined {
	return 'getWorkflowSettings' in context ? context.getWorkflowSettings().binaryMode : undefined;
}
