import type { IDataObject } from 'n8n-workflow';

import { isRecord, parseJson } from '../../../../api/json';
import { FailedExpression } from '../../../../fields/engineExpressions';
import type { FieldReaders } from '../../../../fields/fieldReader';
import { expressionFailed } from '../../../../fields/words';
import { quotable, type Problem } from '../../../../problem';
import type { AdditionalField } from './additionalFields';
import { columnOf, FIXED_COLUMNS, type Column } from './columns';
import type { DedupeOn } from '../sending/fieldSets';
import type { ImportSettings } from '../importSettings';
import {
	automaticChoice,
	automaticColumns,
	compileColumns,
	type MappedColumn,
} from './mappedColumns';

/** The columns of a run and how their values are read from an item. */
export interface ColumnSource {
	/** May grow while items are read: which columns objects name shows only then. */
	readonly columns: readonly Column[];
	/** To be called before the values of an item are read. @returns what is wrong with the item as a whole */
	readonly open: (json: IDataObject) => Problem | undefined;
	/** The value of the column at a place, or a FailedExpression where the engine raised. */
	readonly read: (json: IDataObject, place: number) => unknown;
}

const LABEL = "'Contact'";
const JSON_LABEL = "'Contact (JSON)'";

/**
 * Compiles the mapping of a run: columns mapped one by one, automatically, or an object (JSON).
 *
 * @param additional the account's additional fields; empty where the list cannot be had
 * @returns a Problem where the mapping itself is wrong
 */
export function columnsOfRun(
	{ contact, dedupeOn }: Pick<ImportSettings, 'contact' | 'dedupeOn'>,
	additional: readonly AdditionalField[],
	readers: FieldReaders,
): ColumnSource | Problem {
	const { mode, raw } = contact;
	if (mode === 'columns' && isRecord(raw) && 'mappingMode' in raw) {
		return mapperColumns(raw, dedupeOn, additional, readers);
	}
	const isObject = isRecord(raw) && !('mappingMode' in raw);
	if (isObject) return namedColumns(raw, readers);
	const typed = mode === 'json' || typeof raw === 'string' ? raw : undefined;
	if (typed === undefined || typed === '') return nothingMapped();
	return objects(typed, mode === 'json' ? JSON_LABEL : LABEL, readers);
}

/** The resourceMapper as saved: `{ mappingMode, value, schema }`. */
function mapperColumns(
	{ mappingMode, value, schema }: Readonly<Record<string, unknown>>,
	dedupeOn: DedupeOn,
	additional: readonly AdditionalField[],
	readers: FieldReaders,
): ColumnSource | Problem {
	if (mappingMode === 'autoMapInputData') {
		const fields = new Map<string, Column>();
		for (const { id, name } of additional) addColumn(fields, `field:${id}`, name);
		for (const { id, label } of savedColumns(schema)) addColumn(fields, id, label);
		for (const { id, isReadOnly } of additional) if (isReadOnly) fields.delete(`field:${id}`);
		return sourceOf(automaticColumns(automaticChoice(dedupeOn, [...fields.values()])));
	}
	if (typeof value === 'string' && value !== '') return objects(value, LABEL, readers);
	return isRecord(value) ? namedColumns(value, readers, savedColumns(schema)) : nothingMapped();
}

function addColumn(columns: Map<string, Column>, id: string, label: string): void {
	const column = columnOf(id, label);
	if (column?.fieldId !== undefined && !columns.has(id)) columns.set(id, column);
}

/** The columns that the panel showed when the workflow was saved. */
function savedColumns(schema: unknown): Array<{ readonly id: string; readonly label: string }> {
	const columns: unknown[] = Array.isArray(schema) ? schema : [];
	return columns.filter(isRecord).map(({ id, displayName }) => ({
		id: String(id),
		label: String(displayName ?? id),
	}));
}

function namedColumns(
	values: Readonly<Record<string, unknown>>,
	readers: FieldReaders,
	saved: ReadonlyArray<{ readonly id: string; readonly label: string }> = [],
): ColumnSource | Problem {
	const labels = new Map(saved.map(({ id, label }) => [id, label]));
	const columns: Array<{ column: Column; raw: unknown }> = [];
	for (const [id, raw] of Object.entries(values)) {
		if (raw === null || raw === undefined || raw === '') continue;
		const column = columnOf(id, labels.get(id) ?? id);
		if (column === undefined) return noSuchColumn(id);
		columns.push({ column, raw });
	}
	return columns.length === 0 ? nothingMapped() : sourceOf(compileColumns(columns, readers));
}

function sourceOf(mapped: readonly MappedColumn[]): ColumnSource {
	return {
		columns: mapped.map(({ column }) => column),
		open: () => undefined,
		read: (json, place) => mapped[place].read(json),
	};
}

/** Objects of columns, one for each item, as typed text or as what an expression gives. */
function objects(raw: unknown, label: string, readers: FieldReaders): ColumnSource | Problem {
	const reader = readers.compile(label, raw);
	const columns: Column[] = [...FIXED_COLUMNS];
	const places = new Set(columns.map(({ id }) => id));
	let object: Readonly<Record<string, unknown>> = {};

	const open = (json: IDataObject): Problem | undefined => {
		object = {};
		const value = reader.read(json);
		if (value instanceof FailedExpression) return expressionFailed(label, value);
		const parsed = typeof value === 'string' ? parseJson(value) : value;
		if (parsed === undefined && typeof value === 'string') return notJson(label, value);
		if (!isRecord(parsed)) return notAnObject(label, value);
		const named = 'mappingMode' in parsed && isRecord(parsed.value) ? parsed.value : parsed;
		for (const id of Object.keys(named)) {
			if (places.has(id)) continue;
			const column = columnOf(id);
			if (column === undefined) return noSuchColumn(id);
			places.add(id);
			columns.push(column);
		}
		object = named;
		return undefined;
	};

	const wrong = reader.kind === 'constant' ? open({}) : undefined;
	return wrong ?? { columns, open, read: (_, place) => object[columns[place].id] };
}

function nothingMapped(): Problem {
	return {
		reason: 'CONFIGURATION',
		what: 'No column of the contact is mapped',
		advice:
			"Drag fields of the input into the columns under 'Values to Send', or set 'Mapping Column Mode' to 'Map Automatically'.",
	};
}

function noSuchColumn(id: string): Problem {
	return {
		reason: 'CONFIGURATION',
		what: 'A contact has no column of this name',
		value: quotable(id),
		advice: `Use one of: ${FIXED_COLUMNS.map((column) => column.id).join(', ')}, or field: with the number of an additional field, such as field:15867.`,
	};
}

function notJson(label: string, value: string): Problem {
	return {
		reason: 'PARAMS_NOT_JSON',
		what: `${label} is not valid JSON`,
		value: quotable(value),
		advice:
			'Correct it, or use an expression that gives an object, such as {{ { email: $json.email } }}.',
	};
}

function notAnObject(label: string, value: unknown): Problem {
	return {
		reason: 'PARAMS_NOT_AN_OBJECT',
		what: `${label} is not an object`,
		value: quotable(value),
		advice: 'Give an object such as { "email": "a@b.c", "firstName": "Ann" }.',
	};
}
