import type { NodeExecutionHint } from 'n8n-workflow';

import type { EvaluatedParameter } from '../../../fields/fieldReader';
import { formatCount, formatNumberOf } from '../../../report/format';
import type { FieldSet } from './sending/fieldSets';

/** What is known of an import once all items were read. */
export interface ImportFacts {
	readonly sets: readonly FieldSet[];
	/** Phones that were changed by `phoneFormat`. */
	readonly changedPhones: number;
	/** Columns that n8n's engine worked out for each item. */
	readonly evaluated: readonly EvaluatedParameter[];
}

/** From so many sets of fields on, most requests are there because of the sets. */
const MANY_SETS = 200;

/** As many fields are named. */
const MOST_NAMED = 5;

/** Above so many items it is felt that n8n takes 0.2 ms to work out an expression. */
const MANY_ITEMS = 1_000;

/** What a user should know of an import although no check refused its contacts. */
export function importHints({ sets, changedPhones, evaluated }: ImportFacts): NodeExecutionHint[] {
	const contacts = sets.reduce((sum, set) => sum + set.contacts, 0);
	const additional = new Set(sets.flatMap(({ customFieldsIDs }) => customFieldsIDs)).size;
	const texts: string[] = [];
	if (additional > 0) {
		texts.push(
			`${formatNumberOf(additional, 'additional field')} of the account ${additional === 1 ? 'is' : 'are'} filled by this import.`,
		);
	}
	if (changedPhones > 0) {
		texts.push(
			`${formatNumberOf(changedPhones, 'phone number')} had more than digits: only the digits are sent ('Phone Format').`,
		);
	}
	if (sets.length > MANY_SETS) {
		texts.push(
			`The ${formatNumberOf(contacts, 'contact')} have ${formatCount(sets.length)} different sets of filled fields, and each takes a request of its own, ` +
				`so that nothing is emptied in eSputnik. The fields that differ most: ${mostDiffering(sets, contacts)}. ` +
				"Leave some of them out, or switch on 'Clear Empty Fields' where empty means empty.",
		);
	}
	if (contacts > MANY_ITEMS && evaluated.length > 0) {
		texts.push(
			`n8n works out ${evaluated
				.map(({ label }) => label)
				.slice(0, MOST_NAMED)
				.join(', ')} for each of ${formatCount(contacts)} items, ` +
				'which takes most of the time. A plain field, as dragging it from the input writes it, is read directly.',
		);
	}
	return texts.map((message) => ({ message, type: 'info', location: 'outputPane' }));
}

/** The fields that are filled in about half of the contacts make the most sets. */
function mostDiffering(sets: readonly FieldSet[], contacts: number): string {
	const filled = new Map<string, number>();
	for (const set of sets) {
		for (const label of set.labels) filled.set(label, (filled.get(label) ?? 0) + set.contacts);
	}
	return [...filled]
		.sort(([, a], [, b]) => Math.abs(a - contacts / 2) - Math.abs(b - contacts / 2))
		.slice(0, MOST_NAMED)
		.map(([label]) => label)
		.join(', ');
}
