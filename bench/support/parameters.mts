import type { INodeParameters } from 'n8n-workflow';
import { PARAMS } from '../nodes/orders.mts';

/** *Send Past Events* for the benchmark's orders, without its parameters' mapping. The orders carry another offset than the account's. */
export const SEND = {
	eventTypeKey: { __rl: true, mode: 'list', value: 'orderCreated' },
	keyValue: '={{ $json.email }}',
	occurred: '={{ $json.created_at }}',
	accountTimezone: 'Europe/Kyiv',
} satisfies INodeParameters;

/** Six fields dragged into rows. */
export const DRAGGED: INodeParameters = {
	...SEND,
	paramsMode: 'defineBelow',
	params: {
		assignments: PARAMS.map(([name, field]) => ({
			id: name,
			name,
			value: `={{ $json.${field} }}`,
			type: 'string',
		})),
	},
};

export const ALL_FIELDS: INodeParameters = { ...SEND, paramsMode: 'autoMapInputData' };

/** Far above what a computer can do, so that eSputnik's own limit does not slow the run. */
export const NO_LIMIT = { requestsPerSecond: 100_000 } satisfies INodeParameters;
