import { SERVER_ERROR } from '../../../contract';
import { quotable, type Problem } from '../../../problem';
import { problem } from '../../../delivery/problems';

const SWITCH_ON =
	'Switch segmentation on for this event type in your eSputnik account, then run these items again.';

const TEXTS = new Map<string, readonly [what: string, advice: string]>([
	[
		'OCCURRED_DATE_IS_REQUIRED',
		[
			'eSputnik says that the event has no date of occurrence',
			"Map a field with the date to 'Occurred', then run this item again.",
		],
	],
	[
		'INCORRECT_OCCURRED_DATE_FORMAT',
		[
			'eSputnik could not read the date of occurrence',
			"Check 'Occurred' and 'Date Format', then run this item again.",
		],
	],
	[
		'OCCURRED_TIME_TOO_DEPTH',
		[
			'The event lies further back than eSputnik stores events',
			'Leave it out, or ask the support of eSputnik how far back events of your account may lie.',
		],
	],
	[
		'OCCURRED_TIME_IN_FUTURE',
		[
			'The event lies in the future for eSputnik',
			"Check 'Occurred' and 'Account Time Zone', then run this item again.",
		],
	],
	[
		'EVENT_SEGMENTATION_DISABLED',
		[
			'Segmentation is switched off in eSputnik for events of this type, so it takes none from the past',
			SWITCH_ON,
		],
	],
	[
		SERVER_ERROR,
		[
			'eSputnik could not queue the event, however often it was sent again',
			'Run this item again later.',
		],
	],
]);

/** The problem of one event by the status that eSputnik gave it; a status that the contract does not know is shown as it came. */
export function eventProblem(status: string): Problem {
	const known = TEXTS.get(status);
	const shown = quotable(status);
	return known === undefined
		? problem(
				shown,
				'eSputnik did not accept the event and gave it this status',
				shown,
				'Look it up in the documentation of eSputnik or ask its support, then run this item again.',
			)
		: problem(status, known[0], '', known[1]);
}

export const typeSwitchedOff = problem(
	'EVENT_SEGMENTATION_DISABLED',
	'Not sent, because segmentation is switched off in eSputnik for events of this type, as the events before it showed',
	'',
	SWITCH_ON,
);
