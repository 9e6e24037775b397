import { parse } from 'csv-parse/sync';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeOperationError } from './n8n.mts';

/** The type of the node that emits the items handed to `runWorkflow`. */
export const ITEMS = 'test.items';

/**
 * The nodes around ours: a source of given items, and stand-ins for those nodes of n8n that the examples use, as far as the
 * examples use them. They take the parameters and give the items of the originals, so the same JSON runs here and in n8n.
 */
export function surroundingNodes(items: readonly INodeExecutionData[]): Map<string, INodeType> {
	return new Map([
		[ITEMS, nodeType('items', () => [...items])],
		['n8n-nodes-base.manualTrigger', nodeType('manualTrigger', () => [{ json: {} }])],
		['n8n-nodes-base.stickyNote', nodeType('stickyNote', () => [])],
		['n8n-nodes-base.noOp', nodeType('noOp', (context) => context.getInputData())],
		[
			'n8n-nodes-base.readWriteFile',
			nodeType('readWriteFile', readFile, { operation: 'read', fileSelector: '' }),
		],
		[
			'n8n-nodes-base.extractFromFile',
			nodeType('extractFromFile', extractFromCsv, { operation: 'csv', binaryPropertyName: 'data' }),
		],
	]);
}

type Execute = (context: IExecuteFunctions) => INodeExecutionData[] | Promise<INodeExecutionData[]>;

function nodeType(
	name: string,
	execute: Execute,
	defaults: Record<string, string> = {},
): INodeType {
	const description: INodeTypeDescription = {
		displayName: name,
		name,
		group: ['transform'],
		version: [1, 1.1],
		description: '',
		defaults: { name },
		inputs: ['main'],
		outputs: ['main'],
		properties: Object.entries(defaults).map(([parameter, value]) => ({
			displayName: parameter,
			name: parameter,
			type: 'string',
			default: value,
		})),
	};
	return {
		description,
		async execute() {
			return [await execute(this)];
		},
	};
}

/** Read/Write Files from Disk, operation "Read": one file, put into the binary field `data`. */
async function readFile(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const { helpers } = context;
	return Promise.all(
		context.getInputData().map(async (_, item) => {
			const path = textParameter(context, 'fileSelector', item);
			const stream = await helpers.createReadStream(await helpers.resolvePath(path));
			const data = await helpers.prepareBinaryData(await helpers.binaryToBuffer(stream), path);
			const { fileName, fileExtension, mimeType } = data;
			return {
				json: { fileName, fileExtension, mimeType },
				binary: { data },
				pairedItem: { item },
			};
		}),
	);
}

/** Extract from File, operation "Extract From CSV": an item per row, all values text, empty cells left out. */
async function extractFromCsv(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const extracted: INodeExecutionData[] = [];
	for (const item of context.getInputData().keys()) {
		const operation = context.getNodeParameter('operation', item);
		if (operation !== 'csv') {
			throw new NodeOperationError(context.getNode(), 'Only CSV files can be read here');
		}
		const field = textParameter(context, 'binaryPropertyName', item);
		const buffer = await context.helpers.getBinaryDataBuffer(item, field);
		const rows: IDataObject[] = parse(buffer, { columns: true, skip_empty_lines: true, bom: true });
		for (const row of rows) {
			const filled = Object.entries(row).filter(([, value]) => value !== '');
			extracted.push({ json: Object.fromEntries(filled), pairedItem: { item } });
		}
	}
	return extracted;
}

function textParameter(context: IExecuteFunctions, name: string, item: number): string {
	const value = context.getNodeParameter(name, item);
	if (typeof value !== 'string') {
		throw new NodeOperationError(context.getNode(), `"${name}" is not a text`, { itemIndex: item });
	}
	return value;
}
