import type { HttpAnswer } from '../../../api/answer';
import { isRecord } from '../../../api/json';
import { ACCEPTED, EVENT_REFUSALS, SERVER_ERROR } from '../../../contract';
import type { RecordVerdict, Verdict } from '../../../delivery/verdict';
import type { EventReason } from '../../../problem';
import { isTaken, verdictOnFault, type RequestFault } from '../../../requests/requestFault';

/** What is known of a past event that was not accepted. */
export type PastEventFault =
	| RequestFault
	/** An answer 2xx with another number of results than the request had events. */
	| { readonly kind: 'otherNumber'; readonly results: number; readonly events: number }
	/** An answer 2xx that counts another number of events as accepted, or as refused, than its results name. */
	| {
			readonly kind: 'otherCount';
			readonly end: 'accepted' | 'refused';
			readonly counted: number;
			readonly named: number;
	  }
	/** An answer 2xx with a status that is almost one of the contract. */
	| { readonly kind: 'otherSpelling'; readonly status: string }
	/** The status that eSputnik gave that event. */
	| { readonly kind: 'event'; readonly status: string }
	/** Left out: the events of its type before it got EVENT_SEGMENTATION_DISABLED. */
	| { readonly kind: 'typeSwitchedOff' };

export type PastEventVerdict = Verdict<PastEventFault>;

const ACCEPTED_EVENT: RecordVerdict<PastEventFault> = { kind: 'accepted' };

const SWITCHED_OFF: EventReason = 'EVENT_SEGMENTATION_DISABLED';
const LEFT_OUT: PastEventFault = { kind: 'typeSwitchedOff' };

/**
 * What an answer says about a request of past events: an answer 2xx judges each event by the status at its place. `ACCEPTED` is accepted,
 * `SERVER_ERROR` was not queued, any other status is a rejection. HTTP 200 alone says nothing.
 *
 * A result has no index, so it belongs to the event at the same position. The vendor's API collapses lists of one to a bare object
 * elsewhere, so `results` is read as array or object.
 *
 * @param count how many events the request carried
 */
export function judgePastEvents(answer: HttpAnswer, count: number): PastEventVerdict {
	if (answer.kind !== 'status' || !isTaken(answer)) return verdictOnFault(answer);
	const statuses = readStatuses(answer.json);
	if (statuses === undefined) return verdictOnFault(answer);
	const contradiction = contradictionIn(answer.json, statuses, count);
	if (contradiction !== undefined) return { kind: 'uncertain', fault: contradiction };
	const verdicts = new Map([[ACCEPTED, ACCEPTED_EVENT]]);
	const records = statuses.map((status) => {
		const verdict = verdicts.get(status) ?? judgeStatus(status);
		verdicts.set(status, verdict);
		return verdict;
	});
	return { kind: 'judged', records };
}

function judgeStatus(status: string): RecordVerdict<PastEventFault> {
	const fault: PastEventFault = { kind: 'event', status };
	return { kind: status === SERVER_ERROR ? 'notQueued' : 'rejected', fault };
}

const KNOWN_STATUSES: ReadonlySet<string> = new Set([ACCEPTED, SERVER_ERROR, ...EVENT_REFUSALS]);

/** What in an answer contradicts itself or the request: then nobody can say what was taken. */
function contradictionIn(
	json: unknown,
	statuses: readonly string[],
	count: number,
): PastEventFault | undefined {
	if (statuses.length !== count) {
		return { kind: 'otherNumber', results: statuses.length, events: count };
	}
	const odd = statuses.find(
		(status) => !KNOWN_STATUSES.has(status) && KNOWN_STATUSES.has(status.trim().toUpperCase()),
	);
	if (odd !== undefined) return { kind: 'otherSpelling', status: odd };
	if (!isRecord(json)) return undefined;
	const accepted = statuses.filter((status) => status === ACCEPTED).length;
	return (
		otherCount('accepted', json.successCount, accepted) ??
		otherCount('refused', json.errorCount, count - accepted)
	);
}

/** @param count a number, or one as text; what is neither counts nothing */
function otherCount(
	end: 'accepted' | 'refused',
	count: unknown,
	named: number,
): PastEventFault | undefined {
	const isText = typeof count === 'string' && count.trim() !== '';
	const counted = typeof count === 'number' || isText ? Number(count) : Number.NaN;
	return Number.isNaN(counted) || counted === named
		? undefined
		: { kind: 'otherCount', end, counted, named };
}

function readStatuses(json: unknown): readonly string[] | undefined {
	if (!isRecord(json) || json.results === undefined) return undefined;
	const results: unknown[] = Array.isArray(json.results) ? json.results : [json.results];
	const statuses: string[] = [];
	for (const result of results) {
		if (!isRecord(result) || typeof result.status !== 'string') return undefined;
		if (result.status.trim() === '') return undefined;
		statuses.push(result.status);
	}
	return statuses;
}

/**
 * The event types that the account does not take from the past, learnt from the verdicts, so that a switched-off type costs one
 * request and not all of them. It is a setting per type: a type counts as switched off where every event of that type in one answer says so.
 */
export class SwitchedOffTypes {
	private readonly types = new Set<string>();

	/**
	 * @param typeOf the event type key of the event at a position
	 * @param observe told of each type that turns out to be switched off
	 */
	constructor(
		private readonly typeOf: (position: number) => string,
		private readonly observe: (eventTypeKey: string) => void = () => {},
	) {}

	learn(positions: readonly number[], verdict: PastEventVerdict): void {
		if (verdict.kind !== 'judged' || !verdict.records.some(isSwitchedOff)) return;
		const on = new Set<string>();
		const off = new Set<string>();
		verdict.records.forEach((record, index) =>
			(isSwitchedOff(record) ? off : on).add(this.typeOf(positions[index])),
		);
		for (const type of off) {
			if (on.has(type) || this.types.has(type)) continue;
			this.types.add(type);
			this.observe(type);
		}
	}

	/** Why an event is not to be sent, where its type is switched off. */
	leaveOut(position: number): PastEventFault | undefined {
		return this.types.size > 0 && this.types.has(this.typeOf(position)) ? LEFT_OUT : undefined;
	}
}

function isSwitchedOff(record: RecordVerdict<PastEventFault>): boolean {
	return (
		record.kind === 'rejected' &&
		record.fault.kind === 'event' &&
		record.fault.status === SWITCHED_OFF
	);
}
