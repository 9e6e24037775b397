import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Standin } from '../../standin/server.mts';
import type { RunOptions, RunResult } from './engine.mts';
import { jsonOf, send, type OnError } from './esputnik.mts';

/** The columns as dragging fields into them writes them. */
export const COLUMNS: INodeParameters = {
	email: '={{ $json.email }}',
	phone: '={{ $json.phone }}',
	firstName: '={{ $json.first }}',
	town: '={{ $json.city }}',
};

export interface ImportCase {
	/** In the place of {@link COLUMNS}. */
	readonly columns?: INodeParameters;
	readonly parameters?: INodeParameters;
	readonly options?: INodeParameters;
	readonly onError?: OnError;
	readonly settings?: Partial<INode>;
	readonly run?: Partial<RunOptions>;
}

/** Runs *Import Contacts* in n8n's engine, faster than it goes by itself. */
export async function importInto(
	standin: Standin,
	items: readonly object[],
	{ columns = COLUMNS, parameters = {}, options = {}, onError, settings, run }: ImportCase = {},
): Promise<RunResult> {
	return await send(standin, {
		items,
		parameters: {
			resource: 'contact',
			operation: 'import',
			dedupeOn: 'email',
			contactMapping: { mappingMode: 'defineBelow', value: columns },
			...parameters,
			options: { requestsPerSecond: 50, ...options },
		},
		onError: onError ?? 'continueRegularOutput',
		settings,
		run,
	});
}

/** `imported`, or `rejected CONTACT_DUPLICATE`, for each item. */
export function statusesOf(run: RunResult): string[] {
	return jsonOf(run).map(({ status, reason }: IDataObject) =>
		[status, reason].filter((part) => typeof part === 'string').join(' '),
	);
}

const ImportBody = Type.Object({
	contacts: Type.Array(Type.Record(Type.String(), Type.Unknown())),
	dedupeOn: Type.String(),
	contactFields: Type.Array(Type.String()),
	customFieldsIDs: Type.Optional(Type.Array(Type.Number())),
	groupNames: Type.Optional(Type.Array(Type.String())),
	groupNamesExclude: Type.Optional(Type.Array(Type.String())),
	restoreDeleted: Type.Boolean(),
	eventKeyForNewContacts: Type.Optional(Type.String()),
});

/** The bodies of the imports that the stand-in got. */
export function importsOf(standin: Standin) {
	return standin.received.requests
		.filter(({ method, path }) => method === 'POST' && path.endsWith('/v1/contacts'))
		.map(({ body }) => Value.Parse(ImportBody, JSON.parse(body ?? '')));
}
