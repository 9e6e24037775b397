import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from '@sinclair/typebox';
import type { onRequestAsyncHookHandler } from 'fastify';
import { guard } from '../account/credentials.mts';
import type { Backstage } from '../backstage.mts';
import { Refusal } from '../http/refusal.mts';
import type { Switches } from '../options.mts';
import type { Session } from './imports.mts';
import { listOf } from './listForm.mts';

/** `GET /v1/importstatus/…`. */
export const importStatusRoute: FastifyPluginCallbackTypebox<{
	backstage: Backstage;
	shared: onRequestAsyncHookHandler;
}> = (app, { backstage, shared }, done) => {
	const { switches, imports } = backstage;
	const accepts = (kind: string) => kind === 'oAuth2';
	const onRequest = guard(app, backstage, { right: 'contacts', accepts, limit: shared });
	app.get(
		'/v1/importstatus/:session',
		{ onRequest, schema: { params: Type.Object({ session: Type.String() }) } },
		({ params }) => {
			const session = imports.find(params.session);
			if (session !== undefined && isTooEarly(session, switches)) {
				throw new Refusal(404, 'Not Found');
			}
			return session === undefined || isExpired(session, switches)
				? unknownSession(switches)
				: statusOf(session, switches);
		},
	);
	done();
};

function isTooEarly({ startedAt }: Session, { importNotFoundMs }: Switches): boolean {
	return performance.now() < startedAt + importNotFoundMs;
}

function isExpired({ endsAt, state }: Session, { sessionLifetimeMs }: Switches): boolean {
	const isOver = performance.now() > endsAt + sessionLifetimeMs;
	return sessionLifetimeMs > 0 && state !== 'running' && isOver;
}

function unknownSession({ unknownSession: form }: Switches): object {
	if (form === '200') return { timestamp: new Date().toISOString() };
	throw form === '404'
		? new Refusal(404, 'Not Found')
		: new Refusal(400, 'Bad Request: there is no such session');
}

function statusOf(session: Session, switches: Switches): object {
	const { importWord, importWordCase, mapping } = switches;
	const word = wordOf(session, importWord);
	const status = importWordCase === 'lower' ? word.toLowerCase() : word;
	const timestamp = new Date().toISOString();
	if (session.state === 'failed')
		return { status, timestamp, description: 'The import has failed' };
	if (session.state === 'running' || mapping === 'absent') return { status, timestamp };
	return { status, timestamp, mapping: mappingOf(session, switches) };
}

function wordOf({ state, startedAt, endsAt }: Session, underWay: string): string {
	if (state === 'finished') return 'FINISHED';
	if (state === 'failed') return 'ERROR';
	if (underWay !== '') return underWay;
	return performance.now() < (startedAt + endsAt) / 2 ? 'STARTED' : 'IMPORTING';
}

function mappingOf({ mapping: stored }: Session, switches: Switches): unknown {
	const { mapping, mappingForm, mappingDedupeValue, mappingContactId } = switches;
	const named = mapping === 'cut' ? stored.slice(0, Math.floor(stored.length / 2)) : stored;
	const entries = named.map(({ contactId, ...values }) => ({
		dedupeValue: values[mappingDedupeValue],
		contactId: mappingContactId === 'text' ? String(contactId) : contactId,
	}));
	return listOf(entries, mappingForm);
}
