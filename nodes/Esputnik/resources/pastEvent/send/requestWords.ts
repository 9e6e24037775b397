import type { Authentication } from '../../../api/answer';
import type { Words } from '../../../delivery/verdict';
import { quotable, type EventReason, type Problem } from '../../../problem';
import {
	deliveryWords,
	requestProblem,
	unclearAnswer,
	type RequestTerms,
} from '../../../requests/requestWords';
import type { PastEventFault } from './judgement';

/**
 * What can go wrong with past events and their requests, in words.
 *
 * @param authentication what the credential of the run holds
 * @param ifUncertain what an AI agent is told to do where nobody knows whether a request was taken
 */
export function pastEventWords(
	authentication: Authentication,
	ifUncertain?: string,
): Words<PastEventFault> {
	const terms: RequestTerms = {
		authentication,
		one: 'event',
		many: 'events',
		right: 'load events',
		access: 'events',
		api: 'past events API',
		lookFirst:
			ifUncertain ??
			'It may or may not be stored: look for it in eSputnik before you send it again, or it may be there twice.',
		ifSlow:
			ifUncertain === undefined
				? "If this happens often, raise 'Timeout' or lower 'Batch Size'."
				: '',
		ifCrowded: "If other workflows load events at the same time, lower 'Requests per Second'.",
	};
	return deliveryWords(terms, (fault, together) => {
		switch (fault.kind) {
			case 'event':
				return eventProblem(fault.status);
			case 'otherNumber':
				return unclearAnswer(
					`the answer has ${fault.results} results for ${fault.events} events`,
					terms,
				);
			case 'otherCount':
				return unclearAnswer(
					`it counts ${fault.counted} ${fault.end} events, and its results name ${fault.named}`,
					terms,
				);
			case 'otherSpelling':
				return unclearAnswer(
					`it has the status ${quotable(fault.status)}, which is not spelled as documented`,
					terms,
				);
			case 'typeSwitchedOff':
				return TYPE_SWITCHED_OFF;
			default:
				return requestProblem(fault, terms, together);
		}
	});
}

const SWITCH_ON =
	'Switch segmentation on for this event type in your eSputnik account, then run these items again.';

const TYPE_SWITCHED_OFF: Problem = {
	reason: 'EVENT_SEGMENTATION_DISABLED',
	what: 'Not sent, because segmentation is switched off in eSputnik for events of this type, as the events before it showed',
	advice: SWITCH_ON,
};

const TEXTS: Readonly<Record<EventReason, Omit<Problem, 'reason'>>> = {
	OCCURRED_DATE_IS_REQUIRED: {
		what: 'eSputnik says that the event has no date of occurrence',
		advice: "Map a field with the date to 'Occurred', then run this item again.",
	},
	INCORRECT_OCCURRED_DATE_FORMAT: {
		what: 'eSputnik could not read the date of occurrence',
		advice: "Check 'Occurred' and 'Date Format', then run this item again.",
	},
	OCCURRED_TIME_TOO_DEPTH: {
		what: 'The event lies further back than eSputnik stores events',
		advice:
			'Leave it out, or ask the support of eSputnik how far back events of your account may lie.',
	},
	OCCURRED_TIME_IN_FUTURE: {
		what: 'The event lies in the future for eSputnik',
		advice: "Check 'Occurred' and 'Account Time Zone', then run this item again.",
	},
	EVENT_SEGMENTATION_DISABLED: {
		what: 'Segmentation is switched off in eSputnik for events of this type, so it takes none from the past',
		advice: SWITCH_ON,
	},
	SERVER_ERROR: {
		what: 'eSputnik could not queue the event, however often it was sent again',
		advice: 'Run this item again later.',
	},
};

/** The problem of one event by the status that eSputnik gave it; a status that the contract does not know is shown as it came. */
function eventProblem(status: string): Problem {
	if (isEventReason(status)) return { reason: status, ...TEXTS[status] };
	const shown = quotable(status);
	return {
		reason: shown,
		what: 'eSputnik did not accept the event and gave it this status',
		...(shown.trim() !== '' && { value: shown }),
		advice:
			'Look it up in the documentation of eSputnik or ask its support, then run this item again.',
	};
}

function isEventReason(status: string): status is EventReason {
	return Object.hasOwn(TEXTS, status);
}
