import type {
	Authentication,
	HttpAnswer,
	NoAnswerReason,
	NotTakenReason,
} from '../../nodes/Esputnik/api/answer.ts';
import { retryDelay } from '../../nodes/Esputnik/delivery/traffic.ts';
import type { Problem } from '../../nodes/Esputnik/problem.ts';
import {
	judgePastEvents,
	type PastEventVerdict,
} from '../../nodes/Esputnik/resources/pastEvent/send/judgement.ts';
import { pastEventWords } from '../../nodes/Esputnik/resources/pastEvent/send/requestWords.ts';
import { asHttp, json } from '../support/serverAnswer.mts';
import { deliverAll, inShort, status, takeAll } from '../support/deliveries.mts';

const noAnswer = (reason: NoAnswerReason): HttpAnswer => ({
	kind: 'noAnswer',
	reason,
	text: 'said the network',
});

const notTaken = (reason: NotTakenReason): HttpAnswer => ({ kind: 'notTaken', reason, text: '' });

const ok = (form: 'empty' | 'html' | 'text'): HttpAnswer => ({
	kind: 'status',
	status: 200,
	form,
	text: '',
});

const counted = (successCount: unknown, ...statuses: string[]): HttpAnswer =>
	json({ results: statuses.map((name) => ({ status: name })), successCount });

const refusals = (errorCount: unknown, ...statuses: string[]): HttpAnswer =>
	json({ results: statuses.map((name) => ({ status: name })), errorCount });

const page = (code: number): HttpAnswer => ({ ...status(code), form: 'html' });

describe('what an answer says about a request', () => {
	test.each<[name: string, answer: HttpAnswer, verdict: string, reason: string]>([
		['429', status(429), 'later', 'RATE_LIMITED'],
		['429 with Retry-After', status(429, '', 3000), 'later', 'RATE_LIMITED'],
		['503 with Retry-After', status(503, '', 0), 'later', 'SERVICE_UNAVAILABLE'],
		['no connection', notTaken('CONNECTION_FAILED'), 'later', 'CONNECTION_FAILED'],
		['no https', notTaken('NO_HTTPS'), 'later', 'CONNECTION_FAILED'],
		['a handshake that hangs', notTaken('CONNECTION_TIMEOUT'), 'later', 'CONNECTION_FAILED'],
		['no new OAuth2 access', notTaken('RENEWAL_FAILED'), 'later', 'UNAUTHORIZED'],
		['too many renewals', notTaken('RENEWAL_RATE_LIMITED'), 'later', 'UNAUTHORIZED'],
		['n8n lost the credential', notTaken('CREDENTIAL_STORE_FAILED'), 'fatal', 'CONFIGURATION'],
		['a grant that was revoked', notTaken('RENEWAL_REFUSED'), 'fatal', 'UNAUTHORIZED'],
		['an address that n8n forbids', notTaken('FORBIDDEN_BY_N8N'), 'fatal', 'CONNECTION_FAILED'],

		['400', status(400), 'refused', 'REQUEST_REJECTED'],
		['409', status(409), 'refused', 'REQUEST_REJECTED'],
		['413', status(413), 'refused', 'REQUEST_REJECTED'],
		['418', status(418), 'refused', 'REQUEST_REJECTED'],
		['422', status(422), 'refused', 'REQUEST_REJECTED'],

		['301', status(301), 'fatal', 'REDIRECTED'],
		['302', status(302), 'fatal', 'REDIRECTED'],
		['304', status(304), 'fatal', 'REDIRECTED'],
		['307', status(307), 'fatal', 'REDIRECTED'],
		['308', status(308), 'fatal', 'REDIRECTED'],
		['401', status(401), 'fatal', 'UNAUTHORIZED'],
		['402', status(402), 'fatal', 'REQUEST_REJECTED'],
		['403', status(403), 'fatal', 'FORBIDDEN'],
		['404', status(404), 'fatal', 'NOT_FOUND'],
		['405', status(405), 'fatal', 'REQUEST_REJECTED'],
		['407', status(407), 'fatal', 'CONNECTION_FAILED'],
		['415', status(415), 'fatal', 'REQUEST_REJECTED'],
		['451', status(451), 'fatal', 'REQUEST_REJECTED'],

		['a time-out', noAnswer('TIMEOUT'), 'uncertain', 'TIMEOUT'],
		['408', status(408), 'uncertain', 'TIMEOUT'],
		['a lost connection', noAnswer('CONNECTION_LOST'), 'uncertain', 'CONNECTION_LOST'],
		['500', status(500), 'uncertain', 'HTTP_5XX'],
		['501', status(501), 'uncertain', 'HTTP_5XX'],
		['502', status(502), 'uncertain', 'HTTP_5XX'],
		['503 alone', status(503), 'uncertain', 'HTTP_5XX'],
		['504', status(504), 'uncertain', 'HTTP_5XX'],
		['500 with Retry-After', status(500, '', 1000), 'uncertain', 'HTTP_5XX'],
		['201', status(201), 'uncertain', 'BAD_RESPONSE'],
		['202', status(202), 'uncertain', 'BAD_RESPONSE'],
		['204', status(204), 'uncertain', 'BAD_RESPONSE'],
		['an empty 200', ok('empty'), 'uncertain', 'BAD_RESPONSE'],
		['a web page with 200', ok('html'), 'uncertain', 'BAD_RESPONSE'],
		['a text with 200', ok('text'), 'uncertain', 'BAD_RESPONSE'],
		['results without a status', json({ results: [{}, {}] }), 'uncertain', 'BAD_RESPONSE'],
		['another count than results', counted(0, 'ACCEPTED', 'ACCEPTED'), 'uncertain', 'BAD_RESPONSE'],
		['more counted than named', counted(2, 'ACCEPTED', 'X'), 'uncertain', 'BAD_RESPONSE'],
		['a count as text', counted('1', 'ACCEPTED', 'ACCEPTED'), 'uncertain', 'BAD_RESPONSE'],
		['a count that is none', counted('-1', 'ACCEPTED', 'ACCEPTED'), 'uncertain', 'BAD_RESPONSE'],
		[
			'refusals counted, none named',
			refusals(2, 'ACCEPTED', 'ACCEPTED'),
			'uncertain',
			'BAD_RESPONSE',
		],
		['refusals named, none counted', refusals('0', 'ACCEPTED', 'X'), 'uncertain', 'BAD_RESPONSE'],
		['200 that tells of a 401', json({ status: 401, message: 'No' }), 'uncertain', 'BAD_RESPONSE'],
		['small letters', counted(2, 'accepted', 'ACCEPTED'), 'uncertain', 'BAD_RESPONSE'],
		['spaces around a status', counted(2, ' ACCEPTED ', 'X'), 'uncertain', 'BAD_RESPONSE'],
		['an endless answer', noAnswer('ANSWER_TOO_LONG'), 'uncertain', 'BAD_RESPONSE'],
		['a failure within n8n', noAnswer('FAILED_IN_N8N'), 'uncertain', 'CONNECTION_LOST'],
		['no status of HTTP', status(999), 'uncertain', 'BAD_RESPONSE'],
		['Stop', noAnswer('CANCELLED'), 'cancelled', 'CANCELLED'],
	])('%s', (_, answer, kind, reason) => {
		const verdict = judgePastEvents(answer, 2);
		expect(verdict.kind).toBe(kind);
		expect(problemOf(verdict, 'apiKey').reason).toBe(reason);
	});

	test.each([2, '2', undefined, null, 'many'])('agrees with a count of %j', (successCount) => {
		expect(judgePastEvents(counted(successCount, 'ACCEPTED', 'ACCEPTED'), 2).kind).toBe('judged');
	});

	test.each([0, '0', 'none', null])('agrees with a count of %j refusals', (errorCount) => {
		expect(judgePastEvents(refusals(errorCount, 'ACCEPTED', 'ACCEPTED'), 2).kind).toBe('judged');
	});

	test.each([
		[400, 'refused'],
		[401, 'fatal'],
		[402, 'fatal'],
		[403, 'fatal'],
		[422, 'refused'],
		[451, 'fatal'],
	])('a web page with %i is not told as the words of eSputnik', (code, kind) => {
		const verdict = judgePastEvents(page(code), 2);
		const { what, advice } = problemOf(verdict, 'apiKey');
		expect(verdict.kind).toBe(kind);
		expect(what).toMatch(new RegExp(`^A web page came in the place of eSputnik's answer.*${code}`));
		expect(advice).toContain('proxy or firewall');
		expect(`${what} ${advice}`).not.toMatch(/right to|API key|payment|legal|names/);
	});

	test.each([404, 405, 407, 413, 415, 429])(
		'a web page with %i says the same as any answer with it',
		(code) => {
			const [one, other] = [page(code), status(code)].map((answer) =>
				problemOf(judgePastEvents(answer, 2), 'apiKey'),
			);
			expect(one).toEqual(other);
		},
	);

	test.each([201, 202])('%i with results judges event by event, too', (code) => {
		const answer = { ...asHttp({ kind: 'results', statuses: ['ACCEPTED', 'X'] }), status: code };
		expect(judgePastEvents(answer, 2)).toMatchObject({
			kind: 'judged',
			records: [{ kind: 'accepted' }, { kind: 'rejected' }],
		});
	});

	test('200 with results judges event by event', () => {
		const statuses = ['ACCEPTED', 'SERVER_ERROR'];
		expect(judgePastEvents(asHttp({ kind: 'results', statuses }), 2)).toMatchObject({
			kind: 'judged',
			records: [{ kind: 'accepted' }, { kind: 'notQueued' }],
		});
	});

	test.each<[answer: HttpAnswer, authentication: Authentication, message: RegExp]>([
		[status(401), 'apiKey', /key or token .*401.* 90 days/s],
		[status(403), 'apiKey', /right to load events.*403.*access to events/s],
		[status(401), 'apiToken', /API token.*401.*with your API key/s],
		[status(403), 'apiToken', /API token.*403.*access to events/s],
		[status(401), 'oAuth2', /OAuth2.*401.*connect it again/s],
		[status(403), 'oAuth2', /OAuth2.*403.*scopes/s],
		[status(404), 'apiKey', /404.*Base URL.*esputnik\.com\/api.*api\.yespo\.io\/api/s],
		[status(302), 'apiKey', /302.*Base URL/s],
		[status(407), 'apiKey', /proxy.*407.*HTTPS_PROXY/s],
		[
			status(400, 'The event should have the following params: [date]'),
			'apiKey',
			/refused.*\[date\].*Correct/s,
		],
	])('tells what to do: %j with %s', (answer, authentication, message) => {
		const { what, value, advice } = problemOf(judgePastEvents(answer, 2), authentication);
		expect(`${what}: ${value}. ${advice}`).toMatch(message);
	});
});

/** What the user reads of a request that was not judged event by event. */
function problemOf(verdict: PastEventVerdict, authentication: Authentication): Problem {
	const words = pastEventWords(authentication);
	if (verdict.kind === 'judged') throw new Error('It was judged event by event');
	return verdict.kind === 'cancelled'
		? words({ kind: 'cancelled', inFlight: true })
		: words({ kind: 'answer', fault: verdict.fault });
}

describe('how long to wait before the next attempt', () => {
	test('grows from one second by doubling, up to thirty, and is drawn from the whole of it', () => {
		const longest = [0, 1, 2, 3, 4, 5, 9].map((used) => retryDelay(used, 0.9999));
		expect(longest).toEqual([1000, 2000, 4000, 7999, 15_998, 29_997, 29_997]);
		expect(retryDelay(4, 0)).toBe(0);
		expect(retryDelay(4, 0.25)).toBe(4000);
	});

	test('is what Retry-After asks for, one minute at most', () => {
		expect(retryDelay(3, 0.1, 1500)).toBe(1500);
		expect(retryDelay(0, 0.9, 3_600_000)).toBe(60_000);
	});

	test('is a usual backoff where Retry-After asks for no time at all', () => {
		expect(retryDelay(1, 0.5, 0)).toBe(1000);
	});
});

describe('what becomes of an event by the status that eSputnik gave it', () => {
	test.each([
		['ACCEPTED', 'accepted'],
		['OCCURRED_DATE_IS_REQUIRED', 'rejected OCCURRED_DATE_IS_REQUIRED'],
		['INCORRECT_OCCURRED_DATE_FORMAT', 'rejected INCORRECT_OCCURRED_DATE_FORMAT'],
		['OCCURRED_TIME_TOO_DEPTH', 'rejected OCCURRED_TIME_TOO_DEPTH'],
		['OCCURRED_TIME_IN_FUTURE', 'rejected OCCURRED_TIME_IN_FUTURE'],
		['EVENT_SEGMENTATION_DISABLED', 'rejected EVENT_SEGMENTATION_DISABLED'],
		['SERVER_ERROR', 'rejected SERVER_ERROR'],
		['SOMETHING_NEW', 'rejected SOMETHING_NEW'],
		['constructor', 'rejected constructor'],
	])('%s: %s', async (eventStatus, expected) => {
		const { outcomes } = await deliverAll(3, (events) => ({
			kind: 'results',
			statuses: events.map((event) => (event === 1 ? eventStatus : 'ACCEPTED')),
		}));
		expect(outcomes.map(inShort)).toEqual(['accepted', expected, 'accepted']);
	});

	test('events that eSputnik could not queue are sent again, they alone', async () => {
		const { outcomes, attempts, requests, retries, notes } = await deliverAll(
			5,
			(events, attempt) =>
				attempt === 1
					? {
							kind: 'results',
							statuses: ['ACCEPTED', 'SERVER_ERROR', 'ACCEPTED', 'SERVER_ERROR', 'X'],
						}
					: takeAll(events),
		);
		expect(attempts.map(({ events }) => events)).toEqual([
			[0, 1, 2, 3, 4],
			[1, 3],
		]);
		expect(outcomes.map(inShort)).toEqual([
			'accepted',
			'accepted',
			'accepted',
			'accepted',
			'rejected X',
		]);
		expect(outcomes.map(({ request }) => request)).toEqual([1, 2, 1, 2, 1]);
		expect({ requests, retries }).toEqual({ requests: 2, retries: 0 });
		expect(notes).toMatchObject([{ kind: 'recordsAgain', records: 2 }]);
	});

	test('a request of which eSputnik could queue nothing is the same request again', async () => {
		const report = await deliverAll(2, (events, attempt) =>
			attempt < 3
				? { kind: 'results', statuses: ['SERVER_ERROR', 'SERVER_ERROR'] }
				: takeAll(events),
		);
		expect(report).toMatchObject({ requests: 1, retries: 2 });
		expect(report.outcomes.map(({ request }) => request)).toEqual([1, 1]);
	});

	test('a lasting SERVER_ERROR is a rejection after the retries are used up', async () => {
		const { outcomes, attempts } = await deliverAll(
			1,
			() => ({ kind: 'results', statuses: ['SERVER_ERROR'] }),
			{ settings: { maxRetries: 3 } },
		);
		expect(attempts).toHaveLength(4);
		expect(outcomes.map(inShort)).toEqual(['rejected SERVER_ERROR']);
	});
});
