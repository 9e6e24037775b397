import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from '@sinclair/typebox';
import type { Backstage } from '../backstage.mts';
import { guard, limiter } from '../account/credentials.mts';
import { minuteOf, minuteText } from './occurred.mts';
import { Refusal } from '../http/refusal.mts';

const Range = Type.Object({
	from: Type.Optional(Type.Unknown()),
	to: Type.Optional(Type.Unknown()),
});

/** `DELETE /v1/past_events`: removes what occurred in a range, both ends included, of every type and contact, live events too. */
export const deleteRoute: FastifyPluginCallbackTypebox<{ backstage: Backstage }> = (
	app,
	{ backstage },
	done,
) => {
	const { switches, events, deletions } = backstage;
	const onRequest = guard(app, backstage, {
		right: 'events',
		accepts: () => true,
		limit: limiter(app, switches, () => switches.deletePastEventsPerSecond),
	});
	app.delete(
		'/v1/past_events',
		{ onRequest, schema: { body: Type.Union([Range, Type.Null(), Type.Undefined()]) } },
		({ record, body }, reply) => {
			if (!switches.deletionActive) {
				throw new Refusal(switches.deletionInactiveStatus, switches.deletionInactiveText);
			}
			const [from, to] = rangeOf(body ?? {}, switches.deletionWithoutRange === 'everything');
			const removed = events.delete(from, to);
			deletions.push({
				from: Number.isFinite(from) ? minuteText(from) : '',
				to: Number.isFinite(to) ? minuteText(to) : '',
				removed,
				request: record?.number ?? 0,
			});
			if (switches.deletionAnswer === 'noContent') return reply.code(204).send();
			if (switches.deletionAnswer === 'empty') return reply.code(200).send();
			return reply.code(200).type('text/plain; charset=utf-8').send('OK');
		},
	);
	done();
};

/** The first and the last minute of a range. A date without a time means its first minute, at either end. */
function rangeOf({ from, to }: Static<typeof Range>, takesNone: boolean): [number, number] {
	if (takesNone && from === undefined && to === undefined) return [-Infinity, Infinity];
	const [first, last] = [from, to].map((bound) =>
		typeof bound === 'string' ? minuteOf(bound) : undefined,
	);
	if (first === undefined || last === undefined) {
		throw new Refusal(
			400,
			'Bad Request: from and to are required, as YYYY-MM-DD or YYYY-MM-DDTHH:mm',
		);
	}
	if (first > last) throw new Refusal(400, 'Bad Request: from must not be after to');
	return [first, last];
}
