import type { Authentication } from '../../api/answer';
import type { ApiVersion } from '../../contract';
import type { Problem } from '../../problem';

/** API tokens are good for v1/event and v1/past_events only (API token page). */
export function tokenServesV1(
	authentication: Authentication,
	apiVersion: ApiVersion,
): Problem | undefined {
	if (authentication !== 'apiToken' || apiVersion === 'v1') return undefined;
	return {
		reason: 'CONFIGURATION',
		what: `An API token serves version 1 of eSputnik's API only, and the option 'API Version' says ${apiVersion}`,
		advice: 'Choose V1, or a credential with an API key or OAuth2.',
	};
}
