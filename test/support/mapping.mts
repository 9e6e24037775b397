import * as n8nWorkflow from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import { eventText } from '../../nodes/Esputnik/events/eventBytes.ts';
import {
	compileMapping,
	type Evaluate,
	type MappedItem,
	type Mapping,
	type MappingSettings,
} from '../../nodes/Esputnik/resources/pastEvent/send/pastEvent.ts';
import type { DateFault } from '../../nodes/Esputnik/dates/faults.ts';
import { adviseOnDate, dateProblem } from '../../nodes/Esputnik/dates/words.ts';
import { isProblem } from '../../nodes/Esputnik/problem.ts';
import { createExpressionEngine } from './expressionEngine.mts';
import { property } from './property.mts';

/** The parameters of a freshly added node with the usual fields dragged in; dates go through as they are. */
export const SETTINGS: MappingSettings = {
	eventTypeKey: { __rl: true, mode: 'list', value: 'orderCreated' },
	keyValue: '={{ $json.email }}',
	contactIdentifier: 'none',
	keyIsRequired: true,
	occurred: '={{ $json.at }}',
	readDate: (value) => (typeof value === 'string' && value !== '' ? value : { kind: 'missing' }),
	occurredParam: '',
	paramsMode: 'defineBelow',
	params: { assignments: [] },
	include: 'all',
	includeFields: '',
	excludeFields: '',
	paramsJson: '{}',
	apiVersion: 'v1',
	nestedValues: 'json',
	emptyValues: 'skip',
	validation: 'strict',
};

/** The part of an item that the settings above read. */
export const CONTACT = { email: 'a@b.co', at: '2020-06-04T13:43' };

/** Rows of an assignmentCollection, `[name, value]` or `[name, value, type]`. */
export function rows(...rows: readonly (readonly [unknown, unknown, string?])[]): unknown {
	return {
		assignments: rows.map(([name, value, type = 'string'], index) => ({
			id: String(index),
			name,
			value,
			type,
		})),
	};
}

/** Compiles settings that are right. */
export function mappingOf(
	changes: Partial<MappingSettings>,
	evaluate: Evaluate = noEngine,
): Mapping {
	const mapping = compileMapping({ ...SETTINGS, ...changes }, evaluate);
	if (isProblem(mapping)) throw new Error(`${mapping.reason}: ${mapping.what}`);
	return mapping;
}

/** Maps items with n8n's engine at hand. The items are frozen, deep down. */
export function mapItems(
	changes: Partial<MappingSettings>,
	items: readonly IDataObject[],
): MappedItem[] {
	deepFreeze(items);
	const { evaluate } = createExpressionEngine(n8nWorkflow, items);
	const mapping = mappingOf(changes, evaluate);
	return items.map((json, index) => inWords(mapping.map(json, index)));
}

/** What is wrong with a date is put into words after all items of a run; here at once. */
function inWords(mapped: MappedItem): MappedItem {
	const { dateFault } = mapped;
	if (dateFault === undefined) return mapped;
	const words = { label: 'Occurred', adviseOn: (fault: DateFault) => adviseOnDate(fault) };
	return { ...mapped, problem: dateProblem(dateFault, words) };
}

/** Maps one item that has the contact and the date, besides the given fields. */
export function mapItem(changes: Partial<MappingSettings>, fields: IDataObject = {}): MappedItem {
	return mapItems(changes, [{ ...CONTACT, ...fields }])[0];
}

/** The event of an item as it goes into the request. */
export function eventOf({ event, problem }: MappedItem): string {
	if (!event) throw new Error(`no event: ${problem?.reason} ${problem?.what} ${problem?.value}`);
	return eventText(event);
}

/** The parameters of an item's event, as eSputnik reads them. */
export function paramsOf(item: MappedItem): unknown {
	const event: unknown = JSON.parse(eventOf(item));
	return property(event, 'params');
}

/** The parameters as names and values. */
export function valuesOf(item: MappedItem): Record<string, unknown> {
	const params = paramsOf(item);
	if (!Array.isArray(params)) throw new Error('params is no list');
	const values: Record<string, unknown> = {};
	for (const param of params) values[String(property(param, 'name'))] = property(param, 'value');
	return values;
}

function noEngine(expression: string): never {
	throw new Error(`n8n's engine was asked for ${expression}`);
}

function deepFreeze(value: unknown, seen = new Set<unknown>()): void {
	if (typeof value !== 'object' || value === null || seen.has(value)) return;
	seen.add(value);
	for (const child of Object.values(value)) deepFreeze(child, seen);
	Object.freeze(value);
}
