import { identityText, type FailedContact, type NameKind } from './answers';

/** What eSputnik may name a contact by. */
export type Named = Readonly<Partial<Record<NameKind, string>>>;

/** What `failedContacts` says of one contact of the request. */
export type FailureOf =
	| { readonly kind: 'failed'; readonly error: string }
	/** It may be meant, and so may another. */
	| { readonly kind: 'ambiguous'; readonly error: string };

export interface MatchedFailures {
	/** By position in the request; absent where nothing says that the contact failed. */
	readonly byPosition: ReadonlyMap<number, FailureOf>;
	/** Contacts that eSputnik says it left out and that none of the request can be. */
	readonly unknown: readonly FailedContact[];
}

/**
 * Matches the contacts that eSputnik left out with those of the request. There is no index and, by the vendor's schema, no external id, so
 * it goes by channels without regard to case and to anything but the digits of a phone (contract). Where a failed contact names more than one of
 * the request, each of them may be meant, and nobody guesses.
 */
export function matchFailures(
	failed: readonly FailedContact[],
	contacts: readonly Named[],
): MatchedFailures {
	const positions = positionsByName(contacts);
	const byPosition = new Map<number, FailureOf>();
	const unknown: FailedContact[] = [];
	for (const contact of failed) {
		const candidates = candidatesFor(contact, contacts, positions);
		if (candidates.length === 0) unknown.push(contact);
		for (const position of candidates) {
			const kind = candidates.length === 1 ? 'failed' : 'ambiguous';
			if (byPosition.get(position)?.kind === 'failed') continue;
			byPosition.set(position, { kind, error: contact.error });
		}
	}
	return { byPosition, unknown };
}

const KINDS: readonly NameKind[] = ['externalCustomerId', 'id', 'email', 'phone'];

function positionsByName(contacts: readonly Named[]): Map<string, number[]> {
	const positions = new Map<string, number[]>();
	contacts.forEach((contact, position) => {
		for (const kind of KINDS) {
			const value = contact[kind];
			if (value === undefined || value === '') continue;
			const key = `${kind} ${identityText(kind, value)}`;
			const known = positions.get(key);
			if (known === undefined) positions.set(key, [position]);
			else known.push(position);
		}
	});
	return positions;
}

/** The contacts that have everything by which the failed one is named; where none has all of it, those that have any. */
function candidatesFor(
	{ emails, phones, externalCustomerId, id }: FailedContact,
	contacts: readonly Named[],
	positions: ReadonlyMap<string, number[]>,
): number[] {
	const names: Array<readonly [NameKind, string]> = [
		...emails.map((email) => ['email', email] as const),
		...phones.map((phone) => ['phone', phone] as const),
	];
	if (externalCustomerId !== undefined) names.push(['externalCustomerId', externalCustomerId]);
	if (id !== undefined) names.push(['id', id]);
	const hits = new Map<number, number>();
	for (const [kind, value] of names) {
		for (const position of positions.get(`${kind} ${identityText(kind, value)}`) ?? []) {
			hits.set(position, (hits.get(position) ?? 0) + 1);
		}
	}
	const most = Math.max(0, ...hits.values());
	const best = [...hits.keys()].filter((position) => hits.get(position) === most);
	// Of several that fit alike, one that has nothing besides is meant rather than one of which only a part was repeated.
	const exact = best.filter((position) => namesOf(contacts[position]) === names.length);
	return exact.length === 1 ? exact : best;
}

function namesOf(contact: Named): number {
	return KINDS.filter((kind) => contact[kind] !== undefined && contact[kind] !== '').length;
}
