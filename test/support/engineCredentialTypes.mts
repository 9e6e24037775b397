import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/** Credential types of n8n itself that a package's own types build on. */
export const BASE_TYPES: ReadonlyMap<string, ICredentialType> = new Map([
	['oAuth2Api', { name: 'oAuth2Api', displayName: 'OAuth2 API', properties: oAuth2Properties() }],
]);

/** The fields of n8n's own "OAuth2 API", which credential types build on by `extends`. */
function oAuth2Properties(): INodeProperties[] {
	const texts = {
		grantType: 'authorizationCode',
		authUrl: '',
		accessTokenUrl: '',
		clientId: '',
		clientSecret: '',
		scope: '',
		authQueryParameters: '',
		authentication: 'header',
	};
	const field = (
		name: string,
		type: INodeProperties['type'],
		value: string | number | boolean,
	) => ({
		displayName: name,
		name,
		type,
		default: value,
	});
	return [
		...Object.entries(texts).map(([name, value]) => field(name, 'string', value)),
		field('useDynamicClientRegistration', 'hidden', false),
		field('clientCredentialType', 'hidden', 'clientSecret'),
		field('ignoreSSLIssues', 'boolean', false),
		field('tokenExpiredStatusCode', 'number', 401),
		field('jweEnabled', 'boolean', false),
	];
}
