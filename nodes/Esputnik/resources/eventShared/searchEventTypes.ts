import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { PREDEFINED_EVENT_TYPES } from '../../contract';

/** The event types that every account has. eSputnik offers no list of an account's own types. */
export async function searchEventTypes(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const wanted = filter.trim().toLowerCase();
	return {
		results: PREDEFINED_EVENT_TYPES.map(({ key, label }) => ({
			name: `${label} (${key})`,
			value: key,
		})).filter(({ name }) => name.toLowerCase().includes(wanted)),
	};
}
