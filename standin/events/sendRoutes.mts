import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { Backstage } from '../backstage.mts';
import { guard, limiter } from '../account/credentials.mts';
import type { AcceptedEvent } from './eventStore.mts';
import { contactOf } from '../contacts/identify.mts';
import { Refusal } from '../http/refusal.mts';
import { keyOf } from './keyTally.mts';
import { EventList, isEvent, MAX_EVENTS, type Version } from './validation.mts';
import { acceptedAnswer, sendAnswer } from './sendAnswer.mts';
import { ACCEPTED, Judge, type Verdict } from './verdict.mts';

/** `POST /v1|v2|v3/past_events`. */
export const sendRoutes: FastifyPluginCallbackTypebox<{ backstage: Backstage }> = (
	app,
	{ backstage },
	done,
) => {
	const { switches } = backstage;
	const versions: readonly Version[] = ['v1', 'v2', 'v3'];
	for (const version of versions) {
		const onRequest = guard(app, backstage, {
			right: 'events',
			accepts: (kind) => kind === 'oAuth2' || version === 'v1',
			limit: limiter(app, switches, () => switches.postPastEventsPerSecond),
		});
		app.post(
			`/${version}/past_events`,
			{ onRequest, schema: { body: EventList } },
			(request, reply) => {
				void reply.type('application/json; charset=utf-8');
				if (!switches.validate) return countUnseen(backstage, request, request.body.events);
				return takeEvents(backstage, version, request, request.body.events);
			},
		);
	}
	done();
};

/** Judges the events, keeps what is accepted, and answers with one result for each, as JSON text. */
function takeEvents(
	backstage: Backstage,
	version: Version,
	request: FastifyRequest,
	sent: readonly unknown[],
): string {
	const { switches, requests, serverErrors } = backstage;
	const { record } = request;
	if (record !== undefined) record.sent = sent.length;
	const judge = new Judge(version, switches, serverErrors);
	refuseWhole(backstage, judge, sent);

	const verdicts = sent.map((candidate, position) =>
		position < MAX_EVENTS ? judge.judge(candidate) : beyondLimit(switches.malformedEventStatus),
	);
	const position = verdicts.findIndex(({ problem }) => problem !== undefined);
	if (switches.malformedEvent === 'request' && position >= 0) {
		throw refusal(backstage, `events[${position}].${verdicts[position]?.problem}`);
	}

	const accepted: AcceptedEvent[] = [];
	for (const [position, { event, minute, status }] of verdicts.entries()) {
		if (status !== ACCEPTED) requests.countStatus(status);
		else if (event !== undefined && minute !== undefined) {
			const contactId = contactOf(backstage, event)?.id ?? 0;
			accepted.push({ event, minute, position, contactId });
		}
	}
	if (accepted.length > 0) requests.countStatus(ACCEPTED, accepted.length);
	if (record !== undefined) record.accepted = accepted.length;
	store(backstage, version, request, accepted);
	const statuses = verdicts.map(({ status }) => status);
	return sendAnswer(switches, statuses, request.headers.authorization);
}

/** What is refused before a single event is looked at for itself. */
function refuseWhole(backstage: Backstage, judge: Judge, sent: readonly unknown[]): void {
	const { switches } = backstage;
	if (sent.length === 0 && switches.emptyEvents === 'refuse') {
		throw refusal(backstage, 'events must not be empty');
	}
	if (sent.length > MAX_EVENTS && switches.tooManyEvents === 'request') {
		throw refusal(
			backstage,
			`events has ${sent.length} elements, at most ${MAX_EVENTS} are allowed`,
		);
	}
	if (switches.poison.length > 0 && sent.some((candidate) => judge.isPoison(candidate))) {
		throw new Refusal(switches.poisonStatus, switches.poisonText);
	}
}

function refusal({ switches }: Backstage, why: string): Refusal {
	return new Refusal(400, switches.refusalNamesEvent ? `Bad Request: ${why}` : 'Bad Request');
}

const beyondLimit = (status: string): Verdict => ({ status });

function store(
	{ switches, events, keys }: Backstage,
	version: Version,
	{ record }: FastifyRequest,
	accepted: readonly AcceptedEvent[],
): void {
	const kept =
		switches.duplicateEvents === 'drop'
			? accepted.filter(({ event }) => !events.isRepeated(event))
			: accepted;
	const { keep, keyParam } = switches;
	if (keep === 'events' && record?.arrived !== undefined) {
		events.add({ request: record.number, version, live: false, body: record.arrived }, kept);
		return;
	}
	events.addUnseen(kept.length, kept.filter(({ contactId }) => contactId === 0).length);
	if (keep === 'keys') for (const { event } of kept) keys.add(keyOf(event, keyParam));
}

const EVENT_MARK = Buffer.from('"eventTypeKey":');

/** Accepts what the body seems to hold, without parsing it; with the switch `keep` at "keys" it is parsed, and not judged. */
function countUnseen(
	{ requests, events, keys, switches }: Backstage,
	{ record }: FastifyRequest,
	sent: readonly unknown[],
): string {
	let count = 0;
	if (switches.keep === 'keys') {
		for (const event of sent) {
			if (!isEvent(event)) continue;
			keys.add(keyOf(event, switches.keyParam));
			count++;
		}
	} else {
		const body = record?.arrived ?? Buffer.alloc(0);
		for (let at = body.indexOf(EVENT_MARK); at >= 0; at = body.indexOf(EVENT_MARK, at + 1)) count++;
	}
	if (record !== undefined) {
		record.sent = count;
		record.accepted = count;
	}
	requests.countStatus(ACCEPTED, count);
	events.addUnseen(count, 0);
	return acceptedAnswer(count);
}
