import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { startStandin, type Standin } from '../../standin/server.mts';
import type { StandinOptions } from '../../standin/options.mts';
import { runWorkflow, type RunOptions, type RunResult } from './engine.mts';
import { ESPUTNIK, itemsToEsputnik } from './workflowJson.mts';

/** Parameters of *Send Past Events* as dragging three fields into the node writes them. */
export const DRAGGED: INodeParameters = {
	eventTypeKey: { __rl: true, mode: 'list', value: 'orderCreated' },
	keyValue: '={{ $json.email }}',
	occurred: '={{ $json.created_at }}',
	params: {
		assignments: [
			{ id: '1', name: 'externalOrderId', value: '={{ $json.id }}', type: 'string' },
			{ id: '2', name: 'totalCost', value: '={{ $json.total }}', type: 'string' },
		],
	},
};

/** Orders that are good to send, one a minute, each of another contact. */
export function orders(count: number): IDataObject[] {
	return Array.from({ length: count }, (_, index) => ({
		id: 1000 + index,
		email: `buyer${index}@example.com`,
		created_at: new Date(Date.UTC(2024, 0, 1, 0, index)).toISOString().slice(0, 16),
		total: 10 + index / 100,
	}));
}

export type OnError = NonNullable<INode['onError']>;

export interface SendCase {
	readonly items: readonly object[];
	/** Beside {@link DRAGGED}; a parameter given here replaces the one there. */
	readonly parameters?: INodeParameters;
	readonly onError?: OnError;
	readonly settings?: Partial<INode>;
	readonly apiKey?: string;
	readonly baseUrl?: string;
	readonly run?: Partial<RunOptions>;
}

/** Runs the node in n8n's engine against a stand-in, and gives what left it. */
export async function send(standin: Standin, given: SendCase): Promise<RunResult> {
	const { items, parameters = {}, onError, settings = {} } = given;
	return await runWorkflow({
		workflow: itemsToEsputnik(
			{ ...DRAGGED, ...parameters },
			{ ...(onError && { onError }), ...settings },
		),
		items,
		credentials: {
			esputnikApi: {
				apiKey: given.apiKey ?? standin.apiKey,
				baseUrl: given.baseUrl ?? standin.baseUrl,
			},
		},
		...given.run,
	});
}

/** The json of the items that left the node by one of its branches. */
export function jsonOf(run: RunResult, branch = 0): IDataObject[] {
	return run.output(ESPUTNIK, branch).map(({ json }) => json);
}

/** What n8n shows of the error that stopped the workflow: the headline, and the reasons below it. */
export function stopTextOf({ error }: RunResult): string {
	const description = error !== undefined && 'description' in error ? error.description : undefined;
	return [error?.message, description].filter((text) => typeof text === 'string').join('\n');
}

/** A stand-in for the tests of one file: started before the first, emptied after each. */
export function useStandin(options: Partial<StandinOptions> = {}): () => Standin {
	let standin: Standin | undefined;
	beforeAll(async () => {
		standin = await startStandin(options);
	});
	afterEach(() => standin?.reset());
	afterAll(async () => await standin?.close());
	return () => {
		if (standin === undefined) throw new Error('The stand-in is not there before the tests begin');
		return standin;
	};
}
