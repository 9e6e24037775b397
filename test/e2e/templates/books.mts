import type { Stage } from '../support/stage.mts';

/** One event that the stand-in stored, its parameters by name. */
export interface BookedEvent {
	readonly eventTypeKey: string;
	readonly keyValue: string;
	readonly occurred: string;
	readonly params: Readonly<Record<string, unknown>>;
}

/** What the stand-in has stored, of one event type where one is named. */
export function booked(stage: Stage, eventTypeKey?: string): BookedEvent[] {
	return stage.standin.received.events
		.filter((event) => (eventTypeKey ?? event.eventTypeKey) === event.eventTypeKey)
		.map((event) => ({
			eventTypeKey: event.eventTypeKey,
			keyValue: event.keyValue,
			occurred: event.occurred,
			params: Object.fromEntries(event.params.map(({ name, value }) => [name, value])),
		}));
}

/** How a clock in a zone shows an instant, told by the runtime and not by the node: `2024-03-31T04:00`. */
export function clockIn(timeZone: string): (instant: string | Date) => string {
	const clock = new Intl.DateTimeFormat('sv-SE', {
		timeZone,
		dateStyle: 'short',
		timeStyle: 'short',
	});
	return (instant) => clock.format(new Date(instant)).replace(' ', 'T');
}
