import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from '@sinclair/typebox';
import type { Backstage } from '../backstage.mts';
import { guard, limiter } from '../account/credentials.mts';
import { minuteNow, minuteOf } from './occurred.mts';
import { Refusal } from '../http/refusal.mts';
import { checkEvent, paramsOf, type Version } from './validation.mts';

/** Reference page "Events": the size of one live event. */
const MAX_EVENT_BYTES = 20 * 1024;

/** `POST /v1|v2|v3/event`: one event that happens now. */
export const liveEventRoutes: FastifyPluginCallbackTypebox<{ backstage: Backstage }> = (
	app,
	{ backstage },
	done,
) => {
	const { switches, events } = backstage;
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
				const arrived = record?.arrived;
				if (arrived === undefined) throw new Refusal(400, 'Bad Request: the body is empty');
				if (arrived.length > MAX_EVENT_BYTES)
					throw new Refusal(400, 'The event is larger than 20 kB');
				const checked = checkEvent(version, body, switches.booleanValues === 'accept');
				if (checked.problem !== undefined)
					throw new Refusal(400, `Bad Request: ${checked.problem}`);

				const { event } = checked;
				const required = switches.requiredParams[event.eventTypeKey] ?? [];
				const names = new Set(paramsOf(event).map(({ name }) => name));
				if (!required.every((name) => names.has(name))) {
					const list = required.join(', ');
					throw new Refusal(400, `The event should have the following params: [${list}]`);
				}

				const minute = minuteOf(switches.now) ?? minuteNow(switches.accountTimezone);
				const from = { request: record?.number ?? 0, version, live: true, body: arrived };
				events.add(from, [{ event, minute, position: 0 }]);
				if (record !== undefined) record.sent = record.accepted = 1;
				return reply.code(200).send();
			},
		);
	}
	done();
};
