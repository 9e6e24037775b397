import { Type } from '@sinclair/typebox';
import { choice, list } from './kinds.mts';
import { SECRET_ENCODINGS } from '../http/echo.mts';

/** What comes in between, and what error texts give away. */
export const misbehaviour = {
	htmlInstead: list(
		'Requests whose method and path contain one of these texts, such as "/past_events", "DELETE" or "account/info", get 200 with an HTML page, as of a portal in between: before their credential is looked at, and nothing is stored.',
	),
	statusInstead: Type.Record(Type.String(), Type.Integer({ minimum: 200, maximum: 599 }), {
		default: {},
		description:
			'Text → HTTP status: requests whose method and path contain the text get this status, as of a proxy in between. 407 comes with Proxy-Authenticate.',
	}),
	refusalId: choice(
		['none', 'number', 'uuid', 'hex', 'time'],
		'What each text of a refusal ends with, another one each time: nothing, a running number, a UUID, 16 hexadecimal digits, the time.',
	),
	echo: choice(
		['none', ...SECRET_ENCODINGS],
		'The secret of the request is repeated, in this encoding: as it is; without the = at its end; base64url; = / + as \\u003d …; / as \\/; percent-encoded, also in lower case, or every character; as decimal, hexadecimal or named HTML entities; hexadecimal; in two halves.',
	),
	echoOf: choice(
		['key', 'header'],
		'What is repeated: the API key or token, or what stands behind Basic or Bearer in the Authorization header.',
	),
	echoIn: choice(
		['refusals', 'statuses', 'location'],
		'Where it is repeated: in texts of refusals; in statuses of events other than ACCEPTED, two halves in two of them; in the Location of redirects.',
	),
};
