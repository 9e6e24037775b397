import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import type { Standin } from '../../standin/server.mts';
import type { RunResult } from '../support/engine.mts';
import { jsonOf, send, useStandin, type OnError } from '../support/esputnik.mts';

const standin = useStandin({ importMs: 50 });

/** Parameters of *Import Contacts* as dragging fields into the columns writes them. */
const MAPPED: INodeParameters = {
	resource: 'contact',
	operation: 'import',
	dedupeOn: 'email',
	contactMapping: {
		mappingMode: 'defineBelow',
		value: {
			email: '={{ $json.email }}',
			phone: '={{ $json.phone }}',
			firstName: '={{ $json.first }}',
			town: '={{ $json.city }}',
		},
	},
};

interface ImportCase {
	readonly parameters?: INodeParameters;
	readonly options?: INodeParameters;
	readonly onError?: OnError;
	readonly settings?: Partial<INode>;
}

async function importInto(
	server: Standin,
	items: readonly object[],
	{ parameters = {}, options = {}, onError = 'continueRegularOutput', settings }: ImportCase = {},
): Promise<RunResult> {
	return await send(server, {
		items,
		parameters: { ...MAPPED, ...parameters, options: { requestsPerSecond: 50, ...options } },
		onError,
		settings,
	});
}

test('contacts are imported, waited for and told with the id that eSputnik gave them', async () => {
	const run = await importInto(standin(), [
		{ email: 'ann@example.com', phone: '+38 (050) 123-45-67', first: 'Ann', city: 'Kyiv' },
		{ email: 'bob@example.com', phone: '', first: 'Bob', city: null },
	]);

	expect(jsonOf(run).map(({ status }: IDataObject) => status)).toEqual(['imported', 'imported']);
});
