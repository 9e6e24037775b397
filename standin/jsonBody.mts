import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Backstage } from './backstage.mts';
import { Refusal } from './refusal.mts';

/** Bodies of the API: JSON, whose bytes are kept with the request. With the switch `validate` off they are not parsed. */
export function parseJsonBodies(app: FastifyInstance, { switches, requests }: Backstage): void {
	app.addContentTypeParser(
		'application/json',
		{ parseAs: 'buffer' },
		async (request: FastifyRequest, body: Buffer) => {
			if (request.record !== undefined) {
				requests.keepBody(request.record, body, switches.keepBodies);
			}
			const { maxBodyBytes, tooLargeStatus } = switches;
			if (maxBodyBytes > 0 && body.length > maxBodyBytes) {
				throw new Refusal(tooLargeStatus, `The request is larger than ${maxBodyBytes} bytes`);
			}
			if (body.length === 0) return undefined;
			if (!switches.validate) return { events: [] };
			const parsed: unknown = parse(body.toString('utf8'));
			return parsed;
		},
	);
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new Refusal(400, 'Bad Request: the body is not JSON');
	}
}
