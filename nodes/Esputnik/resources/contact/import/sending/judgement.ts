import type { HttpAnswer } from '../../../../api/answer';
import type { RecordVerdict, Verdict } from '../../../../delivery/verdict';
import { verdictOnFault, type RequestFault } from '../../../../requests/requestFault';
import { readImportAnswer, type ImportAnswer } from './answers';
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
	readonly errorMessage?: string;
}

export type ImportVerdict = Verdict<ImportFault, ImportReceipt>;

/**
 * What an answer says about a request of contacts. HTTP 200 may mean that every contact failed (contract): those that `failedContacts`
 * names are rejected, where one of several may be meant each is uncertain, and the others are taken.
 *
 * @param contacts those of the request, in its order
 */
export function judgeImport(answer: HttpAnswer, contacts: readonly Named[]): ImportVerdict {
	if (answer.kind !== 'status') return verdictOnFault(answer);
	// "Duplicated request": an equal one came within a minute, and nobody knows what became of that.
	if (answer.status === 409) return { kind: 'uncertain', fault: answer };
	if (answer.status !== 200 || answer.form !== 'json') return verdictOnFault(answer);
	const read = readImportAnswer(answer.json);
	return read === undefined ? { kind: 'uncertain', fault: answer } : judged(read, contacts);
}

function judged(
	{ session, errorMessage, failed }: ImportAnswer,
	contacts: readonly Named[],
): ImportVerdict {
	const taken = verdictOnOthers(session, errorMessage);
	if (failed.length === 0) {
		return { kind: 'judged', records: contacts.map(() => taken) };
	}
	const { byPosition } = matchFailures(failed, contacts);
	return {
		kind: 'judged',
		records: contacts.map((_, position) => {
			const failure = byPosition.get(position);
			if (failure === undefined) return taken;
			const { error } = failure;
			return failure.kind === 'failed'
				? { kind: 'rejected', fault: { kind: 'contact', error } }
				: { kind: 'uncertain', fault: { kind: 'ambiguous', error } };
		}),
	};
}

function verdictOnOthers(
	session: string | undefined,
	errorMessage: string | undefined,
): RecordVerdict<ImportFault, ImportReceipt> {
	return session === undefined && errorMessage !== undefined
		? { kind: 'rejected', fault: { kind: 'import', error: errorMessage } }
		: { kind: 'accepted', receipt: { session, errorMessage } };
}
