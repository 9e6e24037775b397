/** What delivery tells while it works, for the log: no payload and no secret. */
export type DeliveryNote =
	| {
			readonly kind: 'retry';
			readonly request: number;
			readonly events: number;
			/** Of the retry that follows the wait: the second attempt is 2. */
			readonly attempt: number;
			readonly waitMs: number;
			readonly reason: string;
	  }
	| {
			readonly kind: 'eventsAgain';
			readonly request: number;
			readonly events: number;
			readonly waitMs: number;
	  }
	| { readonly kind: 'split'; readonly request: number; readonly events: number }
	| { readonly kind: 'splitGivenUp'; readonly request: number; readonly events: number }
	| { readonly kind: 'typeSwitchedOff'; readonly eventTypeKey: string }
	| {
			readonly kind: 'gaveUp';
			readonly request: number;
			readonly events: number;
			readonly reason: string;
	  }
	| { readonly kind: 'stop'; readonly reason: string };

/** A note as one line of a log. */
export function noteText(note: DeliveryNote): string {
	switch (note.kind) {
		case 'retry':
			return `Request ${note.request} (${note.events} events): ${note.reason}, attempt ${note.attempt} in ${note.waitMs} ms`;
		case 'eventsAgain':
			return `Request ${note.request}: eSputnik could not queue ${note.events} of its events, they alone are sent again in ${note.waitMs} ms`;
		case 'split':
			return `Request ${note.request} (${note.events} events) was refused: it is split in halves`;
		case 'splitGivenUp':
			return `Request ${note.request} was refused like the 31 before it: its batch is split no further`;
		case 'typeSwitchedOff':
			return `Segmentation is switched off for events of type '${note.eventTypeKey}': no more of them are sent`;
		case 'gaveUp':
			return `Request ${note.request} (${note.events} events): ${note.reason}, not sent again`;
		case 'stop':
			return `No further request is started: ${note.reason}`;
	}
}
