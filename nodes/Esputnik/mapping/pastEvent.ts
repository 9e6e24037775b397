import type { IDataObject } from 'n8n-workflow';

import type { Problem } from '../problem';
import type { Evaluate } from './engineExpressions';
import { compileEventTypeKey } from './eventTypeKey';
import { compileParams, type ParamsSettings } from './eventParams';
import { createFactCollector } from './factCollector';
import { createFieldReaders } from './fieldReader';
import { quoted } from './jsonText';
import { compileKeyValue } from './keyValue';
import type { MappingFacts } from './mappingFacts';
import type { OccurredReader } from './occurred';
import { compileOccurredField } from './occurredField';
import { createParamWriter, type ParamWriterSettings } from './paramWriter';

export type { Evaluate } from './engineExpressions';
export type { MappingFacts } from './mappingFacts';

/**
 * The parameters of the operation. `eventTypeKey`, `keyValue`, `occurred`, `params` and `paramsJson` are raw: as
 * `getNodeParameter(name, 0, fallback, { rawExpressions: true })` gives them; the others are resolved.
 */
export interface MappingSettings extends ParamsSettings, ParamWriterSettings {
	readonly eventTypeKey: unknown;
	readonly keyValue: unknown;
	readonly occurred: unknown;
	readonly occurredReader: OccurredReader;
	/** The workflow's setting of that name; it changes what `$input.item` means. */
	readonly binaryMode?: string;
}

/** One item, mapped. `event` is there exactly where `problem` is not; the others where they could be made. */
export interface MappedItem {
	readonly eventTypeKey?: string;
	readonly keyValue?: string;
	readonly occurred?: string;
	/** The event as JSON text, as it goes into the request: keys in the order of the vendor's guide, no spaces. */
	readonly event?: string;
	/** The first thing that is wrong with the item, in the order of the panel. */
	readonly problem?: Problem;
}

export interface Mapping {
	/** Maps the item at `itemIndex`; never throws, never changes the item. */
	map(json: IDataObject, itemIndex: number): MappedItem;
	/** About all items mapped so far. */
	facts(): MappingFacts;
}

/** Compiles the parameters of a run once, to map any number of items. @returns a Problem where the settings themselves are wrong */
export function compileMapping(settings: MappingSettings, evaluate: Evaluate): Mapping | Problem {
	const readers = createFieldReaders(evaluate, settings.binaryMode);
	const writer = createParamWriter(settings);
	const facts = createFactCollector();

	const readEventTypeKey = compileEventTypeKey(settings.eventTypeKey, settings.validation, readers);
	const readKeyValue = compileKeyValue(settings, readers);
	const readOccurred = compileOccurredField(settings.occurred, settings.occurredReader, readers);
	const writeParams = compileParams(settings, readers, writer);
	if (typeof writeParams !== 'function') return writeParams;

	return {
		map(json, itemIndex) {
			readers.start(itemIndex);
			writer.start();
			facts.countItem();
			const type = readEventTypeKey(json);
			const key = readKeyValue(json);
			const time = readOccurred(json);

			const problem =
				type.problem ??
				key.problem ??
				time.problem ??
				writeParams(json) ??
				writer.addContact(key.text);
			if (problem) {
				return {
					eventTypeKey: type.text || undefined,
					keyValue: key.text || undefined,
					occurred: time.text || undefined,
					event: undefined,
					problem,
				};
			}
			const event = flat(
				`${type.start}${quoted(key.text)},"params":${writer.text()},"occurred":${quoted(time.text)}}`,
			);
			facts.countEvent(type.text, writer.marks(), event);
			return {
				eventTypeKey: type.text,
				keyValue: key.text,
				occurred: time.text,
				event,
				problem: undefined,
			};
		},
		facts: () => facts.facts(readers.evaluated()),
	};
}

/**
 * V8 keeps a text made of pieces as a tree of these pieces, three times its size, until somebody reads it by position.
 */
function flat(text: string): string {
	text.charCodeAt(0);
	return text;
}
