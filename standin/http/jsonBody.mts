import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Backstage } from '../backstage.mts';
import type { Switches } from '../options.mts';
import { Refusal } from './refusal.mts';

/** Bodies of the API: JSON, whose bytes are kept with the request. With the switch `validate` off they are not parsed. */
export function parseJsonBodies(app: FastifyInstance, { switches, requests }: Backstage): void {
	app.addContentTypeParser(
		'application/json',
		{ parseAs: 'buffer' },
		(request: FastifyRequest, body: Buffer, done) => {
			if (request.record !== undefined) {
				requests.keepBody(request.record, body, switches.keepBodies);
			}
			const parsed = parse(body, switches);
			if (parsed instanceof Refusal) done(parsed);
			else done(null, parsed);
		},
	);
}

function parse(body: Buffer, { validate, keep, maxBodyBytes, tooLargeStatus }: Switches): unknown {
	if (maxBodyBytes > 0 && body.length > maxBodyBytes) {
		return new Refusal(tooLargeStatus, `The request is larger than ${maxBodyBytes} bytes`);
	}
	if (body.length === 0) return undefined;
	if (!validate && keep !== 'keys') return { events: [] };
	try {
		return JSON.parse(body.toString('utf8'));
	} catch {
		return new Refusal(400, 'Bad Request: the body is not JSON');
	}
}
