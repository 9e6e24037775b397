import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { ADDRESS, describe } from './description.mts';
import { fieldText, PARAMS } from './orders.mts';
import { batches, postAll, smallOutput, type PlainEvent } from './post.mts';

/**
 * The least that a node can do: fields read straight from the items, dates sent as they stand, no check of anything, nothing read from
 * the answers, one small item out for each that came in.
 */
export class Floor implements INodeType {
	description = describe('floor', 'Floor', [
		...ADDRESS,
		{
			displayName: 'Bodies',
			name: 'bodies',
			type: 'options',
			default: 'objects',
			options: [
				{ name: 'Objects', value: 'objects' },
				{ name: 'Buffers', value: 'buffers' },
			],
		},
	]);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const bodies = batches(items).map((batch) => ({
			events: batch.map(({ json }) => plainEvent(json)),
		}));
		const asBuffers = this.getNodeParameter('bodies', 0) === 'buffers';
		await postAll(
			this,
			asBuffers ? bodies.map((body) => Buffer.from(JSON.stringify(body))) : bodies,
		);
		return smallOutput(items.length);
	}
}

function plainEvent(json: IDataObject): PlainEvent {
	return {
		eventTypeKey: 'orderCreated',
		keyValue: fieldText(json.email),
		params: PARAMS.map(([name, field]) => ({ name, value: fieldText(json[field]) })),
		occurred: fieldText(json.created_at).slice(0, 16),
	};
}
