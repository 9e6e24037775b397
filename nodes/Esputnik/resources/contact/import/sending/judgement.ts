import type { HttpAnswer } from '../../../../api/answer';
import type { RecordVerdict, Verdict } from '../../../../delivery/verdict';
import { verdictOnFault, type RequestFault } from '../../../../requests/requestFault';
import { readImportAnswer, type FailedContact, type ImportAnswer } from './answers';
import { matchFailures, type Named } from './matching';

/** What is known of a contact that was not taken. */
export type ImportFault =
	| RequestFault
	/** In `failedContacts`. */
	| { readonly kind: 'contact'; readonly error: string }
	/** One of several that `failedContacts` may mean. */
	| { readonly kind: 'ambiguous'; readonly error: string }
	/** An error of the whole import, and no session. */
	| { readonly kind: 'import'; readonly error: string };

/** What a contact that was taken is known by. */
export interface ImportReceipt {
	/** Absent where eSputnik named none. */
	readonly session?: string;
	/** What eSputnik said about the import besides. */
	readonly said: string;
}

export type ImportVerdict = Verdict<ImportFault, ImportReceipt>;

/**
 * What an answer says about a request of contacts. HTTP 200 may mean that every contact failed (contract): those that `failedContacts`
 * names are rejected, where one of several may be meant each is uncertain, and the others are taken. Failures without any name are those
 * of the others where there are as many.
 *
 * @param count of the contacts in the request
 * @param nameAt by what the contact at a position of the request may be named
 */
export function judgeImport(
	answer: HttpAnswer,
	count: number,
	nameAt: (position: number) => Named,
): ImportVerdict {
	if (answer.kind !== 'status') return verdictOnFault(answer);
	// "Duplicated request": an equal one came within a minute, and nobody knows what became of that.
	if (answer.status === 409) return { kind: 'uncertain', fault: answer };
	const isSuccess = answer.status >= 200 && answer.status <= 299;
	if (!isSuccess || answer.form !== 'json') return verdictOnFault(answer);
	const read = readImportAnswer(answer.json);
	return read === undefined ? { kind: 'uncertain', fault: answer } : judged(read, count, nameAt);
}

function judged(
	{ session, errorMessage, failed }: ImportAnswer,
	count: number,
	nameAt: (position: number) => Named,
): ImportVerdict {
	const positions = Array.from({ length: count }, (_, position) => position);
	const contacts = failed.length > 0 ? positions.map(nameAt) : [];
	const { byPosition, unknown } = matchFailures(failed, contacts);
	const others = verdictOnOthers(session, errorMessage, unknown, count - byPosition.size);
	return {
		kind: 'judged',
		records: positions.map((position) => {
			const failure = byPosition.get(position);
			if (failure === undefined) return others;
			const { error } = failure;
			return failure.kind === 'failed'
				? { kind: 'rejected', fault: { kind: 'contact', error } }
				: { kind: 'uncertain', fault: { kind: 'ambiguous', error } };
		}),
	};
}

/**
 * @param unknown failures that none of the contacts can be by its name
 * @param count of the contacts that no failure names
 */
function verdictOnOthers(
	session: string | undefined,
	errorMessage: string | undefined,
	unknown: readonly FailedContact[],
	count: number,
): RecordVerdict<ImportFault, ImportReceipt> {
	const errors = distinctTexts(unknown.map(({ error }) => error));
	const nameless = unknown.filter(isNameless).length;
	if (nameless > 0 && nameless >= count) {
		return { kind: 'rejected', fault: { kind: 'contact', error: errors } };
	}
	return session === undefined && errorMessage !== undefined
		? { kind: 'rejected', fault: { kind: 'import', error: errorMessage } }
		: { kind: 'accepted', receipt: { session, said: distinctTexts([errorMessage ?? '', errors]) } };
}

function isNameless({ emails, phones, externalCustomerId, id }: FailedContact): boolean {
	const isNamed = emails.length + phones.length > 0 || externalCustomerId !== undefined;
	return !isNamed && id === undefined;
}

function distinctTexts(texts: readonly string[]): string {
	return [...new Set(texts)].filter((text) => text !== '').join('; ');
}
