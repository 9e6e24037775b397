import isEqual from 'lodash/isEqual';
import type { IExecuteFunctions } from 'n8n-workflow';

import { holdsCode } from '../fields/fieldReader';
import { quotable, type Problem } from '../problem';
import { forEachIndex } from './eventLoop';
import type { Setting } from './setting';

/** Settings that have to be the same for every item of a run. */
export interface RunSettings {
	/** Those that stand in the panel itself. */
	readonly parameters: ReadonlyArray<Setting<unknown>>;
	/** Those of the collection 'Options'. */
	readonly options: ReadonlyArray<Setting<unknown>>;
}

/**
 * Looks whether a setting that holds for the whole run differs from item to item, as an expression may: a guard that is on for one
 * item only would be passed by all. What names no item costs nothing.
 *
 * @returns a problem that names the setting and the first item for which it differs
 */
export async function settingThatDiffers(
	context: IExecuteFunctions,
	{ parameters, options }: RunSettings,
	signal?: AbortSignal,
): Promise<Problem | undefined> {
	const items = context.getInputData().length;
	const paths = [
		...parameters.map(({ field }) => ({ field, path: field.name })),
		...options.map(({ field }) => ({ field, path: `options.${field.name}` })),
	].filter(({ path }) =>
		mayDiffer(context.getNodeParameter(path, 0, null, { rawExpressions: true })),
	);
	for (const { field, path } of paths) {
		const first: unknown = context.getNodeParameter(path, 0, null);
		let problem: Problem | undefined;
		await forEachIndex(
			items,
			(item) => {
				if (problem !== undefined) return;
				const value: unknown = context.getNodeParameter(path, item, null);
				if (!isEqual(value, first)) problem = differs(field.displayName, first, item, value);
			},
			signal,
		);
		if (problem !== undefined) return problem;
	}
	return undefined;
}

function differs(label: string, first: unknown, item: number, value: unknown): Problem {
	return {
		reason: 'CONFIGURATION',
		what: `'${label}' has to be the same for every item, and it is '${quotable(first)}' for item 0 but '${quotable(value)}' for item ${item}`,
		advice: 'Choose a fixed value, or split the items before this node and run it for each part.',
	};
}

function mayDiffer(raw: unknown): boolean {
	if (typeof raw === 'string') return namesItem(raw);
	return typeof raw === 'object' && raw !== null && Object.values(raw).some(mayDiffer);
}

/** What an expression may name that is the same for every item: `{{ $now }}`, `{{ $('Settings').first().json.zone }}`. */
const SAME_FOR_ALL =
	/\$(now|today|workflow|execution|vars|env)\b|\$\((["'])[^"']*\2\)\.(first|last|all)\(/g;

/** Whether a parameter, as saved, is worked out from the item: typed in it is not, nor as an expression that names no item. */
export function dependsOnItem(context: IExecuteFunctions, name: string): boolean {
	const raw: unknown = context.getNodeParameter(name, 0, '', { rawExpressions: true });
	return typeof raw === 'string' ? namesItem(raw) : typeof raw === 'object' && raw !== null;
}

function namesItem(raw: string): boolean {
	if (!raw.startsWith('=') || !holdsCode(raw.slice(1))) return false;
	return raw.replace(SAME_FOR_ALL, '').includes('$');
}
