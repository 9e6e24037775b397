import type { Authentication } from '../../../../api/answer';
import type { Words } from '../../../../delivery/verdict';
import { formatNumberOf } from '../../../../report/format';
import { quotable, type Problem } from '../../../../problem';
import {
	deliveryWords,
	requestProblem,
	type RequestTerms,
} from '../../../../requests/requestWords';
import type { ImportFault } from './judgement';

/** What can go wrong with an import and its requests, in words. @param startsWorkflows whether new contacts make a live event */
export function importWords(
	authentication: Authentication,
	startsWorkflows: boolean,
): Words<ImportFault> {
	const terms: RequestTerms = {
		authentication,
		one: 'contact',
		many: 'contacts',
		right: 'add and update contacts',
		access: 'contacts',
		api: 'import of contacts',
		lookFirst: startsWorkflows
			? 'It may or may not be imported: look for it in eSputnik before you send it again, or the event for new contacts may start its workflows twice.'
			: 'It may or may not be imported. Sending it again does no harm.',
		ifSlow: "If this happens often, raise 'Timeout' or lower 'Batch Size'.",
		ifCrowded: "If other programs use the account at the same time, lower 'Requests per Second'.",
	};
	return deliveryWords(terms, (fault, together) => {
		switch (fault.kind) {
			case 'contact':
				return contactFailed(fault.error);
			case 'ambiguous':
				return {
					reason: 'CONTACT_REJECTED',
					what: 'eSputnik left out a contact that this one may be, and so may another of the run',
					...quoted(fault.error),
					advice: 'Look in eSputnik which of them is there, and correct the other one.',
				};
			case 'import':
				return {
					reason: 'IMPORT_FAILED',
					what: 'eSputnik did not start the import',
					...quoted(fault.error),
					advice:
						'Correct what eSputnik names (the size of the plan, for one), then run these items again.',
				};
			case 'status':
				return fault.status === 409
					? {
							reason: 'BAD_RESPONSE',
							what: 'eSputnik says that it got the same request a moment ago (HTTP 409)',
							...quoted(fault.text),
							advice:
								'Look in eSputnik whether the contacts are there, or run these items again in a minute.',
						}
					: requestProblem(fault, terms, together);
			default:
				return requestProblem(fault, terms, together);
		}
	});
}

/** A contact that eSputnik left out. @param error its own words; may be empty */
function contactFailed(error: string): Problem {
	return {
		reason: 'CONTACT_REJECTED',
		what: 'eSputnik left this contact out of the import',
		...quoted(error),
		advice: 'Correct what eSputnik names, then run this item again.',
	};
}

function quoted(text: string): { readonly value?: string } {
	return text.trim() === '' ? {} : { value: quotable(text) };
}

/**
 * eSputnik finished, or failed, without naming the contact.
 *
 * @param said what eSputnik said about the import besides; may be empty
 */
export function notConfirmed(description: string | undefined, said: string): Problem {
	return description === undefined
		? {
				reason: 'IMPORT_NOT_CONFIRMED',
				what: `eSputnik finished the import without naming this contact${said === '' ? '' : ', and said of the import'}`,
				...quoted(said),
				advice: 'Look for it in eSputnik; sending it again does no harm.',
			}
		: {
				reason: 'IMPORT_FAILED',
				what: 'eSputnik ended the import with an error, and nobody can say whether this contact was part of what it stored',
				...quoted(description),
				advice: 'Look for it in eSputnik, then run this item again.',
			};
}

/** eSputnik took the request and gave no session to ask about. @param said what it said besides */
export function withoutSession(said: string): Problem {
	return {
		reason: 'IMPORT_NOT_CONFIRMED',
		what: 'eSputnik took the request, but gave nothing by which to ask what became of it',
		...quoted(said),
		advice: 'Look for the contact in eSputnik; sending it again does no harm.',
	};
}

/** What eSputnik said about an import for which nobody waits; nothing where it said nothing. */
export function saidOfImport(said: string): Problem | undefined {
	if (said === '') return undefined;
	return {
		reason: 'IMPORT_NOT_CONFIRMED',
		what: 'eSputnik took the request with this contact, and said of the import',
		...quoted(said),
		advice: 'Look in eSputnik whether the contact is there.',
	};
}

/** Why a contact is told as queued although the node waited. */
export function waitEnded(maxWaitMs: number): Problem {
	return {
		reason: 'WAIT_ENDED',
		what: `eSputnik took the contact and had not finished after ${formatNumberOf(maxWaitMs / 1000, 'second')}`,
		advice: "It goes on by itself. If events come next, raise the option 'Max Wait'.",
	};
}

/** The node cannot ask how the import stands. @param why the problem of that request */
export function cannotAsk({ reason, what, value }: Problem): Problem {
	return {
		reason,
		what: `eSputnik took the contact, but does not tell how the import stands: ${what}`,
		...(value !== undefined && { value }),
		advice: 'Look in eSputnik whether the import has finished.',
	};
}

/** Another item of the run says all that this one says. */
export function duplicate(name: string, laterItem: number): Problem {
	return {
		reason: 'CONTACT_DUPLICATE',
		what: 'A later item is the same contact and has all that this one has, so this one is not sent',
		value: `${quotable(name)} (item ${laterItem})`,
		advice:
			"Remove repeated contacts before this node (n8n's Remove Duplicates), or set 'On Error' to 'Continue', so that the later one is sent.",
	};
}
