import { DateTime } from 'luxon';
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { ADDRESS, describe } from './description.mts';
import { fieldText, PARAMS } from './orders.mts';
import { batches, postAll, smallOutput, type PlainEvent } from './post.mts';

const ZONE = 'Europe/Kyiv';

/** The node as everybody writes nodes: one `getNodeParameter` for each field of each item, Luxon for the date. */
export class ParameterPerField implements INodeType {
	description = describe('parameterPerField', 'Parameter per Field', [
		...ADDRESS,
		...['eventTypeKey', 'keyValue', 'occurred', ...PARAMS.map(([name]) => name)].map((name) => ({
			displayName: name,
			name,
			type: 'string' as const,
			default: '',
		})),
	]);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const events = items.map((_, item): PlainEvent => {
			const value = (name: string) => fieldText(this.getNodeParameter(name, item));
			return {
				eventTypeKey: value('eventTypeKey'),
				keyValue: value('keyValue'),
				params: PARAMS.map(([name]) => ({ name, value: value(name) })),
				occurred: DateTime.fromISO(value('occurred'), { zone: ZONE }).toFormat(
					"yyyy-MM-dd'T'HH:mm",
				),
			};
		});
		await postAll(
			this,
			batches(events).map((batch) => ({ events: batch })),
		);
		return smallOutput(items.length);
	}
}
