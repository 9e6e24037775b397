import { randomBytes } from 'node:crypto';

/** The API tokens that `POST v1/auth/token` gives out. */
export class ApiTokens {
	readonly #goodUntil = new Map<string, number>();

	/** @param first a token that is good from the start and stays so until `expire` */
	constructor(readonly first: string) {
		this.#goodUntil.set(first, Infinity);
	}

	/** @param lifetimeSeconds 0: for ever */
	issue(lifetimeSeconds: number): string {
		const token = randomBytes(24).toString('base64url');
		this.#goodUntil.set(
			token,
			lifetimeSeconds === 0 ? Infinity : Date.now() + lifetimeSeconds * 1000,
		);
		return token;
	}

	isGood(token: string): boolean {
		return (this.#goodUntil.get(token) ?? 0) > Date.now();
	}

	/** Makes every token bad at once. */
	expire(): void {
		this.#goodUntil.clear();
	}

	/** Back to the first token alone. */
	reset(): void {
		this.expire();
		this.#goodUntil.set(this.first, Infinity);
	}
}
