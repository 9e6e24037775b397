import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { describe } from './description.mts';
import { makeOrders } from './orders.mts';

/** The source of every measured workflow. */
export class Orders implements INodeType {
	description = describe('orders', 'Orders', [
		{ displayName: 'Count', name: 'count', type: 'number', default: 10_000 },
	]);

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const orders = makeOrders(Number(this.getNodeParameter('count', 0)));
		return Promise.resolve([orders.map((json) => ({ json }))]);
	}
}
