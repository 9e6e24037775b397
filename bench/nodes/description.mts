import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

/** What all nodes of the benchmark have in common. */
export function describe(
	name: string,
	displayName: string,
	properties: INodeProperties[],
): INodeTypeDescription {
	return {
		displayName,
		name,
		group: ['transform'],
		version: 1,
		description: 'Part of the benchmark',
		defaults: { name: displayName },
		inputs: ['main'],
		outputs: ['main'],
		properties,
	};
}

/** Where a node of the benchmark posts to. */
export const ADDRESS: INodeProperties[] = [
	{ displayName: 'URL', name: 'url', type: 'string', default: '' },
	{ displayName: 'API Key', name: 'apiKey', type: 'string', default: '' },
];
