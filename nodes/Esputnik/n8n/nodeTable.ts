import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';

import { isProblem, quotable, type Problem } from '../problem';
import { outcomeJson } from '../report/outcomeItems';
import { storingWords } from '../report/stopText';
import { runItems } from './runItems';
import { settingFault } from './setting';

/** What the panel asks of the node while somebody fills it in, by the names that the fields refer to. */
type PanelMethods = Pick<
	NonNullable<INodeType['methods']>,
	'listSearch' | 'loadOptions' | 'resourceMapping'
>;

/** What the node can do with a resource: a row of the table from which the node is built. */
export interface Operation {
	/** As saved in workflows; one of a kind within its resource. */
	readonly value: string;
	/** In the menu and below the node: `Send Past Events`. */
	readonly name: string;
	/** In the list of the nodes panel: `Send past events`. */
	readonly action: string;
	readonly description: string;
	/** Not offered where the node is a tool of an AI agent; it has to refuse there all the same. */
	readonly hiddenFromAgents?: boolean;
	/** The panel, in the order in which it is read. It is shown for this operation only, which the fields need not say. */
	readonly fields: readonly INodeProperties[];
	readonly methods?: PanelMethods;
	readonly execute: (context: IExecuteFunctions) => Promise<INodeExecutionData[][]>;
}

/** What eSputnik stores, and the operations on it; the first one is the default. */
export interface Resource {
	/** As saved in workflows. */
	readonly value: string;
	readonly name: string;
	readonly operations: readonly Operation[];
}

/** The line below the node: what it does. An expression, since n8n reads no more than a text. */
export function subtitleOf(resources: readonly Resource[]): string {
	const names = resources.flatMap(({ value, operations }) =>
		operations.map((operation) => [`${value} ${operation.value}`, operation.name]),
	);
	return `={{ (${JSON.stringify(Object.fromEntries(names))})[$parameter["resource"] + " " + $parameter["operation"]] }}`;
}

/** The menus of resources and operations, and the fields of every operation. A menu of one resource is not shown. */
export function propertiesOf(resources: readonly Resource[]): INodeProperties[] {
	return [
		resourceMenu(resources),
		...resources.map(operationMenu),
		...resources.flatMap((resource) =>
			resource.operations.flatMap((operation) =>
				operation.fields.map((field) => shownFor(resource, operation, field)),
			),
		),
	];
}

/** What the panel may ask of any operation. */
export function methodsOf(resources: readonly Resource[]): Required<PanelMethods> {
	const methods: Required<PanelMethods> = { listSearch: {}, loadOptions: {}, resourceMapping: {} };
	for (const { methods: own } of resources.flatMap(({ operations }) => operations)) {
		Object.assign(methods.listSearch, own?.listSearch);
		Object.assign(methods.loadOptions, own?.loadOptions);
		Object.assign(methods.resourceMapping, own?.resourceMapping);
	}
	return methods;
}

/**
 * Does what the node is set to.
 *
 * @throws {NodeOperationError} under *Stop Workflow* only
 */
export async function executeChosen(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): Promise<INodeExecutionData[][]> {
	const operation = chosenOperation(context, resources);
	return isProblem(operation) ? refuseRun(context, operation) : await operation.execute(context);
}

/** The run of no operation at all. */
async function refuseRun(
	context: IExecuteFunctions,
	problem: Problem,
): Promise<INodeExecutionData[][]> {
	return await runItems(context, {
		record: 'item',
		statuses: ['notSent'],
		words: storingWords('item'),
		prepare: () => problem,
		describe: (outcome) => outcomeJson(outcome, {}),
	});
}

function chosenOperation(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): Operation | Problem {
	try {
		const resource = context.getNodeParameter('resource', 0, resources[0].value);
		const operations = resources.find(({ value }) => value === resource)?.operations ?? [];
		const operation = context.getNodeParameter('operation', 0, operations[0]?.value);
		return operations.find(({ value }) => value === operation) ?? noSuchOperation(operation);
	} catch (error) {
		return settingFault(error);
	}
}

/** n8n offers a 'Custom API Call' by itself in every node that has credentials; it is done by the HTTP Request node. */
function noSuchOperation(operation: unknown): Problem {
	return {
		reason: 'CONFIGURATION',
		what: "'Operation' has a value that does not exist",
		value: quotable(operation),
		advice: 'Choose one from the list; for other calls of the API use the HTTP Request node.',
	};
}

const RESOURCE: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'hidden',
	noDataExpression: true,
	default: '',
};

const OPERATION: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: '',
};

function resourceMenu(resources: readonly Resource[]): INodeProperties {
	const menu = { ...RESOURCE, default: resources[0].value };
	if (resources.length === 1) return menu;
	const options = resources.map(({ value, name }) => ({ name, value }));
	return { ...menu, type: 'options', options: options.sort(byName) };
}

function operationMenu({ value: resource, operations }: Resource): INodeProperties {
	const options = operations.map(
		({ name, value, action, description, hiddenFromAgents = false }): INodePropertyOptions => ({
			name,
			value,
			action,
			description,
			...(hiddenFromAgents && { displayOptions: { hide: { '@tool': [true] } } }),
		}),
	);
	return {
		...OPERATION,
		default: operations[0].value,
		displayOptions: { show: { resource: [resource] } },
		options: options.sort(byName),
	};
}

function shownFor(
	resource: Resource,
	operation: Operation,
	field: INodeProperties,
): INodeProperties {
	const { displayOptions } = field;
	const show = {
		...displayOptions?.show,
		resource: [resource.value],
		operation: [operation.value],
	};
	return { ...field, displayOptions: { ...displayOptions, show } };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
	return a.name.localeCompare(b.name);
}
