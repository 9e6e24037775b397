import { get, has } from 'lodash';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Outcome } from '../delivery/outcome';
import { problemMessage } from '../problem';

/** What an event was made of, as far as it could be made. */
export interface EventIdentity {
	readonly eventTypeKey?: string;
	readonly keyValue?: string;
	readonly occurred?: string;
}

/** Names that n8n's error branch overwrites in the input item when it merges the two. */
const OVERWRITTEN = ['error', 'message', 'details'] as const;

/** By these n8n takes an item for a failure of the node, so no input field of such a name is copied into an outcome. */
const TAKEN_FOR_FAILURE = ['error', '$error'];

/**
 * The outcome of one item as n8n shows it.
 *
 * @param input the input item's json; only read
 * @param includeInputFields paths of fields copied into the outcome; an outcome's own field of that name wins, and `error` is none
 */
export function outcomeJson(
	outcome: Outcome,
	event: EventIdentity,
	input: IDataObject,
	includeInputFields: readonly string[],
): IDataObject {
	const json: IDataObject = { status: outcome.status };
	if (event.eventTypeKey !== undefined) json.eventTypeKey = event.eventTypeKey;
	if (event.keyValue !== undefined) json.keyValue = event.keyValue;
	if (event.occurred !== undefined) json.occurred = event.occurred;
	if (outcome.request !== undefined) json.request = outcome.request;
	if (outcome.status !== 'accepted') {
		json.reason = outcome.problem.reason;
		json.message = problemMessage(outcome.problem);
	}
	for (const path of includeInputFields) {
		if (Object.hasOwn(json, path) || TAKEN_FOR_FAILURE.includes(path) || !has(input, path))
			continue;
		const value: IDataObject[string] = get(input, path);
		if (value !== undefined) json[path] = value;
	}
	return json;
}

/** An outcome as an item, paired to its input item. */
export function outcomeItem(json: IDataObject, item: number): INodeExecutionData {
	return { json, pairedItem: { item } };
}

/**
 * An outcome as n8n's *error output* wants it: an item moves to that branch when its json has `error` and no keys other than
 * `error`, `message` and `details`. n8n then merges it into the input item, whose own fields of these names stand in `details.input`.
 */
export function errorItem(json: IDataObject, item: number, input: IDataObject): INodeExecutionData {
	const overwritten = OVERWRITTEN.filter((name) => input[name] !== undefined);
	const details =
		overwritten.length === 0
			? json
			: { ...json, input: Object.fromEntries(overwritten.map((name) => [name, input[name]])) };
	return {
		json: { error: json.reason, message: json.message, details },
		pairedItem: { item },
	};
}
