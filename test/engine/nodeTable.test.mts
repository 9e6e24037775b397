import { NodeHelpers, type INodeParameters, type INodeType } from 'n8n-workflow';
import { Esputnik } from '../../nodes/Esputnik/Esputnik.node.ts';
import {
	executeChosen,
	methodsOf,
	propertiesOf,
	subtitleOf,
	type Operation,
	type Resource,
} from '../../nodes/Esputnik/n8n/nodeTable.ts';
import { resources } from '../../nodes/Esputnik/resources/index.ts';
import { runWorkflow } from '../support/engine.mts';
import { Workflow } from '../support/n8n.mts';
import { ACCEPTED, ESPUTNIK, itemsToEsputnik } from '../support/workflowJson.mts';

const TYPE = 'n8n-nodes-esputnik.esputnik';

/** An operation that nobody needs: it greets each item. */
const greet: Operation = {
	value: 'greet',
	name: 'Greet Toys',
	action: 'Greet toys',
	description: 'Say something nice to each toy',
	fields: [
		{
			displayName: 'Greeting',
			name: 'greeting',
			type: 'string',
			default: '=Hello, {{ $json.name }}',
		},
		{
			displayName: 'Language',
			name: 'language',
			type: 'options',
			default: '',
			typeOptions: { loadOptionsMethod: 'languages' },
		},
	],
	methods: {
		loadOptions: { languages: () => Promise.resolve([{ name: 'English', value: 'en' }]) },
	},
	execute: (context) => {
		const greeted = context.getInputData().map(({ json }, item) => {
			const text = context.getNodeParameter('greeting', item);
			return { json: { ...json, text }, pairedItem: { item } };
		});
		return Promise.resolve([greeted]);
	},
};

/** The node as it is, made from another table. */
function nodeOf(table: readonly Resource[]): INodeType {
	const { description } = new Esputnik();
	return {
		description: {
			...description,
			subtitle: subtitleOf(table),
			properties: [...description.properties.slice(0, 1), ...propertiesOf(table)],
		},
		methods: methodsOf(table),
		async execute() {
			return await executeChosen(this, table);
		},
	};
}

const [pastEvent] = resources;
const asOperation = nodeOf([
	{ ...pastEvent, operations: [...pastEvent.operations, greet] },
	...resources.slice(1),
]);
const asResource = nodeOf([...resources, { value: 'toy', name: 'Toy', operations: [greet] }]);

test.each([
	['to a resource that is there', asOperation, { operation: 'greet' }],
	['with a resource of its own', asResource, { resource: 'toy' }],
])('a row added %s runs', async (_, type, parameters) => {
	const run = await runWorkflow({
		workflow: itemsToEsputnik(parameters),
		items: [{ name: 'bear' }, { name: 'car' }],
		nodeTypes: new Map([[TYPE, type]]),
	});

	expect(run.output(ACCEPTED).map(({ json }) => json)).toEqual([
		{ name: 'bear', text: 'Hello, bear' },
		{ name: 'car', text: 'Hello, car' },
	]);
});

test('the panel offers it, with its own fields only', () => {
	const shown = (parameters: INodeParameters) =>
		asResource.description.properties
			.filter((field) => NodeHelpers.displayParameter(parameters, field, null, null))
			.map(({ name }) => name);

	expect(shown({ authentication: 'apiKey', resource: 'toy', operation: 'greet' })).toEqual([
		'authentication',
		'resource',
		'operation',
		'greeting',
		'language',
	]);
	expect(
		shown({ authentication: 'apiKey', resource: 'pastEvent', operation: 'send' }),
	).not.toContain('greeting');
});

test('the panel can ask it for what it offers', () => {
	const { loadOptions = {} } = asResource.methods ?? {};
	expect(Object.keys(loadOptions)).toContain('languages');
});

test('the line below the node names it', () => {
	const subtitle = (parameters: INodeParameters) => {
		const { nodes } = itemsToEsputnik(parameters);
		const workflow = new Workflow({
			nodes,
			connections: {},
			active: false,
			nodeTypes: {
				getByName: () => asResource,
				getByNameAndVersion: () => asResource,
				getKnownTypes: () => ({}),
			},
		});
		const node = workflow.getNode(ESPUTNIK);
		if (node === null) throw new Error('The workflow has no such node');
		return workflow.expression.getSimpleParameterValue(
			node,
			asResource.description.subtitle,
			'manual',
			{},
		);
	};

	expect(subtitle({ resource: 'toy', operation: 'greet' })).toBe('Greet Toys');
	expect(subtitle({ operation: 'delete' })).toBe('Delete Past Events');
	expect(subtitle({})).toBe('Send Past Events');
});

test('with one resource there is no menu of resources', () => {
	const menus = (type: INodeType) =>
		type.description.properties.find(({ name }) => name === 'resource')?.type;

	expect([menus(nodeOf([pastEvent])), menus(asResource)]).toEqual(['hidden', 'options']);
});
