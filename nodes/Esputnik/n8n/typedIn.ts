import type { IExecuteFunctions } from 'n8n-workflow';

import { holdsCode } from '../fields/fieldReader';

/** What an expression may name that is the same for every item: `{{ $now.minus({ days: 1 }) }}`. */
const SAME_FOR_ALL = /\$(now|today|workflow|execution|vars|env)\b/g;

/** Whether a parameter, as saved, is worked out from the item: typed in it is not, nor as an expression that names no item. */
export function dependsOnItem(context: IExecuteFunctions, name: string): boolean {
	const raw: unknown = context.getNodeParameter(name, 0, '', { rawExpressions: true });
	if (typeof raw !== 'string') return typeof raw === 'object' && raw !== null;
	if (!raw.startsWith('=') || !holdsCode(raw.slice(1))) return false;
	return raw.replace(SAME_FOR_ALL, '').includes('$');
}
