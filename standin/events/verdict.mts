import { minuteNow, minuteOf } from './occurred.mts';
import type { Switches } from '../options.mts';
import { checkEvent, paramsOf, type SentEvent, type Version } from './validation.mts';

/** What eSputnik says of one event. `problem` is set where its form is wrong, `event` and `minute` where it is accepted. */
export interface Verdict {
	readonly status: string;
	readonly problem?: string;
	readonly event?: SentEvent;
	readonly minute?: number;
}

export const ACCEPTED = 'ACCEPTED';

/** Judges events one by one; one instance for each request, so that all of them have the same present. */
export class Judge {
	readonly #version: Version;
	readonly #switches: Switches;
	readonly #attempts: Map<string, number>;
	readonly #now: number;
	readonly #oldest: number;
	readonly #chosen: boolean;

	/** @param attempts how often each event has had SERVER_ERROR; kept from request to request */
	constructor(version: Version, switches: Switches, attempts: Map<string, number>) {
		this.#version = version;
		this.#switches = switches;
		this.#attempts = attempts;
		this.#now = minuteOf(switches.now) ?? minuteNow(switches.accountTimezone);
		this.#oldest = switches.depthDays === 0 ? -Infinity : this.#now - switches.depthDays * 1440;
		this.#chosen =
			switches.serverErrorFor.length + switches.segmentationDisabled.length > 0 ||
			Object.keys(switches.statusFor).length > 0;
	}

	judge(candidate: unknown): Verdict {
		const { event, problem } = this.#check(candidate);
		if (event === undefined) return { status: this.#switches.malformedEventStatus, problem };
		const { occurred } = event;
		if (occurred === undefined || occurred === null || occurred === '') {
			return { status: 'OCCURRED_DATE_IS_REQUIRED' };
		}
		const minute = typeof occurred === 'string' ? minuteOf(occurred) : undefined;
		if (minute === undefined) return { status: 'INCORRECT_OCCURRED_DATE_FORMAT' };
		if (minute > this.#now) return { status: 'OCCURRED_TIME_IN_FUTURE' };
		if (minute < this.#oldest) return { status: 'OCCURRED_TIME_TOO_DEPTH' };
		const chosen = this.#chosen ? this.#chosenStatus(event) : undefined;
		return chosen === undefined ? { status: ACCEPTED, event, minute } : { status: chosen };
	}

	/** Whether a text of the switch `poison` matches the event. */
	isPoison(candidate: unknown): boolean {
		const { event } = this.#check(candidate);
		return event !== undefined && this.#switches.poison.some((text) => matches(event, text));
	}

	#check(candidate: unknown): { event?: SentEvent; problem?: string } {
		return checkEvent(this.#version, candidate, {
			booleans: this.#switches.booleanValues === 'accept',
		});
	}

	#chosenStatus(event: SentEvent): string | undefined {
		const { segmentationDisabled, statusFor, serverErrorFor, serverErrorAttempts } = this.#switches;
		if (segmentationDisabled.includes(event.eventTypeKey)) return 'EVENT_SEGMENTATION_DISABLED';
		for (const [text, status] of Object.entries(statusFor)) {
			if (matches(event, text)) return status;
		}
		if (!serverErrorFor.some((text) => matches(event, text))) return undefined;
		const identity = JSON.stringify(event);
		const attempt = (this.#attempts.get(identity) ?? 0) + 1;
		this.#attempts.set(identity, attempt);
		return serverErrorAttempts === 0 || attempt <= serverErrorAttempts ? 'SERVER_ERROR' : undefined;
	}
}

function matches(event: SentEvent, text: string): boolean {
	return (
		event.keyValue?.includes(text) ||
		paramsOf(event).some(({ value }) =>
			(typeof value === 'string' ? value : JSON.stringify(value)).includes(text),
		)
	);
}
