import type { Slowing } from './pace';
import type { Slowed } from './traffic';

/** What delivery tells while it works, for the log: no payload and no secret. */
export type DeliveryNote =
	| NoteOfRequest
	| { readonly kind: 'stop'; readonly reason: string }
	/** Fewer requests may be in flight than before. */
	| (Slowed & { readonly kind: 'slowed' });

interface Named {
	readonly request: number;
	readonly records: number;
}

type NoteOfRequest =
	/** `attempt`: the one that follows the wait; the second is 2. */
	| (Named & {
			readonly kind: 'retry';
			readonly attempt: number;
			readonly waitMs: number;
			readonly reason: string;
	  })
	| (Named & { readonly kind: 'recordsAgain'; readonly waitMs: number })
	| (Named & { readonly kind: 'split' })
	| (Named & { readonly kind: 'probe' })
	| (Named & { readonly kind: 'splitGivenUp' })
	| (Named & { readonly kind: 'gaveUp'; readonly reason: string });

const WHY_SLOWED: Record<Slowing, string> = {
	slower: 'Answers take longer with more requests in flight',
	limited: 'eSputnik gets too many requests (429)',
	failed: 'A request failed or got no answer in time',
};

/**
 * A note as one line of a log.
 *
 * @param records what a request holds, such as `events`; without it their number is not told
 */
export function noteText(note: DeliveryNote, records?: string): string {
	if (note.kind === 'stop') return `No further request is started: ${note.reason}`;
	if (note.kind === 'slowed') {
		const rate = note.slowedBy === 'limited' ? `, ${note.perSecond} in a second` : '';
		return `${WHY_SLOWED[note.slowedBy]}: ${note.inFlight} in flight at most${rate}`;
	}
	const name = `Request ${note.request}`;
	const sized = records === undefined ? name : `${name} (${note.records} ${records})`;
	switch (note.kind) {
		case 'retry':
			return `${sized}: ${note.reason}, attempt ${note.attempt} in ${note.waitMs} ms`;
		case 'recordsAgain':
			return `${name}: eSputnik could not queue ${note.records} of its ${records ?? 'records'}, they alone are sent again in ${note.waitMs} ms`;
		case 'split':
			return `${sized} was refused: it is split in halves`;
		case 'probe':
			return `${sized} was refused like those before it: some of its ${records ?? 'records'} are tried alone`;
		case 'splitGivenUp':
			return `${sized} was refused like those before it: it is split no further`;
		case 'gaveUp':
			return `${sized}: ${note.reason}, not sent again`;
	}
}
