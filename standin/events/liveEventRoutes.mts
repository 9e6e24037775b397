import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from '@sinclair/typebox';
import type { FastifyReply } from 'fastify';
import { guard, limiter } from '../account/credentials.mts';
import type { Backstage } from '../backstage.mts';
import type { Contact, Identifier } from '../contacts/contactStore.mts';
import { contactOf, identifiersOf } from '../contacts/identify.mts';
import { Refusal } from '../http/refusal.mts';
import type { RequestRecord } from '../http/requestLog.mts';
import type { Switches } from '../options.mts';
import { keepLiveEvent } from './keepLiveEvent.mts';
import { checkEvent, paramsOf, type SentEvent, type Version } from './validation.mts';
import { ACCEPTED } from './verdict.mts';

/** Reference page "Events": the size of one live event. */
const MAX_EVENT_BYTES = 20 * 1024;

/** What the counts by status call an event that was answered 200 and dropped. */
const DROPPED = 'DROPPED';

/** `POST /v1|v2|v3/event`: one event that happens now, and that starts the workflows of its type. */
export const liveEventRoutes: FastifyPluginCallbackTypebox<{ backstage: Backstage }> = (
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
			limit: limiter(app, switches, () => switches.postEventPerSecond),
		});
		app.post(
			`/${version}/event`,
			{ onRequest, schema: { body: Type.Unknown() } },
			({ record, body }, reply) => {
				if (record?.arrived === undefined) {
					throw new Refusal(400, 'Bad Request: the body is empty');
				}
				record.sent = 1;
				if (!switches.validate) {
					countUnseen(backstage, record);
					return answer(reply, version, switches);
				}
				const event = readEvent(version, switches, record.arrived.length, body);
				if (event === undefined) backstage.requests.countStatus(DROPPED);
				else take(backstage, version, record, event);
				return answer(reply, version, switches);
			},
		);
	}
	done();
};

/** Without looking at the body: for benchmarks. */
function countUnseen({ requests, events }: Backstage, record: RequestRecord): void {
	requests.countStatus(ACCEPTED);
	events.addUnseen(1, 0);
	record.accepted = 1;
}

/**
 * The event in a body.
 * @returns undefined where it is dropped without a word
 * @throws Refusal where it is not taken
 */
function readEvent(
	version: Version,
	switches: Switches,
	bytes: number,
	body: unknown,
): SentEvent | undefined {
	const { liveTooLarge, liveV2KeyValue, liveWithoutIdentifier, requiredParams } = switches;
	if (bytes > MAX_EVENT_BYTES) {
		if (liveTooLarge === 'drop') return undefined;
		throw new Refusal(Number(liveTooLarge), 'The event is larger than 20 kB');
	}
	const checked = checkEvent(version, body, {
		booleans: switches.booleanValues === 'accept',
		live: true,
	});
	if (checked.problem !== undefined) throw new Refusal(400, `Bad Request: ${checked.problem}`);

	const { keyValue, ...rest } = checked.event;
	if (version === 'v2' && keyValue !== undefined && liveV2KeyValue === 'refused') {
		throw new Refusal(400, 'Bad Request: keyValue is not known');
	}
	const event: SentEvent = version === 'v2' && liveV2KeyValue === 'ignored' ? rest : checked.event;
	const params = paramsOf(event);
	const required = requiredParams[event.eventTypeKey] ?? [];
	if (!required.every((name) => params.some((param) => param.name === name))) {
		const names = required.join(', ');
		throw new Refusal(400, `The event should have the following params: [${names}]`);
	}
	if (event.keyValue === undefined && identifiersOf(params).size === 0) {
		if (liveWithoutIdentifier === 'drop') return undefined;
		throw new Refusal(
			400,
			'The event should have keyValue or one of the params contactId, externalCustomerId, email, phone, pushToken',
		);
	}
	return event;
}

function take(
	backstage: Backstage,
	version: Version,
	record: RequestRecord,
	event: SentEvent,
): void {
	const contact = contactOf(backstage, event) ?? newContact(backstage, version, event);
	keepLiveEvent(backstage, { event, version, contact, request: record.number });
	backstage.requests.countStatus(ACCEPTED);
	record.accepted = 1;
}

const VALUE_OF = new Map<Identifier, string>([
	['externalCustomerId', 'externalCustomerId'],
	['email', 'email'],
	['sms', 'sms'],
	['push', 'mobilepush'],
]);

/** Where no contact matches, v2 makes one, if segmentation is on for the type. */
function newContact(
	{ contacts, switches }: Backstage,
	version: Version,
	event: SentEvent,
): Contact | undefined {
	if (version !== 'v2' || switches.segmentationDisabled.includes(event.eventTypeKey)) {
		return undefined;
	}
	const values: Record<string, string> = {};
	for (const [identifier, value] of identifiersOf(paramsOf(event))) {
		const name = VALUE_OF.get(identifier);
		if (name !== undefined) values[name] = value;
	}
	return Object.keys(values).length === 0 ? undefined : contacts.create({ values });
}

function answer(reply: FastifyReply, version: Version, { liveAnswer }: Switches): FastifyReply {
	const form = version === 'v1' ? 'empty' : liveAnswer;
	if (form === 'json') return reply.code(200).send({ status: 'OK' });
	return reply.code({ empty: 200, noContent: 204, accepted: 202 }[form]).send();
}
