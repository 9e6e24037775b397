import type { NodeExecutionHint } from 'n8n-workflow';

import { CONTACT_IDENTIFIERS, PREDEFINED_EVENT_TYPES, REVENUE_STATUS } from '../contract';
import type { EventTypeFacts, MappingFacts } from './facts';
import type { EvaluatedParameter } from '../fields/fieldReader';
import { formatCount, formatNumberOf } from '../report/format';

/** Above so many items it is felt that n8n takes 0.2 ms to work out an expression. */
const MANY_ITEMS = 1_000;

/** As many event types and parameters are told of. */
const MOST_NAMED = 5;

/**
 * What a user should know about the events of a run, or of a dry run, although no check rejected them.
 *
 * Sources: contract, "Contacts" (identifiers), "Event types the vendor predefines" (required parameters, revenue), "Past events"
 * (repeated events may be stored again).
 */
export function hintsAfterRun(facts: MappingFacts): NodeExecutionHint[] {
	const texts = [
		...contactHint(facts.eventTypes),
		...facts.eventTypes.slice(0, MOST_NAMED).flatMap((type) => missingParamsHint(type, facts)),
		...facts.eventTypes.slice(0, MOST_NAMED).flatMap(revenueHint),
		...trimmedHints(facts),
		...unknownFieldsHint(facts),
		...identicalHint(facts),
		...evaluatedHint(facts),
	];
	return texts.map((message) => ({ message, type: 'info', location: 'outputPane' }));
}

function contactHint(eventTypes: readonly EventTypeFacts[]): string[] {
	const without = eventTypes.filter(({ withoutContact }) => withoutContact > 0);
	if (without.length === 0) return [];
	const named = without
		.slice(0, MOST_NAMED)
		.map(
			({ eventTypeKey, withoutContact, events }) =>
				`${eventTypeKey} (${formatCount(withoutContact)} of ${formatNumberOf(events, 'event')})`,
		);
	return [
		`No parameter names the contact: ${listed(named, without.length)}. eSputnik finds the contact of an event by a parameter ` +
			`of one of these names, whatever the case: ${CONTACT_IDENTIFIERS.join(', ')}. ` +
			"Without one the event may belong to nobody: choose what the key is in 'Contact Identifier', or add such a parameter.",
	];
}

function missingParamsHint(
	{ eventTypeKey, events, missingParams }: EventTypeFacts,
	{ timeOption }: MappingFacts,
): string[] {
	if (missingParams.size === 0) return [];
	const missing = [...missingParams].map(([name, count]) =>
		count === events ? name : `${name} (${formatCount(count)} of them)`,
	);
	const revenue = missingParams.has('status')
		? ` Only orders with the status ${REVENUE_STATUS} count as revenue.`
		: '';
	const date =
		timeOption === true && missingParams.has('date')
			? " The option 'Date Parameter' with the name date sends the time of the event as that parameter."
			: '';
	return [
		`${formatNumberOf(events, 'event')} of the type ${eventTypeKey}: eSputnik documents parameters for this type that are missing: ` +
			`${missing.join(', ')}.${revenue}${date}`,
	];
}

function revenueHint({ eventTypeKey, events, missingParams, revenue }: EventTypeFacts): string[] {
	const type = PREDEFINED_EVENT_TYPES.find(({ key }) => key === eventTypeKey);
	if (!type?.requiredParams.includes('status') || revenue > 0) return [];
	const withStatus = events - (missingParams.get('status') ?? 0);
	if (withStatus === 0) return [];
	return [
		`None of the ${formatNumberOf(withStatus, 'event')} of the type ${eventTypeKey} has the status ${REVENUE_STATUS}, ` +
			'the only one that eSputnik counts as revenue.',
	];
}

function trimmedHints({ trimmed }: MappingFacts): string[] {
	return trimmed.map(
		({ label, items }) =>
			`Spaces around ${label} were taken away from ${formatNumberOf(items, 'item')}: eSputnik would take a key with spaces for another one.`,
	);
}

function unknownFieldsHint({ unknownFields }: MappingFacts): string[] {
	if (unknownFields === undefined) return [];
	const { label, names, items } = unknownFields;
	const named = names.slice(0, MOST_NAMED).map((name) => `'${name}'`);
	return [
		`${label} names ${names.length === 1 ? 'a field' : 'fields'} that none of ${formatNumberOf(items, 'item')} has: ` +
			`${listed(named, names.length)}. Look for a misspelt name; capitals count.`,
	];
}

function identicalHint({ identicalEvents }: MappingFacts): string[] {
	if (identicalEvents === 0) return [];
	return [
		`${formatNumberOf(identicalEvents, 'event')} ${identicalEvents === 1 ? 'is' : 'are'} identical to an earlier one of this run. ` +
			'eSputnik may store each of them: look for repeated items in the input, or add a parameter that tells them apart, such as the number of the order.',
	];
}

function evaluatedHint({ items, evaluated }: MappingFacts): string[] {
	if (items <= MANY_ITEMS || evaluated.length === 0) return [];
	const named = evaluated.slice(0, MOST_NAMED).map(described);
	return [
		`n8n works out ${evaluated.length === 1 ? 'a parameter' : 'parameters'} for each of ${formatCount(items)} items, ` +
			`which takes most of the time: ${listed(named, evaluated.length)}. ` +
			'A plain field, as dragging it from the input writes it, is read directly; what has to be computed is computed faster in a node before this one.',
	];
}

function described({ label, expression, plainForm }: EvaluatedParameter): string {
	const written = `${label}, ${expression.trim()}`;
	return plainForm === undefined
		? written
		: `${written} (plain, where the input has the field: ${plainForm})`;
}

/** The names told of, and how many more there are. */
function listed(named: readonly string[], total: number): string {
	const more = total - named.length;
	return more > 0 ? `${named.join('; ')}; and ${formatCount(more)} more` : named.join('; ');
}
