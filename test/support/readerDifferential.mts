import { isDeepStrictEqual } from 'node:util';
import chunk from 'lodash/chunk.js';
import type * as N8nWorkflow from 'n8n-workflow';

import { FailedExpression } from '../../nodes/Esputnik/fields/engineExpressions.ts';
import { createFieldReaders } from '../../nodes/Esputnik/fields/fieldReader.ts';
import { createExpressionEngine } from './expressionEngine.mts';
import { readerCase, readerRun, sample, type ReaderRun } from './readerCases.mts';

export interface Difference {
	readonly raws: readonly string[];
	readonly raw: string;
	readonly json: unknown;
	readonly engine: unknown;
	readonly reader: unknown;
}

export interface Comparison {
	/** Parameters of items that were read both ways. */
	readonly compared: number;
	/** Those among them that were read without the engine. */
	readonly direct: number;
	readonly differences: readonly Difference[];
}

/**
 * Reads generated parameters of generated items by the node's reader and by n8n's engine.
 *
 * @param library the n8n-workflow whose engine is asked
 * @param count how many paths, and how many nodes of several parameters, are generated; each path is read from items of other paths, too
 */
export async function compareReaderWithEngine(
	library: typeof N8nWorkflow,
	count: number,
	seed: number,
): Promise<Comparison> {
	const runs: ReaderRun[] = [
		...chunk(sample(readerCase, count, seed), 3).map((cases) => ({
			raws: cases.map(({ raw }) => raw),
			items: cases.map(({ json }) => json),
		})),
		...sample(readerRun, count, seed),
	];
	const comparison = { compared: 0, direct: 0, differences: new Array<Difference>() };
	for (const run of runs) await compareRun(library, run, comparison);
	return comparison;
}

async function compareRun(
	library: typeof N8nWorkflow,
	{ raws, items }: ReaderRun,
	comparison: { compared: number; direct: number; differences: Difference[] },
): Promise<void> {
	const engine = createExpressionEngine(library, items);
	await engine.acquire();
	const readers = createFieldReaders(engine.evaluate);
	const compiled = raws.map((raw) => ({ raw, reader: readers.compile(raw, raw) }));
	items.forEach((json, index) => {
		readers.start(index);
		for (const { raw, reader } of compiled) {
			const byReader = reader.read(json);
			const byEngine = resultOf(() => engine.resolve(raw, index));
			comparison.compared++;
			if (reader.kind !== 'expression') comparison.direct++;
			if (reader.kind !== 'expression' && isUncopiable(byEngine)) continue;
			if (!isDeepStrictEqual(comparable(byReader), comparable(byEngine))) {
				comparison.differences.push({ raws, raw, json, engine: byEngine, reader: byReader });
			}
		}
	});
	await engine.release();
}

function resultOf(evaluate: () => unknown): unknown {
	try {
		return evaluate();
	} catch (error) {
		return new FailedExpression(error instanceof Error ? error.message : String(error));
	}
}

/**
 * The `vm` engine takes a field that has the name of a method (`valueOf`) for that method where it copies the whole object, and cannot
 * copy it. The reader gives the field.
 */
function isUncopiable(byEngine: unknown): boolean {
	const told = comparable(byEngine);
	return typeof told === 'string' && told.endsWith('could not be cloned.');
}

/** Dates of Luxon hold caches and are told by their text; a class may have been loaded twice and is told by its name. */
function comparable(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (isFailedExpression(value)) return `raised: ${value.text}`;
	if ('isLuxonDateTime' in value) return `DateTime ${JSON.stringify(value)}`;
	return value;
}

function isFailedExpression(value: object): value is FailedExpression {
	return Object.getPrototypeOf(value) !== Object.prototype && 'text' in value;
}
