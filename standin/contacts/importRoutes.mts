import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from '@sinclair/typebox';
import type { FastifyError, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { guard, limiter } from '../account/credentials.mts';
import type { Backstage } from '../backstage.mts';
import { refusalHandler, refuse, Refusal } from '../http/refusal.mts';
import type { Switches } from '../options.mts';
import { normalize } from './contactStore.mts';
import {
	MAX_CONTACTS,
	readContact,
	readImportBody,
	type ImportBody,
	type ReadContact,
	type SentContact,
} from './importBody.mts';
import { listOf } from './listForm.mts';
import { judgeContact } from './judgeContact.mts';

/** `POST /v1/contacts`. */
export const importRoutes: FastifyPluginCallbackTypebox<{
	backstage: Backstage;
	shared: onRequestAsyncHookHandler;
}> = (app, { backstage, shared }, done) => {
	const { switches } = backstage;
	const access = { right: 'contacts', accepts: (kind: string) => kind === 'oAuth2' } as const;
	const onRequest = guard(app, backstage, { ...access, limit: shared });
	const own = limiter(app, switches, () => switches.contactsPerSecond);
	// The plugin counts a request once, so that it meets one limit and not both.
	const limit: onRequestAsyncHookHandler = (request, reply) =>
		(switches.contactsPerSecond > 0 ? own : shared).call(app, request, reply);
	const refused = refusalHandler(switches);

	app.setErrorHandler((error: FastifyError | Refusal, request, reply) => {
		// For contacts the documentation shows this answer as JSON.
		if (error.statusCode === 401 && switches.errorBody === 'text') {
			if (request.record !== undefined) request.record.refusal = error.message;
			refuse(switches, request, reply, 401, 'Unauthorized', 'json');
		} else {
			refused(error, request, reply);
		}
	});

	app.post(
		'/v1/contacts',
		{ onRequest: guard(app, backstage, { ...access, limit }), schema: { body: Type.Unknown() } },
		(request, reply) => {
			void reply.type('application/json; charset=utf-8');
			return JSON.stringify(
				switches.validate ? takeContacts(backstage, request) : countUnseen(backstage, request),
			);
		},
	);

	app.route({
		method: ['PUT', 'PATCH', 'DELETE'],
		url: '/v1/contacts',
		onRequest,
		handler: () => {
			throw new Refusal(405, 'Method Not Allowed');
		},
	});

	done();
};

/** Judges the contacts, sets the import of those that are taken going, and gives the answer. */
function takeContacts(backstage: Backstage, { body: sent, record }: FastifyRequest): object {
	const { switches, imports } = backstage;
	const body = readImportBody(sent);
	if (typeof body === 'string') throw new Refusal(400, `Bad Request: ${body}`);
	if (record !== undefined) record.sent = body.contacts.length;
	refuseWhole(backstage, body, record?.arrived);

	const accepted: ReadContact[] = [];
	const failures: object[] = [];
	for (const [position, contact] of body.contacts.entries()) {
		if (position >= MAX_CONTACTS && switches.tooManyContacts === 'cut') break;
		const read = readContact(contact, body);
		const verdict =
			position >= MAX_CONTACTS
				? ({ kind: 'failed', error: `More than ${MAX_CONTACTS} contacts` } as const)
				: judgeContact(read, body, switches, imports.restored);
		if (verdict.kind === 'import') accepted.push(read);
		if (verdict.kind === 'failed') failures.push(failedContact(contact, verdict.error, switches));
	}
	if (record !== undefined) record.accepted = accepted.length;

	const { importErrorMessage: errorMessage, importErrorMessagePlace, allFailedSession } = switches;
	const isInstead = errorMessage !== '' && importErrorMessagePlace === 'instead';
	const hasSession = !isInstead && (accepted.length > 0 || allFailedSession === 'present');
	const counts = { contacts: body.contacts.length, failed: failures.length };
	const request = record?.number ?? 0;
	return {
		...(switches.importAnswerId ? { id: 0 } : {}),
		...(hasSession
			? { asyncSessionId: imports.start(backstage, { body, accepted, request, ...counts }).session }
			: {}),
		...(failures.length > 0 ? { failedContacts: listOf(failures, switches.failedContacts) } : {}),
		...(errorMessage === '' ? {} : { errorMessage }),
	};
}

/** What is refused before a single contact is looked at. */
function refuseWhole(
	{ switches, imports }: Backstage,
	{ contacts, dedupeOn, fieldId }: ImportBody,
	bytes: Buffer | undefined,
): void {
	if (contacts.length > MAX_CONTACTS && switches.tooManyContacts === 'request') {
		throw new Refusal(400, `Bad Request: more than ${MAX_CONTACTS} contacts`);
	}
	if (dedupeOn === 'fieldId' && fieldId === undefined) {
		throw new Refusal(400, 'Bad Request: fieldId is required');
	}
	const isWithout = ({ channels = [] }: SentContact) => channels.length === 0;
	if (switches.contactWithoutChannel === 'request' && contacts.some(isWithout)) {
		throw new Refusal(400, 'Bad Request: channels is required');
	}
	if (switches.duplicateImport === 'refuse' && bytes !== undefined && imports.isRepeated(bytes)) {
		throw new Refusal(409, 'Duplicated request');
	}
}

/** A failed contact: its fields and the error. There is no index, and by the schema no external id. */
function failedContact(
	{ externalCustomerId, channels, ...rest }: SentContact,
	error: string,
	{ failedContactChannels, failedContactExternalId }: Switches,
): object {
	return {
		...rest,
		...(failedContactExternalId ? { externalCustomerId } : {}),
		channels:
			failedContactChannels === 'sent'
				? channels
				: channels?.map(({ type, value }) => ({
						type,
						value: type === 'email' || type === 'sms' ? normalize(type, value) : value,
					})),
		error,
	};
}

const CONTACT_MARK = Buffer.from('"channels":');

/** Takes what the body seems to hold, without parsing or keeping it. */
function countUnseen(backstage: Backstage, { record }: FastifyRequest): object {
	const bytes = record?.arrived ?? Buffer.alloc(0);
	let contacts = 0;
	for (let at = bytes.indexOf(CONTACT_MARK); at >= 0; at = bytes.indexOf(CONTACT_MARK, at + 1)) {
		contacts++;
	}
	if (record !== undefined) record.sent = record.accepted = contacts;
	const { session } = backstage.imports.start(backstage, {
		body: undefined,
		accepted: [],
		request: record?.number ?? 0,
		...{ contacts, failed: 0 },
	});
	return { asyncSessionId: session };
}
