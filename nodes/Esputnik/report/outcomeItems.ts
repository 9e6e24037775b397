import { get, has } from 'lodash';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { problemMessage, type Problem } from '../problem';

/** What became of an item; without a problem it went well. The request is the last that carried it. */
export interface ItemOutcome {
	readonly status: string;
	readonly request?: number;
	readonly problem?: Problem;
	/** What else is to be said of an item that went well. */
	readonly note?: Problem;
	/** What the answer gave to know the record by, for its outcome. */
	readonly given?: Readonly<Record<string, string | undefined>>;
}

/** Names that n8n's error branch overwrites in the input item when it merges the two. */
const OVERWRITTEN = ['error', 'message', 'details'] as const;

/**
 * No input field of such a name is copied into an outcome: the first tell what became of an item, also by their absence; by the others n8n
 * takes an item for a failure of the node.
 */
const NEVER_COPIED = ['status', 'request', 'reason', 'message', 'error', '$error'];

/**
 * An outcome as n8n shows it: `{ status, …told, request, reason, message }`.
 *
 * @param told what the item was made into, as far as it could be made; what is undefined is left out
 */
export function outcomeJson(
	{ status, request, problem, note = problem, given }: ItemOutcome,
	told: Readonly<Record<string, string | undefined>>,
): IDataObject {
	const json: IDataObject = { status };
	for (const name in told) if (told[name] !== undefined) json[name] = told[name];
	for (const name in given) if (given[name] !== undefined) json[name] = given[name];
	if (request !== undefined) json.request = request;
	if (note !== undefined) {
		json.reason = note.reason;
		json.message = problemMessage(note);
	}
	return json;
}

/**
 * Copies fields of the input into an outcome; the outcome's own field of a name wins, and those that only an outcome may have stay absent.
 *
 * @param paths names or dot paths
 */
export function copyInputFields(
	json: IDataObject,
	input: INodeExecutionData,
	paths: readonly string[],
): void {
	for (const path of paths) {
		if (Object.hasOwn(json, path) || NEVER_COPIED.includes(path)) continue;
		const value = inputField(input, path);
		if (value !== undefined) json[path] = value;
	}
}

/** An outcome as an item, paired to its input item. */
export function outcomeItem(json: IDataObject, item: number): INodeExecutionData {
	return { json, pairedItem: { item } };
}

/**
 * An outcome as n8n's *error output* wants it. n8n merges its json into the input item, whose own fields of these names stand in
 * `details.input`.
 *
 * Every n8n moves an item that has an `error`, then replaces the json of one that still has it by that error's message. This one is not
 * enumerable, so it is gone once n8n has copied the item to merge it. By its json alone n8n 2 would move the item, too; n8n 1 moves none
 * with `details`.
 */
export function errorItem(
	json: IDataObject,
	item: number,
	input: INodeExecutionData,
): INodeExecutionData {
	const overwritten: IDataObject = {};
	for (const name of OVERWRITTEN) {
		const value = inputField(input, name);
		if (value !== undefined) overwritten[name] = value;
	}
	const details = Object.keys(overwritten).length === 0 ? json : { ...json, input: overwritten };
	const { reason, message } = json;
	// A pair that is a number is one all the same, but n8n does not look at the input item, which would throw.
	if (!canBeMerged(input)) return { json: { error: reason, message }, pairedItem: item };
	return Object.defineProperty(
		{ json: { error: reason, message, details }, pairedItem: { item } },
		'error',
		{ value: { message } },
	);
}

function canBeMerged({ json }: Partial<INodeExecutionData>): boolean {
	try {
		Object.assign({}, json);
		return true;
	} catch {
		return false;
	}
}

/** A field of an item of another node: its json may be missing, as beside files, and reading it may run code that throws. */
function inputField(input: Partial<INodeExecutionData>, path: string): IDataObject[string] {
	try {
		return has(input.json, path) ? get(input.json, path) : undefined;
	} catch {
		return undefined;
	}
}
