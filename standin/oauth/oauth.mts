import OAuth2Server from '@node-oauth/oauth2-server';
import { randomBytes } from 'node:crypto';
import type { Settings, Switches } from '../options.mts';

/** The parameters of a request to an OAuth 2.0 address. */
export type OAuthParameters = Readonly<Partial<Record<string, string>>>;

/** An answer of the OAuth 2.0 server, ready to be sent. */
export interface OAuthAnswer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: unknown;
}

export interface OAuthCounts {
	readonly granted: number;
	readonly refreshed: number;
	readonly refused: number;
}

const CODE_LIFETIME_SECONDS = 300;

/** The authorization-code flow of uaa.yespo.io (reference page "OAuth 2.0"): one app, one user, rotating refresh tokens. */
export class OAuth {
	readonly #settings: Settings;
	readonly #switches: Switches;
	readonly #server: OAuth2Server;
	readonly #codes = new Map<string, OAuth2Server.AuthorizationCode>();
	readonly #accessTokens = new Map<string, Date>();
	readonly #refreshTokens = new Map<string, OAuth2Server.RefreshToken>();
	#counts = { granted: 0, refreshed: 0, refused: 0 };

	constructor(settings: Settings, switches: Switches) {
		this.#settings = settings;
		this.#switches = switches;
		this.#server = new OAuth2Server({ model: this.#model() });
	}

	/** How many token requests were granted, how many of these were refreshes' and how many were refused. */
	get counts(): OAuthCounts {
		return { ...this.#counts };
	}

	isGood(accessToken: string): boolean {
		const expiresAt = this.#accessTokens.get(accessToken);
		return expiresAt !== undefined && expiresAt.getTime() > Date.now();
	}

	/** Makes every access token bad at once; refresh tokens stay good. */
	expireAccessTokens(): void {
		this.#accessTokens.clear();
	}

	expireRefreshTokens(): void {
		this.#refreshTokens.clear();
	}

	reset(): void {
		this.#codes.clear();
		this.expireAccessTokens();
		this.expireRefreshTokens();
		this.#counts = { granted: 0, refreshed: 0, refused: 0 };
	}

	/** What is wrong with a request to the authorize address before anybody is asked, in words; undefined where nothing is. */
	objection({ client_id, response_type, redirect_uri }: OAuthParameters): string | undefined {
		if (client_id !== this.#settings.oauthClientId) return 'There is no app with this client_id.';
		if (response_type !== 'code') return 'response_type must be "code".';
		if (redirect_uri === undefined || !URL.canParse(redirect_uri)) {
			return 'redirect_uri must be an address.';
		}
		return undefined;
	}

	/** The answer to a user who allowed or (`allowed` = "false") denied access: back to the app, with a code or an error. */
	async authorize(parameters: OAuthParameters): Promise<OAuthAnswer> {
		const request = new OAuth2Server.Request({
			method: 'POST',
			headers: {},
			query: {},
			body: withoutEmpty(parameters),
		});
		return await answer((response) =>
			this.#server.authorize(request, response, {
				allowEmptyState: true,
				authorizationCodeLifetime: CODE_LIFETIME_SECONDS,
				authenticateHandler: { handle: () => ({ id: 'user' }) },
			}),
		);
	}

	/** The answer of the token address. @param headers of the HTTP request: content type and length, and the app's credentials if there */
	async token(headers: Record<string, string>, body: OAuthParameters): Promise<OAuthAnswer> {
		const isRefresh = body.grant_type === 'refresh_token';
		if (isRefresh && this.#switches.oauthRefreshNeedsCode && !this.#carriesCode(body)) {
			this.#counts.refused++;
			const why = 'The refresh must carry the code of the first grant';
			return failure(400, 'invalid_request', why);
		}
		const request = new OAuth2Server.Request({
			method: 'POST',
			headers,
			query: {},
			body: withoutEmpty(body),
		});
		const result = await answer((response) =>
			this.#server.token(request, response, {
				accessTokenLifetime: this.#switches.oauthAccessTokenSeconds,
				refreshTokenLifetime: this.#switches.oauthRefreshTokenSeconds,
				alwaysIssueNewRefreshToken: this.#switches.oauthRotation,
			}),
		);
		if (result.status !== 200) this.#counts.refused++;
		else if (isRefresh) this.#counts.refreshed++;
		else this.#counts.granted++;
		return result;
	}

	/** A pair of tokens as at the end of the flow, for tests that do not walk through it. */
	grant(): { readonly accessToken: string; readonly refreshToken: string } {
		const accessToken = randomBytes(24).toString('base64url');
		const refreshToken = randomBytes(24).toString('base64url');
		const { oauthAccessTokenSeconds, oauthRefreshTokenSeconds } = this.#switches;
		this.#accessTokens.set(accessToken, inSeconds(oauthAccessTokenSeconds));
		this.#refreshTokens.set(refreshToken, {
			refreshToken,
			refreshTokenExpiresAt: inSeconds(oauthRefreshTokenSeconds),
			client: this.#client(),
			user: { code: undefined },
		});
		return { accessToken, refreshToken };
	}

	#carriesCode({ refresh_token = '', code }: OAuthParameters): boolean {
		const original: unknown = this.#refreshTokens.get(refresh_token)?.user.code;
		return code !== undefined && code === original;
	}

	#client(): OAuth2Server.Client {
		return {
			id: this.#settings.oauthClientId,
			grants: ['authorization_code', 'refresh_token'],
			redirectUris: ['any'],
		};
	}

	/** Where the library keeps what it gives out. */
	#model(): OAuth2Server.AuthorizationCodeModel & OAuth2Server.RefreshTokenModel {
		return {
			getClient: (id: string, secret: string | null) => {
				const { oauthClientId, oauthClientSecret } = this.#settings;
				const isApp = id === oauthClientId && (secret ?? oauthClientSecret) === oauthClientSecret;
				return Promise.resolve(isApp && this.#client());
			},
			validateRedirectUri: () => Promise.resolve(true),
			saveAuthorizationCode: (code, client, user) => {
				const saved = { ...code, client, user: { ...user, code: code.authorizationCode } };
				this.#codes.set(code.authorizationCode, saved);
				return Promise.resolve(saved);
			},
			getAuthorizationCode: (code) => Promise.resolve(this.#codes.get(code)),
			revokeAuthorizationCode: ({ authorizationCode }) =>
				Promise.resolve(this.#codes.delete(authorizationCode)),
			saveToken: (token, client, user) => {
				const { accessToken, accessTokenExpiresAt, refreshToken, refreshTokenExpiresAt } = token;
				this.#accessTokens.set(accessToken, accessTokenExpiresAt ?? new Date(0));
				if (refreshToken !== undefined) {
					const kept = { refreshToken, refreshTokenExpiresAt, client, user };
					this.#refreshTokens.set(refreshToken, kept);
				}
				return Promise.resolve({ ...token, client, user });
			},
			getAccessToken: () => Promise.resolve(false),
			getRefreshToken: (token) => Promise.resolve(this.#refreshTokens.get(token)),
			revokeToken: ({ refreshToken }) => Promise.resolve(this.#refreshTokens.delete(refreshToken)),
		};
	}
}

/** The library fills in the response, also where it throws; only a failure before that is left to tell. */
async function answer(
	handle: (response: OAuth2Server.Response) => Promise<unknown>,
): Promise<OAuthAnswer> {
	const response = new OAuth2Server.Response({});
	try {
		await handle(response);
	} catch (error) {
		if (!(error instanceof OAuth2Server.OAuthError)) throw error;
		if (response.status === 200) return failure(error.code, error.name, error.message);
	}
	const body: unknown = response.body;
	return { status: response.status ?? 200, headers: response.headers ?? {}, body };
}

function failure(status: number, error: string, description: string): OAuthAnswer {
	return { status, headers: {}, body: { error, error_description: description } };
}

/** The app need not name a scope, but some clients then send an empty one, which the library refuses. */
function withoutEmpty(parameters: OAuthParameters): Record<string, string> {
	return Object.fromEntries(
		Object.entries(parameters).flatMap(([name, value]) => (value ? [[name, value]] : [])),
	);
}

function inSeconds(seconds: number): Date {
	return new Date(Date.now() + seconds * 1000);
}
