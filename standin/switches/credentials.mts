import { choice, count, flag, httpStatus, list, seconds } from './kinds.mts';

/** API keys and API tokens. */
export const credentials = {
	keyRights: choice(
		['full', 'events', 'eventsAndContacts', 'eventsAndAddingContacts', 'messages'],
		'The rights of the API key. Without a right to events it gets 403; one that only adds contacts cannot read groups.',
	),
	keyDisabled: flag(false, 'The API key is switched off, as after 90 idle days: 401.'),
	tokenLifetimeSeconds: count(0, 'How long an API token is good. 0: for ever.'),
	tokenRefusedStatus: httpStatus(
		401,
		'The HTTP status of an API token outside its methods (v1/event, POST and DELETE v1/past_events).',
	),
	accountInfoTakesTokens: flag(false, 'Whether account/info takes an API token.'),
	hosts: list(
		'The hosts of the brand of this account. Requests to another host are refused. None: any host.',
	),
	wrongHostStatus: httpStatus(401, 'The HTTP status of that refusal.'),
};

/** OAuth 2.0. */
export const oauth = {
	oauthConsent: choice(
		['page', 'auto'],
		'The authorize address shows a page with an Allow button, or sends the browser back at once.',
	),
	oauthAccessTokenSeconds: seconds(172_800, 'Lifetime of an access token in seconds.'),
	oauthRefreshTokenSeconds: seconds(2_592_000, 'Lifetime of a refresh token in seconds.'),
	oauthRotation: flag(
		true,
		'A refresh gives a new refresh token; the old one is refused from then on.',
	),
	oauthRefreshNeedsCode: flag(
		false,
		'A refresh must carry the authorization code of the first grant too.',
	),
	oauthRefreshDelayMs: count(0, 'Milliseconds from a refresh to its answer.'),
	oauthRefreshAnswer: choice(
		['tokens', 'hang', 'brokenJson', 'rateLimited', 'serverError', 'html', 'empty', 'echo'],
		'What a refresh answers: the tokens; nothing, for ever; JSON that breaks off behind the new tokens; 429; 500; an HTML page with 200; 200 without a body; 400 with a text that repeats the refresh token and the secret of the app. The tokens are renewed but with 429, 500 and 400.',
	),
};
